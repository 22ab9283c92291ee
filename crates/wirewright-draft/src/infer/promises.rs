//! What pages say of what was inferred: their words go first.

use indexmap::IndexMap;
use wirewright_codegen::model::FormatKind;

use super::{
    inferred::{Inferred, Stated},
    sample::Sample,
};
use crate::{
    exchange::Exchange,
    members::Drafted,
    names::{NAMES, is_in, rank},
    page::{Argument, Page, SampleKind, said_of},
    tree::read,
    value::is_secret,
    words::Words,
};

/// Finds the operations of pages, by one of their exchanges.
pub(crate) fn find(samples: &[Sample], pages: &[(Page, Vec<Exchange>, String)]) -> Vec<Stated> {
    let of = |exchanges: &[Exchange]| {
        let source = exchanges.first().map(|one| &one.source)?;
        samples.iter().find(|sample| sample.exchange.source == *source).map(|sample| sample.operation)
    };
    let stated = pages.iter().filter_map(|(page, exchanges, source)| {
        Some(Stated { operation: of(exchanges)?, page: page.clone(), source: source.clone() })
    });
    stated.collect()
}

/// Adds the errors that pages list. What means success is none.
pub(crate) fn errors(inferred: &mut Inferred) {
    let status = inferred.envelope.members.values().find(|words| words.is("is", "status"));
    let success: Vec<String> = status
        .and_then(|words| words.get("success"))
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .map(|value| value.as_str().map_or_else(|| value.to_string_plain(), str::to_owned))
        .collect();
    for stated in &inferred.stated {
        for error in &stated.page.errors {
            if success.contains(&error.code) || error.text.to_lowercase().starts_with("success") {
                continue;
            }
            let known = inferred.errors.entry(error.code.clone()).or_default();
            known.symbol = error.symbol.clone().or(known.symbol.take());
            known.doc = Some(error.text.clone()).filter(|text| !text.is_empty()).or(known.doc.take());
        }
    }
}

trait Plain {
    fn to_string_plain(&self) -> String;
}

impl Plain for toml::Value {
    fn to_string_plain(&self) -> String {
        match self {
            Self::Integer(number) => number.to_string(),
            Self::Boolean(flag) => flag.to_string(),
            _ => String::new(),
        }
    }
}

/// A doc of one paragraph, of what a page says.
fn doc(text: &str) -> Option<String> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().filter(|sign| !sign.is_control()).take(300).collect();
    (!short.is_empty()).then_some(short)
}

/// What pages say of parameters of all calls, and of the envelope.
pub(crate) fn common(inferred: &mut Inferred) {
    let mut words: IndexMap<String, Words> = IndexMap::new();
    for stated in &inferred.stated {
        for argument in &stated.page.arguments {
            let known = inferred.common.words.get(&argument.name).cloned();
            let own = parameter(inferred, stated, argument, known);
            if let Some(mut own) = own {
                if let Some(doc) = doc(&argument.doc) {
                    own.set("doc", doc);
                }
                if argument.required == Some(true) && own.is("from", "client") {
                    own.set("required", true);
                }
                own.set("confidence", "medium");
                words.entry(argument.name.clone()).or_insert(own);
            }
        }
    }
    if words.is_empty() {
        return;
    }
    // In the order of the pages; what they do not name stays in front.
    let mut all: IndexMap<String, Words> = IndexMap::new();
    for (name, own) in &inferred.common.words {
        if !words.contains_key(name) {
            all.insert(name.clone(), own.clone());
        }
    }
    all.extend(words);
    inferred.common.words = all;
}

fn parameter(
    inferred: &Inferred,
    stated: &Stated,
    argument: &Argument,
    known: Option<Words>,
) -> Option<Words> {
    let name = argument.name.as_str();
    if inferred.addresses.parameter.as_deref() == Some(name) {
        return known;
    }
    if known.as_ref().is_some_and(|words| {
        matches!(words.text("from"), Some("format" | "callback" | "session" | "operation"))
    }) {
        return known;
    }
    let said = said_of(argument);
    let words = Words::new();
    let value = || inferred.samples.iter().find_map(|one| one.exchange.parameter(name)).map(str::to_owned);
    match said {
        Some("format") => Some(words.with("from", "format")),
        Some("callback") => Some(words.with("from", "callback")),
        Some("request-id") => Some(words.with("from", "call").with("is", "request-id")),
        Some("signature") => Some(words.with("from", "call").with("secret", false).with(
            "assumption",
            "A signature, as the page says: what is signed, and how, is to be written in `[computed]`.",
        )),
        Some("version") => match value() {
            Some(value) => Some(words.with("from", "constant").with("value", value)),
            None => known,
        },
        Some("operation") if stated.page.samples.iter().any(|one| one.kind == SampleKind::Url) => known,
        // What lists its values is no key to anything.
        Some("session") if argument.values.len() > 1 => known.filter(|words| !words.has("assumption")),
        Some("session") => {
            Some(words.with("from", "client").with("secret", true).with(
                "assumption",
                "A session's, as the page says: the operation that opens one was not seen.",
            ))
        }
        Some("client") => {
            let words = words.with("from", "client");
            Some(if is_secret(name) { words.with("secret", true) } else { words })
        }
        Some("call") => Some(words.with("from", "call")),
        _ => known,
    }
}

/// What a page's format shows of the envelope and no sample has.
pub(crate) fn envelope(inferred: &mut Inferred) {
    let mut names: Vec<String> = Vec::new();
    for sample in
        inferred.stated.iter().flat_map(|stated| &stated.page.samples).filter(|sample| sample.is_format)
    {
        let kind = match sample.kind {
            SampleKind::Xml => FormatKind::Xml,
            SampleKind::Json => FormatKind::Json,
            _ => continue,
        };
        let plain = sample.text.replace("...", "").replace('…', "").replace("..", "");
        let Some(document) = read(kind, plain.trim()) else { continue };
        names.extend(document.node.fields().unwrap_or_default().iter().map(|field| field.name.clone()));
    }
    names.dedup();
    for name in names {
        let has = |role: &str, inferred: &Inferred| {
            inferred.envelope.members.values().any(|words| words.is("is", role))
        };
        let taken = inferred.envelope.members.contains_key(&name)
            || inferred.envelope.own.contains(&name)
            || inferred.envelope.members.values().any(|words| words.is("within", &name));
        if taken || inferred.envelope.data.as_ref() == Some(&name) {
            continue;
        }
        let mut words = Words::new().with("confidence", "medium");
        words.set("assumption", "The page shows it in the format of replies, and no sample has it.");
        if is_in("data", &name) && inferred.envelope.data.is_none() {
            words.set("is", "data");
            inferred.envelope.members.shift_remove("*");
            inferred.envelope.data = Some(name.clone());
        } else if rank(&NAMES.request_id, &name).is_some() && !has("request-id", inferred) {
            words.set("is", "request-id");
        } else if rank(&NAMES.detail, &name).is_some() && !has("detail", inferred) {
            words.set("is", "detail");
            words.set("type", "integer");
        }
        inferred.envelope.own.insert(name.clone());
        inferred.envelope.members.insert(name, words);
    }
    // An ID is one where a parameter is its request's, and the other way round.
    let asked = inferred.common.words.values().any(|words| words.is("is", "request-id"));
    for words in inferred.envelope.members.values_mut().filter(|words| words.is("is", "request-id")) {
        if !asked {
            words.remove("is");
        }
    }
    for (name, text) in inferred.stated.iter().flat_map(|stated| &stated.page.reply) {
        if let (Some(words), Some(doc)) = (inferred.envelope.members.get_mut(name), doc(text)) {
            words.set("doc", doc);
            words.set("confidence", "medium");
        }
    }
}

/// An operation's own parameters, as its page has them: their order, what is required, and what they are.
pub(crate) fn parameters(inferred: &mut Inferred, operation: usize, members: &mut Vec<(String, Drafted)>) {
    let pages: Vec<Page> = inferred
        .stated
        .iter()
        .filter(|stated| stated.operation == operation)
        .map(|stated| stated.page.clone())
        .collect();
    for argument in pages.iter().flat_map(|page| &page.arguments) {
        let common = inferred.common.words.contains_key(&argument.name)
            || inferred.addresses.parameter.as_ref() == Some(&argument.name);
        if common {
            continue;
        }
        let at = members.iter().position(|(name, _)| *name == argument.name).unwrap_or_else(|| {
            let mut words = Words::new();
            if is_secret(&argument.name) {
                words.set("secret", true);
            }
            members.push((argument.name.clone(), Drafted { words, comment: None }));
            members.len() - 1
        });
        let Some((_, drafted)) = members.get_mut(at) else { continue };
        let words = &mut drafted.words;
        if let Some(doc) = doc(&argument.doc) {
            words.set("doc", doc);
        }
        if argument.required == Some(true) {
            words.set("required", true);
        }
        if argument.values.len() > 1 && !words.has("list") {
            words.remove("boolean");
            let kind = inferred
                .drafting
                .types
                .enumeration(&argument.name, argument.values.iter().map(String::as_str));
            words.set("type", kind);
            words.set("assumption", "The values are those of the page.");
            words.remove("secret");
        }
        if let Some(default) = argument.default.as_ref().filter(|_| !words.has("required")) {
            words.set("default", default.as_str());
        }
        words.set("confidence", "medium");
    }
}
