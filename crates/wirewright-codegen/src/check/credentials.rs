//! Credentials of several kinds, of which a client has one: that each can be had, and is told from the others.

use super::{context::Context, parameters::beside};
use crate::diagnostic::{Code, Fault};
use crate::naming;
use crate::read::tree::{Parameter, ParameterLocation, Provider};
use crate::source::{At, Span, Text};

/// What credentials can be made of.
const PROVIDERS: &[Provider] =
    &[Provider::Client, Provider::Computed, Provider::Nonce, Provider::Clock, Provider::Constant];

/// Kinds by whose names the client has other methods.
const RESERVED: &[&str] = &["config", "parameters"];

pub(super) fn check(cx: &Context<'_>) {
    let mut kinds: Vec<Text<'_>> = Vec::new();
    for parameter in &cx.protocol().parameters {
        let Some(named) = &parameter.credentials else { continue };
        words(cx, parameter, named);
        names(cx, named);
        for kind in &named.value {
            if kinds.iter().all(|known| known.value != kind.value) {
                kinds.push(*kind);
            }
        }
    }
    if let [only] = kinds.as_slice() {
        cx.add(
            Fault::new(
                Code::Meaningless,
                only.span,
                format!("there are no credentials but `{}`", only.value),
            )
            .label("the only kind")
            .expected("parameters of another kind, or no `credentials`, as all clients have these"),
        );
    }
    for (index, kind) in kinds.iter().enumerate() {
        had(cx, *kind);
        for earlier in kinds.iter().take(index) {
            told_apart(cx, *earlier, *kind);
        }
    }
}

/// What is said beside `credentials`.
fn words(cx: &Context<'_>, parameter: &Parameter<'_>, named: &At<Vec<Text<'_>>>) {
    let Some(from) = parameter.from else { return };
    if !PROVIDERS.contains(&from.value) || parameter.is_again() {
        cx.add(
            Fault::new(Code::Meaningless, named.span, "`credentials` says nothing about this parameter")
                .label("without meaning here")
                .expected(beside(PROVIDERS)),
        );
        return;
    }
    let member = &parameter.member;
    let said: [(&str, Option<Span>, &str); 4] = [
        (
            "required",
            member.required.map(|at| at.span),
            "a client has all of one kind, and nothing of the others",
        ),
        ("default", member.default.map(|at| at.span), "credentials are told by what is there"),
        ("groups", parameter.groups.as_ref().map(|at| at.span), "credentials go with every group"),
        (
            "except-groups",
            parameter.except_groups.as_ref().map(|at| at.span),
            "credentials go with every group",
        ),
    ];
    for (word, span, why) in said {
        let Some(span) = span else { continue };
        cx.add(
            Fault::new(Code::Meaningless, span, format!("`{word}` says nothing beside `credentials`"))
                .label("without meaning here")
                .help(format!("remove `{word}`: {why}")),
        );
    }
    if !member.once() || member.flatten.is_some() {
        cx.add(
            Fault::new(Code::Misplaced, named.span, format!("`{}` cannot be credentials", member.key.value))
                .label("not one value")
                .expected("a value that is neither a list, a map nor flattened"),
        );
    }
    placed(cx, parameter, named.span);
}

/// A server has to see which credentials a request has.
fn placed(cx: &Context<'_>, parameter: &Parameter<'_>, span: Span) {
    let member = &parameter.member;
    let is_unsent_secret = parameter.from.is_some_and(|from| from.value == Provider::Client)
        && member.secret.is_some_and(|secret| secret.value);
    let label = match member.location.map(|location| location.value) {
        Some(ParameterLocation::Host) => "is in the host",
        Some(ParameterLocation::Computed) if !is_unsent_secret => "is sent nowhere by itself",
        _ => return,
    };
    cx.add(
        Fault::new(Code::Misplaced, span, format!("`{}` cannot be credentials", member.key.value))
            .label(label)
            .expected(
                "a parameter, a header or a cookie, by which a server tells credentials; or a secret of the client with `in = \"computed\"`",
            ),
    );
}

/// Names become methods: `with_api_key`.
fn names(cx: &Context<'_>, named: &At<Vec<Text<'_>>>) {
    if named.value.is_empty() {
        cx.add(
            Fault::new(Code::Empty, named.span, "`credentials` names no kind")
                .label("an empty list")
                .expected("names of kinds, such as `password` and `api-key`"),
        );
    }
    for (index, kind) in named.value.iter().enumerate() {
        let mut letters = kind.value.bytes();
        let is_name = letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_name || kind.value.ends_with('-') || kind.value.contains("--") {
            cx.add(
                Fault::new(
                    Code::Spelling,
                    kind.span,
                    format!("`{}` cannot be a kind of credentials", kind.value),
                )
                .label("becomes a name in Rust")
                .expected("small letters, digits and single `-`, such as `api-key`"),
            );
        } else if RESERVED.contains(&kind.value) {
            cx.add(
                Fault::new(
                    Code::Reserved,
                    kind.span,
                    format!("`{}` cannot be a kind of credentials", kind.value),
                )
                .label(format!("the client has a method `with_{}`", naming::snake(kind.value)))
                .help("give it another name"),
            );
        }
        if let Some(first) = named.value.iter().take(index).find(|one| one.value == kind.value) {
            cx.add(
                Fault::new(Code::DuplicateKey, kind.span, format!("`{}` is named twice", kind.value))
                    .label("the second time")
                    .related(first.span, "the first time")
                    .help("remove one of the two"),
            );
        }
    }
}

/// A client is made with credentials, of which some are its own.
fn had(cx: &Context<'_>, kind: Text<'_>) {
    if of_client(cx, kind).next().is_none() {
        cx.add(
            Fault::new(
                Code::Provision,
                kind.span,
                format!("a client has nothing of the credentials `{}`", kind.value),
            )
            .label("of no parameter with `from = \"client\"`")
            .expected("a parameter with `from = \"client\"` that is of them"),
        );
    }
}

/// A client tells its own credentials by what it was given, and a server by what was sent.
fn told_apart(cx: &Context<'_>, first: Text<'_>, second: Text<'_>) {
    let same = |of: &dyn Fn(Text<'_>) -> Vec<Span>| of(first) == of(second);
    let given = |kind: Text<'_>| of_client(cx, kind).map(|one| one.member.key.span).collect();
    let sent = |kind: Text<'_>| {
        let sent = |one: &&Parameter<'_>| {
            one.is_of(kind.value)
                && one.member.location.is_none_or(|location| location.value != ParameterLocation::Computed)
        };
        cx.protocol().parameters.iter().filter(sent).map(|one| one.member.key.span).collect()
    };
    let what = if same(&given) {
        "a client has the same of both"
    } else if same(&sent) {
        "requests carry the same of both"
    } else {
        return;
    };
    let message = format!("`{}` and `{}` are not told apart", first.value, second.value);
    cx.add(
        Fault::new(Code::Contradiction, second.span, message)
            .label(what)
            .related(first.span, "the first kind")
            .expected("a parameter that is of one of them alone"),
    );
}

/// The client's own parameters of some credentials.
fn of_client<'a>(cx: &Context<'a>, kind: Text<'_>) -> impl Iterator<Item = &'a Parameter<'a>> {
    cx.protocol().parameters.iter().filter(move |one| {
        one.is_of(kind.value)
            && one.from.is_some_and(|from| from.value == Provider::Client)
            && !one.is_again()
    })
}
