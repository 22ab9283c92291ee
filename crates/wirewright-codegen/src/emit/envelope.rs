//! `envelope.rs`: what stands around every reply, what a successful call gives, and what a refused one does.

use super::{
    names::{Context, Scope, Unique, needed, pascal, plain, wire_attribute},
    operations::Named,
    prose::prose,
    structure::{self, More, Structure, absent, field, member_doc},
    text::{Item, List, Text, literal},
    wrapper::{self, Part},
};
use crate::model::{
    EnvelopeMember, ErrorKeys, Format, FormatKind, Member, OPERATION, Place, Repeat, Role, TypeKind,
    ValueType, Vendor, When,
};

/// An envelope with the reply's data in one place among the other members.
pub(super) struct Variant {
    /// The type's name: `Envelope` for the usual one.
    pub(super) name: String,
    look: Look,
}

/// What an envelope is like on the wire.
#[derive(Clone, PartialEq)]
struct Look {
    /// Indices of the envelope's members.
    order: Vec<usize>,
    /// What stands where names have the operation's; empty where none do, or no operation is known.
    operation: String,
    /// The namespace of its operations, where it is not the format's.
    namespace: Option<String>,
    /// Whether it is a refused call's, where those have a root of their own.
    refused: bool,
}

impl Variant {
    /// Indices of the envelope's members.
    pub(super) fn order(&self) -> &[usize] {
        &self.look.order
    }

    /// A name with the operation's in it.
    fn name_of(&self, template: &str) -> String {
        template.replace(OPERATION, &self.look.operation)
    }

    /// The root in one of the formats.
    fn root(&self, format: &Format) -> Option<String> {
        let refused = format.failure_root.as_ref().filter(|_| self.look.refused);
        refused.or(format.root.as_ref()).map(|root| self.name_of(root))
    }
}

/// The envelopes of refused calls whose operation nobody knows, and of operations, each of which is told which are its own. The number
/// is that of the former.
pub(super) fn variants(
    vendor: &Vendor,
    operations: &mut [Named<'_>],
    names: &mut Unique,
) -> (Vec<Variant>, usize) {
    let refused = vendor.formats.iter().any(|format| format.failure_root.is_some());
    let [answers_named, failures_named] = [false, true].map(|refused| named_by_operation(vendor, refused));
    let look = Look {
        order: (0..vendor.envelope.members.len()).collect(),
        operation: String::new(),
        namespace: None,
        refused: false,
    };
    let mut variants: Vec<Variant> = Vec::new();
    let mut index = |look: Look, start: &str| {
        let known = variants.iter().position(|variant| variant.look == look);
        known.unwrap_or_else(|| {
            let end = if look.refused { "FailedEnvelope" } else { "Envelope" };
            let start = if start.is_empty() { String::new() } else { pascal(plain(start)) };
            variants.push(Variant { name: names.take(start + end), look });
            variants.len() - 1
        })
    };
    let unknown = index(Look { refused, ..look.clone() }, "");
    for named in operations {
        let operation = named.operation;
        let mut of_operation = |named_by: bool, refused| {
            let usual = Look { refused, ..look.clone() };
            let of_group = Look { namespace: operation.namespace.clone(), ..usual.clone() };
            let own = Look {
                order: operation.order.clone(),
                operation: if named_by { operation.wire_name.clone() } else { String::new() },
                ..of_group.clone()
            };
            let start = if own == usual {
                ""
            } else if own == of_group {
                &named.group.name.rust
            } else {
                &named.method
            };
            index(own, start)
        };
        let envelopes = (of_operation(answers_named, false), of_operation(failures_named, refused));
        (named.envelope, named.failed_envelope) = envelopes;
    }
    (variants, unknown)
}

/// Whether a root, or the reply's place, has the operation's name in it.
fn named_by_operation(vendor: &Vendor, refused: bool) -> bool {
    let failure_root = |format: &Format| format.failure_root.clone().filter(|_| refused);
    let roots: Vec<Option<String>> =
        vendor.formats.iter().map(|format| failure_root(format).or(format.root.clone())).collect();
    let places = vendor.envelope.members.iter().filter(|member| member.role == Some(Role::Data));
    let places = places.map(|place| &place.member).flat_map(|member| {
        [Some(&member.name.wire), member.xml.as_ref(), member.json.as_ref(), member.query.as_ref()]
    });
    let mut names = roots.iter().map(Option::as_ref).chain(places).flatten();
    names.any(|name| name.contains(OPERATION))
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
    wrapper::declarations(&mut body, context);
    body.blank();
    answer(&mut body, context);
    body.blank();
    failure(&mut body, context);
    if failure_data(context) == FAILURE_DATA {
        body.blank();
        typed_data(&mut body, context);
    }
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
pub(super) fn wire_type(context: &Context<'_>, member: &EnvelopeMember) -> String {
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
        words.extend(variant.root(xml).map(|root| format!("root = {}", literal(&root))));
        let namespace = variant.look.namespace.as_ref().or(xml.namespace.as_ref());
        words.extend(namespace.map(|namespace| format!("namespace = {}", literal(namespace))));
    }
    if let Some(root) = of(FormatKind::Json).and_then(|json| variant.root(json)) {
        words.push(format!("json_root = {}", literal(&root)));
    }
    if !words.is_empty() {
        text.wire(&words);
    }
    text.block(format!("pub struct {}<D>", variant.name), |text| {
        for part in wrapper::parts(context, variant) {
            let member = match part {
                Part::Member(member) => member,
                Part::Wrapper(wrapper, _) => {
                    wrapper::field(text, context, wrapper);
                    continue;
                }
            };
            if member.role == Some(Role::Data) {
                text.doc("What the operation answers.");
                if let Some(attribute) = wire_attribute(&data_member(&member.member, variant)) {
                    text.line(attribute);
                }
                text.line("pub data: Option<D>,");
                continue;
            }
            text.doc(&member_doc(&member.member));
            // A reader insists on nothing before it knows the status.
            let lenient = Member { required: false, ..member.member.clone() };
            if let Some(attribute) = wire_attribute(&lenient) {
                text.line(attribute);
            }
            text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
        }
    });
}

/// The member of the reply as it is in every envelope: called `data`, and spliced where its name is `*`.
fn data_member(member: &Member, variant: &Variant) -> Member {
    let mut data = member.clone();
    let of_formats = [&mut data.xml, &mut data.json, &mut data.query].into_iter().flatten();
    for name in of_formats.chain([&mut data.name.wire]) {
        *name = variant.name_of(name);
    }
    "data".clone_into(&mut data.name.rust);
    if data.name.wire == "*" {
        data.place = Place::Flatten;
    }
    data
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

/// Whether a reader looks at this member.
pub(super) fn is_read(context: &Context<'_>, member: &EnvelopeMember) -> bool {
    let code = of_role(context, Role::Code, When::Failure);
    let mut read = answer_members(context).chain(failure_members(context)).chain(code);
    read.any(|read| std::ptr::eq(read, member))
}

/// A member's value in an envelope that is read.
fn value(member: &EnvelopeMember) -> String {
    let rust = &member.member.name.rust;
    if member.within.is_some() { rust.clone() } else { format!("self.{rust}") }
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
    let status = envelope.members.iter().find(|member| is_status(member));
    text.block(format!("impl<D: Payload> call::Envelope for {}<D>", variant.name), |text| {
        text.line("type Answer = Answer<D>;");
        text.line("type Failure = Failure;");
        text.blank();
        if status.is_none() {
            text.line("const BY_ROOT: bool = true;");
            text.blank();
        }
        text.block("fn open(self) -> Opened<Answer<D>, Failure>", |text| {
            wrapper::unwrap(text, context);
            match status {
                Some(status) => by_status(text, context, status),
                None => by_code(text, context),
            }
            for member in answer_members(context).filter(|member| promised(member) && !is_status(member)) {
                text.line(format!("let Some({}) = {} else {{", member.member.name.rust, value(member)));
                text.indented(|text| {
                    let path = path(context, variant, &wrapper::path(context, member));
                    text.line(format!("return Opened::Missing({});", literal(&path)));
                });
                text.line("};");
            }
            text.line("let Some(data) = self.data.or_else(D::absent) else {");
            let data = envelope.members.iter().find(|member| member.role == Some(Role::Data));
            let wire = data.map_or("data", |member| member.member.name.wire.as_str());
            let path = path(context, variant, &variant.name_of(wire));
            text.indented(|text| {
                text.line(format!("return Opened::Missing({});", literal(&path)));
            });
            text.line("};");
            let mut fields: Vec<Item> = vec!["data".into()];
            fields.extend(answer_members(context).map(|member| {
                let rust = &member.member.name.rust;
                if promised(member) { rust.as_str().into() } else { field(rust, &value(member)) }
            }));
            let list = List::literal(fields);
            text.list("Opened::Success(Answer ", &list, ")");
        });
        text.blank();
        seal(text, context, variant);
        text.blank();
        refuse(text, context, variant);
        text.blank();
        succeed(text, context, variant);
    });
}

/// Whether the call failed, as the status tells it.
fn by_status(text: &mut Text, context: &Context<'_>, status: &EnvelopeMember) {
    let rust = &status.member.name.rust;
    text.line(format!("let Some({rust}) = {} else {{ return Opened::NoStatus }};", value(status)));
    let values = context.vendor.envelope.success.iter();
    let success: Vec<_> = values.map(|value| status_value(context, status, value)).collect();
    let success = success.join(" | ");
    let matched =
        if status.member.value == ValueType::String { format!("{rust}.as_str()") } else { rust.clone() };
    text.block(format!("if !matches!({matched}, {success})"), |text| {
        let code = match of_role(context, Role::Code, When::Failure) {
            Some(code) => {
                let from = match context.vendor.error_keys {
                    ErrorKeys::Numbers => "ErrorCode::from".to_owned(),
                    ErrorKeys::Names => format!("|value| {}", code_from(context, "value")),
                };
                format!("{}.map_or(ErrorCode::Unspecified, {from})", value(code))
            }
            None => code_from(context, rust),
        };
        open_failure(text, context, &code);
    });
}

/// Whether the call failed, as there is a code or none.
fn by_code(text: &mut Text, context: &Context<'_>) {
    let Some(code) = of_role(context, Role::Code, When::Failure) else { return };
    let rust = &code.member.name.rust;
    text.block(format!("if let Some({rust}) = {}", value(code)), |text| {
        open_failure(text, context, &code_from(context, rust));
    });
}

/// `response.timestamp`, or the member's name alone where nothing stands around it.
fn path(context: &Context<'_>, variant: &Variant, member: &str) -> String {
    let root = context.vendor.formats.iter().find_map(|format| variant.root(format));
    match (root, member) {
        (Some(root), "*") => root,
        (None, "*") => String::new(),
        (Some(root), member) => format!("{root}.{member}"),
        (None, member) => member.to_owned(),
    }
}

/// A value of the status as a pattern and as an expression: a number, a text or an enumeration's variant.
fn status_value(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    if let ValueType::Type(index) = status.member.value
        && let described = &context.vendor.types[index]
        && let TypeKind::Enumeration { values, .. } = &described.kind
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

fn open_failure(text: &mut Text, context: &Context<'_>, code: &str) {
    let mut fields: Vec<Item> = vec![format!("code: {code}").into()];
    fields.extend(failure_members(context).map(|member| field(&member.member.name.rust, &value(member))));
    let typed = failure_data(context) == FAILURE_DATA;
    fields.push(
        if typed {
            "data: self.data.map(FailureData::of).unwrap_or_default()"
        } else {
            "data: self.data.and_then(|data| data.cast::<Node>().ok()).unwrap_or_default()"
        }
        .into(),
    );
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
    let filled = |member: &EnvelopeMember| member.role == Some(Role::Operation) && !promised(member);
    let uses_operation = of_role(context, Role::Operation, When::Success).is_some_and(filled);
    let operation = if uses_operation { "operation" } else { "_operation" };
    text.block(format!("fn seal(answer: Answer<D>, {operation}: &'static Operation) -> Self"), |text| {
        let value = |member: &EnvelopeMember| {
            let rust = &member.member.name.rust;
            match member.role {
                Some(Role::Data) => "answer.data.present()".to_owned(),
                _ if filled(member) => {
                    format!("answer.{rust}.or_else(|| Some(operation.path.to_owned()))")
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
    let uses_operation = of_role(context, Role::Operation, When::Failure).is_some();
    let path = if uses_operation { "path" } else { "_path" };
    let separate = of_role(context, Role::Code, When::Failure).is_some();
    let number = context.vendor.error_keys == ErrorKeys::Numbers;
    let code = if number {
        "failure.code.number()"
    } else {
        "Some(call::ErrorCode::as_wire(&failure.code).into_owned())"
    };
    text.block(format!("fn refuse(failure: Failure, {path}: &str) -> Self"), |text| {
        let value = |member: &EnvelopeMember| {
            let rust = &member.member.name.rust;
            match member.role {
                Some(Role::Data) => {
                    "failure.data.present().and_then(|data| data.cast::<D>().ok())".to_owned()
                }
                Some(Role::Status) if separate => {
                    let failed = context.vendor.envelope.failure.as_deref().unwrap_or_default();
                    format!("Some({})", status_owned(context, member, failed))
                }
                Some(Role::Status | Role::Code) => code.to_owned(),
                Some(Role::Operation) => "Some(path.to_owned())".to_owned(),
                _ if member.when == When::Success => absent(&member.member.repeat).to_owned(),
                _ => format!("failure.{rust}"),
            }
        };
        text.list("Self ", &List::literal(wrapper::fields(context, variant, value)), "");
    });
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
    if let Some(member) = of_role(context, Role::RequestId, When::Success) {
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
    let of = |when| of_role(context, Role::RequestId, when);
    let places = match (of(When::Success), of(When::Failure)) {
        (Some(success), Some(failure)) if !std::ptr::eq(success, failure) => vec![success, failure],
        (success, failure) => success.or(failure).into_iter().collect(),
    };
    let mut places = places.into_iter().map(|member| wrapper::text(context, member));
    let Some(first) = places.next() else { return };
    text.blank();
    text.block("fn request_id(&self) -> Option<&str>", |text| {
        text.line(places.fold(first, |first, second| format!("{first}.or({second})")));
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

fn failure(text: &mut Text, context: &Context<'_>) {
    let data = failure_data(context);
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
    text.block("impl call::Failure for Failure", |text| {
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
        if let Some(member) = of_role(context, Role::RequestId, When::Failure) {
            text.block("fn set_request_id(&mut self, request_id: Option<String>)", |text| {
                text.line(format!("self.{} = request_id;", member.member.name.rust));
            });
            text.blank();
        }
        text.block(format!("fn data(&self) -> &{data}"), |text| text.line("&self.data"));
    });
}

/// The type of the data that comes with a failure.
pub(super) fn failure_data(context: &Context<'_>) -> &'static str {
    if context.vendor.failure.is_empty() { "Node" } else { FAILURE_DATA }
}

/// The structure of the data that the definition tells of.
pub(super) const FAILURE_DATA: &str = "FailureData";

fn typed_data(text: &mut Text, context: &Context<'_>) {
    let structure = Structure {
        name: FAILURE_DATA,
        doc: "The data that comes with a failure. What there is depends on the operation and the code.",
        members: &context.vendor.failure,
        body: None,
        attribute: None,
        scope: Scope::Elsewhere,
        more: Some(More { missing: None, kind: "member" }),
    };
    structure::write(text, context, &structure);
    text.blank();
    text.block("impl FailureData", |text| {
        text.block("fn of<D: Payload>(data: D) -> Self", |text| {
            text.block("match data.cast::<Self>()", |text| {
                text.line("Ok(data) => data,");
                let more = "more: data.cast::<Node>().unwrap_or_default()";
                text.line(format!("Err(data) => Self {{ {more}, ..Self::default() }},"));
            });
        });
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

/// A failure that nothing but the HTTP status tells of.
fn bare(text: &mut Text, context: &Context<'_>) {
    let mut fields: Vec<Item> = vec!["code".into()];
    fields.extend(failure_members(context).map(|member| {
        let rust = &member.member.name.rust;
        Item::from(format!("{rust}: {}", absent(&member.member.repeat)))
    }));
    fields.push(format!("data: {}::new()", failure_data(context)).into());
    text.block("fn bare(code: ErrorCode) -> Self", |text| {
        text.list("Self ", &List::literal(fields), "");
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
    fields.extend([Item::from("code"), Item::from(format!("data: {}::new()", failure_data(context)))]);
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
