//! Which questions a draft leaves open, in the order of what their answers mend.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    answers::{About, Answers, Question},
    assemble::title,
    infer::{Inferred, replies},
};

/// The questions that nobody has answered.
pub(crate) fn open(
    inferred: &Inferred,
    answers: &Answers,
    opened: &[(usize, Vec<(String, String)>)],
) -> Vec<Question> {
    let mut questions = Vec::new();
    if answers.common.is_none() {
        questions.extend(common(inferred));
    }
    if answers.session.is_none() {
        questions.extend(session(inferred, opened));
    }
    for (index, operation) in inferred.addresses.operations.iter().enumerate() {
        let name = title(operation);
        if !answers.required.contains_key(&name) {
            questions.extend(required(inferred, index, &name));
        }
    }
    if answers.attributes.is_none() {
        questions.extend(attributes(inferred));
    }
    questions
}

fn attributes(inferred: &Inferred) -> Option<Question> {
    let only = |name: &str| inferred.formats.words.keys().all(|own| *own == name);
    // Who answers in JSON alone may have no XML. A parameter that chooses the format says that there are others.
    let chosen = || inferred.common.words.values().any(|words| words.is("from", "format"));
    let is_open = !inferred.unshown.is_empty() && (!only("json") || chosen());
    let more = [Answers::ALL, Answers::UNKNOWN].map(str::to_owned);
    is_open.then(|| Question {
        about: About::Attributes,
        prompt: "No sample shows these members in XML. Which of them are attributes there? (`*`: all; `-`: none, they are elements; \
                 `?`: nobody knows, and XML is left out)"
            .to_owned(),
        choices: inferred.unshown.iter().cloned().chain(more).collect(),
        guess: vec![Answers::UNKNOWN.to_owned()],
    })
}

fn common(inferred: &Inferred) -> Option<Question> {
    let mut choices: Vec<String> = Vec::new();
    for parameter in inferred.samples.iter().flat_map(|one| &one.exchange.parameters) {
        let told = inferred.addresses.parameter.as_ref() == Some(&parameter.name);
        if !told && parameter.carried.is_plain() && !choices.contains(&parameter.name) {
            choices.push(parameter.name.clone());
        }
    }
    let guess: Vec<String> =
        choices.iter().filter(|name| inferred.common.words.contains_key(*name)).cloned().collect();
    (inferred.addresses.operations.len() > 1 && !choices.is_empty()).then(|| Question {
        about: About::Common,
        prompt: "Which of these parameters go with every call?".to_owned(),
        choices,
        guess,
    })
}

fn session(inferred: &Inferred, opened: &[(usize, Vec<(String, String)>)]) -> Option<Question> {
    let operations = &inferred.addresses.operations;
    // A value that several calls carry may be one that another gave.
    let mut carried: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for sample in &inferred.samples {
        for parameter in &sample.exchange.parameters {
            let told = inferred.addresses.parameter.as_ref() == Some(&parameter.name);
            let fixed = inferred.common.words.get(&parameter.name).is_some_and(|words| {
                matches!(words.text("from"), Some("format" | "constant" | "callback" | "clock" | "nonce"))
            });
            if !told && !fixed {
                carried.entry(&parameter.name).or_default().insert(sample.operation);
            }
        }
    }
    let several = carried.values().any(|of| of.len() > 1);
    if operations.len() < 2 || (!several && opened.is_empty()) {
        return None;
    }
    let guess = opened.first().and_then(|(opens, fields)| {
        let opens = operations.get(*opens).map(title)?;
        let fields = fields.iter().map(|(name, path)| format!("{name}={path}"));
        Some(std::iter::once(opens).chain(fields).collect())
    });
    Some(Question {
        about: About::Session,
        prompt: "Which call opens the session, and where does the data of its reply have the parameters of later calls? \
                 (`session/login sid=token.sid`; `-`: none does)"
            .to_owned(),
        choices: operations.iter().map(title).collect(),
        guess: guess.unwrap_or_default(),
    })
}

fn required(inferred: &Inferred, index: usize, name: &str) -> Option<Question> {
    // A page has said it.
    if inferred.stated.iter().any(|stated| stated.operation == index) {
        return None;
    }
    let own: Vec<_> = inferred
        .samples
        .iter()
        .filter(|one| one.operation == index && !one.failed && !one.exchange.parameters.is_empty())
        .collect();
    let mut choices: Vec<(String, usize)> = Vec::new();
    for sample in &own {
        for parameter in &sample.exchange.parameters {
            let told = inferred.common.words.contains_key(&parameter.name)
                || inferred.addresses.parameter.as_ref() == Some(&parameter.name)
                || !parameter.carried.is_plain();
            if !told
                && !choices.iter().any(|(name, _)| *name == parameter.name)
                && !parameter.name.contains('.')
            {
                let having =
                    own.iter().filter(|one| one.exchange.parameter(&parameter.name).is_some()).count();
                choices.push((parameter.name.clone(), having));
            }
        }
    }
    let shape = replies::shape(&inferred.envelope, &inferred.samples, index, false);
    let members =
        shape.members.iter().filter(|(name, member)| member.most <= 1 && *name != crate::tree::TEXT);
    let members: Vec<(String, usize)> =
        members.map(|(name, member)| (format!("reply.{name}"), member.seen)).collect();
    if choices.is_empty() && members.is_empty() {
        return None;
    }
    let always =
        choices.iter().filter(|(_, having)| *having == own.len()).map(|(name, _)| name.clone()).collect();
    let shown: Vec<String> = choices
        .iter()
        .map(|(name, having)| format!("{name} in {having} of {}", own.len()))
        .chain(members.iter().map(|(name, seen)| format!("{name} in {seen} of {}", shape.objects)))
        .collect();
    Some(Question {
        about: About::Required(name.to_owned()),
        prompt: format!("What does {name} require, and promise? ({})", shown.join(", ")),
        choices: choices.into_iter().chain(members).map(|(name, _)| name).collect(),
        guess: always,
    })
}
