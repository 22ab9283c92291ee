//! The errors that refusals tell of.

use indexmap::IndexMap;

use super::{
    fault::{FAULT, each},
    ground::Envelope,
    sample::{Sample, format_name},
};
use crate::{
    names::{NAMES, told},
    tree::{Field, Node, TEXT},
    words::Words,
};

/// An error, and what is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) message: Option<String>,
    /// The symbol beside the number.
    pub(crate) symbol: Option<String>,
    pub(crate) http: Option<u16>,
    /// What a page says of it.
    pub(crate) doc: Option<String>,
}

pub(crate) type Errors = IndexMap<String, Known>;

/// Whether all errors are numbers, as a definition has them.
pub(crate) fn are_numbers(errors: &Errors) -> bool {
    errors.keys().all(|code| code.parse::<i64>().is_ok_and(|number| number.to_string() == *code))
}

/// Finds the code and the message of each refusal.
pub(crate) fn find(samples: &mut [Sample], envelope: &Envelope) -> Errors {
    let mut errors = Errors::new();
    for sample in samples.iter_mut().filter(|one| one.failed) {
        let mut code = None;
        let mut message = None;
        let mut symbol = None;
        for (format, fields) in sample.tops() {
            let format = format_name(format);
            code = code.or_else(|| role(envelope, format, fields, "code"));
            message = message.or_else(|| role(envelope, format, fields, "message"));
            symbol = symbol.or_else(|| role(envelope, format, fields, "name"));
        }
        let code = code.filter(|code| !code.trim().is_empty()).map(|code| code.trim().to_owned());
        if let Some(code) = &code {
            let known = errors.entry(code.clone()).or_default();
            known.message = known.message.take().or_else(|| message.clone());
            known.symbol = known.symbol.take().or(symbol);
            known.http = known.http.or(sample.exchange.status.filter(|status| *status >= 400));
        }
        sample.error = code;
        sample.message = message;
    }
    errors
}

/// What a role of the envelope says in a reply.
fn role(envelope: &Envelope, format: &str, fields: &[Field], wanted: &str) -> Option<String> {
    let has_code = envelope.members.values().any(|words| words.is("is", "code") || words.has("tells"));
    for (name, words) in &envelope.members {
        let is = words.text("is").unwrap_or_default();
        let plays =
            is == wanted || (wanted == "code" && is == "status" && !has_code && words.is("type", "integer"));
        if plays && !words.is("on", "success") {
            let inside = match words.text("within") {
                Some(around) => {
                    fields.iter().find(|field| field.name == around).and_then(|field| field.node.fields())
                }
                None => Some(fields),
            };
            if let Some(text) = inside.and_then(|inside| text_of(inside, name)) {
                return Some(text);
            }
        }
        if let Some(tells) = words.get("tells").and_then(|tells| tells.as_table()) {
            let member = tells.get(wanted).and_then(toml::Value::as_str)?;
            let item = words.get("list").and_then(|list| list.get("item")?.as_str());
            let around = fields.iter().find(|field| field.name == *name);
            let first = around.and_then(|field| each(&field.node, item).first().copied());
            let inside = first.and_then(Node::fields);
            let own = envelope
                .fault
                .iter()
                .flatten()
                .find(|(name, _)| name == member)
                .map(|(_, drafted)| &drafted.words);
            let other = own.and_then(|words| words.text(format)).unwrap_or(member);
            let is_text = own.is_some_and(|words| words.flag("text"));
            let found = match inside {
                Some(inside) => text_of(inside, if is_text { TEXT } else { member }),
                None => text_of(fields, other),
            };
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn text_of(fields: &[Field], name: &str) -> Option<String> {
    let field = fields.iter().find(|field| field.name == name)?;
    let node = match &field.node {
        Node::List(nodes) => nodes.first()?,
        node => node,
    };
    node.text().map(str::to_owned)
}

/// Gives the code the type that the errors ask for, and a place where there is none.
pub(crate) fn settle(envelope: &mut Envelope, numbers: bool) {
    let kind = |words: &mut Words| {
        words.remove("type");
        words.remove("boolean");
        // What its values might be otherwise is no question any more.
        words.remove("assumption");
        if numbers {
            words.set("type", "integer");
        }
    };
    let status = envelope
        .members
        .iter()
        .find(|(_, words)| words.is("is", "status"))
        .map(|(name, words)| (name.clone(), words.is("type", "integer")));
    let mut has_code = false;
    for words in envelope.members.values_mut() {
        if words.is("is", "code") {
            has_code = true;
            kind(words);
            // Without a status, a call failed when there is a code.
            if status.is_none() {
                words.set("on", "failure");
            }
        }
    }
    if let Some(members) = &mut envelope.fault {
        let code = envelope
            .members
            .values()
            .find(|words| words.is("type", FAULT))
            .and_then(|words| words.get("tells")?.get("code")?.as_str().map(str::to_owned));
        for (name, drafted) in members {
            if Some(&*name) == code.as_ref() {
                has_code = true;
                kind(&mut drafted.words);
            }
        }
    }
    match status {
        Some((name, integer)) if !has_code && integer => {
            // The status is the code: what a server says of a failure is the error's number.
            if let Some(words) = envelope.members.get_mut(&name) {
                words.remove("failure");
            }
        }
        _ if has_code => {}
        _ => {
            let taken = envelope.members.contains_key("code")
                || envelope.members.values().any(|words| words.is("within", "code"))
                || envelope.own.contains("code");
            let name = if taken { "error_code" } else { "code" };
            let mut words = Words::new().with("is", "code").with("on", "failure").with("confidence", "low");
            if numbers {
                words.set("type", "integer");
            }
            words.set("assumption", "No sample shows where the code of an error is: the name is made up.");
            let at = envelope.members.get_index_of("*").unwrap_or(envelope.members.len());
            envelope.members.shift_insert(at, name.to_owned(), words);
        }
    }
}

/// The entries of `[errors]`.
pub(crate) fn entries(errors: &Errors, has_session: bool) -> Vec<(String, Words)> {
    let numbers = are_numbers(errors);
    let mut names: IndexMap<String, usize> = IndexMap::new();
    let mut conditions: Vec<&str> = Vec::new();
    let mut entries = Vec::new();
    for (code, known) in errors {
        let text = [Some(code), known.symbol.as_ref(), known.message.as_ref(), known.doc.as_ref()];
        let text: Vec<&str> = text.into_iter().flatten().map(String::as_str).collect();
        let text = text.join(" ");
        let words = known.symbol.as_deref().or(known.message.as_deref()).or(known.doc.as_deref());
        let base = if numbers { words.map_or_else(|| format!("Error{code}"), short) } else { short(code) };
        let count = names.entry(base.clone()).or_default();
        *count += 1;
        let name = if *count > 1 { format!("{base}{count}") } else { base };
        // A symbol says in short what the text has examples of.
        let symbol = known.symbol.as_ref().map(|symbol| symbol.replace('_', " "));
        let class = symbol.as_deref().and_then(|symbol| told(&NAMES.classes, symbol));
        let class = class.or_else(|| told(&NAMES.classes, &text)).unwrap_or("give-up");
        let mut entry = Words::new().with("name", name).with("class", class);
        if let Some(symbol) =
            known.symbol.as_ref().filter(|symbol| !symbol.contains(char::is_whitespace) && numbers)
        {
            entry.set("wire-name", symbol.as_str());
        }
        if let Some(doc) = known.doc.as_ref().or(known.message.as_ref()).filter(|doc| !doc.trim().is_empty())
        {
            let doc: String = doc.chars().filter(|sign| !sign.is_control()).take(300).collect();
            entry.set("doc", doc.trim());
        }
        if let Some(http) = known.http {
            entry.set("http", i64::from(http));
        }
        let when = told(&NAMES.conditions, &text)
            .filter(|when| !conditions.contains(when) && (has_session || !when.starts_with("session")));
        if let Some(when) = when {
            conditions.push(when);
            entry.set("when", when);
        }
        entry.set("confidence", "low");
        entries.push((code.clone(), entry));
    }
    entries
}

/// A name in Rust of the first words of a text.
fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    let name = wirewright_codegen::pascal(&words.join(" "));
    let name: String = name.chars().take(60).collect();
    if matches!(name.as_str(), "Other" | "Unspecified") { format!("{name}Error") } else { name }
}
