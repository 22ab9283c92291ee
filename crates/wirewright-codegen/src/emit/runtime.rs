//! How the runtime's descriptions are spelled.

use super::moments::epoch;
use super::text::{Item, literal};
use crate::model::{
    AutoFill, FormatKind, HttpMethod, Member, Method, ParameterLocation, Placement, TextEncoding,
};

/// Where requests carry a parameter.
pub(super) fn location(location: &ParameterLocation) -> String {
    match location {
        ParameterLocation::Parameters => "location: describe::ParameterLocation::Parameters".to_owned(),
        ParameterLocation::Header(prefix) => {
            format!("location: describe::ParameterLocation::Header {{ prefix: {} }}", literal(prefix))
        }
        ParameterLocation::Headers => "location: describe::ParameterLocation::Headers".to_owned(),
        ParameterLocation::Cookies => "location: describe::ParameterLocation::Cookies".to_owned(),
        ParameterLocation::Cookie => "location: describe::ParameterLocation::Cookie".to_owned(),
        ParameterLocation::Path => "location: describe::ParameterLocation::Path".to_owned(),
        ParameterLocation::Host => "location: describe::ParameterLocation::Host".to_owned(),
        ParameterLocation::Computed => "location: describe::ParameterLocation::Computed".to_owned(),
    }
}

/// What is said of a member that the call fills in.
pub(super) fn filled(member: &Member, number: usize) -> Vec<Item> {
    let with = match &member.filled {
        Some(AutoFill::Milliseconds) => "describe::AutoFill::Milliseconds".to_owned(),
        Some(AutoFill::DateTime(format)) => format!("describe::AutoFill::DateTime({})", literal(format)),
        Some(AutoFill::Epoch(counted)) => format!("describe::AutoFill::Epoch({})", epoch(*counted)),
        Some(AutoFill::Nonce) => "describe::AutoFill::Nonce".to_owned(),
        Some(AutoFill::Seconds) | None => "describe::AutoFill::Seconds".to_owned(),
    };
    vec![
        format!("member: {number}").into(),
        format!("required: {}", member.required).into(),
        format!("with: {with}").into(),
    ]
}

/// The runtime's name of an encoding.
pub(super) const fn encoding(encoding: TextEncoding) -> &'static str {
    match encoding {
        TextEncoding::Base64 => "TextEncoding::Base64",
        TextEncoding::Base64Url => "TextEncoding::Base64Url",
        TextEncoding::Base64UrlUnpadded => "TextEncoding::Base64UrlUnpadded",
        TextEncoding::Hex => "TextEncoding::Hex",
        TextEncoding::HexUppercase => "TextEncoding::HexUppercase",
    }
}

/// The runtime's name of a format.
pub(super) const fn format_path(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "Format::Xml",
        FormatKind::Json => "Format::Json",
        FormatKind::Query => "Format::Query",
    }
}

/// The runtime's description of a method.
pub(super) fn method(method: Method) -> Item {
    let placement = match method.placement {
        Placement::Query => "Query",
        Placement::Form => "Form",
        Placement::FormOrQuery => "FormOrQuery",
    };
    let verb = verb(method.verb);
    format!("describe::MethodDescription {{ method: {verb}, placement: describe::Placement::{placement} }}")
        .into()
}

/// The runtime's name of an HTTP method.
pub(super) const fn verb(verb: HttpMethod) -> &'static str {
    match verb {
        HttpMethod::Get => "http::Method::GET",
        HttpMethod::Post => "http::Method::POST",
        HttpMethod::Put => "http::Method::PUT",
        HttpMethod::Delete => "http::Method::DELETE",
    }
}

/// `None` or `Some("text")`.
pub(super) fn option(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({})", literal(text)))
}
