//! Calls that continue: what a request makes of an answer, and the methods of clients and sessions that give all items.

use super::{
    client::{self, CallMethods},
    kinds::Kind,
    names::{Context, Scope, optional, part, plain},
    operations::Named,
    parameters::Provided,
    prose::code,
    text::{Item, List, Text, literal},
};
use crate::model::{ClockUnit, Continues, Last, Member, Next, Operation, TypeKind, ValueType};

/// What the method is called that gives all items, where that is free.
pub(super) fn method_name(operation: &Operation) -> Option<&str> {
    operation.continues.as_ref().map(|continues| plain(&continues.method))
}

/// What a request makes of an answer.
pub(super) fn implementation(
    text: &mut Text,
    context: &Context<'_>,
    operation: &Operation,
    continues: &Continues,
) {
    let Some(items) = operation.reply.get(continues.items) else { return };
    let of_list = context.inner_type(items, Scope::Elsewhere);
    let item = of_list.strip_prefix("Vec<").and_then(|inner| inner.strip_suffix('>')).unwrap_or(&of_list);
    text.block("impl generated::PaginatedRequest for Request", |text| {
        text.line(format!("type Item = {item};"));
        if let Next::Url { hosts, .. } = &continues.next
            && !hosts.is_empty()
        {
            let hosts = List::array(hosts.iter().map(|host| Item::Text(literal(host))));
            text.list("const HOSTS: &'static [&'static str] = &", &hosts, ";");
        }
        text.blank();
        if let Some((held, unit)) = continues.held
            && let Some(held) = operation.request.get(held)
        {
            text.block("fn held(&self) -> Option<core::time::Duration>", |text| {
                text.line(format!("generated::{}(self.{})", unit_name(unit), held.name.rust));
            });
            text.blank();
        }
        let parameters = ["&mut self".to_owned(), "answer: Answer<Reply>".to_owned()];
        text.function("fn part", &parameters, &format!("generated::Page<{item}>"), |text| {
            body(text, context, operation, continues, items);
        });
    });
}

fn body(
    text: &mut Text,
    context: &Context<'_>,
    operation: &Operation,
    continues: &Continues,
    items: &Member,
) {
    let items = &items.name.rust;
    text.line("let reply = answer.data;");
    let last = continues.last.as_ref().and_then(|last| is_last(context, operation, continues, last));
    match (&last, continues.until_empty) {
        (None, _) => {}
        (Some(is_last), false) => {
            text.assignment("let last", &format!("reply.{items}.iter().any(|item| {is_last})"));
        }
        (Some(is_last), true) => {
            text.assignment("let said", &format!("reply.{items}.iter().any(|item| {is_last})"));
            text.line(format!("let last = said || reply.{items}.is_empty();"));
        }
    }
    if last.is_none() && continues.until_empty {
        text.line(format!("let last = reply.{items}.is_empty();"));
    }
    match &continues.next {
        Next::Url { member, .. } => {
            let url = operation.reply.get(*member).map(|url| secret_text(url, "reply"));
            text.assignment("let next", &format!("generated::NextPage::url({})", url.unwrap_or_default()));
        }
        Next::Parameters(pairs) => parameters(text, operation, pairs),
    }
    let mut part = format!("generated::Page::new(reply.{items}, next)");
    if let Some((member, unit)) = continues.wait
        && let Some(member) = operation.reply.get(member)
    {
        text.line(format!("let wait = generated::{}(reply.{});", unit_name(unit), member.name.rust));
        part.push_str(".after(wait)");
    }
    if last.is_some() || continues.until_empty {
        part.push_str(".last(last)");
    }
    text.line(part);
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
    let name = |index: usize| if index == 0 { "told".to_owned() } else { format!("told_{}", index + 1) };
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
        let (to_name, told) = (&to.name.rust, name(index));
        if optional(to) {
            text.line(format!("self.{to_name} = {told};"));
        } else {
            text.block(format!("if let Some({told}) = {told}"), |text| {
                text.line(format!("self.{to_name} = {told};"));
            });
        }
    }
}

/// Whether `item` is the last one.
fn is_last(
    context: &Context<'_>,
    operation: &Operation,
    continues: &Continues,
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
    let around = match operation.reply.get(continues.items)?.value {
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

/// The methods that give the items of an operation's calls; `kind` is that of the session whose methods they are.
pub(super) fn methods(
    text: &mut Text,
    context: &Context<'_>,
    which: client::Kind,
    kind: Option<&Kind<'_>>,
    named: &Named<'_>,
) {
    let (Some(name), Some(continues)) = (&named.items, &named.operation.continues) else { return };
    let provided = Provided::new(context);
    let opening = continues.opening.as_ref().filter(|_| kind.is_some());
    let first = if opening.is_some() {
        " The first call goes where the reply says that opened the session; in a session that was resumed, where the request leads."
    } else {
        ""
    };
    let doc = format!(
        "Calls {} again and again, as each reply says, and gives the {} of all replies, one by one.{first}",
        code(&named.title()),
        code(&list_name(named.operation, continues)),
    );
    let items = which.items();
    let methods = CallMethods {
        name,
        doc: Some(doc),
        result: format!("{items}<'_, Self, {}::Request>", named.module()),
        errors: &format!("Each item may be one: see [`Paginator`]({items})."),
        ..CallMethods::of(named, provided)
    };
    text.blank();
    // Nothing is called until an item is asked for.
    methods.write(text, context, client::Kind::Blocking, |text| {
        let new = "generated::Pagination::new(request.clone())";
        if let Some(opening) = opening {
            text.line(format!("let mut continuation = {new};"));
            text.block("if let Some(answer) = &self.answer", |text| {
                let wait = match (&opening.wait, continues.wait) {
                    (Some(wait), Some((_, unit))) => {
                        text.line(format!(
                            "let wait = generated::{}(answer.data.{});",
                            unit_name(unit),
                            wait.name.rust
                        ));
                        "wait"
                    }
                    _ => "None",
                };
                let (url, data) = (&opening.url, "answer.data");
                let place = format!("{data}.{}.clone()", url.name.rust);
                let url = match (url.secret, optional(url)) {
                    (true, _) => place,
                    (false, true) => format!("{place}.map(Secret::from)"),
                    (false, false) => format!("Secret::from({place})"),
                };
                text.assignment("continuation", &format!("continuation.at({url}, {wait})"));
            });
        } else {
            text.line(format!("let continuation = {new};"));
        }
        let options = if provided.call { "options.clone()" } else { "Nothing {}" };
        text.line(format!("{items}::new(self, {options}, continuation)"));
    });
}

fn list_name(operation: &Operation, continues: &Continues) -> String {
    operation.reply.get(continues.items).map_or_else(String::new, |items| part(&items.name.rust).to_owned())
}

/// What makes a client or a session a caller of such calls; `context` binds or is the context of a call.
pub(super) fn caller(
    text: &mut Text,
    vendor: &Context<'_>,
    which: client::Kind,
    name: &str,
    transport: &str,
    context: impl FnOnce(&mut Text),
) {
    let options = Provided::new(vendor).options_type();
    text.block(format!("impl<T: {}> generated::Caller for {name}<T>", which.transport()), |text| {
        text.line("type Transport = T;");
        text.line(format!("type Options = {options};"));
        text.blank();
        text.block("fn transport(&self) -> &T", |text| text.line(format!("&self.{transport}")));
        text.blank();
        let argument = if options == "Nothing" { "_options" } else { "options" };
        let parameters = [
            "&self".to_owned(),
            format!("{argument}: &{options}"),
            "then: impl FnOnce(&CallContext<'_>) -> O".to_owned(),
        ];
        text.function("fn with_context<O>", &parameters, "O", context);
    });
}
