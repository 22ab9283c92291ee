//! JSON, and JSONP around it.
//!
//! # Profile
//!
//! What is read is one JSON text as RFC 8259 has it, as `serde_json` judges it, in UTF-8; a byte order mark at the start is skipped.
//!
//! * The text is an object. When the type has a [root name](crate::wire::Shape::json_root) and the object has a member of that
//!   name, that one is read, and must be an object. As in XML, the name is not required: an object that is the only member, and
//!   is called as none of the type's, is read as well. Otherwise it is the object itself.
//! * Where an object is promised, an array may be the member that is [the whole](crate::wire::Details::whole) of it. An empty array is
//!   an empty object, as PHP writes it; where that cannot be and need not, it is nothing.
//! * `null` is the same as an absent member. The last of a repeated member counts; a key that a map has already is an error, unless
//!   the map keeps several values of a key: an array is several there, too.
//! * A scalar is a string, a number (its digits are kept) or a boolean, whichever of them is promised. NaN and the infinities
//!   are strings. There is one kind of number: `3e1` and `30.0` are the integer 30, and what is no integer, or out of range, is refused.
//! * A lone value where a list is promised is a list of one.
//! * Unknown members are skipped. They too must be well formed, with every `\u` surrogate paired.
//!
//! What is written has no layout; absent members are left out.

use crate::{
    DecodeError, EncodeError, Format, Options, codec,
    wire::{Fill, FromWire, Message},
};

pub use crate::text::jsonp::{JsonpError, is_callback, strip_callback, to_jsonp};

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
    codec::decode_borrowed(Format::Json, text, options)
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
    from_str_with(DecodeError::text(Format::Json, bytes)?, options)
}

/// Writes a message with the usual options.
///
/// # Errors
///
/// When a value is too deep.
pub fn to_string<T: Message>(message: &T) -> Result<String, EncodeError> {
    to_string_with(message, &Options::new())
}

/// Writes a message.
///
/// # Errors
///
/// When a value is too deep.
pub fn to_string_with<T: Message>(message: &T, options: &Options) -> Result<String, EncodeError> {
    codec::encode_record(Format::Json, message, T::SHAPE, options)
}

/// As [`to_string`], but the bytes as a body has them. They are UTF-8, and are not looked over once more to be a `String`, which takes
/// about a tenth of the time.
///
/// ```
/// use wirewright::{Wire, json};
///
/// #[derive(Wire)]
/// struct Answer {
///     code: u16,
/// }
///
/// assert_eq!(json::to_vec(&Answer { code: 200 })?, br#"{"code":200}"#);
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
    codec::encode_record_bytes(Format::Json, message, T::SHAPE, options)
}
