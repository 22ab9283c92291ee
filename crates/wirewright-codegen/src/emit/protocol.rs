//! `protocol.rs`: what the operations share, as data.

use super::{
    computed,
    described::Defaults,
    prose::prose,
    runtime::{filled, format_path, location, option},
    text::{Item, List, Text, literal},
};
use crate::model::{Format, From, Groups, Parameter, ParameterLocation};
use crate::plan::{body::media_type, context::Context, kinds::SessionPlan};

/// The module.
pub(super) fn module(context: &Context<'_>, defaults: &Defaults) -> String {
    let vendor = context.vendor;
    let mut body = Text::new();
    body.module_doc(&format!("What the operations of the {} share, as data.", prose(&vendor.title)));
    body.blank();
    body.line("use super::prelude::*;");
    body.blank();
    body.doc("What the operations share.");
    let members = [
        format!("title: {}", literal(&vendor.title)).into(),
        format!("endpoint: {}", literal(&vendor.endpoint)).into(),
        match &vendor.charset {
            Some(charset) => format!("charset: Some({})", literal(charset)).into(),
            None => "charset: None".into(),
        },
        Item::List("formats: &".to_owned(), List::array(vendor.formats.iter().map(format))),
        Item::List("parameters: &".to_owned(), List::array(parameters(context))),
        format!("code_header: {}", option(vendor.envelope.code_header.as_deref())).into(),
        if vendor.computed.is_empty() { "computation: None" } else { "computation: Some(&COMPUTED)" }.into(),
    ];
    body.list("pub static PROTOCOL: Protocol = Protocol ", &List::literal(members), ";");
    if !vendor.computed.is_empty() {
        body.blank();
        computed::computation(&mut body, context);
    }
    for kind in &context.kinds {
        body.blank();
        session_kind(&mut body, kind);
    }
    body.blank();
    body.doc("What most operations have in common.");
    body.list("pub(crate) const DEFAULT: Operation = Operation ", &List::literal(defaults.literal()), ";");
    body.finish()
}

fn format(format: &Format) -> Item {
    let value = option(format.value.as_deref());
    let media_type = media_type(format);
    let mut fields = Vec::new();
    fields.extend(format.value.as_ref().map(|_| format!("value: {value}")));
    if !format.also.is_empty() {
        let also = List::array(format.also.iter().map(|also| Item::from(literal(also))));
        fields.push(format!("also: &{}", also.flat()));
    }
    fields.extend(format.declaration.then(|| "declaration: true".to_owned()));
    fields.extend(
        format
            .nested
            .as_ref()
            .filter(|nested| *nested != ".")
            .map(|nested| format!("nested: {}", literal(nested))),
    );
    fields.extend(format.lines.then(|| "lines: true".to_owned()));
    let new = format!("FormatDescription::new({}, {})", format_path(format.kind), literal(media_type));
    changed("FormatDescription ", new, fields)
}

/// A value with some fields of its own.
fn changed(head: &str, new: String, mut fields: Vec<String>) -> Item {
    if fields.is_empty() {
        return Item::Text(new);
    }
    fields.push(format!("..{new}"));
    Item::List(head.to_owned(), List::literal(fields.into_iter().map(Item::Text)))
}

fn parameters(context: &Context<'_>) -> Vec<Item> {
    let vendor = context.vendor;
    let (mut client, mut options) = (0.., 0..);
    vendor
        .parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| {
            let source = match &parameter.from {
                From::Request => "Request".to_owned(),
                From::Client(_) => numbered("Client", &mut client),
                From::Call(member) if member.filled.is_none() => {
                    numbered(if parameter.request_id { "RequestId" } else { "Options" }, &mut options)
                }
                From::Call(member) => {
                    let fields = List::literal(filled(member, options.next().unwrap_or_default()));
                    format!("AutoFilled {}", fields.flat())
                }
                From::Again(client) => format!("Client({client})"),
                From::Session(_) => "Session".to_owned(),
                From::Format => "Format".to_owned(),
                From::Callback => "Callback".to_owned(),
                From::Operation => "Operation".to_owned(),
                From::Computed(_) => format!("Computed({})", context.computed.index(index)),
                From::Constant(value) => format!("Constant({})", literal(value)),
            };
            described(parameter, &source)
        })
        .collect()
}

fn groups(groups: &Groups) -> Option<String> {
    let list = |head: &str, groups: &[String]| {
        let names = List::array(groups.iter().map(|group| Item::from(literal(group))));
        Some(format!("groups: Groups::{head}(&{})", names.flat()))
    };
    match groups {
        Groups::All => None,
        Groups::Only(groups) => list("Only", groups),
        Groups::Except(groups) => list("Except", groups),
    }
}

fn session_kind(text: &mut Text, kind: &SessionPlan<'_>) {
    text.doc(&super::prose::facts(&kind.session.facts, "A session."));
    let parameters = kind.members.iter().map(|member| Item::from(literal(&member.name.wire)));
    let fields = kind.fields.iter().map(|field| Item::from(literal(&field.name.wire)));
    let members = [
        format!("name: {}", literal(&kind.session.name)).into(),
        Item::List("parameters: &".to_owned(), List::array(parameters)),
        Item::List("fields: &".to_owned(), List::array(fields)),
        format!("keyed: {}", kind.keyed).into(),
    ];
    let head = format!("pub static {}: SessionKind = SessionKind ", kind.constant());
    text.list(&head, &List::literal(members), ";");
}

fn described(parameter: &Parameter, source: &str) -> Item {
    let name = match &parameter.from {
        From::Request => "",
        From::Client(member) | From::Call(member) => member.query.as_ref().unwrap_or(&member.name.wire),
        _ => &parameter.name.wire,
    };
    let mut fields = Vec::new();
    if let From::Client(member) | From::Call(member) = &parameter.from
        && !member.also.is_empty()
    {
        let also = List::array(member.also.iter().map(|also| Item::from(literal(also))));
        fields.push(format!("also: &{}", also.flat()));
    }
    fields.extend(groups(&parameter.groups));
    if !parameter.credentials.is_empty() {
        let kinds = List::array(parameter.credentials.iter().map(|kind| Item::from(literal(kind))));
        fields.push(format!("credentials: &{}", kinds.flat()));
    }
    if parameter.location != ParameterLocation::Parameters {
        fields.push(location(&parameter.location));
    }
    if matches!(parameter.from, From::Format | From::Constant(_) | From::Again(_))
        && parameter.default.is_some()
    {
        fields.push(format!("default: {}", option(parameter.default.as_deref())));
    }
    if !parameter.accepts.is_empty() {
        let accepts = List::array(parameter.accepts.iter().map(|text| Item::from(literal(text))));
        fields.push(format!("accepts: &{}", accepts.flat()));
    }
    if let From::Client(member) = &parameter.from
        && parameter.location == ParameterLocation::Computed
        && member.secret
    {
        if member.required {
            // No request carries it, so that a server reads none.
            fields.push("default: Some(\"\")".to_owned());
        }
        fields.push("secret: true".to_owned());
    }
    let new = format!("ParameterDescription::new({}, ParameterSource::{source})", literal(name));
    changed("ParameterDescription ", new, fields)
}

/// The next member of a provider's parameters.
fn numbered(provider: &str, numbers: &mut std::ops::RangeFrom<usize>) -> String {
    format!("{provider}({})", numbers.next().unwrap_or_default())
}
