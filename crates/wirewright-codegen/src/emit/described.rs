//! Operations as data: what most of a vendor's have in common is said once.

use std::collections::HashMap;

use super::{
    body,
    runtime::{filled, format_path, location, method, option},
    text::{Item, List, literal},
};
use crate::model::{FormEncoding, Member, MemberPath, Operation, ParameterLocation, ValueType};
use crate::plan::{
    context::Context,
    envelope::{data_name, may_be_empty},
    operations::Named,
};

/// The fields of an operation's description, of those that have a default, as they are written.
type Fields = Vec<(&'static str, String)>;

/// What most operations have in common, where that differs from the runtime's own default.
#[derive(Default)]
pub(super) struct Defaults(Fields);

impl Defaults {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let all: Vec<Fields> =
            context.operations.iter().map(|named| fields(context, named.operation)).collect();
        let mut most = Vec::new();
        for (index, (field, usual)) in USUAL.iter().enumerate() {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            let values: Vec<&str> =
                all.iter().filter_map(|fields| Some(fields.get(index)?.1.as_str())).collect();
            for value in &values {
                *counts.entry(value).or_default() += 1;
            }
            // Of those that are equally often the first one of the definition.
            let count = |value: &str| counts.get(value).copied().unwrap_or_default();
            let Some(value) = values.iter().copied().rev().max_by_key(|value| count(value)) else { continue };
            // A path of a single operation is nobody's usual one.
            if value != *usual && (count(value) > 1 || values.len() == 1) {
                most.push((*field, value.to_owned()));
            }
        }
        Self(most)
    }

    /// The fields of the default, for the literal that it is.
    pub(super) fn literal(&self) -> Vec<Item> {
        let own = self.0.iter().map(|(field, value)| Item::Text(format!("{field}: {value}")));
        own.chain(["..Operation::new(&PROTOCOL)".into()]).collect()
    }

    /// The fields of an operation that differ from the default.
    pub(super) fn own(&self, context: &Context<'_>, named: &Named<'_>) -> Vec<Item> {
        let operation = named.operation;
        let mut items: Vec<Item> = vec![
            format!("name: {}", literal(&named.title())).into(),
            format!("wire_name: {}", literal(&operation.wire_name)).into(),
        ];
        for ((field, value), (_, usual)) in fields(context, operation).into_iter().zip(USUAL) {
            let default = self.0.iter().find(|(known, _)| *known == field);
            if value != default.map_or(*usual, |(_, value)| value) {
                items.push(format!("{field}: {value}").into());
            }
        }
        if operation.body.is_some() {
            items.push(body::content(context, named));
        } else if operation.form == FormEncoding::Multipart {
            let files = operation.request.iter().filter(|member| member.value == ValueType::File);
            let wire = files.map(|file| literal(file.query.as_ref().unwrap_or(&file.name.wire)).into());
            let files = List::literal([Item::List("files: &".to_owned(), List::array(wire))]);
            items.push(Item::List("content: describe::Content::Multipart ".to_owned(), files));
        }
        for (head, members) in [
            ("constants: &", constants(operation)),
            ("filled: &", filled_members(operation)),
            ("placed: &", placed_members(operation)),
            ("reply_headers: &", reply_headers(operation)),
        ] {
            if !members.is_empty() {
                items.push(Item::List(head.to_owned(), List::array(members)));
            }
        }
        if let Some(outcome) = &operation.outcome {
            let path = |path: Option<&MemberPath>| {
                let steps = path.into_iter().flat_map(MemberPath::steps);
                List::array(
                    steps.map(|step| Item::from(literal(step.query.as_ref().unwrap_or(&step.name.wire)))),
                )
            };
            let texts = |texts: &[String]| List::array(texts.iter().map(|text| Item::from(literal(text))));
            let within = within(context, named);
            let fields = [
                format!("within: {}", literal(&within)).into(),
                Item::List("status: &".to_owned(), path(Some(&outcome.status))),
                Item::List("success: &".to_owned(), texts(&outcome.success)),
                Item::List("errors: &".to_owned(), texts(&outcome.errors)),
                Item::List("message: &".to_owned(), path(outcome.message.as_ref())),
            ];
            let one = Item::List("describe::PayloadOutcome ".to_owned(), List::literal(fields));
            items.push(Item::List("outcome: &".to_owned(), List::array([one])));
        }
        items.push("..DEFAULT".into());
        items
    }
}

/// The fields that have a default, and the runtime's.
const USUAL: &[(&str, &str)] = &[
    ("endpoint", "None"),
    ("path", "\"\""),
    ("methods", "&[]"),
    ("formats", "&[]"),
    ("sessions", "&[]"),
    ("sessionless", "false"),
    ("signed", "false"),
    ("signature_optional", "false"),
    ("prefers_get", "false"),
    ("secure", "false"),
    ("repeatable", "false"),
    ("opens_session", "false"),
    ("success", "200"),
    ("may_be_empty", "false"),
];

/// The same fields of an operation, in that order.
fn fields(context: &Context<'_>, operation: &Operation) -> Fields {
    let formats = operation.formats.iter().filter_map(|&format| context.vendor.formats.get(format));
    let formats = formats.map(|format| Item::from(format_path(format.kind)));
    let sessions =
        operation.sessions.iter().map(|&kind| Item::from(format!("&{}", context.kinds[kind].constant())));
    let is = |place| std::ptr::eq(context.operation(place).operation, operation);
    let opens_session = context.kinds.iter().any(|kind| is(kind.session.opens));
    let list = |items: List| format!("&{}", items.flat());
    let values = [
        option(operation.endpoint.as_deref()),
        literal(&operation.path),
        list(List::array(operation.methods.iter().map(|&each| method(each)))),
        list(List::array(formats)),
        list(List::array(sessions)),
        operation.sessionless.to_string(),
        operation.signed.to_string(),
        operation.signature_optional.to_string(),
        operation.prefers_get.to_string(),
        operation.secure.to_string(),
        operation.repeatable.to_string(),
        opens_session.to_string(),
        operation.status.to_string(),
        may_be_empty(context.vendor, operation).to_string(),
    ];
    USUAL.iter().map(|(field, _)| *field).zip(values).collect()
}

/// Those of an operation's own parameters that the call fills in.
fn filled_members(operation: &Operation) -> Vec<Item> {
    let members = operation.request.iter().enumerate().filter(|(_, member)| member.filled.is_some());
    let described = members.map(|(index, member)| {
        let mut items = filled(member, index);
        let name = member.query.as_ref().unwrap_or(&member.name.wire);
        items.insert(1, format!("name: {}", literal(name)).into());
        Item::List("describe::AutoFilled ".to_owned(), List::literal(items))
    });
    described.collect()
}

/// Those of an operation's own parameters that are in headers and cookies.
fn placed_members(operation: &Operation) -> Vec<Item> {
    let apart = |member: &Member| member.location != ParameterLocation::Parameters;
    let members = operation.request.iter().enumerate().filter(|(_, member)| apart(member));
    let described = members.map(|(index, member)| {
        let name = member.query.as_ref().unwrap_or(&member.name.wire);
        let items = [
            format!("member: {index}").into(),
            format!("name: {}", literal(name)).into(),
            location(&member.location).into(),
        ];
        Item::List("describe::PlacedParameter ".to_owned(), List::literal(items))
    });
    described.collect()
}

/// Those members of its reply that are in headers and cookies.
fn reply_headers(operation: &Operation) -> Vec<Item> {
    let described = operation.in_reply_headers().map(|member| {
        let items =
            [format!("name: {}", literal(&member.name.wire)).into(), location(&member.location).into()];
        Item::List("describe::ReplyHeader ".to_owned(), List::literal(items))
    });
    described.collect()
}

/// The parameters that always say the same.
fn constants(operation: &Operation) -> Vec<Item> {
    let pairs = operation.constants.iter();
    pairs.map(|(name, value)| format!("({}, {})", literal(name), literal(value)).into()).collect()
}

/// The member of the envelope that has the reply; empty: its members are among the envelope's.
fn within(context: &Context<'_>, named: &Named<'_>) -> String {
    let variant = context.envelopes.get(named.envelope);
    variant.and_then(|variant| data_name(context.vendor, variant)).unwrap_or_default()
}
