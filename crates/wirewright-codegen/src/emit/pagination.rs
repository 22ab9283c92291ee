//! Calls that are made page by page: what a request makes of an answer, and where they begin.

use super::text::{Item, List, Text, literal};
use crate::model::{ClockUnit, Last, Member, Next, Opening, Operation, Pagination, TypeKind, ValueType};
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
    let Some(items) = operation.reply.get(pagination.items) else { return };
    let of_list = context.inner_type(items, Scope::Elsewhere);
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
            body(text, context, operation, pagination, items);
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

fn body(
    text: &mut Text,
    context: &Context<'_>,
    operation: &Operation,
    pagination: &Pagination,
    items: &Member,
) {
    let items = &items.name.rust;
    text.line("let reply = answer.data;");
    let last = pagination.last.as_ref().and_then(|last| is_last(context, operation, pagination, last));
    match (&last, pagination.until_empty) {
        (None, _) => {}
        (Some(is_last), false) => {
            text.assignment("let last", &format!("reply.{items}.iter().any(|item| {is_last})"));
        }
        (Some(is_last), true) => {
            text.assignment("let said", &format!("reply.{items}.iter().any(|item| {is_last})"));
            text.line(format!("let last = said || reply.{items}.is_empty();"));
        }
    }
    if last.is_none() && pagination.until_empty {
        text.line(format!("let last = reply.{items}.is_empty();"));
    }
    match &pagination.next {
        Next::Url { member, .. } => {
            let url = operation.reply.get(*member).map(|url| secret_text(url, "reply"));
            text.assignment("let next", &format!("generated::NextPage::url({})", url.unwrap_or_default()));
        }
        Next::Parameters(pairs) => parameters(text, operation, pairs),
    }
    let mut part = format!("generated::Page::new(reply.{items}, next)");
    if let Some((member, unit)) = pagination.wait
        && let Some(member) = operation.reply.get(member)
    {
        text.line(format!("let wait = generated::{}(reply.{});", unit_name(unit), member.name.rust));
        part.push_str(".after(wait)");
    }
    if last.is_some() || pagination.until_empty {
        part.push_str(".last(last)");
    }
    text.line(part);
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

/// A text of `reply` as an optional secret.
fn secret_text(member: &Member, reply: &str) -> String {
    let place = format!("{reply}.{}", member.name.rust);
    match (member.secret, optional(member)) {
        (true, true) => place,
        (true, false) => format!("Some({place})"),
        (false, true) => format!("{place}.map(Secret::from)"),
        (false, false) => format!("Some(Secret::from({place}))"),
    }
}

/// Sets the parameters of the next call.
fn parameters(text: &mut Text, operation: &Operation, pairs: &[(usize, usize)]) {
    let pairs =
        pairs.iter().filter_map(|&(to, from)| Some((operation.request.get(to)?, operation.reply.get(from)?)));
    let pairs: Vec<_> = pairs.collect();
    let name = |index: usize| if index == 0 { "value".to_owned() } else { format!("value_{}", index + 1) };
    for (index, (_, from)) in pairs.iter().enumerate() {
        let place = format!("reply.{}", from.name.rust);
        // A member may have the next value of several parameters.
        let again = pairs.iter().skip(index + 1).any(|(_, other)| other.name == from.name);
        let copy = if again && from.value != ValueType::Integer { ".clone()" } else { "" };
        let value = if optional(from) { format!("{place}{copy}") } else { format!("Some({place}{copy})") };
        let filled = match (&from.value, from.secret) {
            (ValueType::String, true) => ".filter(|text| !text.expose().is_empty())",
            (ValueType::String, false) => ".filter(|text| !text.is_empty())",
            _ => "",
        };
        text.assignment(&format!("let {}", name(index)), &format!("{value}{filled}"));
    }
    let all: Vec<_> = (0..pairs.len()).map(|index| format!("{}.is_some()", name(index))).collect();
    text.assignment("let next", &format!("generated::NextPage::parameters({})", all.join(" && ")));
    for (index, (to, _)) in pairs.iter().enumerate() {
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
fn is_last(
    context: &Context<'_>,
    operation: &Operation,
    pagination: &Pagination,
    last: &Last,
) -> Option<String> {
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
    let around = match operation.reply.get(pagination.items)?.value {
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
            let wait = match (&opening.wait, pagination.wait) {
                (Some(wait), Some((_, unit))) => {
                    format!("generated::{}(answer.data.{})", unit_name(unit), wait.name.rust)
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
