//! JSON's general reader and writer.

pub(crate) mod read;
mod write;

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::value::RawValue;

use crate::{
    DecodeError, EncodeError, Format, Options,
    tree::read as fill_from,
    wire::{Fill, Record, Shape},
};

/// Reads with the general reader.
pub(crate) fn read_into<'de>(
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), DecodeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tree =
        read::parse_for(shape, text, options.limits).map_err(|fault| fault.into_error(Format::Json, text))?;
    fill_from(&tree, Format::Json, text, options, shape, fill)
}

/// Whether the object has a member of this name.
pub(crate) fn has_member(text: &str, name: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let members = serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(text);
    members.is_ok_and(|members| members.contains_key(name))
}

/// Writes with the general writer.
pub(crate) fn write_from(
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    write::document(record, shape, options)
}
