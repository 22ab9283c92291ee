//! The general reader and writer of query strings and forms.

mod read;
mod write;

pub(crate) use self::write::Writer;

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
    let tree = read::parse(text, options).map_err(|fault| fault.into_error(Format::Query, text))?;
    fill_from(&tree, Format::Query, text, options, shape, fill)
}

/// Writes with the general writer.
pub(crate) fn write_from(
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    write::document(record, shape, options)
}
