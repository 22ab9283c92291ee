//! Names that are one in Rust, and names that generated code needs itself.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{ErrorKeys, Role, When};
use crate::naming::{
    CLOCK, POSITIONAL, RESERVED_CLIENT, RESERVED_ENVELOPE, RESERVED_GROUPS, RESERVED_TYPES,
    RESERVED_VARIANTS, UNSPECIFIED, epoch_type, formats_type, forms_type, required_type, separators_type,
};
use crate::read::tree::{Member, Operation, Provider, Type, TypeKind};
use crate::source::{At, Span, Text};

/// What to do about a clash where a `name` can be given.
const NAME: &str = "give one of them another `name`";
/// What to do about a reserved name where a `name` can be given.
const RENAME: &str = "give it another `name`";

pub(super) fn check(cx: &Context<'_>) {
    for members in cx.structures() {
        unique(cx, members.iter().map(member), NAME);
    }
    for (_, operation) in cx.operations() {
        body(cx, operation);
    }
    unique(cx, cx.protocol().envelope.value.iter().map(|one| member(&one.member)), NAME);
    unique(cx, cx.filled_in().map(member), NAME);
    for session in &cx.protocol().sessions {
        let fields = session.fields.iter();
        let names = || fields.clone().map(|field| (field.rust.as_str(), field.name.unwrap_or(field.key)));
        unique(cx, names(), NAME);
        if session.clock.is_some() {
            for (rust, written) in names() {
                reserved(cx, rust, written.span, &[CLOCK], "a field of the session", RENAME);
            }
        }
    }
    let kinds =
        cx.protocol().sessions.iter().filter_map(|session| Some((session.rust.as_str(), session.key?)));
    unique(cx, kinds, "give one of the kinds another name");
    envelope(cx);
    client(cx);
    types(cx);
    errors(cx);
    groups(cx);
}

/// What a request is made of: its parameters, the members of its body, and the body itself.
fn body(cx: &Context<'_>, operation: &Operation<'_>) {
    if operation.body.is_none() {
        return;
    }
    // Two of one name in one of the tables are reported with it.
    let mut own = HashSet::new();
    let parameters = operation.request.iter().map(member).filter(|(rust, _)| own.insert(*rust));
    let parameters: Vec<_> = parameters.collect();
    for (rust, written) in &parameters {
        reserved(cx, rust, written.span, &["body"], "a parameter beside a body", RENAME);
    }
    let mut carried = HashSet::new();
    let carried = operation.carried().iter().map(member).filter(|(rust, _)| carried.insert(*rust));
    unique(cx, parameters.iter().copied().chain(carried), NAME);
}

/// What is beside `code` and `data` in an answer or a failure.
fn envelope(cx: &Context<'_>) {
    for one in cx.protocol().envelope.value.iter().filter(|one| !one.unclear) {
        let (rust, written) = member(&one.member);
        let own = match one.role.map(|role| role.value) {
            Some(Role::Data) => true,
            Some(Role::Status | Role::Code) => rust == "code",
            _ => one.when == When::Success && rust == "code",
        };
        if !own {
            reserved(cx, rust, written.span, RESERVED_ENVELOPE, "a member of the envelope", RENAME);
        }
    }
}

fn client(cx: &Context<'_>) {
    let of_client = |from: Provider| from == Provider::Client;
    let parameters = cx.protocol().parameters.iter();
    for one in parameters.filter(|one| one.from.is_some_and(|from| of_client(from.value)) && !one.is_again())
    {
        let (rust, written) = member(&one.member);
        reserved(cx, rust, written.span, RESERVED_CLIENT, "a parameter of the client", RENAME);
    }
}

fn member<'a>(member: &'a Member<'_>) -> (&'a str, Text<'a>) {
    (&member.rust, member.name.unwrap_or(member.key))
}

/// Reports each name that is the same in Rust as an earlier one.
fn unique<'a>(cx: &Context<'_>, names: impl Iterator<Item = (&'a str, Text<'a>)>, help: &str) {
    let mut seen: HashMap<&str, Text<'_>> = HashMap::new();
    for (rust, written) in names {
        let Some(first) = seen.insert(rust, written) else { continue };
        let message = format!("`{}` and `{}` are both `{rust}` in Rust", first.value, written.value);
        cx.add(
            Fault::new(Code::RustClash, written.span, message)
                .label("the second one")
                .related(first.span, "the first one")
                .help(help),
        );
    }
}

fn reserved(cx: &Context<'_>, rust: &str, span: Span, words: &[&str], what: &str, help: &str) {
    if words.contains(&rust) {
        cx.add(
            Fault::new(Code::Reserved, span, format!("{what} cannot be called `{rust}` in Rust"))
                .label("generated code needs this name itself")
                .help(help),
        );
    }
}

fn types(cx: &Context<'_>) {
    let definitions = &cx.definition.types;
    // A type that is defined twice has been reported as such.
    let mut keys = HashSet::new();
    let names = definitions.iter().filter(|kind| keys.insert(kind.key.value));
    unique(cx, names.map(|kind| (kind.rust.as_str(), kind.key)), "give one of the types another name");
    let beside: HashMap<String, Text<'_>> =
        definitions.iter().filter_map(|kind| Some((beside(kind)?, kind.key))).collect();
    for kind in definitions {
        if let Some(other) = beside.get(&kind.rust) {
            cx.add(
                Fault::new(
                    Code::Reserved,
                    kind.key.span,
                    format!("a type cannot be called `{}` in Rust", kind.rust),
                )
                .label("a part of another type is called so")
                .related(other.span, "that type")
                .help("give the type another name"),
            );
        }
        reserved(cx, &kind.rust, kind.key.span, RESERVED_TYPES, "a type", "give the type another name");
        let variants: Vec<(&str, Text<'_>)> = match &kind.kind {
            Some(TypeKind::Enumeration(values)) => {
                values.iter().map(|value| (value.rust.as_str(), value.name.unwrap_or(value.key))).collect()
            }
            Some(TypeKind::Union(variants)) => variants
                .iter()
                .map(|variant| (variant.rust.as_str(), variant.name.unwrap_or(variant.key)))
                .collect(),
            _ => continue,
        };
        for (rust, written) in &variants {
            reserved(cx, rust, written.span, RESERVED_VARIANTS, "a value", RENAME);
        }
        unique(cx, variants.into_iter(), NAME);
    }
}

/// What is generated beside a type.
fn beside(kind: &Type<'_>) -> Option<String> {
    match kind.kind.as_ref()? {
        TypeKind::DateTime(..) => Some(formats_type(&kind.rust)),
        TypeKind::Epoch(_) => Some(epoch_type(&kind.rust)),
        TypeKind::Separated(_) => Some(separators_type(&kind.rust)),
        TypeKind::Text => kind.forms.as_ref().map(|_| forms_type(&kind.rust)),
        TypeKind::Structure(members) => {
            let required = members.iter().filter(|member| member.is_argument());
            (required.count() > POSITIONAL).then(|| required_type(&kind.rust))
        }
        _ => None,
    }
}

fn errors(cx: &Context<'_>) {
    let is_code = |role: Role| role == Role::Code;
    let code = cx.protocol().tells(Role::Code)
        || cx.protocol().envelope.value.iter().any(|one| one.role.is_some_and(|role| is_code(role.value)));
    // Two errors of exactly one name have been reported as such.
    let mut names = HashSet::new();
    let errors = cx.protocol().errors.iter().map(|error| (error, error.name.unwrap_or(error.key)));
    let errors: Vec<_> = errors.filter(|(_, name)| names.insert(name.value)).collect();
    for (error, name) in &errors {
        reserved(cx, &error.rust, name.span, RESERVED_VARIANTS, "an error", RENAME);
        if code || error.keys == ErrorKeys::Numbers {
            reserved(cx, &error.rust, name.span, &[UNSPECIFIED], "an error", RENAME);
        }
    }
    unique(cx, errors.iter().map(|(error, name)| (error.rust.as_str(), *name)), NAME);
}

fn groups(cx: &Context<'_>) {
    let groups = &cx.definition.groups;
    let at = |span, name| At::new(name, span);
    unique(
        cx,
        groups.iter().map(|group| (group.rust.as_str(), at(group.span, group.name.as_str()))),
        "rename one of the files",
    );
    for group in groups {
        reserved(cx, &group.rust, group.span, RESERVED_GROUPS, "a group", "rename the file");
        let operations = group.operations.iter();
        let operations =
            operations.map(|operation| (operation.rust.as_str(), operation.name.unwrap_or(operation.key)));
        unique(cx, operations, "give one of the operations another `name`");
        for operation in &group.operations {
            let examples = operation.examples.iter();
            unique(cx, examples.filter_map(|one| Some((one.rust.as_str(), one.name?))), NAME);
        }
    }
}
