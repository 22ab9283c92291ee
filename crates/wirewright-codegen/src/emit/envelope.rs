//! `envelope.rs`: what stands around every reply, what a successful call gives, and what a refused one does.

use super::{
    names::{Context, Scope, needed, pascal, plain, wire_attribute},
    operations::Named,
    prose::prose,
    structure::{absent, member_doc},
    text::{Item, List, Text, literal},
};
use crate::model::{
    EnvelopeMember, ErrorKeys, FormatKind, Member, Place, Repeat, Role, TypeKind, ValueType, Vendor, When,
};

/// An envelope with the reply's data in one place among the other members.
pub(super) struct Variant {
    /// The type's name: `Envelope` for the usual order.
    pub(super) name: String,
    /// Indices of the envelope's members.
    pub(super) order: Vec<usize>,
}

/// The orders that operations use, the usual one first; each operation is told which is its own.
pub(super) fn variants(vendor: &Vendor, operations: &mut [Named<'_>]) -> Vec<Variant> {
    let usual: Vec<usize> = (0..vendor.envelope.members.len()).collect();
    let mut variants = vec![Variant { name: "Envelope".to_owned(), order: usual }];
    for named in operations {
        let order = &named.operation.order;
        let known = variants.iter().position(|variant| variant.order == *order);
        named.envelope = known.unwrap_or_else(|| {
            let name = format!("{}Envelope", pascal(plain(&named.method)));
            variants.push(Variant { name, order: order.clone() });
            variants.len() - 1
        });
    }
    variants
}

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut body = Text::new();
    for variant in &context.envelopes {
        body.blank();
        declaration(&mut body, context, variant);
        body.blank();
        implementation(&mut body, context, variant);
    }
    body.blank();
    answer(&mut body, context);
    body.blank();
    failure(&mut body, context);
    let mut text = Text::new();
    text.module_doc(&format!(
        "What stands around every reply of the {}: the envelope on the wire, and the answer or failure that it holds.",
        prose(&context.vendor.title)
    ));
    text.blank();
    super::imports::imports(&mut text, context, &body.finish());
    text.finish()
}

/// The rust type of an envelope's member, on the wire always optional: a reader insists on nothing before it knows the status.
fn wire_type(context: &Context<'_>, member: &EnvelopeMember) -> String {
    let inner = context.inner_type(&member.member, Scope::Elsewhere);
    if member.member.repeat == Repeat::Once { format!("Option<{inner}>") } else { inner }
}

fn declaration(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let vendor = context.vendor;
    text.doc("A reply as it is on the wire, with data of type `D`.");
    text.line("#[derive(Clone, Debug, PartialEq, Wire)]");
    let of = |kind| vendor.formats.iter().find(|format| format.kind == kind);
    let mut words = Vec::new();
    if let Some(xml) = of(FormatKind::Xml) {
        words.extend(xml.root.as_ref().map(|root| format!("root = {}", literal(root))));
        words.extend(xml.namespace.as_ref().map(|namespace| format!("namespace = {}", literal(namespace))));
    }
    if let Some(root) = of(FormatKind::Json).and_then(|json| json.root.as_ref()) {
        words.push(format!("json_root = {}", literal(root)));
    }
    if !words.is_empty() {
        text.line(format!("#[wire({})]", words.join(", ")));
    }
    text.block(format!("pub struct {}<D>", variant.name), |text| {
        for member in members(context, variant) {
            if member.role == Some(Role::Data) {
                text.doc("What the operation answers.");
                if let Some(attribute) = wire_attribute(&data_member(&member.member)) {
                    text.line(attribute);
                }
                text.line("pub data: Option<D>,");
                continue;
            }
            text.doc(&member_doc(&member.member));
            if let Some(attribute) = wire_attribute(&member.member) {
                text.line(attribute);
            }
            text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
        }
    });
}

/// The member of the reply as it is in every envelope: called `data`, and spliced where its name is `*`.
fn data_member(member: &Member) -> Member {
    let mut data = member.clone();
    "data".clone_into(&mut data.name.rust);
    if data.name.wire == "*" {
        data.place = Place::Flatten;
    }
    data
}

fn members<'c>(context: &'c Context<'_>, variant: &'c Variant) -> impl Iterator<Item = &'c EnvelopeMember> {
    variant.order.iter().filter_map(|&index| context.vendor.envelope.members.get(index))
}

/// The member of a role on replies of one kind; one that stands only there is preferred.
fn of_role<'c>(context: &'c Context<'_>, role: Role, when: When) -> Option<&'c EnvelopeMember> {
    let members = || context.vendor.envelope.members.iter().filter(move |member| member.role == Some(role));
    members()
        .find(|member| member.when == when)
        .or_else(|| members().find(|member| member.when == When::Always))
}

/// What a successful answer shows.
fn answer_members<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c EnvelopeMember> {
    let members = context.vendor.envelope.members.iter();
    members.filter(|member| member.when != When::Failure && member.role != Some(Role::Data))
}

/// What a failure shows beside its code and data.
fn failure_members<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c EnvelopeMember> {
    let members = context.vendor.envelope.members.iter();
    members.filter(|member| {
        member.when != When::Success
            && !matches!(member.role, Some(Role::Data | Role::Status | Role::Code | Role::Operation))
    })
}

fn is_status(member: &EnvelopeMember) -> bool {
    member.role == Some(Role::Status)
}

/// Whether an answer has this member for certain.
fn promised(member: &EnvelopeMember) -> bool {
    is_status(member) || needed(&member.member)
}

fn implementation(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let envelope = &context.vendor.envelope;
    let Some(status) = envelope.members.iter().find(|member| is_status(member)) else { return };
    let rust = &status.member.name.rust;
    text.block(format!("impl<D: Payload> call::Envelope for {}<D>", variant.name), |text| {
        text.line("type Answer = Answer<D>;");
        text.line("type Failure = Failure;");
        text.blank();
        text.block("fn open(self) -> Opened<Answer<D>, Failure>", |text| {
            text.line(format!("let Some({rust}) = self.{rust} else {{ return Opened::NoStatus }};"));
            let success: Vec<_> =
                envelope.success.iter().map(|value| status_value(context, status, value)).collect();
            let success = success.join(" | ");
            let matched = if status.member.value == ValueType::String {
                format!("{rust}.as_str()")
            } else {
                rust.clone()
            };
            text.block(format!("if !matches!({matched}, {success})"), |text| {
                open_failure(text, context, status);
            });
            for member in answer_members(context).filter(|member| promised(member) && !is_status(member)) {
                let (rust, wire) = (&member.member.name.rust, &member.member.name.wire);
                text.line(format!("let Some({rust}) = self.{rust} else {{"));
                text.indented(|text| {
                    text.line(format!("return Opened::Missing({});", literal(&path(context, wire))));
                });
                text.line("};");
            }
            text.line("let Some(data) = self.data.or_else(D::absent) else {");
            let data = envelope.members.iter().find(|member| member.role == Some(Role::Data));
            let wire = data.map_or("data", |member| member.member.name.wire.as_str());
            text.indented(|text| {
                text.line(format!("return Opened::Missing({});", literal(&path(context, wire))));
            });
            text.line("};");
            let mut fields: Vec<Item> = answer_members(context)
                .map(|member| {
                    let rust = &member.member.name.rust;
                    if promised(member) {
                        rust.as_str().into()
                    } else {
                        format!("{rust}: self.{rust}").into()
                    }
                })
                .collect();
            fields.push("data".into());
            let list = List::literal(fields);
            text.list("Opened::Success(Answer ", &list, ")");
        });
        text.blank();
        seal(text, context, variant);
        text.blank();
        refuse(text, context, variant, status);
    });
}

/// `response.timestamp`, or the member's name alone where nothing stands around it.
fn path(context: &Context<'_>, member: &str) -> String {
    let root = context.vendor.formats.iter().find_map(|format| format.root.as_deref());
    match (root, member) {
        (Some(root), "*") => root.to_owned(),
        (None, "*") => String::new(),
        (Some(root), member) => format!("{root}.{member}"),
        (None, member) => member.to_owned(),
    }
}

/// A value of the status as a pattern and as an expression: a number, a text or an enumeration's variant.
fn status_value(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    if let ValueType::Type(index) = status.member.value
        && let described = &context.vendor.types[index]
        && let TypeKind::Enumeration(values) = &described.kind
        && let Some(variant) = values.iter().find(|variant| variant.name.wire == value)
    {
        return format!("types::{}::{}", described.name.rust, variant.name.rust);
    }
    if status.member.value == ValueType::String { literal(value) } else { value.to_owned() }
}

/// The same as a value that a member takes.
fn status_owned(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    let owned = if status.member.value == ValueType::String { ".to_owned()" } else { "" };
    format!("{}{owned}", status_value(context, status, value))
}

fn open_failure(text: &mut Text, context: &Context<'_>, status: &EnvelopeMember) {
    let code = match of_role(context, Role::Code, When::Failure) {
        Some(code) => {
            let from = match context.vendor.error_keys {
                ErrorKeys::Numbers => "ErrorCode::from".to_owned(),
                ErrorKeys::Names => format!("|value| {}", code_from(context, "value")),
            };
            format!("self.{}.map_or(ErrorCode::Unspecified, {from})", code.member.name.rust)
        }
        None => code_from(context, &status.member.name.rust),
    };
    let mut fields: Vec<Item> = vec![format!("code: {code}").into()];
    fields.extend(failure_members(context).map(|member| {
        let rust = &member.member.name.rust;
        Item::from(format!("{rust}: self.{rust}"))
    }));
    fields.push("data: self.data.map_or(Node::Null, Payload::into_node)".into());
    text.list("return Opened::Failure(Failure ", &List::literal(fields), ");");
}

/// The error code of a value of the code's member.
fn code_from(context: &Context<'_>, value: &str) -> String {
    match context.vendor.error_keys {
        ErrorKeys::Numbers => format!("ErrorCode::from({value})"),
        ErrorKeys::Names => format!("call::ErrorCode::from_wire(&{value})"),
    }
}

fn seal(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let uses_operation = of_role(context, Role::Operation, When::Success).is_some();
    let operation = if uses_operation { "operation" } else { "_operation" };
    text.block(format!("fn seal(answer: Answer<D>, {operation}: &'static Operation) -> Self"), |text| {
        let fields = members(context, variant).map(|member| {
            let rust = &member.member.name.rust;
            Item::Text(match member.role {
                Some(Role::Data) => "data: answer.data.present()".to_owned(),
                Some(Role::Operation) => {
                    format!("{rust}: answer.{rust}.or_else(|| Some(operation.path.to_owned()))")
                }
                _ if member.when == When::Failure => format!("{rust}: {}", absent(&member.member.repeat)),
                _ if promised(member) => format!("{rust}: Some(answer.{rust})"),
                _ => format!("{rust}: answer.{rust}"),
            })
        });
        text.list("Self ", &List::literal(fields), "");
    });
}

fn refuse(text: &mut Text, context: &Context<'_>, variant: &Variant, status: &EnvelopeMember) {
    let uses_operation = of_role(context, Role::Operation, When::Failure).is_some();
    let operation = if uses_operation { "operation" } else { "_operation" };
    let separate = of_role(context, Role::Code, When::Failure).is_some();
    let number = context.vendor.error_keys == ErrorKeys::Numbers;
    let code = if number {
        "failure.code.number()"
    } else {
        "Some(call::ErrorCode::as_wire(&failure.code).into_owned())"
    };
    text.block(format!("fn refuse(failure: Failure, {operation}: &'static Operation) -> Self"), |text| {
        let fields = members(context, variant).map(|member| {
            let rust = &member.member.name.rust;
            Item::Text(match member.role {
                Some(Role::Data) => "data: None".to_owned(),
                Some(Role::Status) if separate => {
                    let failed = context.vendor.envelope.failure.as_deref().unwrap_or_default();
                    format!("{rust}: Some({})", status_owned(context, status, failed))
                }
                Some(Role::Status | Role::Code) => format!("{rust}: {code}"),
                Some(Role::Operation) => format!("{rust}: Some(operation.path.to_owned())"),
                _ if member.when == When::Success => format!("{rust}: {}", absent(&member.member.repeat)),
                _ => format!("{rust}: failure.{rust}"),
            })
        });
        text.list("Self ", &List::literal(fields), "");
    });
}

fn answer(text: &mut Text, context: &Context<'_>) {
    text.doc("What a successful call gives: the operation's data and what came around it.");
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.block("pub struct Answer<D>", |text| {
        text.doc("What the operation answers.");
        text.line("pub data: D,");
        for member in answer_members(context) {
            text.doc(&member_doc(&member.member));
            let inner = || context.inner_type(&member.member, Scope::Elsewhere);
            let shown = if promised(member) { inner() } else { wire_type(context, member) };
            text.line(format!("pub {}: {shown},", member.member.name.rust));
        }
    });
    text.blank();
    text.block("impl<D> Answer<D>", |text| {
        text.doc("A successful answer, for the server side and for tests.");
        let needed: Vec<_> =
            answer_members(context).filter(|member| promised(member) && !is_status(member)).collect();
        let mut parameters = vec!["data: D".to_owned()];
        let mut fields: Vec<Item> = vec!["data".into()];
        for member in answer_members(context) {
            let rust = &member.member.name.rust;
            if is_status(member) {
                let value = context.vendor.envelope.success.first().map_or("", String::as_str);
                fields.push(format!("{rust}: {}", status_owned(context, member, value)).into());
            } else if needed.iter().any(|needed| std::ptr::eq(*needed, member)) {
                let argument = super::structure::argument(context, &member.member, Scope::Elsewhere);
                parameters.push(argument.parameter);
                fields.push(super::structure::field(rust, &argument.value));
            } else {
                fields.push(format!("{rust}: {}", absent(&member.member.repeat)).into());
            }
        }
        text.function("pub fn new", &parameters, "Self", |text| {
            text.list("Self ", &List::literal(fields), "");
        });
    });
}

fn failure(text: &mut Text, context: &Context<'_>) {
    text.doc("What a refused call gives: the vendor's code and what came with it.");
    text.line("#[derive(Clone, Debug, PartialEq)]");
    text.line("#[non_exhaustive]");
    text.block("pub struct Failure", |text| {
        text.doc("The vendor's code.");
        text.line("pub code: ErrorCode,");
        for member in failure_members(context) {
            text.doc(&member_doc(&member.member));
            text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
        }
        text.doc("The data that came with the failure, if any.");
        text.line("pub data: Node,");
    });
    text.blank();
    text.block("impl Failure", |text| {
        text.doc("A failure of this code with the vendor's usual texts, for the server side and for tests.");
        text.block("pub fn new(code: ErrorCode) -> Self", |text| failure_new(text, context));
    });
    text.blank();
    text.block("impl call::Failure for Failure", |text| {
        text.line("type Code = ErrorCode;");
        text.blank();
        refused(text, context);
        text.blank();
        text.block("fn code(&self) -> &ErrorCode", |text| text.line("&self.code"));
        text.blank();
        getter(text, context, Role::Message, "message", "&str", "as_deref()");
        getter(text, context, Role::Detail, "detail", "i64", "");
        getter(text, context, Role::RequestId, "request_id", "&str", "as_deref()");
        if let Some(member) = of_role(context, Role::RequestId, When::Failure) {
            text.block("fn set_request_id(&mut self, request_id: Option<String>)", |text| {
                text.line(format!("self.{} = request_id;", member.member.name.rust));
            });
            text.blank();
        }
        text.block("fn data(&self) -> &Node", |text| text.line("&self.data"));
    });
}

/// The failure that a server side finds by itself.
fn refused(text: &mut Text, context: &Context<'_>) {
    let message = of_role(context, Role::Message, When::Failure);
    let template = context.vendor.errors.iter().any(|error| {
        error
            .message
            .as_ref()
            .or(error.facts.doc.as_ref())
            .is_some_and(|message| message.contains("{parameter}"))
    });
    let Some(message) = message.filter(|_| template) else {
        text.block("fn refused(code: ErrorCode, _parameter: Option<&str>) -> Self", |text| {
            text.line("Self::new(code)");
        });
        return;
    };
    text.block("fn refused(code: ErrorCode, parameter: Option<&str>) -> Self", |text| {
        text.line("let message = code.message().replace(\"{parameter}\", parameter.unwrap_or_default());");
        text.line(format!("Self {{ {}: Some(message), ..Self::new(code) }}", message.member.name.rust));
    });
}

/// A failure with the vendor's usual texts.
fn failure_new(text: &mut Text, context: &Context<'_>) {
    let message = of_role(context, Role::Message, When::Failure).map(|member| &member.member.name.rust);
    let name = of_role(context, Role::Name, When::Failure).map(|member| &member.member.name.rust);
    let named = context.vendor.errors.iter().any(|error| error.wire_name.is_some());
    let mut fields: Vec<Item> = failure_members(context)
        .map(|member| {
            let rust = &member.member.name.rust;
            Item::Text(if Some(rust) == message {
                format!("{rust}: Some(code.message().to_owned())")
            } else if Some(rust) == name && named {
                format!("{rust}: code.name().map(str::to_owned)")
            } else {
                format!("{rust}: {}", absent(&member.member.repeat))
            })
        })
        .collect();
    fields.extend([Item::from("code"), Item::from("data: Node::Null")]);
    text.list("Self ", &List::literal(fields), "");
}

fn getter(text: &mut Text, context: &Context<'_>, role: Role, name: &str, result: &str, borrow: &str) {
    let Some(member) = of_role(context, role, When::Failure) else {
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
