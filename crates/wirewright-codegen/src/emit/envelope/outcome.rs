//! What a call gives: the answer of one that succeeded, and the failure of one that did not.

use super::value::status_owned;
use crate::emit::{
    spelling::wire_type,
    structure::{self, Made, More, Structure, absent, field, member_doc},
    text::{Item, List, Text},
};
use crate::model::{Role, When};
use crate::plan::{
    context::{Context, Scope},
    envelope::{
        FAILURE_DATA, answer_members, failure_data, failure_members, is_argument, is_status, of_role,
        promised,
    },
    errors::has_places,
};

pub(super) fn answer(text: &mut Text, context: &Context<'_>) {
    text.doc("What a successful call gives: the operation's data and what came around it.");
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.block("pub struct Answer<D>", |text| {
        text.doc("What the operation answers.");
        text.line("pub data: D,");
        for member in answer_members(context.vendor) {
            text.doc(&member_doc(&member.member));
            let inner = || context.inner_type(&member.member, Scope::Elsewhere);
            let shown = if promised(member) { inner() } else { wire_type(context, member) };
            text.line(format!("pub {}: {shown},", member.member.name.rust));
        }
    });
    text.blank();
    text.block("impl<D> Answer<D>", |text| {
        text.doc("A successful answer, for the server side and for tests.");
        let needed: Vec<_> = answer_members(context.vendor).filter(|member| is_argument(member)).collect();
        let mut parameters = vec!["data: D".to_owned()];
        let mut fields: Vec<Item> = vec!["data".into()];
        for member in answer_members(context.vendor) {
            let rust = &member.member.name.rust;
            if is_status(member) {
                let value = context.vendor.envelope.success.first().map_or("", String::as_str);
                fields.push(format!("{rust}: {}", status_owned(context, member, value)).into());
            } else if let Some(value) = &member.value {
                let value = status_owned(context, member, value);
                let value = if promised(member) { value } else { format!("Some({value})") };
                fields.push(format!("{rust}: {value}").into());
            } else if needed.iter().any(|needed| std::ptr::eq(*needed, member)) {
                let argument = structure::argument(context, &member.member, Scope::Elsewhere);
                parameters.push(argument.parameter);
                fields.push(field(rust, &argument.value));
            } else {
                fields.push(format!("{rust}: {}", absent(&member.member.repeat)).into());
            }
        }
        text.function("pub fn new", &parameters, "Self", |text| {
            text.list("Self ", &List::literal(fields), "");
        });
    });
}

pub(super) fn failure(text: &mut Text, context: &Context<'_>) {
    let data = failure_data(context.vendor);
    text.doc("What a refused call gives: the vendor's code and what came with it.");
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.block("pub struct Failure", |text| {
        text.doc("The vendor's code.");
        text.line("pub code: ErrorCode,");
        for member in failure_members(context.vendor) {
            text.doc(&member_doc(&member.member));
            text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
        }
        text.doc("The data that came with the failure, if any.");
        text.line(format!("pub data: {data},"));
    });
    text.blank();
    text.block("impl Failure", |text| {
        text.doc("A failure of this code with the vendor's usual texts, for the server side and for tests.");
        text.block("pub fn new(code: ErrorCode) -> Self", |text| failure_new(text, context));
        text.blank();
        text.doc("The same failure with data of its own.");
        text.line("#[must_use]");
        text.block(format!("pub fn with_data(mut self, data: {data}) -> Self"), |text| {
            text.line("self.data = data;");
            text.line("self");
        });
    });
    text.blank();
    text.block("impl generated::Failure for Failure", |text| {
        text.line("type Code = ErrorCode;");
        text.line(format!("type Data = {data};"));
        text.blank();
        refused(text, context);
        text.blank();
        if context.vendor.errors.iter().any(|error| error.http.is_some()) {
            bare(text, context);
            text.blank();
        }
        text.block("fn code(&self) -> &ErrorCode", |text| text.line("&self.code"));
        text.blank();
        getter(text, context, Role::Message, "message", "&str", "as_deref()");
        getter(text, context, Role::Detail, "detail", "i64", "");
        getter(text, context, Role::RequestId, "request_id", "&str", "as_deref()");
        if let Some(member) = of_role(context.vendor, Role::RequestId, When::Failure) {
            text.block("fn set_request_id(&mut self, request_id: Option<String>)", |text| {
                text.line(format!("self.{} = request_id;", member.member.name.rust));
            });
            text.blank();
        }
        if let Some(message) = of_role(context.vendor, Role::Message, When::Failure) {
            text.block("fn explain(&mut self, message: String)", |text| {
                text.line(format!("self.{} = Some(message);", message.member.name.rust));
            });
            text.blank();
        }
        text.block(format!("fn data(&self) -> &{data}"), |text| text.line("&self.data"));
    });
}

pub(super) fn typed_data(text: &mut Text, context: &Context<'_>) {
    let structure = Structure {
        name: FAILURE_DATA,
        doc: "The data that comes with a failure. What there is depends on the operation and the code.",
        members: &context.vendor.failure,
        body: None,
        attribute: None,
        made: Made::Alone,
        scope: Scope::Elsewhere,
        more: Some(More { missing: None, kind: "member" }),
        reply: false,
    };
    structure::write(text, context, &structure);
    text.blank();
    text.block("impl FailureData", |text| {
        text.block("fn of<D: Payload>(data: D) -> Self", |text| {
            text.block("match data.cast::<Self>()", |text| {
                text.line("Ok(data) => data,");
                let more = "more: data.cast::<Document>().unwrap_or_default()";
                text.line(format!("Err(data) => Self {{ {more}, ..Self::default() }},"));
            });
        });
    });
}

/// The failure that a server side finds by itself.
fn refused(text: &mut Text, context: &Context<'_>) {
    let message = of_role(context.vendor, Role::Message, When::Failure);
    let Some(message) = message.filter(|_| has_places(&context.vendor.errors)) else {
        text.block("fn refused(code: ErrorCode, _parameter: Option<&str>) -> Self", |text| {
            text.line("Self::new(code)");
        });
        return;
    };
    text.block("fn refused(code: ErrorCode, parameter: Option<&str>) -> Self", |text| {
        text.line("let message = generated::fill_message(code.message(), parameter);");
        text.line(format!("Self {{ {}: Some(message), ..Self::new(code) }}", message.member.name.rust));
    });
}

/// A failure that nothing but the HTTP status tells of.
fn bare(text: &mut Text, context: &Context<'_>) {
    let mut fields: Vec<Item> = vec!["code".into()];
    fields.extend(failure_members(context.vendor).map(|member| {
        let rust = &member.member.name.rust;
        Item::from(format!("{rust}: {}", absent(&member.member.repeat)))
    }));
    fields.push(format!("data: {}::default()", failure_data(context.vendor)).into());
    text.block("fn bare(code: ErrorCode) -> Self", |text| {
        text.list("Self ", &List::literal(fields), "");
    });
}

/// A failure with the vendor's usual texts.
fn failure_new(text: &mut Text, context: &Context<'_>) {
    let message =
        of_role(context.vendor, Role::Message, When::Failure).map(|member| &member.member.name.rust);
    let name = of_role(context.vendor, Role::Name, When::Failure).map(|member| &member.member.name.rust);
    let named = context.vendor.errors.iter().any(|error| error.wire_name.is_some());
    let mut fields: Vec<Item> = failure_members(context.vendor)
        .map(|member| {
            let rust = &member.member.name.rust;
            Item::Text(if Some(rust) == message {
                let message = if has_places(&context.vendor.errors) {
                    "generated::fill_message(code.message(), None)"
                } else {
                    "code.message().to_owned()"
                };
                format!("{rust}: Some({message})")
            } else if Some(rust) == name && named {
                format!("{rust}: code.name().map(str::to_owned)")
            } else if let Some(value) = &member.value {
                format!("{rust}: Some({})", status_owned(context, member, value))
            } else {
                format!("{rust}: {}", absent(&member.member.repeat))
            })
        })
        .collect();
    fields.extend([
        Item::from("code"),
        Item::from(format!("data: {}::default()", failure_data(context.vendor))),
    ]);
    text.list("Self ", &List::literal(fields), "");
}

fn getter(text: &mut Text, context: &Context<'_>, role: Role, name: &str, result: &str, borrow: &str) {
    let Some(member) = of_role(context.vendor, role, When::Failure) else {
        if role == Role::Message {
            text.block("fn message(&self) -> Option<&str>", |text| text.line("None"));
            text.blank();
        }
        return;
    };
    text.block(format!("fn {name}(&self) -> Option<{result}>"), |text| {
        let dot = if borrow.is_empty() { "" } else { "." };
        text.line(format!("self.{}{dot}{borrow}", member.member.name.rust));
    });
    text.blank();
}
