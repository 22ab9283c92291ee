//! Values as most are written: texts with or without escapes, numbers of usual digits, `true` and `false`.

use std::borrow::Cow;

use crate::{
    codec::compact::number,
    text::{
        form::decode,
        scan::{self, Byte, FormSpecial},
    },
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
            let (text, end) = value(source, at)?;
            **place = match text {
                Cow::Borrowed(text) => String::from(text),
                Cow::Owned(text) => text,
            };
            Some(end)
        }
        Slot::Cow(place) => {
            let (text, end) = value(source, at)?;
            **place = text;
            Some(end)
        }
        Slot::Text(place) => {
            let (text, end) = value(source, at)?;
            place.set(&text).ok()?;
            Some(end)
        }
        Slot::Option(lazy) => inside(&mut lazy.some(), source, at),
        slot => number::read(slot, bytes, at).filter(|end| matches!(bytes.get(*end), None | Some(b'&'))),
    }
}

/// The same for what is in an `Option`.
#[inline(never)]
fn inside<'de>(slot: &mut Slot<'_, 'de>, source: &'de str, at: usize) -> Option<usize> {
    plain(slot, source, at)
}

/// A value without its escapes, and where it ends.
#[inline]
pub(super) fn value(source: &str, at: usize) -> Option<(Cow<'_, str>, usize)> {
    let bytes = source.as_bytes();
    let end = scan::find::<FormSpecial>(bytes, at);
    if matches!(bytes.get(end), None | Some(b'&')) {
        return Some((Cow::Borrowed(source.get(at..end)?), end));
    }
    let end = scan::find::<Byte<b'&'>>(bytes, end);
    Some((decode(source.get(at..end)?), end))
}
