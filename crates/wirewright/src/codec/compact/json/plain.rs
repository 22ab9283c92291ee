//! Values as most are written: a string without escapes, a number of usual digits, `true` and `false`.

use std::borrow::Cow;

use crate::{
    codec::compact::number,
    text::scan::{self, JsonSpecial},
    wire::Slot,
};

/// Fills a slot from the value at `at`, and says where that ends. `None`: value or slot is another one; the slot is as it was, or holds a
/// value that is to be replaced.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call and its second look at the slot are a fifth of a small value"
)]
pub(super) fn plain<'de>(slot: &mut Slot<'_, 'de>, source: &'de str, at: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    match slot {
        Slot::Str(place) => {
            let (text, end) = string(source, at)?;
            **place = String::from(text);
            Some(end)
        }
        Slot::Cow(place) => {
            let (text, end) = string(source, at)?;
            **place = Cow::Borrowed(text);
            Some(end)
        }
        Slot::Bool(place) => {
            let rest = bytes.get(at..)?;
            let (value, word) =
                if rest.first() == Some(&b't') { (true, &b"true"[..]) } else { (false, &b"false"[..]) };
            if !rest.starts_with(word) {
                return None;
            }
            **place = value;
            Some(at + word.len())
        }
        Slot::Text(place) => {
            let (text, end) = string(source, at)?;
            place.set(text).ok()?;
            Some(end)
        }
        Slot::Option(lazy) if bytes.get(at) != Some(&b'n') => inside(&mut lazy.some(), source, at),
        slot => {
            if starts_with_zeros(bytes, at) {
                return None;
            }
            number::read(slot, bytes, at)
        }
    }
}

/// The same for what is in an `Option`.
#[inline(never)]
fn inside<'de>(slot: &mut Slot<'_, 'de>, source: &'de str, at: usize) -> Option<usize> {
    plain(slot, source, at)
}

/// Whether a number has several digits and starts with 0, which JSON does not allow.
#[inline]
pub(super) fn starts_with_zeros(bytes: &[u8], at: usize) -> bool {
    let zero = at + usize::from(bytes.get(at) == Some(&b'-'));
    bytes.get(zero) == Some(&b'0') && bytes.get(zero + 1).is_some_and(u8::is_ascii_digit)
}

/// A string without escapes, and where it ends.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as above")]
fn string(source: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = source.as_bytes();
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let end = scan::find::<JsonSpecial>(bytes, at + 1);
    if bytes.get(end) != Some(&b'"') {
        return None;
    }
    Some((source.get(at + 1..end)?, end + 1))
}
