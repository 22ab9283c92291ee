//! Which features of the runtime the operations of a vendor need.

use super::context::Context;
use crate::model::{FormEncoding, Type, TypeKind};

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
    /// The vendor has dates or times.
    pub time: bool,
    /// Something is hashed or signed by SHA-2.
    pub hashes: bool,
    /// Something is hashed or signed by MD5 or SHA-1.
    pub legacy_hashes: bool,
}

impl Features {
    /// The features of the runtime that a vendor's code does not compile without, by their names.
    pub fn required(self) -> Vec<&'static str> {
        [
            (self.charsets, "charsets"),
            (self.hashes, "hashes"),
            (self.legacy_hashes, "legacy-hashes"),
            (self.multipart, "multipart"),
            (self.time, "time"),
        ]
        .into_iter()
        .filter_map(|(needed, name)| needed.then_some(name))
        .collect()
    }

    /// Those of this vendor.
    pub fn new(context: &Context<'_>) -> Self {
        let rows = context.operations.iter().any(|named| {
            let uploads = named.operation.body_rows.is_some() && context.is_ordinary(named);
            named.operation.has_rows() || uploads
        });
        let multipart =
            context.operations.iter().any(|named| named.operation.form == FormEncoding::Multipart);
        let by = |legacy| {
            let mut computed = context.vendor.computed.iter().flat_map(|computed| &computed.algorithms);
            computed.any(|algorithm| algorithm.is_legacy() == legacy)
        };
        let is_time =
            |described: &Type| matches!(described.kind, TypeKind::DateTime(..) | TypeKind::Epoch(_));
        Self {
            rows,
            multipart,
            charsets: context.vendor.charset.is_some(),
            time: context.vendor.types.iter().any(is_time),
            hashes: by(false),
            legacy_hashes: by(true),
        }
    }
}
