//! Query strings and forms.
//!
//! # Profile
//!
//! What is read is `application/x-www-form-urlencoded` as the WHATWG URL standard parses it: it never fails. `+` is a space, a bad
//! escape stands for itself, bytes that are not UTF-8 become U+FFFD, empty pairs are skipped. A leading `?` is part of the first name.
//!
//! * A name is taken apart at the [separator](crate::Options::with_nested): `data.token.a` is the member `a` of the member `token`
//!   of the member `data`. A name that itself contains the separator is found as well. A name of more parts than the depth allows
//!   is refused.
//! * A structure is there when any name goes on behind its own, or when its own name is there with an empty value. So an empty one is
//!   written, unless an empty one means that it is absent: then it leaves no trace.
//! * A list is a repeated name, or [numbered](crate::wire::Numbered): `name.1`, `name.member.1`, `name1`, `name[1]`. Structures in a list that is not
//!   numbered are `name.0.x`, `name.1.x`. Numbers only order the items: gaps are closed.
//!   The bare name of a numbered list that is [always](crate::wire::ListForm::always) there is a list without items.
//! * A map is `name.key=value` when it has no key element, else `name.entry.1.key=…&name.entry.1.value=…`. The keys of a map of scalars
//!   may contain the separator.
//!   A key that a map has already is an error, unless the map keeps several values of a key. Two structures by one key are not
//!   written where the key is the name: they would be read as one.
//! * An integer may be written with a fraction or an exponent, if it is one all the same: `3e1`, `1.0`. A floating-point number that
//!   is out of range is an error.
//! * Unknown names are skipped, and the last of a repeated scalar counts, unless the reader is [strict](crate::Options::with_strict).

use crate::{
    DecodeError, EncodeError, Format, Options, codec,
    wire::{Fill, FromWire, Message},
};

/// Reads a message with the usual options.
///
/// # Errors
///
/// When `text` is not what `T` promises.
pub fn from_str<'de, T: Message + FromWire<'de> + Fill<'de>>(text: &'de str) -> Result<T, DecodeError> {
    from_str_with(text, &Options::new())
}

/// Reads a message.
///
/// # Errors
///
/// When `text` is beyond the limits, or not what `T` promises.
pub fn from_str_with<'de, T: Message + FromWire<'de> + Fill<'de>>(
    text: &'de str,
    options: &Options,
) -> Result<T, DecodeError> {
    codec::decode_borrowed(Format::Query, text, options)
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
    from_str_with(DecodeError::text(Format::Query, bytes)?, options)
}

/// Writes a message with the usual options.
///
/// # Errors
///
/// When a query string cannot carry the value.
pub fn to_string<T: Message>(message: &T) -> Result<String, EncodeError> {
    to_string_with(message, &Options::new())
}

/// Writes a message.
///
/// # Errors
///
/// When a query string cannot carry the value.
pub fn to_string_with<T: Message>(message: &T, options: &Options) -> Result<String, EncodeError> {
    codec::encode_record(Format::Query, message, T::SHAPE, options)
}

/// As [`to_string`], but the bytes as a body has them. They are UTF-8, and are not looked over once more to be a `String`, which takes
/// about a tenth of the time.
///
/// ```
/// use wirewright::{Wire, query};
///
/// #[derive(Wire)]
/// struct Answer {
///     code: u16,
/// }
///
/// assert_eq!(query::to_vec(&Answer { code: 200 })?, b"code=200");
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
    codec::encode_record_bytes(Format::Query, message, T::SHAPE, options)
}
