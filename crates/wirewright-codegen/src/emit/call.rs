//! What a page of an operation shows of the call: how it is written, what goes in, what comes out, and what it fails with.

use std::fmt::Write as _;

use super::{
    error::class,
    form::Form,
    prose::{cell, code},
    rust_call::RustCall,
};
use crate::model::Member;
use crate::plan::{
    context::{Context, Scope},
    errors::description,
    members::optional,
    names::plain,
    operations::Named,
};

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

/// The call, which rustdoc compiles in a crate of its own.
fn call(page: &mut String, context: &Context<'_>, form: &Form<'_>, named: &Named<'_>) {
    let call = RustCall::new(context, named);
    let package = context.crate_name();
    let is_crate = matches!(form, Form::Crate(_));
    page.push_str(if is_crate { "```no_run\n" } else { "```ignore\n" });
    if is_crate {
        let uses = &call.uses;
        let of_crate =
            if uses.is_empty() { String::new() } else { format!(" use {package}::{{{}}};", uses.join(", ")) };
        let given = call.parameters.iter().fold(String::new(), |given, parameter| given + ", " + parameter);
        let _ = write!(
            page,
            "# use wirewright::generated::prelude::*;{of_crate}\n\
             # fn call<T: wirewright::client::blocking::Transport + Clone + 'static>({}: {package}::{}<T>{given})\n\
             # -> Result<(), Box<dyn std::error::Error>> {{\n",
            call.receiver, call.receiver_type
        );
    }
    page.push_str(&call.statement("send_blocking()?"));
    page.push_str(if is_crate { "# Ok(()) }\n```" } else { "```" });
    if let Some(required) = &call.required {
        let _ = write!(page, "\n\n`required` is a [`{required}`].");
    }
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
