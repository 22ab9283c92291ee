//! Names that are one in Rust, and names that generated code needs itself.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::diagnostic::{Code, Fault};
use crate::naming::{RESERVED_GROUPS, RESERVED_TYPES, RESERVED_VARIANTS};
use crate::read::tree::{Member, TypeKind};
use crate::source::{At, Span, Text};

/// What to do about a clash where a `name` can be given.
const NAME: &str = "give one of them another `name`";

pub(super) fn check(cx: &Context<'_>) {
    for members in cx.structures() {
        unique(cx, members.iter().map(member), NAME);
    }
    unique(cx, cx.protocol().envelope.value.iter().map(|one| member(&one.member)), NAME);
    unique(cx, cx.filled_in().map(member), NAME);
    let fields = cx.protocol().session.iter().flat_map(|session| &session.fields);
    unique(cx, fields.map(|field| (field.rust.as_str(), field.name.unwrap_or(field.key))), NAME);
    types(cx);
    errors(cx);
    groups(cx);
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
    for kind in definitions {
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
            reserved(cx, rust, written.span, RESERVED_VARIANTS, "a value", "give it another `name`");
        }
        unique(cx, variants.into_iter(), NAME);
    }
}

fn errors(cx: &Context<'_>) {
    // Two errors of exactly one name have been reported as such.
    let mut names = HashSet::new();
    let errors = cx.protocol().errors.iter().map(|error| (error, error.name.unwrap_or(error.key)));
    let errors: Vec<_> = errors.filter(|(_, name)| names.insert(name.value)).collect();
    for (error, name) in &errors {
        reserved(cx, &error.rust, name.span, RESERVED_VARIANTS, "an error", "give it another `name`");
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
        let operations = group.operations.iter().map(|operation| (operation.rust.as_str(), operation.key));
        unique(cx, operations, "rename one of the operations, and say its `path` and `wire-name`");
        for operation in &group.operations {
            let examples = operation.examples.iter();
            unique(cx, examples.filter_map(|one| Some((one.rust.as_str(), one.name?))), NAME);
        }
    }
}
