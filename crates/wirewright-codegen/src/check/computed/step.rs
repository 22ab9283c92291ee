//! A computed value by itself: it is made of one thing, can be worked out, and is used.

use super::values::{carried, fault};
use crate::check::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{Algorithm, EncodeSet, PairSource};
use crate::read::tree::Computed;
use crate::resolve::{REQUEST_WORDS, reach};
use crate::rules::is_encoded;
use crate::source::{Span, Text};
use crate::template::{pieces, placeholders};
use crate::words::{Algorithms, Alternatives as _, TextEncodings};

/// Looks at one.
pub(super) fn check(cx: &Context<'_>, step: &Computed<'_>) {
    content(cx, step);
    digest(cx, step);
    broken(cx, step);
    key_samples(cx, step);
    step.templates().for_each(|template| readable(cx, template));
    body(cx, step);
    pairs(cx, step);
    reserved(cx, step);
    cycle(cx, step);
    used(cx, step);
}

/// It is made of a text, or of pairs.
fn content(cx: &Context<'_>, step: &Computed<'_>) {
    let said: Vec<Span> = [
        step.text.map(|text| text.span),
        step.pairs.as_ref().and_then(|pairs| pairs.first()).map(|pairs| pairs.span),
        step.pairs_of.map(|of| of.span),
    ]
    .into_iter()
    .flatten()
    .collect();
    let name = step.key.value;
    match said.as_slice() {
        [] if step.pairs.is_none() => cx.add(
            fault(step.key.span, format!("nothing says what `{name}` is made of"))
                .label("is made of nothing")
                .expected("`text`, `pairs` or `pairs-of`"),
        ),
        [first, second, ..] => cx.add(
            fault(*second, format!("`{name}` is made of one thing"))
                .label("the second one")
                .related(*first, "the first one")
                .expected("one of `text`, `pairs` and `pairs-of`"),
        ),
        _ => {}
    }
    let list: [(&str, Option<Span>); 10] = [
        ("only", step.only.as_ref().map(|all| all.span)),
        ("except", step.except.as_ref().map(|all| all.span)),
        ("must-include", step.must_include.as_ref().map(|all| all.span)),
        ("order", step.order.map(|one| one.span)),
        ("each", step.each.map(|one| one.span)),
        ("join", step.join.map(|one| one.span)),
        ("prefix", step.prefix.map(|one| one.span)),
        ("lowercase-names", step.lowercase.map(|one| one.span)),
        ("repeated", step.repeated.map(|one| one.span)),
        ("collapse-spaces", step.collapse.map(|one| one.span)),
    ];
    let of_pairs = step.pairs.is_some() || step.pairs_of.is_some();
    for (index, (word, span)) in list.into_iter().enumerate() {
        let Some(span) = span else { continue };
        let expected = match (of_pairs, step.pairs_of.is_some() && index < 3) {
            (false, _) => "`pairs` beside it",
            (true, true) => "it where the pairs are: `pairs-of` takes the same ones",
            (true, false) => continue,
        };
        cx.add(
            Fault::new(Code::Meaningless, span, format!("`{word}` says nothing about this value"))
                .label("without meaning here")
                .expected(expected),
        );
    }
}

/// A digest has a key or none, by its algorithm, and becomes text.
fn digest(cx: &Context<'_>, step: &Computed<'_>) {
    let name = step.key.value;
    let algorithms = step.algorithm.as_deref().unwrap_or_default();
    let key = step.keys.as_ref().and_then(|keys| keys.value.first().copied());
    match (algorithms.first(), key) {
        (None, Some(key)) if !step.unread_algorithm => cx.add(
            fault(key.span, format!("`{name}` has a key and is not signed"))
                .label("signs nothing")
                .expected("`algorithm` beside it, an HMAC"),
        ),
        (None, None) if step.keys.is_some() => cx.add(
            fault(step.key.span, format!("`{name}` is signed and no key is given"))
                .label("`key` is empty")
                .expected("`key = \"{client.…}\"` or `\"{session.…}\"`"),
        ),
        _ => {}
    }
    for algorithm in algorithms {
        if algorithm.value.has_key() && key.is_none() {
            cx.add(
                fault(algorithm.span, format!("`{name}` is signed and no key is given"))
                    .label("an HMAC has a key")
                    .expected("`key` beside it, as in `key = \"{client.secret}\"` or `\"{session.key}\"`"),
            );
        } else if let Some(key) = key.filter(|_| !algorithm.value.has_key()) {
            cx.add(
                fault(key.span, format!("`{name}` is hashed, and a hash has no key"))
                    .label("without meaning here")
                    .related(algorithm.span, "a hash")
                    .expected("the secret in the `text`, where the vendor's page has it, or an `algorithm` that is an HMAC"),
            );
            break;
        }
    }
    if let Some(first) = algorithms.first()
        && step.encoding.is_none()
    {
        cx.add(
            fault(first.span, format!("nothing says how the digest of `{name}` becomes text"))
                .label("gives bytes")
                .expected("`encoding` beside it, such as `encoding = \"hex\"`"),
        );
    }
    if let Some(encoding) = step.key_encoding.filter(|_| step.keys.is_none()) {
        cx.add(
            Fault::new(Code::Meaningless, encoding.span, "`key-encoding` says nothing about this value")
                .label("without meaning here")
                .expected("`key` beside it"),
        );
    }
}

/// MD5 and SHA-1 are chosen by a vendor, and by nobody who writes a definition: a page says so.
fn broken(cx: &Context<'_>, step: &Computed<'_>) {
    let mut algorithms = step.algorithm.iter().flatten();
    let weak = algorithms.find(|one| matches!(one.value, Algorithm::Md5 | Algorithm::Sha1));
    let Some(weak) = weak.filter(|_| step.facts.source.is_none()) else { return };
    let word = Algorithms::word(&weak.value).unwrap_or_default();
    cx.add(
        Fault::new(Code::WeakHash, weak.span, format!("`{}` is hashed by {word}, and no page is named that says so", step.key.value))
            .label("collisions of it are cheap")
            .expected("`source` beside it, where the vendor's page asks for this hash; otherwise `sha256` or `hmac-sha256`"),
    );
}

/// What tests and the mock make up for a key can be read as the key is.
fn key_samples(cx: &Context<'_>, step: &Computed<'_>) {
    let Some(encoding) = step.key_encoding else { return };
    let Some(key) = step.keys.as_ref().and_then(|keys| keys.value.first().copied()) else { return };
    let whole = key.value.strip_prefix("{client.").and_then(|rest| rest.strip_suffix('}'));
    let Some(parameter) = whole.and_then(|name| cx.scope.parameter(name)) else { return };
    let word = TextEncodings::word(&encoding.value).unwrap_or_default();
    let name = parameter.member.key;
    let fault = |span, label: &str| {
        fault(span, format!("no key is made up that is {word}, as that of `{}` has to be", step.key.value))
            .label(label)
            .related(encoding.span, "how the key is read")
            .expected(format!("`samples` beside `{}`, made-up keys in {word}", name.value))
    };
    match &parameter.member.samples {
        None => cx.add(fault(name.span, "without samples")),
        Some(samples) => {
            for wrong in samples.value.iter().filter(|one| !is_encoded(encoding.value, &one.value.text)) {
                cx.add(fault(wrong.span, "cannot be read so"));
            }
        }
    }
}

/// Braces are in pairs.
fn readable(cx: &Context<'_>, template: Text<'_>) {
    if let Err(what) = pieces(template.value) {
        cx.add(
            Fault::new(Code::Template, template.span, format!("this text has {what}"))
                .label("cannot be read")
                .expected("values in braces, as in `{client.secret}`; `{{` and `}}` are braces"),
        );
    }
}

/// The body is bytes: it is hashed, signed or encoded.
fn body(cx: &Context<'_>, step: &Computed<'_>) {
    let hidden = step.algorithm.is_some() || step.encoding.is_some();
    let keys = step.keys.iter().flat_map(|keys| &keys.value).copied();
    for template in step.text.filter(|_| !hidden).into_iter().chain(keys) {
        for value in placeholders(template.value).filter(|value| value.name == "body") {
            cx.add(
                Fault::new(Code::Template, value.span(template, cx.sources), "a body is bytes, and no text")
                    .label("any bytes")
                    .expected(
                        "a computed value of its own with an `algorithm` or an `encoding`, and its name here",
                    ),
            );
        }
    }
}

fn pairs(cx: &Context<'_>, step: &Computed<'_>) {
    if let Some(each) = step.each {
        readable(cx, each);
        for value in placeholders(each.value) {
            if !matches!(value.name, "name" | "value") || value.optional {
                let message = format!("a pair has no `{}`", value.name);
                cx.add(
                    Fault::new(Code::Template, value.span(each, cx.sources), message)
                        .label("not known")
                        .expected("`{name}` and `{value}`"),
                );
            }
        }
    }
    if let Some(of) = step.pairs_of
        && let Some(other) = cx.protocol().computed(of.value)
        && other.pairs.is_none()
        && other.pairs_of.is_none()
    {
        cx.add(
            fault(of.span, format!("`{}` is not made of pairs", of.value))
                .label("made of a text")
                .related(other.key.span, "this one")
                .expected("the name of a computed value with `pairs`"),
        );
    }
    let paths = step.percent_encode.filter(|set| set.value == EncodeSet::Path);
    if let Some(paths) = paths.filter(|_| step.text.is_none()) {
        cx.add(
            Fault::new(Code::Meaningless, paths.span, "`path` says nothing about pairs")
                .label("without meaning here")
                .expected("`rfc3986`"),
        );
    }
    let sent = step.percent_encode.filter(|set| set.value == EncodeSet::AsSent);
    if let Some(sent) = sent {
        let in_url = |source: PairSource| {
            matches!(source, PairSource::Query | PairSource::Form | PairSource::Parameters)
        };
        let fits = step.pairs.as_ref().is_some_and(|pairs| pairs.iter().all(|source| in_url(source.value)));
        if !fits && step.pairs_of.is_none() {
            cx.add(
                Fault::new(Code::Meaningless, sent.span, "`as-sent` says nothing about this value")
                    .label("without meaning here")
                    .expected("`pairs` of the query or the form beside it"),
            );
        }
    }
}

fn reserved(cx: &Context<'_>, step: &Computed<'_>) {
    let name = step.key.value;
    if REQUEST_WORDS.iter().any(|(word, _)| *word == name) {
        cx.add(
            Fault::new(Code::Reserved, step.key.span, format!("`{{{name}}}` is a part of every request"))
                .label("means something else in a text")
                .expected("another name"),
        );
    }
    if name.is_empty() || name.contains(['{', '}', '.', '?']) {
        cx.add(
            Fault::new(Code::Spelling, step.key.span, "no text can name this value")
                .label("cannot be in braces")
                .expected("a name without braces, `.` and `?`"),
        );
    }
}

fn cycle(cx: &Context<'_>, step: &Computed<'_>) {
    let name = step.key.value;
    let mut inner: Vec<&str> = Vec::new();
    inner.extend(step.pairs_of.map(|of| of.value));
    for value in step.templates().flat_map(|template| placeholders(template.value)) {
        match value.parts() {
            (step, None) => inner.push(step),
            ("parameter", Some(name)) => {
                let parameter = cx.protocol().parameters.iter().find(|one| one.is_named(name));
                inner.extend(parameter.and_then(|one| carried(cx, one)).map(|step| step.key.value));
            }
            _ => {}
        }
    }
    if inner.iter().any(|inner| reach(cx.definition, inner).contains(name)) {
        cx.add(
            Fault::new(Code::ComputedCycle, step.key.span, format!("`{name}` is made of itself"))
                .label("cannot be worked out")
                .expected("a text that does not lead back here"),
        );
    }
}

/// Something carries it, or is made of it.
fn used(cx: &Context<'_>, step: &Computed<'_>) {
    let name = step.key.value;
    let protocol = cx.protocol();
    let carried = protocol.parameters.iter().filter_map(|one| carried(cx, one)).map(|step| step.key.value);
    let fields = protocol.sessions.iter().flat_map(|session| &session.fields);
    let fields = fields.filter_map(|field| field.from?.value.strip_prefix("computed."));
    let replies =
        protocol.computed.iter().filter(|one| one.signs_replies().is_some()).map(|one| one.key.value);
    let reached = carried.chain(fields).chain(replies).any(|root| reach(cx.definition, root).contains(name));
    if !reached {
        cx.add(
            Fault::new(Code::Unused, step.key.span, format!("nothing is made of `{name}`"))
                .label("is never computed")
                .expected(format!(
                    "a parameter with `from = \"computed\"` and `field = \"{name}\"`, or `{{{name}}}` in another computed value"
                )),
        );
    }
}
