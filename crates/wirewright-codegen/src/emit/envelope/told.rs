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
        let Some((by, inner)) = told(context.vendor, member) else { continue };
        let (name, by) = (&member.member.name.rust, by.member.name.rust.as_str());
        let first = first_of(context, member);
        let inner_name = &inner.name.rust;
        text.line(format!(
            "let {name} = self.{by}.{first}().and_then(|told| told.{inner_name}{});",
            cloned(inner)
        ));
    }
}

fn first_of(context: &Context<'_>, member: &EnvelopeMember) -> &'static str {
    let list = told(context.vendor, member).is_some_and(|(by, _)| by.member.repeat != Repeat::Once);
    if list { "first" } else { "as_ref" }
}

/// Puts what is told into each member that tells, under its name: `value` is what a failure has of a member.
pub(super) fn put(text: &mut Text, context: &Context<'_>, value: impl Fn(&EnvelopeMember) -> String) {
    for by in tells(context.vendor) {
        let name = &by.member.name.rust;
        let function = if by.member.repeat == Repeat::Once { "with_told" } else { "with_first_told" };
        text.line(format!("let {name} = generated::{function}(failure.{name}, |told| {{"));
        text.indented(|text| {
            for member in &context.vendor.envelope.members {
                if let Some((teller, inner)) = told(context.vendor, member)
                    && std::ptr::eq(teller, by)
                {
                    text.line(format!("told.{} = {};", inner.name.rust, value(member)));
                }
            }
        });
        text.line("});");
    }
}
