//! The numbers of lists in query strings: that a reader finds them where a writer puts them.

use std::collections::{HashMap, HashSet};

use super::computed::of_session;
use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::read::tree::{Member, Operation, ParameterLocation, Provider, TypeKind};
use crate::rules::FLATTENED;
use crate::source::Text;

/// What separates nested names where the definition does not say it, and in requests.
const SEPARATOR: &str = ".";

pub(super) fn check(cx: &Context<'_>) {
    let nested = cx.protocol().formats.value.iter().find_map(|format| format.nested);
    if let Some(nested) = nested.filter(|nested| nested.value.is_empty()) {
        cx.add(
            Fault::new(Code::Empty, nested.span, "nothing separates nested names")
                .label("empty: no name could be taken apart")
                .expected("a sign that is in no name, such as `.`")
                .help("a list whose numbers are right behind its name says so itself: `list = { numbered = \"\" }`"),
        );
    }
    if let Some(nested) = nested.filter(|nested| nested.value.bytes().any(|sign| sign.is_ascii_digit())) {
        let message = format!("`{}` has a digit in it, and lists have numbers", nested.value);
        cx.add(
            Fault::new(Code::Spelling, nested.span, message)
                .label("a list's numbers would be taken apart")
                .expected("a sign that is in no name and no number, such as `.`"),
        );
    }
    items(cx);
    let separators = [Some(SEPARATOR), nested.map(|nested| nested.value)];
    for members in cx.structures() {
        for member in members {
            let Some(list) = &member.list else { continue };
            let Repeat::List { numbered: Some((Some(infix), _)), .. } = &list.value else { continue };
            let mut within = separators.into_iter().flatten().filter(|sign| !sign.is_empty());
            if let Some(separator) = within.find(|separator| infix.contains(separator)) {
                cx.add(
                    Fault::new(
                        Code::Spelling,
                        list.span,
                        format!("`{infix}` has `{separator}` in it, which separates nested names"),
                    )
                    .label("would be taken apart")
                    .expected("the text between the separators: `\"member\"` for `name.member.1`, `true` for `name.1`, `\"\"` for `name1`, `\"[]\"` for `name[1]`"),
                );
            }
        }
    }
}

/// No other name is that of an item of a list whose numbers are right behind its name.
fn items(cx: &Context<'_>) {
    let mut told = HashSet::new();
    let mut tell = |side: &Side<'_>| {
        for (list, name) in side.clashes(cx) {
            // What is common to operations is beside the members of each.
            if !told.insert((list.span, name.span)) {
                continue;
            }
            let message = format!("`{}` is an item of `{}` as well in query strings", name.value, list.value);
            cx.add(
                Fault::new(Code::WireClash, name.span, message)
                    .label("the list's name and a number")
                    .related(list.span, "the list")
                    .expected("different names for things that are side by side"),
            );
        }
    };
    for kind in &cx.definition.types {
        if let Some(TypeKind::Structure(members)) = &kind.kind {
            tell(&Side::of(cx, members));
        }
    }
    let mut parts: HashMap<Option<&str>, Side<'_>> = HashMap::new();
    for one in &cx.protocol().envelope.value {
        let part = parts.entry(one.within.map(|within| within.value)).or_default();
        part.member(cx, &one.member);
    }
    let mut outer = parts.remove(&None).unwrap_or_default();
    outer.names.extend(cx.wrappers());
    tell(&outer);
    parts.values().for_each(&mut tell);
    let spliced = cx.protocol().envelope.value.iter().any(|one| one.member.key.value == "*");
    let beside = if spliced { outer } else { Side::default() };
    for (group, operation) in cx.operations() {
        let failure = cx.protocol().failure.iter().chain(&operation.failure);
        tell(&beside.clone().and(cx, &operation.reply));
        tell(&beside.clone().and(cx, failure));
        tell(&common(cx, &group.name, operation).and(cx, &operation.request));
    }
}

/// The parameters that requests of an operation have beside its own.
fn common<'a>(cx: &Context<'a>, group: &str, operation: &Operation<'_>) -> Side<'a> {
    let mut side = Side::default();
    for parameter in cx.protocol().parameters.iter().filter(|one| one.goes_with(group)) {
        match parameter.from.map(|from| from.value) {
            Some(Provider::Request) | None => {}
            Some(Provider::Format | Provider::Callback) if operation.raw.is_some() => {}
            Some(Provider::Computed) if operation.signed.is_none() && of_session(cx, parameter) => {}
            Some(_) => side.member(cx, &parameter.member),
        }
    }
    side
}

/// The names that are side by side in a query string, and those among them that are lists with numbers right behind.
#[derive(Clone, Default)]
struct Side<'a> {
    names: Vec<Text<'a>>,
    lists: Vec<Text<'a>>,
    /// The types that have been flattened here, of each of which all names are there already, and how deep it goes just now.
    flattened: HashSet<&'a str>,
    depth: usize,
}

impl<'a> Side<'a> {
    fn of(cx: &Context<'a>, members: impl IntoIterator<Item = &'a Member<'a>>) -> Self {
        Self::default().and(cx, members)
    }

    fn and(mut self, cx: &Context<'a>, members: impl IntoIterator<Item = &'a Member<'a>>) -> Self {
        members.into_iter().for_each(|member| self.member(cx, member));
        self
    }

    fn member(&mut self, cx: &Context<'a>, member: &'a Member<'a>) {
        // What is in a header or a cookie is read there only.
        if member.location.is_some_and(|location| location.value != ParameterLocation::Parameters) {
            return;
        }
        if member.is_flat_in(FormatKind::Query) {
            self.flatten(cx, member);
            return;
        }
        let list = member.list.as_ref().map(|list| &list.value);
        if let Some(Repeat::List { columns: true, numbered, .. }) = list {
            self.columns(
                cx,
                member,
                numbered.as_ref().is_some_and(|(infix, _)| infix.as_deref() == Some("")),
            );
            return;
        }
        let names = std::iter::once(member.wire(FormatKind::Query)).chain(member.also.iter().copied());
        self.names.extend(names.clone());
        if let Some(Repeat::List { numbered: Some((Some(infix), _)), .. }) = list
            && infix.is_empty()
        {
            self.lists.extend(names);
        }
    }

    /// Each column of a list is beside the others as a list of its own: `digits`, if its numbers are right behind its name.
    fn columns(&mut self, cx: &Context<'a>, member: &Member<'a>, digits: bool) {
        let Some(TypeKind::Structure(columns)) = cx.scope.kind(member.kind) else { return };
        let names = columns.iter().map(|column| column.wire(FormatKind::Query));
        if digits {
            self.lists.extend(names);
        }
    }

    /// A flattened member's own members are beside the others.
    fn flatten(&mut self, cx: &Context<'a>, member: &Member<'a>) {
        let Some(kind) = cx.scope.defined(member.kind).filter(|_| member.map.is_none()) else { return };
        match &kind.kind {
            Some(TypeKind::Structure(members))
                if self.depth < FLATTENED && self.flattened.insert(kind.key.value) =>
            {
                self.depth += 1;
                for member in members {
                    self.member(cx, member);
                }
                self.depth -= 1;
            }
            Some(TypeKind::Union(variants)) => match kind.tag {
                Some(tag) => self.names.extend([Some(tag), kind.content].into_iter().flatten()),
                None => self.names.extend(variants.iter().map(|variant| variant.key)),
            },
            _ => {}
        }
    }

    /// Lists, each with a name that is one of its items too, or that of a member of one.
    fn clashes(&self, cx: &Context<'_>) -> Vec<(Text<'a>, Text<'a>)> {
        let nested = cx.protocol().formats.value.iter().find_map(|format| format.nested);
        let ends = |rest: &str| {
            let separators = [SEPARATOR, nested.map_or(SEPARATOR, |nested| nested.value)];
            rest.is_empty() || separators.iter().any(|sign| !sign.is_empty() && rest.starts_with(sign))
        };
        let is_item = |list: &str, name: &str| {
            name.strip_prefix(list).is_some_and(|number| {
                let rest = number.trim_start_matches(|digit: char| digit.is_ascii_digit());
                rest.len() < number.len() && ends(rest)
            })
        };
        let names = |list: Text<'a>| {
            let names = self.names.iter().filter(move |name| is_item(list.value, name.value));
            names.map(move |name| (list, *name))
        };
        self.lists.iter().flat_map(|list| names(*list)).collect()
    }
}
