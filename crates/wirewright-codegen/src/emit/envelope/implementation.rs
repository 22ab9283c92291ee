//! How an envelope is opened, by who calls, and made, by who answers.

use super::{
    told,
    value::{status_owned, status_value, value},
};
use crate::emit::{
    structure::{absent, field},
    text::{Item, List, Text, literal},
    wrapper,
};
use crate::model::{EnvelopeMember, ErrorKeys, Operation, Role, ValueType, When};
use crate::plan::{
    context::Context,
    envelope::{
        FAILURE_DATA, Variant, answer_members, code_that_tells, data_name, failure_data, failure_members,
        is_argument, is_echo, is_status, of_role, promised, signs_of_failure, tells,
    },
    wrapper::path,
};

/// How many implementations are written out; more of them are one macro.
pub(super) const WRITTEN: usize = 2;

/// The two sides of an envelope, written out.
pub(super) fn of_one(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let data = data_name(context.vendor, variant).map(|name| literal(&name));
    implementation(text, context, variant, &variant.name, data.as_deref());
}

/// The macro of the two sides of all envelopes, which differ in their names, and in what the reply's data is called.
pub(super) fn of_all(text: &mut Text, context: &Context<'_>) {
    let Some(any) = context.envelopes.first() else { return };
    text.line("/// What every envelope does, given its name, and that of the reply's data.");
    text.block("macro_rules! envelope", |text| {
        text.line("($envelope:ident, $data:literal $(,)?) => {");
        let data = data_name(context.vendor, any).map(|_| "$data");
        text.indented(|text| implementation(text, context, any, "$envelope", data));
        text.line("};");
    });
}

/// One of those envelopes.
pub(super) fn as_all(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let data = literal(&data_name(context.vendor, variant).unwrap_or_default());
    text.list("envelope!", &List::call([variant.name.as_str().into(), data.into()]), ";");
}

/// The two sides of an envelope of this name. `data` is what the reply's data is called, as an expression; `None`: it is among
/// the envelope's members.
fn implementation(text: &mut Text, context: &Context<'_>, variant: &Variant, name: &str, data: Option<&str>) {
    let envelope = &context.vendor.envelope;
    let status = envelope.members.iter().find(|member| is_status(member));
    text.block(format!("impl<D: Payload> generated::Envelope for {name}<D>"), |text| {
        text.line("type Answer = Answer<D>;");
        text.line("type Failure = Failure;");
        text.blank();
        let by_root = status.is_none_or(|status| !status.member.only_in.is_empty());
        if by_root {
            text.line("const BY_ROOT: bool = true;");
        }
        if envelope.echoes_name {
            text.line("const ECHOES_NAME: bool = true;");
        }
        if by_root || envelope.echoes_name {
            text.blank();
        }
        if !answer_members(context.vendor).any(is_argument) {
            text.block("fn empty_answer() -> Option<Answer<D>>", |text| {
                text.line("D::absent().map(Answer::new)");
            });
            text.blank();
        }
        if context.vendor.groups.iter().flat_map(|group| &group.operations).any(looks_into_data) {
            text.block("fn data(answer: &Answer<D>) -> Option<&dyn wire::Record>", |text| {
                text.line("answer.data.record()");
            });
            text.blank();
            text.block(
                "fn data_mut(answer: &mut Answer<D>) -> Option<&mut dyn for<'de> wire::Fill<'de>>",
                |text| text.line("answer.data.filling()"),
            );
            text.blank();
        }
        text.block("fn open(self) -> OpenedEnvelope<Answer<D>, Failure>", |text| {
            wrapper::unwrap(text, context);
            told::take(text, context);
            match status {
                Some(status) => by_status(text, context, status),
                None => by_code(text, context),
            }
            for member in
                answer_members(context.vendor).filter(|member| promised(member) && !is_status(member))
            {
                text.line(format!("let Some({}) = {} else {{", member.member.name.rust, value(member)));
                let path = literal(&path(context.vendor, member));
                text.indented(|text| text.line(format!("return OpenedEnvelope::Missing({path});")));
                text.line("};");
            }
            text.line("let Some(data) = self.data.or_else(D::absent) else {");
            text.indented(|text| match data {
                Some(data) => text.line(format!("return OpenedEnvelope::Missing({data});")),
                None => text.line("return OpenedEnvelope::MissingInData(D::first_required());"),
            });
            text.line("};");
            let mut fields: Vec<Item> = vec!["data".into()];
            fields.extend(answer_members(context.vendor).map(|member| {
                let rust = &member.member.name.rust;
                if promised(member) { rust.as_str().into() } else { field(rust, &value(member)) }
            }));
            let list = List::literal(fields);
            text.list("OpenedEnvelope::Success(Answer ", &list, ")");
        });
        text.blank();
        seal(text, context, variant);
        text.blank();
        refuse(text, context, variant);
        text.blank();
        succeed(text, context, variant);
    });
}

fn looks_into_data(operation: &Operation) -> bool {
    operation.in_reply_headers().next().is_some() || operation.outcome.is_some()
}

/// Whether the call failed, as the status tells it.
fn by_status(text: &mut Text, context: &Context<'_>, status: &EnvelopeMember) {
    let rust = &status.member.name.rust;
    if status.member.only_in.is_empty() {
        text.line(format!(
            "let Some({rust}) = {} else {{ return OpenedEnvelope::NoStatus }};",
            value(status)
        ));
    } else if let Some(code) = of_role(context.vendor, Role::Code, When::Failure) {
        // Where the format has no status the code tells.
        let [failed, succeeded] =
            [context.vendor.envelope.failure.as_ref(), context.vendor.envelope.success.first()]
                .map(|said| status_owned(context, status, said.map_or("", String::as_str)));
        let told = format!("{}.is_some()", value(code));
        text.block(format!("let {rust} = {}.unwrap_or_else(||", value(status)), |text| {
            text.line(format!("if {told} {{ {failed} }} else {{ {succeeded} }}"));
        });
        text.line(");");
    }
    let values = context.vendor.envelope.success.iter();
    let success: Vec<_> = values.map(|value| status_value(context, status, value)).collect();
    let success = success.join(" | ");
    let matched =
        if status.member.value == ValueType::String { format!("{rust}.as_str()") } else { rust.clone() };
    let condition = match (&status.member.value, success.as_str()) {
        (ValueType::Boolean, "true") => format!("!{matched}"),
        (ValueType::Boolean, "false") => matched,
        _ => format!("!matches!({matched}, {success})"),
    };
    text.block(format!("if {condition}"), |text| {
        let code = match of_role(context.vendor, Role::Code, When::Failure) {
            Some(code) => code_or_none(context, code),
            None => code_from(context, rust),
        };
        open_failure(text, context, &code);
    });
}

/// Whether the call failed, as there is a code or none.
fn by_code(text: &mut Text, context: &Context<'_>) {
    let Some(code) = of_role(context.vendor, Role::Code, When::Failure) else { return };
    let rust = &code.member.name.rust;
    let signs: Vec<_> = signs_of_failure(context.vendor).collect();
    if signs.is_empty() {
        return text.block(format!("if let Some({rust}) = {}", value(code)), |text| {
            open_failure(text, context, &code_from(context, rust));
        });
    }
    let told = std::iter::once(code).chain(signs).map(|member| format!("{}.is_some()", value(member)));
    text.block(format!("if {}", told.collect::<Vec<_>>().join(" || ")), |text| {
        open_failure(text, context, &code_or_none(context, code));
    });
}

/// The error code of a member that may not be there.
fn code_or_none(context: &Context<'_>, code: &EnvelopeMember) -> String {
    let from = match context.vendor.error_keys {
        ErrorKeys::Numbers => "ErrorCode::from".to_owned(),
        ErrorKeys::Names => format!("|value| {}", code_from(context, "value")),
    };
    format!("{}.map_or(ErrorCode::Unspecified, {from})", value(code))
}

fn open_failure(text: &mut Text, context: &Context<'_>, code: &str) {
    let mut fields: Vec<Item> = vec![format!("code: {code}").into()];
    fields.extend(
        failure_members(context.vendor).map(|member| field(&member.member.name.rust, &value(member))),
    );
    let typed = failure_data(context.vendor) == FAILURE_DATA;
    fields.push(
        if typed {
            "data: self.data.map(FailureData::of).unwrap_or_default()"
        } else {
            "data: self.data.and_then(|data| data.cast::<Document>().ok()).unwrap_or_default()"
        }
        .into(),
    );
    text.list("return OpenedEnvelope::Failure(Failure ", &List::literal(fields), ");");
}

/// The error code of a value of the code's member.
fn code_from(context: &Context<'_>, value: &str) -> String {
    match context.vendor.error_keys {
        ErrorKeys::Numbers => format!("ErrorCode::from({value})"),
        ErrorKeys::Names => format!("generated::ErrorCode::from_wire(&{value})"),
    }
}

fn seal(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let uses_operation = of_role(context.vendor, Role::Operation, When::Success).is_some_and(is_echo);
    let operation = if uses_operation { "operation" } else { "_operation" };
    text.block(format!("fn seal(answer: Answer<D>, {operation}: &'static Operation) -> Self"), |text| {
        let value = |member: &EnvelopeMember| {
            let rust = &member.member.name.rust;
            match member.role {
                Some(Role::Data) => "answer.data.present()".to_owned(),
                _ if is_echo(member) => {
                    let echoed = if context.vendor.envelope.echoes_name { "wire_name" } else { "path" };
                    format!("answer.{rust}.or_else(|| Some(operation.{echoed}.to_owned()))")
                }
                _ if member.when == When::Failure => absent(&member.member.repeat).to_owned(),
                _ if promised(member) => format!("Some(answer.{rust})"),
                _ => format!("answer.{rust}"),
            }
        };
        text.list("Self ", &List::literal(wrapper::fields(context, variant, value)), "");
    });
}

fn refuse(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let uses_operation = of_role(context.vendor, Role::Operation, When::Failure).is_some();
    let called = if uses_operation { "called" } else { "_called" };
    let separate = of_role(context.vendor, Role::Code, When::Failure).is_some();
    let code = code_to_send(context);
    let told_value = |member: &EnvelopeMember| match member.role {
        Some(Role::Code) => code.clone(),
        _ => format!("failure.{}", member.member.name.rust),
    };
    text.block(format!("fn refuse(failure: Failure, {called}: &str) -> Self"), |text| {
        let value = |member: &EnvelopeMember| {
            let rust = &member.member.name.rust;
            match member.role {
                Some(Role::Data) if member.when == When::Success => "None".to_owned(),
                Some(Role::Data) => {
                    "failure.data.present().and_then(|data| data.cast::<D>().ok())".to_owned()
                }
                Some(Role::Status) if separate => {
                    let failed = context.vendor.envelope.failure.as_deref().unwrap_or_default();
                    format!("Some({})", status_owned(context, member, failed))
                }
                Some(Role::Status | Role::Code) => code.clone(),
                Some(Role::Operation) => "Some(called.to_owned())".to_owned(),
                _ if member.when == When::Success => absent(&member.member.repeat).to_owned(),
                _ if tells(context.vendor).any(|teller| std::ptr::eq(teller, member)) => rust.clone(),
                _ => format!("failure.{rust}"),
            }
        };
        told::put(text, context, told_value);
        text.list("Self ", &List::literal(wrapper::fields(context, variant, value)), "");
    });
}

/// The code of a failure as a server sends it: never one that means success, nor none where only the code tells.
fn code_to_send(context: &Context<'_>) -> String {
    let number = context.vendor.error_keys == ErrorKeys::Numbers;
    let code = if number {
        "failure.code.number()".to_owned()
    } else {
        "generated::ErrorCode::as_wire(&failure.code).map(Cow::into_owned)".to_owned()
    };
    let Some((success, instead)) = code_that_tells(context.vendor) else { return code };
    let values: Vec<_> =
        success.iter().map(|value| if number { value.clone() } else { literal(value) }).collect();
    let compared = if number { "code" } else { "code.as_str()" };
    let filtered = if values.is_empty() {
        String::new()
    } else {
        format!(".filter(|code| !matches!({compared}, {}))", values.join(" | "))
    };
    let otherwise = match instead {
        Some(instead) if number => format!(".or(Some({instead}))"),
        Some(instead) if !success.is_empty() => {
            format!(".or_else(|| Some({}.to_owned()))", literal(instead))
        }
        _ => String::new(),
    };
    [code, filtered, otherwise].concat()
}

/// The same envelope with the status of a success, and without what only failures have.
fn succeed(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let success = context.vendor.envelope.success.first().map_or("", String::as_str);
    let value = |member: &EnvelopeMember| {
        if is_status(member) {
            Some(format!("Some({})", status_owned(context, member, success)))
        } else {
            let failure = member.when == When::Failure && member.role != Some(Role::Data);
            failure.then(|| absent(&member.member.repeat).to_owned())
        }
    };
    text.block("fn succeed(self) -> Self", |text| {
        let mut fields = wrapper::changed(context, variant, value);
        fields.push("..self".into());
        text.list("Self ", &List::literal(fields), "");
    });
    if let Some(member) = of_role(context.vendor, Role::RequestId, When::Success) {
        text.blank();
        text.block("fn answers_to(&mut self, request_id: Option<&str>)", |text| {
            let assigned = format!("{} = request_id.map(str::to_owned);", wrapper::place(context, member));
            if promised(member) {
                // There is no answer without it.
                text.block("if request_id.is_some()", |text| text.line(assigned));
            } else {
                text.line(assigned);
            }
        });
    }
    if context.vendor.parameters.iter().any(|parameter| parameter.request_id) {
        request_id(text, context);
    }
}

/// The ID that a reply echoes, which a client holds against the one that it sent.
fn request_id(text: &mut Text, context: &Context<'_>) {
    let of = |when| of_role(context.vendor, Role::RequestId, when);
    let places = match (of(When::Success), of(When::Failure)) {
        (Some(success), Some(failure)) if !std::ptr::eq(success, failure) => vec![success, failure],
        (success, failure) => success.or(failure).into_iter().collect(),
    };
    if places.is_empty() {
        return;
    }
    text.blank();
    text.block("fn request_id(&self) -> Option<&str>", |text| match places[..] {
        [member] if member.within.is_none() => text.line(format!("{}.as_deref()", value(member))),
        _ => {
            for member in places {
                text.block(format!("if let {}", wrapper::found(context, member, "id")), |text| {
                    text.line("return Some(id);");
                });
            }
            text.line("None");
        }
    });
}
