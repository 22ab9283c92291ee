//! Entities, character references and line ends.

use alloc::{borrow::Cow, string::String};

use crate::error::Fault;

/// Whether XML 1.0 can carry a character.
pub(crate) fn is_char(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Finds a character that XML 1.0 cannot carry.
pub(crate) fn bad_char(text: &str) -> Option<usize> {
    text.char_indices().find(|(_, char)| !is_char(*char)).map(|(at, _)| at)
}

/// Text as the document means it: line ends are LF.
pub(crate) fn lines(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Expands what `&` starts in text that begins at `offset` of the source. In an attribute white space becomes a space.
pub(crate) fn unescape(raw: &str, offset: usize, attribute: bool) -> Result<Cow<'_, str>, Fault> {
    let special = |byte: u8| byte == b'&' || byte == b'\r' || (attribute && matches!(byte, b'\n' | b'\t'));
    if !raw.bytes().any(special) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut text = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(rest) = raw.get(at..) {
        let Some(next) = rest.bytes().position(special) else {
            text.push_str(rest);
            break;
        };
        let (plain, found) = rest.split_at(next);
        text.push_str(plain);
        at += next;
        if let Some(reference) = found.strip_prefix('&') {
            let fault = |message| Fault::syntax(offset + at, message);
            // No reference that is expanded is longer than `&#x0010FFFF;` with a few more zeros.
            let end = reference.bytes().take(32).position(|byte| byte == b';');
            let name = end
                .and_then(|end| reference.get(..end))
                .ok_or_else(|| fault("`&` does not start an entity"))?;
            text.push(expand(name).map_err(fault)?);
            at += name.len() + 2;
        } else {
            text.push(if attribute { ' ' } else { '\n' });
            at += if found.starts_with("\r\n") { 2 } else { 1 };
        }
    }
    Ok(Cow::Owned(text))
}

fn expand(name: &str) -> Result<char, &'static str> {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "amp" => Ok('&'),
            "quot" => Ok('"'),
            "apos" => Ok('\''),
            _ => Err("an entity that is not one of XML's own five"),
        };
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let is_digit = |byte: u8| char::from(byte).is_digit(radix);
    if digits.is_empty() || !digits.bytes().all(is_digit) {
        return Err("a character reference without a number");
    }
    let char = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|char| is_char(*char));
    char.ok_or("a reference to a character that XML does not allow")
}
