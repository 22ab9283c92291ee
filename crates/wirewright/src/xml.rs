//! XML.
//!
//! # Profile
//!
//! What is read is well-formed XML 1.0 in UTF-8, judged as follows:
//!
//! * There is exactly one root element, with nothing but white space, comments and processing instructions around it. Its name
//!   is not insisted on.
//! * Tags match, and none is open at the end. An attribute has a quoted value without `<`, and no attribute is given twice.
//! * Every character, escaped or not, is one of XML 1.0's `Char`. CR LF and CR are read as LF.
//! * The five predefined entities and character references are expanded. Any other entity is an error.
//! * A DOCTYPE before the root is skipped with its internal subset; what it declares is unknown.
//! * An XML declaration may stand at the very start, after a byte order mark that is skipped. An encoding other than UTF-8 or
//!   US-ASCII is refused.
//! * Namespaces are ignored: prefixes are stripped, attributes named `xmlns`, `xmlns:…` and `xsi:…` are dropped.
//! * `]]>` in text and `--` in comments are let pass.
//! * Text is all text and CDATA of an element, joined across comments, processing instructions and children. Texts keep their
//!   white space; numbers and booleans are trimmed.
//! * Unknown elements and attributes are skipped, members come in any order, the last of a repeated one counts.
//!
//! What is written has no XML declaration, no layout, and an end tag for every start tag.

use crate::{
    DecodeError, EncodeError, Format, Options, codec,
    wire::{Fill, FromWire, Message},
};

/// Reads a message with the usual options.
///
/// # Errors
///
/// When `text` is malformed or not what `T` promises.
pub fn from_str<'de, T: Message + FromWire<'de> + Fill<'de>>(text: &'de str) -> Result<T, DecodeError> {
    from_str_with(text, &Options::new())
}

/// Reads a message.
///
/// # Errors
///
/// When `text` is malformed, beyond the limits, or not what `T` promises.
pub fn from_str_with<'de, T: Message + FromWire<'de> + Fill<'de>>(
    text: &'de str,
    options: &Options,
) -> Result<T, DecodeError> {
    codec::decode_borrowed(Format::Xml, text, options)
}

/// Reads a message from bytes, which must be UTF-8, with the usual options.
///
/// # Errors
///
/// As [`from_str`], and when the bytes are not UTF-8.
pub fn from_slice<'de, T: Message + FromWire<'de> + Fill<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    from_slice_with(bytes, &Options::new())
}

/// Reads a message from bytes, which must be UTF-8.
///
/// # Errors
///
/// As [`from_str_with`], and when the bytes are not UTF-8.
pub fn from_slice_with<'de, T: Message + FromWire<'de> + Fill<'de>>(
    bytes: &'de [u8],
    options: &Options,
) -> Result<T, DecodeError> {
    from_str_with(DecodeError::text(Format::Xml, bytes)?, options)
}

/// Writes a message with the usual options.
///
/// # Errors
///
/// When XML cannot carry the value.
pub fn to_string<T: Message>(message: &T) -> Result<String, EncodeError> {
    to_string_with(message, &Options::new())
}

/// Writes a message.
///
/// # Errors
///
/// When XML cannot carry the value.
pub fn to_string_with<T: Message>(message: &T, options: &Options) -> Result<String, EncodeError> {
    codec::encode_record(Format::Xml, message, T::SHAPE, options)
}
