//! The part of a recording that is kept: few exchanges of each call, without secrets.

use std::collections::HashMap;
use std::fmt::Write as _;

use wirewright_codegen::model::Vendor;
use wirewright_draft::{Carried, Exchange, Inputs, Options, recognise, redacted};

/// What makes exchanges alike: the call, the names of its parameters, the status of HTTP, and the names at the top of the reply.
type Kind = (String, String);

fn kind(hand: &Vendor, exchange: &Exchange) -> Option<Kind> {
    let recognised = recognise(hand, exchange)?;
    let (group, operation) = recognised.operation;
    let tops = recognised.shown_members.keys().filter(|path| path.len() == 2);
    let tops: Vec<String> = tops.map(|path| path.join(".")).collect();
    Some((format!("{group}/{operation}"), format!("{:?} {}", exchange.status, tops.join(" "))))
}

/// Raw HTTP of at most so many exchanges of each kind that a definition knows.
pub(crate) fn text(hand: &Vendor, inputs: &Inputs, options: &Options, most: usize) -> String {
    let mut counts: HashMap<Kind, usize> = HashMap::new();
    let mut kept = inputs.clone();
    kept.exchanges.retain(|exchange| {
        let Some(kind) = kind(hand, exchange) else { return false };
        let count = counts.entry(kind).or_default();
        *count += 1;
        *count <= most
    });
    let mut text = String::new();
    for exchange in redacted(&kept, options) {
        write(&exchange, &mut text);
    }
    text
}

/// What every client and every server sends, and what is otherwise in the next recording.
const LEFT_OUT: [&str; 12] = [
    "accept",
    "accept-encoding",
    "cache-control",
    "connection",
    "content-length",
    "date",
    "expires",
    "keep-alive",
    "server",
    "transfer-encoding",
    "user-agent",
    "x-powered-by",
];

fn headers(headers: &[(String, String)], text: &mut String) {
    for (name, value) in headers {
        if !LEFT_OUT.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name}: {value}");
        }
    }
}

fn write(exchange: &Exchange, text: &mut String) {
    let pairs = |place: Carried| {
        let own = exchange.parameters.iter().filter(|one| one.carried == place);
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(own.map(|one| (&one.name, &one.value)))
            .finish()
    };
    let (query, form) = (pairs(Carried::Query), pairs(Carried::Form));
    let mark = if query.is_empty() { "" } else { "?" };
    let method = exchange.method.as_deref().unwrap_or("GET");
    let path = exchange.path.as_deref().unwrap_or("/");
    let _ = writeln!(text, "###\n{method} {path}{mark}{query} HTTP/1.1");
    headers(&exchange.headers, text);
    let body = exchange.body.as_ref().map_or(form.as_str(), |(_, body)| body);
    let _ = writeln!(text, "\n{body}\n");
    let _ = writeln!(text, "HTTP/1.1 {}", exchange.status.unwrap_or(200));
    headers(&exchange.reply_headers, text);
    for (_, reply) in &exchange.replies {
        let _ = writeln!(text, "\n{}", reply.trim_end());
    }
    text.push('\n');
}
