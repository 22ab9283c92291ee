//! Calls that are made page by page: what a request makes of an answer, and where they begin.

use super::{
    structure::absent,
    text::{Item, List, Text, literal},
};
use crate::model::{
    ClockUnit, Last, Member, MemberPath, Next, Opening, Operation, Pagination, TypeKind, ValueType,
};
use crate::naming::MORE;
use crate::plan::{
    context::{Context, Scope},
    kinds::SessionPlan,
    members::optional,
    operations::Named,
};

/// What a request makes of an answer.
pub(super) fn implementation(
    text: &mut Text,
    context: &Context<'_>,
    named: &Named<'_>,
    pagination: &Pagination,
) {
    let operation = named.operation;
    let of_list = context.inner_type(&pagination.items.member, Scope::Elsewhere);
    let item = of_list.strip_prefix("Vec<").and_then(|inner| inner.strip_suffix('>')).unwrap_or(&of_list);
    text.block(format!("impl generated::PaginatedRequest for {}", named.request), |text| {
        text.line(format!("type Item = {item};"));
        if let Next::Url { hosts, .. } = &pagination.next
            && !hosts.is_empty()
        {
            let hosts = List::array(hosts.iter().map(|host| Item::Text(literal(host))));
            text.list("const HOSTS: &'static [&'static str] = &", &hosts, ";");
        }
        if pagination.wait.is_some() || pagination.held.is_some() {
            text.line("const LIVE: bool = true;");
        }
        text.blank();
        let parameters = ["&mut self".to_owned(), format!("answer: Answer<{}>", named.reply())];
        text.function("fn part", &parameters, &format!("generated::Page<{item}>"), |text| {
            body(text, context, operation, pagination);
        });
    });
}

/// How long the vendor holds a request, where it does.
pub(super) fn held(text: &mut Text, operation: &Operation) {
    let Some(pagination) = &operation.pagination else { return };
    if let Some((held, unit)) = pagination.held
        && let Some(held) = operation.request.get(held)
    {
        let default = pagination.held_default.filter(|_| optional(held));
        let default = default.map_or_else(String::new, |default| format!(".unwrap_or({})", grouped(default)));
        text.blank();
        text.block("fn held(&self) -> Option<core::time::Duration>", |text| {
            text.line(format!("generated::{}(self.{}{default})", unit_name(unit), held.name.rust));
        });
    }
}

fn body(text: &mut Text, context: &Context<'_>, operation: &Operation, pagination: &Pagination) {
    text.line("let reply = answer.data;");
    match &pagination.next {
        Next::Url { member, .. } => {
            let secret = if member.member.secret { "" } else { ".map(Secret::from)" };
            let url = match (value(member, false), optional(&member.member) || is_maybe(member)) {
                (url, true) => url + secret,
                // As it is read most easily.
                (url, false) if secret.is_empty() => url,
                (url, false) => url.replacen("Some(", "Some(Secret::from(", 1) + ")",
            };
            text.assignment("let next", &format!("generated::NextPage::url({url})"));
        }
        Next::Parameters(pairs) => {
            let values = new_values(operation, pairs);
            set_parameters(text, &values);
        }
        Next::Further(member) => {
            let said = value(member, false);
            text.assignment("let next", &format!("generated::NextPage::further(&mut self.{MORE}, {said})"));
        }
        Next::Page { .. } | Next::Offset { .. } => {
            for (name, member) in counts(pagination) {
                text.assignment(&format!("let {name}"), &value(member, false));
            }
        }
    }
    let mut part = Vec::new();
    if let Some((wait, unit)) = &pagination.wait {
        let place = if wait.inside.is_empty() {
            format!("reply.{}", wait.member.name.rust)
        } else {
            value(wait, false)
        };
        text.assignment("let wait", &format!("generated::{}({place})", unit_name(*unit)));
        part.push(".after(wait)");
    }
    let items = items(text, &pagination.items);
    if let Some(behind) = next_number(text, operation, pagination, &items) {
        part.push(behind);
    }
    leave_out(text, operation, pagination);
    let last = pagination.last.as_ref().and_then(|last| is_last(context, pagination, last));
    let until_empty = pagination.until_empty || pagination.next.is_counted();
    match (&last, until_empty) {
        (None, false) => {}
        (None, true) => text.line(format!("let last = {items}.is_empty();")),
        (Some(is_last), false) => {
            text.assignment("let last", &format!("{items}.iter().any(|item| {is_last})"));
        }
        (Some(is_last), true) => {
            text.assignment("let said", &format!("{items}.iter().any(|item| {is_last})"));
            text.line(format!("let last = said || {items}.is_empty();"));
        }
    }
    if last.is_some() || until_empty {
        part.push(".last(last)");
    }
    text.line(format!("generated::Page::new({items}, next){}", part.concat()));
}

/// Leaves out what the next call must not say.
fn leave_out(text: &mut Text, operation: &Operation, pagination: &Pagination) {
    if pagination.without.is_empty() {
        return;
    }
    text.block("if next.is_some()", |text| {
        for member in pagination.without.iter().filter_map(|index| operation.request.get(*index)) {
            text.line(format!("self.{} = {};", member.name.rust, absent(&member.repeat)));
        }
    });
}

/// What a reply tells of how much there is, by its name in Rust.
fn counts(pagination: &Pagination) -> impl Iterator<Item = (&'static str, &MemberPath)> {
    let pages = match &pagination.next {
        Next::Page { pages, .. } => pages.as_ref(),
        _ => None,
    };
    let total = pagination.total.as_ref();
    [("pages", pages), ("total", total)].into_iter().filter_map(|(name, member)| Some((name, member?)))
}

/// Sets the number of the next page, or that of its first item. What is said of the items behind this page, where the reply tells how many
/// there are.
fn next_number(
    text: &mut Text,
    operation: &Operation,
    pagination: &Pagination,
    items: &str,
) -> Option<&'static str> {
    let (Next::Page { parameter, first, .. } | Next::Offset { parameter, first }) = &pagination.next else {
        return None;
    };
    let to = operation.request.get(*parameter)?;
    let said = if optional(to) { format!(".unwrap_or({first})") } else { String::new() };
    let now = format!("self.{}{said}", to.name.rust);
    let has = |wanted| counts(pagination).any(|(name, _)| name == wanted);
    let or_none = |name: &'static str| if has(name) { name } else { "None" };
    let (pages, total) = (or_none("pages"), or_none("total"));
    if has("total") && pagination.is_counted_from_first() {
        let counted = format!("generated::Counted::new({now}, {first}, {items}.len(), {total})");
        text.assignment("let counted", &counted);
        let next = format!("generated::next_number({now}, {first}, None)");
        set_parameters(text, &[(to, next)]);
        return Some(".counted(counted)");
    }
    let (behind, next) = match &pagination.next {
        Next::Page { .. } => (
            format!("generated::behind_number({now}, {first}, {pages}, {items}.len(), {total})"),
            format!("generated::next_number({now}, {first}, {pages})"),
        ),
        _ => (
            format!("generated::behind_offset({now}, {first}, {items}.len(), {total})"),
            format!("generated::next_offset({now}, {first}, {items}.len(), {total})"),
        ),
    };
    if has("total") {
        text.assignment("let behind", &behind);
    }
    set_parameters(text, &[(to, next)]);
    has("total").then_some(".behind(behind)")
}

/// Whether a structure on the way may be absent.
fn is_maybe(path: &MemberPath) -> bool {
    path.inside.iter().any(optional)
}

/// What the reply has at the end of a way, as an `Option`. It is moved, unless it is wanted again; out of what may be absent it is copied.
fn value(path: &MemberPath, again: bool) -> String {
    let mut place = Way::new(".as_ref()");
    path.inside.iter().for_each(|structure| place.enter(structure));
    let member = &path.member;
    let copied = if member.value == ValueType::Integer && !member.secret { "" } else { ".clone()" };
    let copied = if place.is_maybe || again { copied } else { "" };
    place.leave(member, copied)
}

/// The list of the items, as a place of its own where a structure on the way may be absent.
fn items(text: &mut Text, path: &MemberPath) -> String {
    let mut place = Way::new("");
    path.inside.iter().for_each(|structure| place.enter(structure));
    if !place.is_maybe && !optional(&path.member) {
        return format!("{}.{}", place.inner, path.member.name.rust);
    }
    text.assignment("let items", &format!("{}.unwrap_or_default()", place.leave(&path.member, "")));
    "items".to_owned()
}

/// A way through structures of the reply, as it is written in Rust.
struct Way {
    /// What is done with what may be absent before it is looked into.
    borrowed: &'static str,
    /// The `Option` that has been reached, if one has been.
    reached: String,
    is_maybe: bool,
    /// The place behind it.
    inner: String,
}

impl Way {
    fn new(borrowed: &'static str) -> Self {
        Self { borrowed, reached: String::new(), is_maybe: false, inner: "reply".to_owned() }
    }

    fn enter(&mut self, structure: &Member) {
        self.inner = format!("{}.{}", self.inner, structure.name.rust);
        if optional(structure) {
            let place = format!("{}{}", self.inner, self.borrowed);
            self.reached =
                if self.is_maybe { format!("{}.and_then(|inner| {place})", self.reached) } else { place };
            (self.is_maybe, self.inner) = (true, "inner".to_owned());
        }
    }

    /// The member there, as an `Option`.
    fn leave(self, member: &Member, copied: &str) -> String {
        let place = format!("{}.{}{copied}", self.inner, member.name.rust);
        match (self.is_maybe, optional(member)) {
            (true, true) => format!("{}.and_then(|inner| {place})", self.reached),
            (true, false) => format!("{}.map(|inner| {place})", self.reached),
            (false, true) => place,
            (false, false) => format!("Some({place})"),
        }
    }
}

/// A number as it is read most easily: `60_000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// The runtime's function for a time of this unit.
const fn unit_name(unit: ClockUnit) -> &'static str {
    match unit {
        ClockUnit::Seconds => "seconds",
        ClockUnit::Milliseconds => "milliseconds",
    }
}

/// The parameters of the next call, each with its new value.
fn new_values<'o>(operation: &'o Operation, pairs: &[(usize, MemberPath)]) -> Vec<(&'o Member, String)> {
    let of_pair = |(index, (to, from)): (usize, &(usize, MemberPath))| {
        // A member may have the next value of several parameters.
        let again = pairs.iter().skip(index + 1).any(|(_, other)| other.rust().eq(from.rust()));
        let filled = match (&from.member.value, from.member.secret) {
            (ValueType::String, true) => ".filter(|text| !text.expose().is_empty())",
            (ValueType::String, false) => ".filter(|text| !text.is_empty())",
            _ => "",
        };
        Some((operation.request.get(*to)?, value(from, again) + filled))
    };
    pairs.iter().enumerate().filter_map(of_pair).collect()
}

/// Sets parameters of the next call, which is made where each has a value.
fn set_parameters(text: &mut Text, values: &[(&Member, String)]) {
    let name = |index: usize| if index == 0 { "value".to_owned() } else { format!("value_{}", index + 1) };
    for (index, (_, value)) in values.iter().enumerate() {
        text.assignment(&format!("let {}", name(index)), value);
    }
    let all: Vec<_> = (0..values.len()).map(|index| format!("{}.is_some()", name(index))).collect();
    text.assignment("let next", &format!("generated::NextPage::parameters({})", all.join(" && ")));
    for (index, (to, _)) in values.iter().enumerate() {
        let (to_name, value) = (&to.name.rust, name(index));
        if optional(to) {
            text.line(format!("self.{to_name} = {value};"));
        } else {
            text.block(format!("if let Some({value}) = {value}"), |text| {
                text.line(format!("self.{to_name} = {value};"));
            });
        }
    }
}

/// Whether `item` is the last one.
fn is_last(context: &Context<'_>, pagination: &Pagination, last: &Last) -> Option<String> {
    let kind = context.vendor.types.get(last.kind)?;
    let name = &kind.name.rust;
    let pattern = match &kind.kind {
        TypeKind::Union { variants, .. } => {
            let variant = variants.get(last.value)?;
            let inside = if variant.content.is_some() { "(..)" } else { "" };
            format!("types::{name}::{}{inside}", variant.name.rust)
        }
        TypeKind::Enumeration { values, .. } => {
            format!("types::{name}::{}", values.get(last.value)?.name.rust)
        }
        _ => return None,
    };
    let Some(member) = &last.member else { return Some(format!("matches!(item, {pattern})")) };
    let around = match pagination.items.member.value {
        ValueType::Type(around) => Scope::Types(around),
        _ => Scope::Elsewhere,
    };
    let (place, is_optional) = (format!("item.{}", member.name.rust), optional(member));
    Some(match (context.boxed(&member.value, around), is_optional) {
        (false, false) => format!("matches!({place}, {pattern})"),
        (true, false) => format!("matches!(*{place}, {pattern})"),
        (false, true) => format!("matches!({place}, Some({pattern}))"),
        (true, true) => format!("matches!({place}.as_deref(), Some({pattern}))"),
    })
}

/// Where the calls of a session begin, whose opening told that.
pub(super) fn first_page(
    text: &mut Text,
    named: &Named<'_>,
    kind: &SessionPlan<'_>,
    pagination: &Pagination,
    opening: &Opening,
) {
    text.block(format!("impl In<{}> for {}", kind.state(), named.request), |text| {
        let scope = format!("<{} as Scope>::Answer", kind.state());
        let parameters = ["self".to_owned(), format!("answer: Option<&{scope}>")];
        text.function("fn first_page", &parameters, "generated::Pagination<Self>", |text| {
            // Where the request says how long it is held, nothing else is asked.
            let held = opening.held.as_ref().zip(pagination.held);
            let held =
                held.and_then(|(told, (own, unit))| Some((told, named.operation.request.get(own)?, unit)));
            if let Some((_, own, _)) = held {
                text.line(format!("let says = self.{}.is_some();", own.name.rust));
            }
            text.line("let first = generated::Pagination::new(self);");
            text.line("let Some(answer) = answer else { return first };");
            let wait = match (&opening.wait, &pagination.wait) {
                (Some(wait), Some((_, unit))) => {
                    format!("generated::{}(answer.data.{})", unit_name(*unit), wait.name.rust)
                }
                _ => "None".to_owned(),
            };
            let url = &opening.url;
            let place = format!("answer.data.{}.clone()", url.name.rust);
            let url = match (url.secret, optional(url)) {
                (true, _) => place,
                (false, true) => format!("{place}.map(Secret::from)"),
                (false, false) => format!("Secret::from({place})"),
            };
            let Some((told, _, unit)) = held else { return text.line(format!("first.at({url}, {wait})")) };
            let told = format!("generated::{}(answer.data.{})", unit_name(unit), told.name.rust);
            text.line(format!("let held = if says {{ None }} else {{ {told} }};"));
            text.line(format!("first.at({url}, {wait}).held_for(held)"));
        });
    });
}
