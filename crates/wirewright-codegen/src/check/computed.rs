//! Computed values: that each is made of one thing, can be worked out, shows no secret, and can be read by a server.

use std::collections::HashSet;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{EncodeSet, FormatKind, PairSource, Placement};
use crate::read::tree::{Computed, Parameter, ParameterLocation, Provider};
use crate::resolve::{REQUEST_WORDS, reach};
use crate::source::{Span, Text};
use crate::template::{Piece, Placeholder, pieces, placeholders};

pub(super) fn check(cx: &Context<'_>) {
    for step in &cx.protocol().computed {
        content(cx, step);
        digest(cx, step);
        step.templates().for_each(|template| readable(cx, template));
        body(cx, step);
        pairs(cx, step);
        reserved(cx, step);
        cycle(cx, step);
        used(cx, step);
    }
    for parameter in &cx.protocol().parameters {
        if let Some(step) = carried(cx, parameter) {
            in_its_own_body(cx, parameter, step);
            shown(cx, parameter, step);
            at_a_request(cx, parameter, step);
            if parameter.member.location.is_none_or(|one| one.value != ParameterLocation::Computed) {
                taken_apart(cx, parameter, step, &mut HashSet::new());
            }
        }
        sent_key(cx, parameter);
        made_of(cx, parameter);
    }
    for session in &cx.protocol().sessions {
        for field in &session.fields {
            let of =
                field.from.and_then(|from| cx.protocol().computed(from.value.strip_prefix("computed.")?));
            if let Some(step) = of {
                at_an_opening(cx, field.key, step);
            }
        }
    }
    turns(cx);
    whole_bodies(cx);
}

/// The value that a parameter carries.
pub(super) fn carried<'a>(cx: &Context<'a>, parameter: &Parameter<'a>) -> Option<&'a Computed<'a>> {
    parameter.from.filter(|from| from.value == Provider::Computed)?;
    cx.protocol().computed(parameter.field.unwrap_or(parameter.member.key).value)
}

/// The values of templates that one is made of, its own and those of others, each with its template.
fn values<'a>(cx: &Context<'a>, step: &Computed<'a>) -> Vec<(Placeholder<'a>, Text<'a>)> {
    let mut steps: Vec<&str> = reach(cx.definition, step.key.value).into_iter().collect();
    steps.sort_unstable();
    let steps = steps.into_iter().filter_map(|name| cx.protocol().computed(name));
    let templates = steps.flat_map(Computed::templates);
    templates.flat_map(|template| placeholders(template.value).map(move |value| (value, template))).collect()
}

/// Whether a computed value is signed with a field of the session, so that it is there on signed operations only.
pub(super) fn of_session(cx: &Context<'_>, parameter: &Parameter<'_>) -> bool {
    if parameter.from.is_none_or(|from| from.value != Provider::Computed) {
        return false;
    }
    let step = parameter.field.unwrap_or(parameter.member.key).value;
    let Some(step) = cx.protocol().computed(step) else { return false };
    let session = |value: &Placeholder<'_>| value.parts().0 == "session" && !value.optional;
    is_signed(cx, step) && values(cx, step).iter().any(|(value, _)| session(value))
}

/// Whether something is hashed or signed in what it is made of.
pub(super) fn is_signed(cx: &Context<'_>, step: &Computed<'_>) -> bool {
    let steps = cx.protocol().computed.iter();
    let reached = reach(cx.definition, step.key.value);
    let mut reached = steps.filter(|one| reached.contains(one.key.value));
    reached.any(|one| one.algorithm.as_ref().is_some_and(|all| !all.is_empty()) || one.unread_algorithm)
}

/// The secrets that a value is made of.
pub(super) fn secrets<'a>(cx: &Context<'a>, step: &Computed<'a>) -> Vec<Placeholder<'a>> {
    let values = values(cx, step).into_iter().map(|(value, _)| value);
    values.filter(|value| is_secret(cx, *value)).collect()
}

fn is_secret(cx: &Context<'_>, value: Placeholder<'_>) -> bool {
    let (group, Some(name)) = value.parts() else { return false };
    let marked = |secret: Option<crate::source::At<bool>>| secret.is_some_and(|secret| secret.value);
    let protocol = cx.protocol();
    match group {
        "client" | "parameter" => {
            protocol.parameters.iter().any(|one| one.is_named(name) && marked(one.member.secret))
        }
        "session" => protocol
            .sessions
            .iter()
            .flat_map(|session| &session.fields)
            .any(|field| field.key.value == name && marked(field.secret)),
        _ => false,
    }
}

fn fault(span: Span, message: impl Into<String>) -> Fault {
    Fault::new(Code::Computed, span, message)
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
    let reached = carried.chain(fields).any(|root| reach(cx.definition, root).contains(name));
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

/// What is made of the body cannot be in it.
fn in_its_own_body(cx: &Context<'_>, parameter: &Parameter<'_>, step: &Computed<'_>) {
    let among = parameter.member.location.is_none_or(|one| one.value == ParameterLocation::Parameters);
    let methods = cx.protocol().methods.value.iter();
    let in_form =
        methods.filter(|method| method.value.placement != Placement::Query).map(|one| one.span).next();
    if let Some(form) = in_form.filter(|_| among)
        && let Some((value, template)) =
            values(cx, step).into_iter().find(|(value, _)| matches!(value.name, "body" | "body-length"))
    {
        let name = parameter.member.key.value;
        cx.add(
            fault(value.span(template, cx.sources), format!("`{name}` is made of the body, and is in it"))
                .label("the body")
                .related(parameter.member.key.span, "this parameter")
                .related(form, "in a form by this method")
                .expected("a parameter with `in = \"header\"`, or pairs of the form instead of the body"),
        );
    }
}

/// The first secret that can be read in what a value becomes.
fn readable_secret<'a>(
    cx: &Context<'a>,
    name: &'a str,
    seen: &mut HashSet<&'a str>,
) -> Option<Placeholder<'a>> {
    let step = cx.protocol().computed(name).filter(|_| seen.insert(name))?;
    if step.algorithm.is_some() {
        return None;
    }
    let text = step.text?;
    placeholders(text.value).find_map(|value| match value.parts() {
        (name, None) => readable_secret(cx, name, seen),
        _ => is_secret(cx, value).then_some(value),
    })
}

/// What shows a secret is one.
fn shown(cx: &Context<'_>, parameter: &Parameter<'_>, step: &Computed<'_>) {
    let marked = parameter.member.secret.is_some_and(|secret| secret.value);
    if let Some(secret) = readable_secret(cx, step.key.value, &mut HashSet::new()).filter(|_| !marked) {
        let name = parameter.member.key.value;
        let message = format!("`{{{}}}` can be read in `{name}`", secret.name);
        cx.add(
            Fault::new(Code::SecretSent, parameter.member.key.span, message)
                .label("does not say that it is a secret")
                .expected("`secret = true` beside it, or an `algorithm` that hides the secret"),
        );
    }
}

/// What opens a session is over when a request of it is made.
fn at_a_request(cx: &Context<'_>, parameter: &Parameter<'_>, step: &Computed<'_>) {
    for (value, template) in values(cx, step) {
        if matches!(value.parts(), ("request" | "data", Some(_))) {
            let message = format!("`{{{}}}` is known while a session is opened, and no later", value.name);
            cx.add(
                fault(value.span(template, cx.sources), message)
                    .label("not known when a request is made")
                    .related(parameter.member.key.span, "of every request")
                    .expected("a field of the session that keeps it, and `{session.…}` here"),
            );
        }
    }
}

/// The key of a session is made of what opens it.
fn at_an_opening(cx: &Context<'_>, field: Text<'_>, step: &Computed<'_>) {
    for (value, template) in values(cx, step) {
        let (group, name) = value.parts();
        let is_step = name.is_none() && cx.protocol().computed(value.name).is_some();
        if !matches!(group, "request" | "data") && !is_step {
            cx.add(
                fault(
                    value.span(template, cx.sources),
                    format!("`{{{}}}` is not known when a session is opened", value.name),
                )
                .label("of a later request")
                .related(field.span, "computed once, when the session is opened")
                .expected("values of the opening call: `{request.…}` and `{data.…}`"),
            );
        }
    }
    let reached = reach(cx.definition, step.key.value);
    for inner in cx.protocol().computed.iter().filter(|one| reached.contains(one.key.value)) {
        if let Some(pairs) = inner.pairs.as_ref().and_then(|pairs| pairs.first()) {
            cx.add(
                fault(pairs.span, "no pairs are known when a session is opened")
                    .label("of a later request")
                    .related(field.span, "computed once, when the session is opened")
                    .expected("a `text` with values of the opening call"),
            );
        }
    }
}

/// A server reads what stands in a text that is sent.
fn taken_apart<'a>(
    cx: &Context<'a>,
    parameter: &Parameter<'_>,
    step: &Computed<'a>,
    seen: &mut HashSet<&'a str>,
) {
    if step.algorithm.is_some() || !seen.insert(step.key.value) {
        return;
    }
    let Some(text) = step.text else { return };
    let pieces = pieces(text.value).unwrap_or_default();
    for pair in pieces.windows(2) {
        if let [Piece::Value(one), Piece::Value(next)] = pair {
            let message =
                format!("nobody can tell where `{{{}}}` ends and `{{{}}}` begins", one.name, next.name);
            cx.add(
                Fault::new(Code::Template, next.span(text, cx.sources), message)
                    .label("right behind the other one")
                    .related(
                        parameter.member.key.span,
                        "sent as it is, so that a server has to take it apart",
                    )
                    .expected("a text between them"),
            );
        }
    }
    for piece in &pieces {
        if let Piece::Value(value) = piece
            && let Some(inner) = cx.protocol().computed(value.name)
        {
            taken_apart(cx, parameter, inner, seen);
        }
    }
}

/// A key is not sent as well.
fn sent_key(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let of_client = parameter.from.is_some_and(|from| from.value == Provider::Client);
    let kept = parameter.member.location.is_some_and(|one| one.value == ParameterLocation::Computed);
    let secret = parameter.member.secret.is_some_and(|secret| secret.value);
    if !of_client || kept || !secret {
        return;
    }
    let steps = cx.protocol().computed.iter();
    let keys = steps.flat_map(|step| step.keys.iter().flat_map(|keys| keys.value.iter().copied()));
    let mut used = keys.flat_map(|key| placeholders(key.value).map(move |value| (key, value)));
    let named = |value: &Placeholder<'_>| {
        let (group, name) = value.parts();
        group == "client" && name.is_some_and(|name| parameter.is_named(name))
    };
    if let Some((key, value)) = used.find(|(_, value)| named(value)) {
        let name = parameter.member.key.value;
        cx.add(
            Fault::new(
                Code::SecretSent,
                parameter.member.key.span,
                format!("`{name}` signs, and is sent as well"),
            )
            .label("is in every request")
            .related(value.span(key, cx.sources), "a key")
            .expected("`in = \"computed\"` beside it, which keeps it back"),
        );
    }
}

/// What is carried by computed values only is in one.
fn made_of(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let Some(location) = parameter.member.location.filter(|one| one.value == ParameterLocation::Computed)
    else {
        return;
    };
    let name = parameter.member.key.value;
    let steps = &cx.protocol().computed;
    let named = |value: Placeholder<'_>| matches!(value.parts(), ("client" | "parameter" | "session", Some(one)) if parameter.is_named(one));
    let in_text = steps.iter().flat_map(Computed::templates).any(|text| placeholders(text.value).any(named));
    let secret = parameter.member.secret.is_some_and(|secret| secret.value)
        && parameter.from.is_some_and(|from| from.value == Provider::Client);
    let listed = steps
        .iter()
        .any(|step| step.pairs.iter().flatten().any(|source| source.value == PairSource::Computed));
    if !in_text && (secret || !listed) {
        cx.add(
            Fault::new(Code::Unused, location.span, format!("no computed value is made of `{name}`"))
                .label("is never sent")
                .related(parameter.member.key.span, "this parameter")
                .expected(format!("`{{client.{name}}}` or `{{parameter.{name}}}` in a computed value")),
        );
    }
}

/// Each parameter can be computed when all that it is made of is there.
fn turns(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let computed: Vec<_> =
        protocol.parameters.iter().filter_map(|one| Some((one, carried(cx, one)?))).collect();
    let needs = |step: &Computed<'_>, other: &(&Parameter<'_>, &Computed<'_>)| {
        let reached = reach(cx.definition, step.key.value);
        let of_other = reach(cx.definition, other.1.key.value);
        protocol
            .computed
            .iter()
            .filter(|one| reached.contains(one.key.value))
            .any(|list| is_in(list, other.0) && !of_other.contains(list.key.value))
    };
    for (index, one) in computed.iter().enumerate() {
        for other in computed.iter().take(index) {
            if needs(one.1, other) && needs(other.1, one) {
                let (name, before) = (one.0.member.key, other.0.member.key);
                let message = format!("`{}` and `{}` are made of each other", before.value, name.value);
                cx.add(
                    Fault::new(Code::ComputedCycle, name.span, message)
                        .label("is among the pairs of the other one")
                        .related(before.span, "and the other way round")
                        .expected("`except` where one of them should be left out"),
                );
            }
        }
    }
}

/// What is made of the body needs it whole: files and rows are read while they are sent.
fn whole_bodies(cx: &Context<'_>) {
    for (group, operation) in cx.operations() {
        let files =
            operation.request.iter().find(|member| member.kind.is_some_and(|kind| kind.value == "file"));
        let rows = operation.carried().iter().find(|member| member.rows.is_some());
        let Some(streamed) = files.or(rows) else { continue };
        let carriers = cx.protocol().parameters.iter().filter(|one| one.goes_with(&group.name));
        for (parameter, step) in carriers.filter_map(|one| Some((one, carried(cx, one)?))) {
            let body =
                |(value, _): &(Placeholder<'_>, Text<'_>)| matches!(value.name, "body" | "body-length");
            let signed = operation.signed.is_some() || !of_session(cx, parameter);
            if let Some((value, template)) = values(cx, step).into_iter().find(body).filter(|_| signed) {
                let message = format!("`{}` sends what is not known before it is sent", operation.key.value);
                cx.add(
                    fault(streamed.key.span, message)
                        .label("read while it is sent")
                        .related(value.span(template, cx.sources), "needs the body before")
                        .expected(
                            "`groups` or `except-groups` of the parameter that leave this operation out",
                        ),
                );
            }
        }
    }
}

/// Whether a parameter is among pairs.
fn is_in(list: &Computed<'_>, parameter: &Parameter<'_>) -> bool {
    let place = parameter.member.location.map_or(ParameterLocation::Parameters, |place| place.value);
    let source = |source: PairSource| match source {
        PairSource::Query | PairSource::Form | PairSource::Parameters => {
            place == ParameterLocation::Parameters
        }
        PairSource::Headers => place == ParameterLocation::Header,
        PairSource::Computed => place == ParameterLocation::Computed,
    };
    let name = parameter.member.wire(FormatKind::Query).value;
    let headers = place == ParameterLocation::Header;
    let same = |one: &str, other: &str| one == other || headers && one.eq_ignore_ascii_case(other);
    let named = |names: &Option<crate::source::At<Vec<Text<'_>>>>| {
        names.as_ref().map(|names| {
            names.value.iter().any(|pattern| match pattern.value.strip_suffix('*') {
                Some(start) => name.get(..start.len()).is_some_and(|begin| same(begin, start)),
                None => same(name, pattern.value),
            })
        })
    };
    list.pairs.iter().flatten().any(|one| source(one.value))
        && named(&list.only).unwrap_or(true)
        && !named(&list.except).unwrap_or(false)
}
