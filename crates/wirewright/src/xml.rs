//! XML.
//!
//! # Profile
//!
//! What is read is well-formed XML 1.0 in UTF-8, judged as follows:
//!
//! * There is exactly one root element, with nothing but white space, comments and processing instructions around it. Its name
//!   is not required.
//! * Tags match, and none is open at the end. An attribute has a quoted value without `<`, and no attribute is given twice.
//! * Every character, escaped or not, is one of XML 1.0's `Char`. CR LF and CR are read as LF.
//! * The five predefined entities and character references are expanded. Any other entity is an error.
//! * A DOCTYPE before the root is skipped with its internal subset; what it declares is unknown.
//! * An XML declaration may be at the very start, after a byte order mark that is skipped. It has a version, `1.` and digits, then
//!   perhaps an encoding, then perhaps `standalone`. An encoding other than UTF-8 or US-ASCII is refused. A processing instruction
//!   has a name, and `<!DOCTYPE` is written in capitals.
//! * Another namespace is another name (Namespaces in XML 1.0), whatever the prefix. A member that
//!   [names a namespace](crate::wire::Details::namespace) is an element or attribute of just that one. Any other is looked for first
//!   in the namespace of the element around it, then in none, and then, where no other candidate is there, in any that no member of
//!   the structure names. An attribute without a prefix is in no namespace; `xmlns` and `xmlns:…` are no attributes.
//! * A prefix that nothing binds is a namespace of its own, but for `xsi` and `xml`, which everybody knows.
//! * An element without anything in it that says `xsi:nil`, `true` or `1`, is absent. All else in the namespace of XML Schema's
//!   instances is dropped.
//! * `]]>` in text and `--` in comments are let pass.
//! * Text is all text and CDATA of an element, joined across comments, processing instructions and children. Texts keep their
//!   white space; numbers and booleans are trimmed.
//! * Unknown elements and attributes are skipped, members come in any order, the last of a repeated one counts. Text beside elements
//!   is skipped where no member is the text; text alone, where members should be, is an error.
//! * A key that a map has already is an error, unless the map keeps several values of a key.
//! * An integer may be written with a fraction or an exponent, if it is one all the same: `3e1`, `1.0`. A floating-point number that
//!   is out of range is an error.
//! * In a stream of rows the first row, and the first element on the way to it, says which namespace theirs is. A likelier one that
//!   comes behind is an error: what came before has been handed out.
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

/// As [`to_string`], but the bytes as a body has them. They are UTF-8, and are not looked over once more to be a `String`, which takes
/// about a tenth of the time.
///
/// ```
/// use wirewright::{Wire, xml};
///
/// #[derive(Wire)]
/// #[wire(root = "answer")]
/// struct Answer {
///     code: u16,
/// }
///
/// assert_eq!(xml::to_vec(&Answer { code: 200 })?, b"<answer><code>200</code></answer>");
/// # Ok::<(), wirewright::EncodeError>(())
/// ```
///
/// # Errors
///
/// As [`to_string`].
pub fn to_vec<T: Message>(message: &T) -> Result<Vec<u8>, EncodeError> {
    to_vec_with(message, &Options::new())
}

/// As [`to_string_with`], but the bytes.
///
/// # Errors
///
/// As [`to_string_with`].
pub fn to_vec_with<T: Message>(message: &T, options: &Options) -> Result<Vec<u8>, EncodeError> {
    codec::encode_record_bytes(Format::Xml, message, T::SHAPE, options)
}
