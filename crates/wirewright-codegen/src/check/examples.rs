//! The samples of the vendor's pages: that their operation offers what they show.

use super::{
    context::{Context, format_name},
    locations::{fits, is_token},
};
use crate::diagnostic::{Code, Fault};
use crate::model::{Method, Placement};
use crate::read::tree::{Example, Member, Operation, ParameterLocation, Provider};
use crate::rules;
use crate::source::{At, Text};
use crate::words::keys::example_request;

pub(super) fn check(cx: &Context<'_>) {
    for (_, operation) in cx.operations() {
        for example in &operation.examples {
            request(cx, operation, example);
            signature(cx, example);
            replies(cx, operation, example);
        }
    }
}

fn request(cx: &Context<'_>, operation: &Operation<'_>, example: &Example<'_>) {
    let is_body = |word: &Text<'_>| example_request::BODY.is(word.value);
    let words = || example.requests.iter().map(|(word, _)| *word);
    let bodies: Vec<Text<'_>> = words().filter(is_body).collect();
    let places: Vec<Text<'_>> = words().filter(|word| !is_body(word)).collect();
    if let [first, second, ..] = places.as_slice() {
        cx.add(
            Fault::new(Code::Contradiction, second.span, "an example has one request")
                .label("the second one")
                .related(first.span, "the first one")
                .help("make two examples of it"),
        );
    }
    for body in bodies {
        let form = places.iter().find(|word| example_request::FORM.is(word.value));
        if let Some(form) = form {
            cx.add(
                Fault::new(Code::Contradiction, body.span, "a form is a body itself")
                    .label("a second body")
                    .related(form.span, "the first one")
                    .expected("`request.query` or `request.url` beside `request.body`"),
            );
        } else if operation.body.is_none() {
            cx.add(
                Fault::new(
                    Code::ExampleFormat,
                    body.span,
                    format!("the requests of `{}` carry no document", operation.key.value),
                )
                .label("not offered")
                .related(operation.key.span, "the operation")
                .help("add the members of the body to the operation, or leave the example out"),
            );
        }
    }
    let in_path = |member: &&Member<'_>| {
        member.location.is_some_and(|location| location.value == ParameterLocation::Path)
    };
    let place = operation.request.iter().find(in_path);
    if let (Some(place), Some(first), false) =
        (place, words().next(), words().any(|word| example_request::URL.is(word.value)))
    {
        cx.add(
            Fault::new(Code::ExampleFormat, first.span, "nobody can tell the path of this request")
                .label("without its path")
                .related(place.key.span, "is in the path")
                .expected("`request.url`, alone or beside `request.body`"),
        );
    }
    if let Some(lacks) = example.lacks.first().filter(|_| example.requests.is_empty()) {
        cx.add(
            Fault::new(Code::Contradiction, lacks.span, "`lacks` says nothing without a request")
                .label("nothing leaves it out")
                .expected("`request.form`, `request.query`, `request.url` or `request.body` beside it"),
        );
    }
    if example.requests.is_empty() && example.replies.is_empty() {
        cx.add(
            Fault::new(Code::Empty, example.span, "the example shows nothing")
                .label("neither request nor reply")
                .expected("`request.form`, `request.query`, `request.url`, `request.body`, or `reply.` and a format"),
        );
    }
    let methods = &operation.methods.as_ref().unwrap_or(&cx.protocol().methods).value;
    for word in places {
        let form = example_request::FORM.is(word.value);
        let what = if form { "a form" } else { "a query string" };
        let carries = |method: &At<Method>| (method.value.placement != Placement::Query) == form;
        if !methods.is_empty() && !methods.iter().any(carries) {
            cx.add(
                Fault::new(
                    Code::ExampleFormat,
                    word.span,
                    format!("`{}` takes no {}", operation.key.value, &what[2..]),
                )
                .label("not offered")
                .related(operation.key.span, "the operation")
                .help("add the method to those of the operation or protocol, or leave the example out"),
            );
        }
    }
}

/// What the request is signed with, when, and what it has in its headers.
fn signature(cx: &Context<'_>, example: &Example<'_>) {
    for text in [example.request_headers, example.reply_headers].into_iter().flatten() {
        header_lines(cx, text);
    }
    if let Some(headers) = example.request_headers.filter(|_| example.requests.is_empty()) {
        cx.add(
            Fault::new(Code::Contradiction, headers.span, "headers are beside a request")
                .label("beside nothing")
                .expected(
                    "`request.form`, `request.query`, which may be empty, or `request.url` beside them",
                ),
        );
    }
    let known = || signing(cx);
    for (name, _) in &example.keys {
        if !known().any(|known| known == name.value) {
            cx.add(
                Fault::new(
                    Code::UnknownReference,
                    name.span,
                    format!("nothing is signed with `{}`", name.value),
                )
                .label("no such secret")
                .expected("the name of a parameter of the client, or of a field of a session")
                .did_you_mean(cx.report, name.value, known()),
            );
        }
    }
    for (word, text) in [("clock", example.clock), ("nonce", example.nonce)] {
        if let Some(text) = text.filter(|_| example.keys.is_empty()) {
            cx.add(
                Fault::new(Code::Contradiction, text.span, format!("`{word}` says nothing without `keys`"))
                    .label("nothing is signed")
                    .expected("the secrets that the request is signed with beside it"),
            );
        }
    }
    if let Some(clock) = example.clock.filter(|clock| rules::seconds(clock.value).is_none()) {
        cx.add(
            Fault::new(Code::Spelling, clock.span, format!("`{}` is no moment", clock.value))
                .label("this text")
                .expected("a moment with its zone, as `2015-08-30T12:36:00Z`"),
        );
    }
}

/// Headers are lines of a name and a value.
fn header_lines(cx: &Context<'_>, text: Text<'_>) {
    for line in text.value.lines().filter(|line| !line.trim().is_empty()) {
        let is_header = line.split_once(':').is_some_and(|(name, value)| {
            is_token(name.trim()) && fits(ParameterLocation::Header, value.trim())
        });
        if !is_header {
            let name = line.split_once(':').map_or(line, |(name, _)| name);
            let shown: String = name.chars().take(40).collect();
            cx.add(
                Fault::new(Code::Spelling, text.span, format!("the line of `{}` is no header", shown.trim()))
                    .label("in this text")
                    .expected("lines as `Name: value`, in visible ASCII"),
            );
        }
    }
}

/// The names of what samples can be signed with.
fn signing<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'a str> {
    let protocol = cx.protocol();
    let client =
        protocol.parameters.iter().filter(|one| one.from.is_some_and(|from| from.value == Provider::Client));
    let client = client.map(|one| one.member.key.value);
    let fields = protocol.sessions.iter().flat_map(|session| &session.fields);
    client.chain(fields.map(|field| field.key.value))
}

fn replies(cx: &Context<'_>, operation: &Operation<'_>, example: &Example<'_>) {
    for (format, _) in &example.replies {
        let offered = match &operation.formats {
            Some(narrowed) => narrowed.value.iter().any(|kind| kind.value == format.value),
            None => cx.offers(format.value),
        };
        if !offered {
            let name = format_name(format.value);
            cx.add(
                Fault::new(
                    Code::ExampleFormat,
                    format.span,
                    format!("`{}` does not answer in {name}", operation.key.value),
                )
                .label("not offered")
                .related(operation.key.span, "the operation")
                .help("add the format to those of the operation or protocol, or leave the example out"),
            );
        }
    }
    for (format, _) in &example.fails {
        if !example.replies.iter().any(|(kind, _)| kind.value == format.value) {
            cx.add(
                Fault::new(
                    Code::UnknownReference,
                    format.span,
                    format!("no reply in {} that could fail", format_name(format.value)),
                )
                .label("no such reply")
                .expected("the format of a reply of this example"),
            );
        }
    }
}
