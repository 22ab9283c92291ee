//! The kinds of session of a draft.

use indexmap::IndexMap;

use crate::infer::{Inferred, replies, sample::Sample, session};

/// A value that a session keeps.
#[derive(Debug, Clone)]
pub(crate) struct SessionField {
    /// The parameter of later calls.
    pub(crate) name: String,
    /// The names on the way to it in the reply; `None`: the session in which this one is opened has it.
    pub(crate) path: Option<Vec<String>>,
    pub(crate) why: &'static str,
}

/// A kind of session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) name: String,
    pub(crate) opens: usize,
    pub(crate) closes: Option<usize>,
    pub(crate) fields: Vec<SessionField>,
    /// Those of its parameters that no other kind has, or all: who carries one of them carries this session.
    telling: Vec<String>,
}

impl Session {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Whether most of an operation's requests carry it.
    pub(crate) fn is_carried(&self, inferred: &Inferred, operation: usize) -> bool {
        let own = || {
            let of = inferred.samples.iter().filter(|one| one.operation == operation);
            of.filter(|one| !one.exchange.parameters.is_empty())
        };
        let carries = |one: &Sample| self.telling.iter().any(|name| one.exchange.parameter(name).is_some());
        let having = own().filter(|one| carries(one));
        self.opens != operation && having.count() * 2 > own().count()
    }
}

/// The kinds of session. What no path leads to is no session's.
pub(crate) fn sessions(inferred: &mut Inferred) -> Vec<Session> {
    let mut kinds: IndexMap<usize, Vec<SessionField>> = IndexMap::new();
    let mut lost = Vec::new();
    for (name, given) in &inferred.given {
        let path = path(inferred, given.opens, &given.path);
        match path {
            Some(path) => {
                let field = SessionField { name: name.clone(), path: Some(path), why: given.why };
                kinds.entry(given.opens).or_default().push(field);
            }
            None => lost.push(name.clone()),
        }
    }
    // A cookie that several calls set is part of each session that is opened by one of them.
    for (name, given) in &inferred.given {
        for opens in &given.also {
            if let (Some(path), Some(fields)) = (path(inferred, *opens, &given.path), kinds.get_mut(opens)) {
                fields.push(SessionField { name: name.clone(), path: Some(path), why: given.why });
            }
        }
    }
    let times = |name: &str| kinds.values().flatten().filter(|field| field.name == name).count();
    let telling: IndexMap<usize, Vec<String>> = kinds
        .iter()
        .map(|(opens, fields)| {
            let all: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
            let own: Vec<String> = all.iter().filter(|name| times(name) == 1).cloned().collect();
            (*opens, if own.is_empty() { all } else { own })
        })
        .collect();
    for name in lost {
        inferred.notes.push(format!("`{name}` seems to be a session's, and stands where no path leads to"));
        if let Some(words) = inferred.common.words.get_mut(&name) {
            words.set("from", "client");
            words.set("secret", true);
        }
    }
    let operations = &inferred.addresses.operations;
    let several = kinds.len() > 1;
    let mut sessions: Vec<Session> = kinds
        .into_iter()
        .map(|(opens, fields)| {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let closes = session::closes(&inferred.samples, operations, &names, opens);
            let name = operations.get(opens).map(|own| own.name.clone()).unwrap_or_default();
            let name = if several {
                wirewright_codegen::snake(&name).trim_start_matches("r#").to_owned()
            } else {
                "session".to_owned()
            };
            let telling = telling.get(&opens).cloned().unwrap_or_default();
            Session { name, opens, closes, fields, telling }
        })
        .collect();
    take_over(inferred, &mut sessions);
    sessions
}

/// Sessions that are opened in others, whose values the later calls carry as well: they take them over.
fn take_over(inferred: &Inferred, sessions: &mut [Session]) {
    let before = sessions.to_vec();
    for session in sessions.iter_mut() {
        let users: Vec<usize> = (0..inferred.addresses.operations.len())
            .filter(|operation| session.is_carried(inferred, *operation))
            .collect();
        for outer in before.iter().filter(|outer| outer.opens != session.opens) {
            let inside = outer.is_carried(inferred, session.opens);
            if !inside || users.is_empty() || !users.iter().all(|user| outer.is_carried(inferred, *user)) {
                continue;
            }
            let why = "Calls of this session carry it as those do of the one in which it is opened.";
            let missing =
                outer.fields.iter().filter(|field| field.path.is_some() && !session.has(&field.name));
            let taken: Vec<_> =
                missing.map(|field| SessionField { name: field.name.clone(), path: None, why }).collect();
            session.fields.extend(taken);
        }
    }
}

/// The way from the data of a reply to a text: through structures, and no lists.
fn path(inferred: &Inferred, opens: usize, path: &[String]) -> Option<Vec<String>> {
    if let Some((_, name)) = path.split_first().filter(|(first, _)| *first == session::COOKIE) {
        return Some(name.to_vec());
    }
    let mut rest = path;
    let is_data = |name: &String| {
        inferred.envelope.data.as_ref() == Some(name)
            || inferred
                .envelope
                .data_template
                .as_deref()
                .and_then(|own| own.split_once("{operation}"))
                .is_some_and(|(before, after)| name.starts_with(before) && name.ends_with(after))
    };
    let has_data = inferred.envelope.data.is_some() || inferred.envelope.data_template.is_some();
    if has_data {
        let (first, behind) = rest.split_first()?;
        if !is_data(first) {
            return None;
        }
        rest = behind;
    }
    let mut shape = replies::shape(&inferred.envelope, &inferred.samples, opens, false);
    for (at, name) in rest.iter().enumerate() {
        let member = shape.members.get(name)?.clone();
        if member.most > 1 || member.lists > 0 {
            return None;
        }
        if at + 1 == rest.len() {
            return (member.shape.objects == 0).then(|| rest.to_vec());
        }
        shape = member.shape;
    }
    None
}
