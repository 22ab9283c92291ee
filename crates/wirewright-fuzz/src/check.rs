//! What holds for every message and every error, whatever the input is.

use std::fmt::Debug;

use wirewright::{
    DecodeError, DecodeErrorKind, EncodeErrorKind, Format, Limits, Options, from_str_with, json, query,
    to_string_with,
    wire::{Message, OwnedMessage},
    xml,
};

use crate::Outcome;

/// The formats.
pub(crate) const FORMATS: [Format; 3] = [Format::Xml, Format::Json, Format::Query];
/// What a caller may choose that changes what is read.
const SEPARATORS: [&str; 2] = [".", "_-_"];
/// The most characters that an excerpt has.
const EXCERPT: usize = 200;

/// Reads any bytes as a message, leniently and strictly; what is read must be written and read back equal.
///
/// Gives `false` when the text itself is malformed, which no type changes.
pub(crate) fn message<T: OwnedMessage + PartialEq + Debug>(
    outcome: &mut Outcome,
    format: Format,
    bytes: &[u8],
) -> bool {
    let read = match format {
        Format::Xml => xml::from_slice_with,
        Format::Json => json::from_slice_with,
        _ => query::from_slice_with::<T>,
    };
    let separators = if format == Format::Query { &SEPARATORS[..] } else { &SEPARATORS[..1] };
    for separator in separators {
        let options = Options::new().with_nested(separator);
        let lenient: Result<T, _> = read(bytes, &options);
        let strict: Result<T, _> = read(bytes, &options.clone().with_strict(true));
        match &lenient {
            Ok(message) => {
                outcome.take("message");
                round_trip(format, message, &options);
            }
            Err(error) => {
                decode_error(error, bytes);
                outcome.error(error);
                if malformed(error) {
                    assert!(strict.is_err(), "strict reading takes a malformed text: {error}");
                    return false;
                }
            }
        }
        match (&lenient, &strict) {
            (Ok(lenient), Ok(strict)) => same(format, lenient, strict, &options),
            (Err(error), Ok(_)) => panic!("strict reading takes what lenient reading refuses: {error}"),
            (_, Err(error)) => decode_error(error, bytes),
        }
    }
    true
}

fn malformed(error: &DecodeError) -> bool {
    matches!(
        error.kind(),
        DecodeErrorKind::Syntax { .. } | DecodeErrorKind::Utf8 | DecodeErrorKind::Limit { .. }
    )
}

/// A message that was read is written, and read back equal, in the format that it came in.
pub(crate) fn round_trip<T: OwnedMessage + PartialEq + Debug>(
    format: Format,
    message: &T,
    options: &Options,
) {
    // What is written may be a level deeper than what was read: a lone value becomes a list of one.
    let options = options.clone().with_limits(Limits::new().with_max_depth(Limits::MAX_DEPTH));
    let Some(again) = rewritten(format, message, &options) else { return };
    if format != Format::Query || !holds_lists_of_lists::<T>() {
        return same(format, message, &again, &options);
    }
    // A query string cannot say that a list in a list, or in a map, is empty; what it can say stays.
    let Some(once_more) = rewritten(format, &again, &options) else { return };
    same(format, &again, &once_more, &options);
}

fn holds_lists_of_lists<T: Message>() -> bool {
    matches!(T::SHAPE.root, "lists" | "maps")
}

fn rewritten<T: OwnedMessage + Debug>(format: Format, message: &T, options: &Options) -> Option<T> {
    let text = match to_string_with(format, message, options) {
        Ok(text) => text,
        // The unknown variant of a union may have come as a text that cannot be a name.
        Err(error) if error.kind() == EncodeErrorKind::Name => return None,
        Err(error) => panic!("what was read cannot be written: {error}: {message:?}"),
    };
    match from_str_with::<T>(format, &text, options) {
        Ok(again) => Some(again),
        Err(error) => panic!("what was written cannot be read: {error}: {text:?}"),
    }
}

/// A shown message in which a structure without anything in it is none: an empty list alone may have been there to tell of it, and is
/// not written.
fn without_empty(shown: &str) -> String {
    let mut kept = String::with_capacity(shown.len());
    let mut rest = shown;
    while let Some(at) = rest.find("Some(") {
        let (before, found) = rest.split_at(at);
        kept.push_str(before);
        if let Some(length) = empty_structure(found) {
            kept.push_str("None");
            rest = &found[length..];
        } else {
            kept.push_str("Some(");
            rest = &found["Some(".len()..];
        }
    }
    kept + rest
}

/// The length of `Some(Name { a: [], b: None })` at the beginning of a text.
fn empty_structure(text: &str) -> Option<usize> {
    let name = text.strip_prefix("Some(")?;
    let members =
        name.trim_start_matches(|sign: char| sign.is_alphanumeric() || sign == '_').strip_prefix(" { ")?;
    let (inside, behind) = members.split_once(" })")?;
    let empty = |member: &str| matches!(member.split_once(": "), Some((_, "[]" | "None")));
    inside.split(", ").all(empty).then_some(text.len() - behind.len())
}

/// Two messages are equal, or hold a NaN and are written alike, or differ in what is not written alone: a boolean whose spelling leaves
/// false out, a structure without anything in it.
pub(crate) fn same<T: OwnedMessage + PartialEq + Debug>(
    format: Format,
    one: &T,
    other: &T,
    options: &Options,
) {
    if one == other {
        return;
    }
    let (left, right) = (to_string_with(format, one, options), to_string_with(format, other, options));
    #[allow(clippy::eq_op, reason = "a NaN is not equal to itself")]
    let nan = one != one;
    let left_out = || {
        without_empty(&format!("{one:?}").replace("Some(false)", "None"))
            == without_empty(&format!("{other:?}"))
    };
    assert!((nan || left_out()) && left == right, "{one:?}\n{other:?}\n{left:?}\n{right:?}");
}

/// An error names a place in the text, in one line and briefly.
pub(crate) fn decode_error(error: &DecodeError, bytes: &[u8]) {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let line = valid.split('\n').nth(error.line().wrapping_sub(1));
    let Some(line) = line else { panic!("no line {} in the text", error.line()) };
    let columns = line.chars().count() + 1;
    assert!((1..=columns).contains(&error.column()), "{error}: the line has {columns} columns");
    assert!(error.excerpt().chars().count() <= EXCERPT, "a long excerpt: {error}");
    let shown = error.to_string();
    assert!(!shown.chars().any(char::is_control), "more than a line: {shown:?}");
    assert!(!format!("{error:?}").is_empty());
}
