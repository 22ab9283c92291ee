//! What messages carry in their bodies: the documents of requests, and replies.

use crate::model::{Body, Format, FormatKind, Member, Vendor};

/// How the documents of requests are written, for vendors that have any.
pub fn body_format(vendor: &Vendor) -> FormatKind {
    vendor.body.as_ref().map_or(FormatKind::Xml, |body| body.format)
}

/// What the header of a request says of its document.
pub fn body_media_type(vendor: &Vendor) -> &str {
    match &vendor.body {
        Some(Body { media_type: Some(media_type), .. }) => media_type,
        Some(Body { format: FormatKind::Json, .. }) => "application/json",
        _ => "text/xml",
    }
}

/// The name on the wire of a request's document, by which none of its parameters is called. A server reads it from the body, so that no
/// reader of parameters misses it.
pub fn body_name(parameters: &[Member]) -> String {
    let mut name = String::from("body");
    let taken = |name: &str| {
        let names = |member: &Member| {
            let own = [&member.xml, &member.json, &member.query];
            member.name.wire == name || own.into_iter().flatten().any(|own| own == name)
        };
        parameters.iter().any(names)
    };
    while taken(&name) {
        name.push('_');
    }
    name
}

/// What the header of a reply in one of the formats says.
pub fn media_type(format: &Format) -> &str {
    format.media_type.as_deref().unwrap_or(match format.kind {
        FormatKind::Xml => "text/xml",
        FormatKind::Json => "application/json",
        FormatKind::Query if format.lines => "text/plain",
        FormatKind::Query => "application/x-www-form-urlencoded",
    })
}
