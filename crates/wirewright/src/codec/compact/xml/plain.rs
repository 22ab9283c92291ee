//! Values as most are written: a text without markup or entities, a number of usual digits, `true` and `false`.

use std::borrow::Cow;

use crate::{
    codec::compact::number,
    text::{
        scan::{self, Byte, XmlText},
        xml::reference,
    },
    wire::Slot,
};

/// Fills a slot from the content at `at`, and says where that ends if an end tag follows. `None`: content or slot is another one. The slot
/// is then as it was, or holds a value that is to be replaced.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call and its second look at the slot are a fifth of a small value"
)]
pub(super) fn plain<'de>(
    slot: &mut Slot<'_, 'de>,
    source: &'de str,
    at: usize,
    returns: bool,
) -> Option<usize> {
    match slot {
        Slot::Str(place) => {
            let (text, end) = text(source, at, returns)?;
            **place = match text {
                Cow::Borrowed(text) => String::from(text),
                Cow::Owned(text) => text,
            };
            Some(end)
        }
        Slot::Cow(place) => {
            let (text, end) = text(source, at, returns)?;
            **place = text;
            Some(end)
        }
        Slot::Text(place) => {
            let (text, end) = text(source, at, returns)?;
            place.set(&text).ok()?;
            Some(end)
        }
        Slot::Bool(place) => {
            let rest = source.as_bytes().get(at..)?;
            let (value, word) =
                if rest.first() == Some(&b't') { (true, &b"true"[..]) } else { (false, &b"false"[..]) };
            if !rest.starts_with(word) {
                return None;
            }
            **place = value;
            Some(at + word.len())
        }
        Slot::Option(lazy) => inside(&mut lazy.some(), source, at, returns),
        slot => number::read(slot, source.as_bytes(), at),
    }
}

/// The same for what is in an `Option`.
#[inline(never)]
fn inside<'de>(slot: &mut Slot<'_, 'de>, source: &'de str, at: usize, returns: bool) -> Option<usize> {
    plain(slot, source, at, returns)
}

/// A text up to a tag, and where that is.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as above")]
fn text(source: &str, at: usize, returns: bool) -> Option<(Cow<'_, str>, usize)> {
    let bytes = source.as_bytes();
    let end = scan::find::<XmlText>(bytes, at);
    let plain = bytes.get(end) == Some(&b'<') && bytes.get(end + 1) != Some(&b'!');
    if !plain || returns {
        return mixed(source, at, end, returns);
    }
    Some((Cow::Borrowed(source.get(at..end)?), end))
}

/// The same for a text in which an entity or a CDATA section may be, the first one at `stop`.
#[inline(never)]
fn mixed(source: &str, start: usize, mut stop: usize, returns: bool) -> Option<(Cow<'_, str>, usize)> {
    let bytes = source.as_bytes();
    let mut text = Cow::Borrowed(source.get(start..stop)?);
    loop {
        let rest = source.get(stop..)?;
        let at = if let Some(behind) = rest.strip_prefix('&') {
            let (char, length) = reference(behind).ok()?;
            // As long as all up to the next tag, or longer than that with a CDATA section in it.
            owned(&mut text, || scan::find::<Byte<b'<'>>(bytes, stop) - start).push(char);
            stop + 1 + length
        } else if let Some(behind) = rest.strip_prefix("<![CDATA[") {
            let length = scan::find_text::<b']'>(behind.as_bytes(), 0, b"]]>")?;
            add(&mut text, behind.get(..length)?);
            stop + "<![CDATA[".len() + length + "]]>".len()
        } else if rest.starts_with("<!") || rest.is_empty() {
            return None;
        } else {
            let raw = source.get(start..stop)?;
            // Line ends are another one's work.
            let odd = returns && scan::find::<Byte<b'\r'>>(raw.as_bytes(), 0) < raw.len();
            return if odd { None } else { Some((text, stop)) };
        };
        stop = scan::find::<XmlText>(bytes, at);
        add(&mut text, source.get(at..stop)?);
    }
}

/// Appends to a text, which stays borrowed while it is one piece.
fn add<'de>(text: &mut Cow<'de, str>, piece: &'de str) {
    if text.is_empty() {
        *text = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        let room = text.len() + piece.len();
        owned(text, || room).push_str(piece);
    }
}

/// A text to append to, with room for as much.
fn owned<'t>(text: &'t mut Cow<'_, str>, room: impl FnOnce() -> usize) -> &'t mut String {
    if let Cow::Borrowed(piece) = text {
        let mut owned = String::with_capacity(room());
        owned.push_str(piece);
        *text = Cow::Owned(owned);
    }
    text.to_mut()
}
