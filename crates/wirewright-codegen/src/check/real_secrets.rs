//! The samples: that none of them has a secret that somebody uses.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::FormatKind;
use crate::read::tree::{Example, Provider};
use crate::rules::is_secret_name;
use crate::samples::{SampleValue, of_headers, of_json, of_query, of_xml};
use crate::secrets::{Looks, looks_real, made_up};
use crate::source::{Span, Text};
use crate::words::keys::example_request;

pub(super) fn check(cx: &Context<'_>) {
    let mut examples = cx.operations().flat_map(|(_, operation)| &operation.examples).peekable();
    if examples.peek().is_none() {
        return;
    }
    let marked = marked(cx);
    for example in examples {
        for (text, values) in values(cx, example) {
            // What has escapes in it has its places elsewhere: the whole text is shown then.
            let as_written = cx.sources.find(text.span, text.value);
            let place = |value: &SampleValue<'_>| {
                as_written.map_or(text.span, |whole| {
                    let start = whole.start() + value.at;
                    Span::new(whole.file(), start..start + value.written.len())
                })
            };
            for value in values {
                let named = marked.get(value.name).copied().unwrap_or_else(|| is_secret_name(value.name));
                // The sample's own source: a page that prints it.
                if let Some(looks) = looks_real(&value.value, named, example.facts.source.is_some()) {
                    cx.add(fault(place(&value), &value, looks));
                }
            }
        }
    }
}

/// The names on the wire that something says of whether they are secrets.
fn marked<'a>(cx: &Context<'a>) -> HashMap<&'a str, bool> {
    let mut marked = HashMap::new();
    let mut mark = |name: &'a str, secret: bool| *marked.entry(name).or_default() |= secret;
    for member in cx.members() {
        let Some(secret) = member.secret else { continue };
        let names = [Some(member.key), member.xml, member.json, member.query];
        names
            .into_iter()
            .flatten()
            .chain(member.also.iter().copied())
            .for_each(|name| mark(name.value, secret.value));
    }
    let fields = || cx.protocol().sessions.iter().flat_map(|session| &session.fields);
    for field in fields() {
        mark(field.key.value, field.secret.is_some_and(|secret| secret.value));
    }
    for parameter in &cx.protocol().parameters {
        if parameter.from.is_some_and(|from| from.value == Provider::Session) {
            let name = parameter.field.unwrap_or(parameter.member.key).value;
            let field = fields().filter(|field| field.key.value == name);
            let secret = field.filter_map(|field| field.secret).any(|secret| secret.value);
            mark(parameter.member.key.value, secret);
        }
    }
    marked
}

/// Each text of an example, with its values.
fn values<'a>(cx: &Context<'_>, example: &'a Example<'a>) -> Vec<(Text<'a>, Vec<SampleValue<'a>>)> {
    let of = |format: FormatKind, text: &'a str| match format {
        FormatKind::Xml => of_xml(text),
        FormatKind::Json => of_json(text),
        FormatKind::Query => of_query(text),
    };
    let body = cx.protocol().body.as_ref().map_or(FormatKind::Xml, |body| body.format.value);
    let requests = example.requests.iter().map(|(word, text)| {
        let is_body = example_request::BODY.is(word.value);
        (*text, of(if is_body { body } else { FormatKind::Query }, text.value))
    });
    let replies = example.replies.iter().map(|(format, text)| (*text, of(format.value, text.value)));
    let headers = [example.request_headers, example.reply_headers].into_iter().flatten();
    let headers = headers.map(|text| (text, of_headers(text.value)));
    requests.chain(headers).chain(replies).collect()
}

/// Nothing of the value is shown: what is told of a definition is in the logs of CI.
fn fault(span: Span, value: &SampleValue<'_>, looks: Looks) -> Fault {
    let why = match looks {
        Looks::Known(known) => format!("has the form of {}", known.what),
        Looks::WebToken => "has the form of a JSON Web Token".to_owned(),
        Looks::Hex => "has the form of a random number".to_owned(),
        Looks::Base64 => "has the form of random bytes in Base64".to_owned(),
        Looks::Named => "is under the name of a secret, and not evidently made up".to_owned(),
    };
    let published = match looks {
        Looks::Known(_) => "",
        _ => "; if the vendor's page prints it, give the sample a `source`, which says so",
    };
    Fault::new(
        Code::SampleSecret,
        span,
        format!("the value of `{}` in this sample looks like a real secret: it {why}", value.name),
    )
    .hidden()
    .help(format!(
        "write a made-up value in its place, such as `{}`{published}",
        made_up(&value.value, looks)
    ))
}
