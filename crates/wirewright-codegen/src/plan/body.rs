//! The document that a request carries beside its parameters.

use crate::model::{Body, FormatKind, Vendor};

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
