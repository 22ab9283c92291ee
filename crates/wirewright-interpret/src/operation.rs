//! Operations as the runtime describes them, and the types of their requests.

use wirewright::describe::{
    AutoFilled, BodyDescription, Content, Operation, PayloadOutcome, PlacedParameter, Protocol,
    RawDescription, ReplyHeader, SessionKind,
};
use wirewright_codegen::{
    model::{self, FormEncoding, FormatKind, Member, MemberPath, ValueType, Vendor},
    plan::{
        body::{body_format, body_media_type, body_name},
        context::Context,
        envelope::{data_name, may_be_empty},
        operations::Named,
    },
};

use crate::{
    kind::{Kind, MemberType, RecordType},
    leak,
    protocol::{auto_fill, format, in_query, location, method},
    shape::{MemberShape, Root, shape},
    types::Types,
};

/// What operations are made of.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'p> {
    pub(crate) context: &'p Context<'static>,
    pub(crate) types: &'p Types,
    pub(crate) protocol: &'static Protocol,
    pub(crate) kinds: &'p [&'static SessionKind],
}

/// An operation; `body` is the type of the document that its request carries.
pub(crate) fn operation(
    parts: Parts<'_>,
    named: &Named<'static>,
    body: Option<&'static RecordType>,
) -> &'static Operation {
    let (model, vendor) = (named.operation, parts.context.vendor);
    let own = || model.request.iter().enumerate();
    let filled = own().filter(|(_, member)| member.filled.is_some()).map(|(index, member)| AutoFilled {
        member: index,
        name: in_query(member),
        required: member.required,
        with: auto_fill(member),
    });
    let apart = |member: &Member| member.location != model::ParameterLocation::Parameters;
    let placed = own().filter(|(_, member)| apart(member)).map(|(index, member)| PlacedParameter {
        member: index,
        name: in_query(member),
        location: location(&member.location),
    });
    let formats = model.formats.iter().filter_map(|&format| vendor.formats.get(format));
    leak::one(Operation {
        name: leak::text(&named.title()),
        wire_name: &model.wire_name,
        endpoint: model.endpoint.as_deref(),
        path: &model.path,
        protocol: parts.protocol,
        methods: leak::list(model.methods.iter().map(|&each| method(each))),
        formats: leak::list(formats.map(|described| format(described.kind))),
        sessions: leak::list(model.sessions.iter().filter_map(|&kind| parts.kinds.get(kind)).copied()),
        sessionless: model.sessionless,
        signed: model.signed,
        signature_optional: model.signature_optional,
        prefers_get: model.prefers_get,
        secure: model.secure,
        repeatable: model.repeatable,
        opens_session: parts.context.opened_by(named).is_some(),
        success: model.status,
        may_be_empty: may_be_empty(vendor, model),
        content: content(vendor, model, body),
        constants: leak::list(model.constants.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
        filled: leak::list(filled),
        placed: leak::list(placed),
        outcome: leak::list(model.outcome.as_ref().map(|told| outcome(parts, named, told))),
        reply_headers: leak::list(
            model
                .in_reply_headers()
                .map(|member| ReplyHeader { name: &member.name.wire, location: location(&member.location) }),
        ),
    })
}

/// What in a reply tells of a refusal.
fn outcome(parts: Parts<'_>, named: &Named<'static>, told: &'static model::Outcome) -> PayloadOutcome {
    let path = |path: &'static MemberPath| leak::list(path.steps().map(in_query));
    let texts = |texts: &'static [String]| leak::texts(texts.iter().map(String::as_str));
    let variant = parts.context.envelopes.get(named.envelope);
    PayloadOutcome {
        within: leak::text(
            &variant.and_then(|variant| data_name(parts.context.vendor, variant)).unwrap_or_default(),
        ),
        status: path(&told.status),
        success: texts(&told.success),
        errors: texts(&told.errors),
        message: told.message.as_ref().map_or(&[], path),
    }
}

fn content(
    vendor: &'static Vendor,
    model: &'static model::Operation,
    body: Option<&'static RecordType>,
) -> Content {
    if let Some(body) = body {
        return Content::Document(leak::one(BodyDescription {
            member: model.request.len(),
            shape: body.shape(),
            format: format(body_format(vendor)),
            declaration: vendor.body.as_ref().is_some_and(|body| body.declaration),
            media_type: body_media_type(vendor),
        }));
    }
    match model.form {
        FormEncoding::UrlEncoded => Content::Parameters,
        FormEncoding::Multipart => {
            let files = model.request.iter().filter(|member| member.value == ValueType::File);
            Content::Multipart { files: leak::list(files.map(in_query)) }
        }
    }
}

/// What a reply without an envelope may be.
pub(crate) fn raw(raw: &'static model::Raw) -> &'static RawDescription {
    leak::one(RawDescription {
        media_types: leak::list(raw.media_types.iter().map(String::as_str)),
        statuses: leak::list(raw.statuses.iter().copied()),
    })
}

/// The type of the document that a request carries.
pub(crate) fn body(
    vendor: &'static Vendor,
    types: &Types,
    members: &'static [Member],
) -> &'static RecordType {
    let described = vendor.body.as_ref();
    let root = described.and_then(|body| body.root.as_deref());
    let (xml, json) = match body_format(vendor) {
        FormatKind::Json => ("Body", root),
        FormatKind::Xml | FormatKind::Query => (root.unwrap_or("Body"), None),
    };
    let namespace = described.and_then(|body| body.namespace.as_deref());
    let (shapes, members) = types.members(members, false);
    RecordType::new("Body", shape(Root { xml, json, namespace }, shapes), members)
}

/// The type of a request.
pub(crate) fn request(
    types: &Types,
    model: &'static model::Operation,
    body: Option<&'static RecordType>,
) -> &'static RecordType {
    let (mut shapes, mut members) = types.members(&model.request, false);
    if let Some(body) = body {
        shapes.push(MemberShape::named(&body_name(&model.request), false));
        members.push(MemberType::new("body", Kind::Record(body)));
    }
    if model.takes_more() {
        shapes.push(MemberShape::rest());
        members.push(MemberType::new("more", Kind::Document));
    }
    RecordType::new("Request", shape(Root::named("Request"), shapes), members)
}
