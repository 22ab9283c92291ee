//! An exchange with what was found out about it.

use wirewright_codegen::model::FormatKind;

use crate::{
    exchange::{Carried, Exchange, Parameter},
    names::is_in,
    tree::{Document, Field, read},
};

/// The formats in the order in which a definition has them.
pub(crate) const FORMATS: [FormatKind; 3] = [FormatKind::Xml, FormatKind::Json, FormatKind::Query];

/// The name of a format in a definition.
pub(crate) const fn format_name(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "xml",
        FormatKind::Json => "json",
        FormatKind::Query => "query",
    }
}

/// What the headers of a request carry beside what is HTTP's own.
fn carried(headers: &[(String, String)]) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut add = |name: &str, value: &str, carried: Carried| {
        let known = parameters.iter().any(|one| one.name == name);
        let plain = value.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if !known && plain && !name.is_empty() {
            parameters.push(Parameter { name: name.to_owned(), value: value.to_owned(), carried });
        }
    };
    for (name, value) in headers {
        if name.eq_ignore_ascii_case("cookie") {
            for (name, value) in value.split(';').filter_map(|pair| pair.split_once('=')) {
                add(name.trim(), value.trim(), Carried::Cookie);
            }
        } else if !is_in("plain_header", name) {
            add(name, value.trim(), Carried::Header);
        }
    }
    parameters
}

/// The cookies that a reply sets.
pub(crate) fn cookies(exchange: &Exchange) -> impl Iterator<Item = (&str, &str)> {
    let set = exchange.reply_headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let pairs = set.filter_map(|(_, value)| value.split(';').next()?.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

/// An exchange and its documents.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) exchange: Exchange,
    /// The replies that could be read.
    pub(crate) documents: Vec<(FormatKind, Document)>,
    /// Which of the operations it is of.
    pub(crate) operation: usize,
    /// What a parameter says the operation is.
    pub(crate) wire: Option<String>,
    /// Whether the vendor refused the call.
    pub(crate) failed: bool,
    /// The error that it was refused with, and what it says.
    pub(crate) error: Option<String>,
    pub(crate) message: Option<String>,
}

impl Sample {
    pub(crate) fn new(mut exchange: Exchange) -> Self {
        let carried = carried(&exchange.headers);
        exchange.parameters.extend(carried);
        let mut documents = Vec::new();
        for (format, text) in &exchange.replies {
            if let Some(document) = read(*format, text) {
                documents.push((*format, document));
            }
        }
        let wire = None;
        Self { exchange, documents, operation: 0, wire, failed: false, error: None, message: None }
    }

    /// What is at the top of each of its replies.
    pub(crate) fn tops(&self) -> impl Iterator<Item = (FormatKind, &[Field])> {
        self.documents.iter().map(|(format, document)| (*format, document.node.fields().unwrap_or_default()))
    }

    pub(crate) fn has_reply(&self) -> bool {
        self.exchange.status.is_some() || !self.exchange.replies.is_empty() || self.exchange.is_raw
    }

    pub(crate) fn has_request(&self) -> bool {
        self.exchange.path.is_some() || !self.exchange.parameters.is_empty() || self.exchange.body.is_some()
    }
}
