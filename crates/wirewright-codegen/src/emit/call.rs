//! What a page of an operation shows of the call: how it is written, what goes in, what comes out, and what it fails with.

use std::fmt::Write as _;

use super::{
    client::request,
    error::class,
    form::Form,
    prose::{cell, code},
    structure::argument,
};
use crate::model::{Member, Place};
use crate::naming::required_type;
use crate::plan::{
    context::{Context, Scope},
    errors::description,
    members::{needed, optional},
    methods::{closing_method, open_scopes, opening_method},
    names::plain,
    operations::Named,
    parameters::call_members,
};

/// As many of the parameters that may be left out are in the call.
const SHOWN: usize = 3;

/// Methods that every call has: a parameter of that name has another one, and is not shown.
const OF_CALLS: &[&str] = &[
    "paginate",
    "paginate_blocking",
    "send",
    "send_blocking",
    "send_for_rows",
    "send_for_rows_blocking",
    "send_rows",
    "send_rows_blocking",
];

/// Adds it to the page. Writing to a string cannot fail.
pub(super) fn describe(page: &mut String, context: &Context<'_>, form: &Form<'_>, named: &Named<'_>) {
    let operation = named.operation;
    page.push_str("\n\n# Call\n\n");
    call(page, context, form, named);
    members(page, context, "parameter", &named.request, &operation.request);
    if let Some(body) = &operation.body {
        members(page, context, "in the body", &named.body(), body);
    }
    if named.has_reply() && !operation.reply.is_empty() {
        let _ = write!(page, "\n\n# Answer\n\nA [`{}`].", named.reply());
        members(page, context, "member", &named.reply(), &operation.reply);
    }
    let errors = context.vendor.errors.iter().filter(|error| operation.errors.contains(&error.key));
    for (index, error) in errors.enumerate() {
        if index == 0 {
            page.push_str("\n\n# Errors\n\nThose that its page lists:\n\n| error | class | what it says |\n|---|---|---|");
        }
        let says = description(error).map(cell).unwrap_or_default();
        let _ = write!(
            page,
            "\n| [`{0}`](super::ErrorCode::{0}) | {1} | {says} |",
            error.rust,
            code(class(error.class))
        );
    }
}

/// A call with what it cannot do without, and some of what may be left out.
fn call(page: &mut String, context: &Context<'_>, form: &Form<'_>, named: &Named<'_>) {
    let (kind, method) = if let Some(kind) = open_scopes(context, named).first() {
        let opens = context.opened_by(named);
        (*kind, opens.map_or(&*named.method, |kind| opening_method(kind, named)))
    } else {
        // It is made nowhere but in the sessions that it closes.
        let closed = named.operation.sessions.iter().map(|&kind| &context.kinds[kind]);
        let kind = closed.into_iter().next();
        (kind, kind.map_or(&*named.method, |kind| closing_method(kind, named)))
    };
    let mut parameters = Vec::new();
    request(context, named, &mut parameters);
    if call_members(context.vendor).iter().any(needed) {
        parameters.push(format!("options: {}::CallOptions", context.crate_name()));
    }
    let required = names(&parameters).join(", ");
    let free = named.operation.request.iter().filter(|member| is_shown(member)).take(SHOWN);
    let free: Vec<_> = free.map(|member| argument(context, member, Scope::Elsewhere)).collect();
    parameters.extend(free.iter().map(|one| one.parameter.clone()));
    let taken = names(&parameters);
    let candidates = [if kind.is_some() { "session" } else { "client" }, "api", "caller", "the_client"];
    let receiver = candidates.into_iter().find(|name| !taken.contains(name)).unwrap_or("own");

    let package = context.crate_name();
    let is_crate = matches!(form, Form::Crate(_));
    page.push_str(if is_crate { "```no_run\n" } else { "```ignore\n" });
    if is_crate {
        let mut uses = vec![];
        let mentions = |name: &str| parameters.iter().any(|parameter| parameter.contains(name));
        if mentions("types::") {
            uses.push("types".to_owned());
        }
        for name in [required_type(&named.request), named.body()] {
            if parameters.iter().any(|parameter| parameter.ends_with(&format!(": {name}"))) {
                uses.push(format!("{}::{name}", named.group.name.rust));
            }
        }
        let of_crate =
            if uses.is_empty() { String::new() } else { format!(" use {package}::{{{}}};", uses.join(", ")) };
        let session = kind.map_or_else(|| "Client".to_owned(), crate::plan::kinds::SessionPlan::name);
        let given = parameters.iter().fold(String::new(), |given, parameter| given + ", " + parameter);
        let _ = write!(
            page,
            "# use wirewright::generated::prelude::*;{of_crate}\n\
             # fn call<T: wirewright::client::blocking::Transport + Clone + 'static>({receiver}: {package}::{session}<T>{given})\n\
             # -> Result<(), Box<dyn std::error::Error>> {{\n"
        );
    }
    if free.is_empty() {
        let _ = writeln!(page, "let answer = {receiver}.{method}({required}).send_blocking()?;");
    } else {
        let _ = writeln!(page, "let answer = {receiver}\n    .{method}({required})");
        for (index, free) in free.iter().enumerate() {
            let said = if index == 0 { " // may be left out" } else { "" };
            let _ = writeln!(page, "    .{0}({0}){said}", free.name);
        }
        page.push_str("    .send_blocking()?;\n");
    }
    page.push_str(if is_crate { "# Ok(()) }\n```" } else { "```" });
    if parameters.iter().any(|parameter| parameter.starts_with("required: ")) {
        let _ = write!(page, "\n\n`required` is a [`{}`].", required_type(&named.request));
    }
}

/// The names of parameters.
fn names(parameters: &[String]) -> Vec<&str> {
    parameters.iter().filter_map(|parameter| Some(parameter.split_once(": ")?.0)).collect()
}

/// Whether a call shows how this member is given.
fn is_shown(member: &Member) -> bool {
    let name = &*member.name.rust;
    let own = OF_CALLS.contains(&name) || name.starts_with("with_");
    !needed(member) && member.filled.is_none() && member.place != Place::Flatten && !own
}

/// A table of members, with their types.
fn members(page: &mut String, context: &Context<'_>, head: &str, of: &str, members: &[Member]) {
    if members.is_empty() {
        return;
    }
    let _ = write!(page, "\n\n| {head} | type | what it is |\n|---|---|---|");
    for member in members {
        let name = plain(&member.name.rust);
        let what = member.facts.doc.as_deref().map(cell).unwrap_or_default();
        let _ = write!(page, "\n| [`{name}`]({of}::{name}) | {} | {what} |", shown_type(context, member));
    }
}

/// The type of a member, which leads to a type of the vendor's.
fn shown_type(context: &Context<'_>, member: &Member) -> String {
    let inner = context.inner_type(member, Scope::Elsewhere);
    let inner = inner.strip_prefix("wire::").unwrap_or(&inner);
    let shown = match inner.find("types::") {
        Some(at) => {
            let name: String = inner[at + "types::".len()..]
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            format!("[`{}`](super::types::{name})", inner.replacen("types::", "", 1))
        }
        None => code(inner),
    };
    if optional(member) { format!("{shown}, optional") } else { shown }
}
