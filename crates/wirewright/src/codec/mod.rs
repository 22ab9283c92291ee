//! The one way into every codec: the compact one first, then the general one.
//!
//! Only [`decode_borrowed`] is compiled once a type. It knows the format at run time, so that a type's empty value and its destructor
//! are there once and not once for each format.

pub(crate) mod compact;
pub(crate) mod general;

use self::general::{json, query, xml};
use crate::{
    DecodeError, EncodeError, Format, Options,
    wire::{Fill, FromWire, Message, Record, Shape},
};

/// Reads a message with the usual options, in the format that is given.
///
/// # Errors
///
/// When `text` is malformed, or not what `T` promises.
pub fn from_str<'de, T: Message + FromWire<'de> + Fill<'de>>(
    format: Format,
    text: &'de str,
) -> Result<T, DecodeError> {
    from_str_with(format, text, &Options::new())
}

/// Reads a message in the format that is given.
///
/// # Errors
///
/// When `text` is malformed, beyond the limits, or not what `T` promises.
pub fn from_str_with<'de, T: Message + FromWire<'de> + Fill<'de>>(
    format: Format,
    text: &'de str,
    options: &Options,
) -> Result<T, DecodeError> {
    decode_borrowed(format, text, options)
}

/// Reads a message from bytes, which must be UTF-8, with the usual options, in the format that is given.
///
/// # Errors
///
/// As [`from_str`], and when the bytes are not UTF-8.
pub fn from_slice<'de, T: Message + FromWire<'de> + Fill<'de>>(
    format: Format,
    bytes: &'de [u8],
) -> Result<T, DecodeError> {
    from_slice_with(format, bytes, &Options::new())
}

/// Reads a message from bytes, which must be UTF-8, in the format that is given.
///
/// # Errors
///
/// As [`from_str_with`], and when the bytes are not UTF-8.
pub fn from_slice_with<'de, T: Message + FromWire<'de> + Fill<'de>>(
    format: Format,
    bytes: &'de [u8],
    options: &Options,
) -> Result<T, DecodeError> {
    decode_borrowed(format, DecodeError::text(format, bytes)?, options)
}

/// Writes a message with the usual options, in the format that is given.
///
/// # Errors
///
/// When the format cannot carry the value: see [`EncodeError`].
pub fn to_string<T: Message>(format: Format, message: &T) -> Result<String, EncodeError> {
    to_string_with(format, message, &Options::new())
}

/// Writes a message in the format that is given.
///
/// # Errors
///
/// When the format cannot carry the value: see [`EncodeError`].
pub fn to_string_with<T: Message>(
    format: Format,
    message: &T,
    options: &Options,
) -> Result<String, EncodeError> {
    encode_record(format, message, T::SHAPE, options)
}

#[inline(never)]
pub(crate) fn decode_borrowed<'de, T: Message + FromWire<'de> + Fill<'de>>(
    format: Format,
    text: &'de str,
    options: &Options,
) -> Result<T, DecodeError> {
    let mut message = T::empty();
    read(format, text, options, T::SHAPE, &mut message)?;
    Ok(message)
}

/// Reads a message into a value that is known by its shape.
///
/// # Errors
///
/// As [`from_str`](from_str).
pub fn read<'de>(
    format: Format,
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), DecodeError> {
    // Only the general reader counts, and only it has a tree in which something can be passed over.
    if !options.forgiving && !may_exceed(format, text, options) {
        if read_compact(format, text, options, shape, fill) {
            return Ok(());
        }
        crate::wire::clear(fill);
    }
    read_general(format, text, options, shape, fill)
}

/// Whether a text may have more elements than are allowed: their number is at most that of the characters that begin or separate them.
pub(crate) fn may_exceed(format: Format, text: &str, options: &Options) -> bool {
    let most = options.limits.max_elements();
    // How many bytes an element has at least.
    let shortest = match format {
        Format::Xml => 4,
        Format::Json => 2,
        Format::Query => 1,
    };
    if text.len() / shortest < most {
        return false;
    }
    let separator = options.nested.bytes().next();
    let begins = |byte: &u8| match format {
        Format::Xml => matches!(byte, b'<' | b'='),
        Format::Json => matches!(byte, b',' | b'[' | b'{'),
        Format::Query => matches!(byte, b'&' | b'%') || Some(*byte) == separator,
    };
    let bytes = text.as_bytes();
    // No element begins at an end tag, which every other `<` of most documents is.
    let ends = match format {
        Format::Xml => bytes.iter().zip(bytes.iter().skip(1)).filter(|pair| *pair == (&b'<', &b'/')).count(),
        Format::Json | Format::Query => 0,
    };
    // The root, and the first part of the first name.
    bytes.iter().filter(|byte| begins(byte)).count() - ends + 2 > most
}

pub(crate) fn read_compact<'de>(
    format: Format,
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> bool {
    let text = match format {
        Format::Xml | Format::Json => text.strip_prefix('\u{feff}').unwrap_or(text),
        Format::Query => text,
    };
    let read = match format {
        Format::Xml => compact::xml::read(text, options, shape, fill),
        Format::Json => compact::json::read(text, options, shape, fill),
        Format::Query => compact::query::read(text, options, fill),
    };
    read.is_ok()
}

pub(crate) fn read_general<'de>(
    format: Format,
    text: &'de str,
    options: &Options,
    shape: &'static Shape,
    fill: &mut dyn Fill<'de>,
) -> Result<(), DecodeError> {
    match format {
        Format::Xml => xml::read_into(text, options, shape, fill),
        Format::Json => json::read_into(text, options, shape, fill),
        Format::Query => query::read_into(text, options, shape, fill),
    }
}

/// Whether the root of a text, which was read already, is called as the shape says. A query string has no root: a text without a
/// `=` is none.
pub fn has_root(format: Format, text: &str, shape: &'static Shape) -> bool {
    match format {
        Format::Xml => xml::root(text) == Some(shape.root),
        Format::Json => shape.json_root.is_none_or(|root| json::has_member(text, root)),
        Format::Query => text.is_empty() || text.contains('='),
    }
}

/// Writes a message that is known by its shape.
///
/// # Errors
///
/// As [`to_string`](to_string).
pub fn encode_record(
    format: Format,
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    match write_compact(format, record, shape, options) {
        Some(text) => Ok(text),
        None => write_general(format, record, shape, options),
    }
}

/// Writes a message that is known by its shape as bytes, which are UTF-8.
pub(crate) fn encode_record_bytes(
    format: Format,
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<Vec<u8>, EncodeError> {
    match write_compact_bytes(format, record, shape, options) {
        Some(bytes) => Ok(bytes),
        None => write_general(format, record, shape, options).map(String::into_bytes),
    }
}

#[inline]
pub(crate) fn write_compact(
    format: Format,
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Option<String> {
    // Only texts have been written, so that nothing is refused here.
    String::from_utf8(write_compact_bytes(format, record, shape, options)?).ok()
}

#[inline]
fn write_compact_bytes(
    format: Format,
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Option<Vec<u8>> {
    match format {
        Format::Xml => compact::xml::write(record, shape, options),
        Format::Json => compact::json::write(record, shape, options),
        Format::Query => compact::query::write(record, options),
    }
}

pub(crate) fn write_general(
    format: Format,
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    match format {
        Format::Xml => xml::write_from(record, shape, options),
        Format::Json => json::write_from(record, shape, options),
        Format::Query => query::write_from(record, shape, options),
    }
}

/// One codec at a time, to hold them against each other.
#[cfg(feature = "testing")]
pub mod alone {

    use crate::{
        DecodeError, EncodeError, Format, Options,
        wire::{Fill, FromWire, Message},
    };

    /// Reads with the compact reader; `None` where it stops.
    pub fn decode_compact<'de, T: Message + FromWire<'de> + Fill<'de>>(
        format: Format,
        text: &'de str,
        options: &Options,
    ) -> Option<T> {
        let mut message = T::empty();
        super::read_compact(format, text, options, T::SHAPE, &mut message).then_some(message)
    }

    /// Reads with the general reader.
    ///
    /// # Errors
    ///
    /// As [`from_str_with`](crate::from_str_with).
    pub fn decode_general<'de, T: Message + FromWire<'de> + Fill<'de>>(
        format: Format,
        text: &'de str,
        options: &Options,
    ) -> Result<T, DecodeError> {
        let mut message = T::empty();
        super::read_general(format, text, options, T::SHAPE, &mut message)?;
        Ok(message)
    }

    /// Writes with the compact writer; `None` where it stops.
    pub fn encode_compact<T: Message>(format: Format, message: &T, options: &Options) -> Option<String> {
        super::write_compact(format, message, T::SHAPE, options)
    }

    /// Writes with the general writer.
    ///
    /// # Errors
    ///
    /// As [`to_string_with`](crate::to_string_with).
    pub fn encode_general<T: Message>(
        format: Format,
        message: &T,
        options: &Options,
    ) -> Result<String, EncodeError> {
        super::write_general(format, message, T::SHAPE, options)
    }
}
