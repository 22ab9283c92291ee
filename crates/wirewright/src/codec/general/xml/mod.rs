//! XML's general reader and writer.

pub(crate) mod read;
mod write;

pub(crate) use self::read::root;

use crate::{
    DecodeError, EncodeError, Format, Options,
    tree::{Bindings, read as fill_from},
    wire::{Fill, Record, Shape},
};

/// Reads with the general reader.
pub(crate) fn read_into<'de>(
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), DecodeError> {
    read_within(text.strip_prefix('\u{feff}').unwrap_or(text), &[], options, shape, fill)
}

/// Reads a piece of a document, around which prefixes are bound to these namespaces.
pub(crate) fn read_within<'de>(
    text: &'de str,
    bindings: &'de Bindings,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), DecodeError> {
    let tree = read::parse_for(shape, text, options.limits, bindings)
        .map_err(|fault| fault.into_error(Format::Xml, text))?;
    fill_from(&tree, Format::Xml, text, options, shape, fill)
}

/// Writes with the general writer.
pub(crate) fn write_from(
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    write::document(record, shape, options)
}
