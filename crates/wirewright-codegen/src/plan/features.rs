//! Which features of the runtime the operations of a vendor need.

use super::context::Context;
use crate::model::FormEncoding;

/// Which features of the runtime the operations of a vendor need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub struct Features {
    /// Replies or requests can be streams of rows. Such an operation is called without it as well, so that a vendor's crate has it as a
    /// feature of its own.
    pub rows: bool,
    /// Requests have files. Without it they cannot be made at all.
    pub multipart: bool,
    /// The vendor has a charset of its own. Nothing can be sent to it or read from it without them.
    pub charsets: bool,
    /// Something is hashed or signed by MD5 or SHA-1.
    pub legacy_hashes: bool,
}

impl Features {
    /// Those of this vendor.
    pub fn new(context: &Context<'_>) -> Self {
        let rows = context.operations.iter().any(|named| {
            let uploads = named.operation.body_rows.is_some() && context.is_ordinary(named);
            named.operation.rows.is_some() || uploads
        });
        let multipart =
            context.operations.iter().any(|named| named.operation.form == FormEncoding::Multipart);
        let mut algorithms = context.vendor.computed.iter().flat_map(|computed| &computed.algorithms);
        Self {
            rows,
            multipart,
            charsets: context.vendor.charset.is_some(),
            legacy_hashes: algorithms.any(|algorithm| algorithm.is_legacy()),
        }
    }
}
