//! What a member of the envelope tells of an error with members of its own: taken out by who calls, and put in by who answers.

use crate::emit::text::Text;
use crate::model::{EnvelopeMember, Member, Repeat, ValueType};
use crate::plan::{
    context::Context,
    envelope::{is_read, tells, told},
};

/// The field of the structure that tells, as an expression for a value of it.
fn cloned(member: &Member) -> &'static str {
    match member.value {
        ValueType::Integer => "",
        _ => ".clone()",
    }
}

/// Takes what is told, each under its own name: from the first item of a list, as that decides.
pub(super) fn take(text: &mut Text, context: &Context<'_>) {
    let members = context.vendor.envelope.members.iter();
    for member in members.filter(|member| is_read(context.vendor, member)) {
        let Some((by, way)) = told(context.vendor, member) else { continue };
        let Some((inner, around)) = way.split_last() else { continue };
        let step = |one: &&Member| format!(".and_then(|told| told.{}.{}())", one.name.rust, first_of(one));
        let inside: String = around.iter().map(step).collect();
        let found = format!("self.{}.{}(){inside}", by.member.name.rust, first_of(&by.member));
        text.line(format!(
            "let {} = {found}.and_then(|told| told.{}{});",
            member.member.name.rust,
            inner.name.rust,
            cloned(inner)
        ));
    }
}

/// What gives the structure, or the first of several.
fn first_of(member: &Member) -> &'static str {
    if member.repeat == Repeat::Once { "as_ref" } else { "first" }
}

/// Who puts what is told into a structure, or into the first of several.
fn teller(member: &Member) -> &'static str {
    if member.repeat == Repeat::Once { "with_told" } else { "with_first_told" }
}

/// Puts what is told into each member that tells, under its name: `value` is what a failure has of a member.
pub(super) fn put(text: &mut Text, context: &Context<'_>, value: impl Fn(&EnvelopeMember) -> String) {
    for by in tells(context.vendor) {
        let name = &by.member.name.rust;
        text.line(format!("let {name} = generated::{}(failure.{name}, |told| {{", teller(&by.member)));
        text.indented(|text| {
            for member in &context.vendor.envelope.members {
                if let Some((teller, way)) = told(context.vendor, member)
                    && std::ptr::eq(teller, by)
                {
                    put_at(text, &way, &value(member));
                }
            }
        });
        text.line("});");
    }
}

/// Puts a value at the end of a way.
fn put_at(text: &mut Text, way: &[&Member], value: &str) {
    let Some((step, rest)) = way.split_first() else { return };
    let name = &step.name.rust;
    if rest.is_empty() {
        return text.line(format!("told.{name} = {value};"));
    }
    text.line(format!(
        "told.{name} = generated::{}(std::mem::take(&mut told.{name}), |told| {{",
        teller(step)
    ));
    text.indented(|text| put_at(text, rest, value));
    text.line("});");
}
