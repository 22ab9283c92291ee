//! The text of XML: its characters, names, entities and line ends.

use std::borrow::Cow;

use quick_xml::errors::SyntaxError;

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

/// Whether a byte is white space to XML.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Whether a text is an XML name, perhaps with a prefix.
pub(crate) fn is_qualified_name(name: &str) -> bool {
    let mut parts = name.split(':');
    let first = parts.next().is_some_and(is_name);
    let second = parts.next().is_none_or(is_name);
    first && second && parts.next().is_none()
}

/// Whether a text is an XML name without a colon.
pub(crate) fn is_name(name: &str) -> bool {
    let starts = |char: char| {
        char.is_ascii_alphabetic()
            || char == '_'
            || matches!(char,
                '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
                | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
                | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
    };
    let goes_on = |char: char| {
        starts(char)
            || char.is_ascii_digit()
            || matches!(char, '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
    };
    let mut chars = name.chars();
    chars.next().is_some_and(starts) && chars.all(goes_on)
}

/// Checks where an XML declaration stands and which encoding it names.
pub(crate) fn declaration(raw: &str, start: usize) -> Result<(), Fault> {
    if start != 0 {
        return Err(Fault::syntax(start, "an XML declaration that is not at the start"));
    }
    let Some(at) = raw.find("encoding") else { return Ok(()) };
    let rest = raw.get(at + "encoding".len()..).unwrap_or_default();
    let value = rest.trim_start().strip_prefix('=').map(str::trim_start).unwrap_or_default();
    let mark = value.chars().next().filter(|char| matches!(char, '"' | '\''));
    let name = mark.and_then(|mark| value.get(1..)?.split(mark).next()).unwrap_or_default();
    if ["utf-8", "us-ascii"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
        Ok(())
    } else {
        Err(Fault::syntax(start + at, "an encoding other than UTF-8"))
    }
}

/// The library's own texts quote the input; these do not.
pub(crate) fn syntax_message(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::Syntax(error) => match error {
            SyntaxError::InvalidBangMarkup => {
                "markup that starts with `<!` but is neither comment, CDATA nor DOCTYPE"
            }
            SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => {
                "a processing instruction is not closed"
            }
            SyntaxError::UnclosedComment => "a comment is not closed",
            SyntaxError::UnclosedDoctype => "a DOCTYPE is not closed",
            SyntaxError::UnclosedCData => "a CDATA section is not closed",
            SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue => "an attribute's value is not closed",
            SyntaxError::UnclosedTag => "a tag is not closed",
        },
        quick_xml::Error::IllFormed(_) => "ill-formed XML",
        quick_xml::Error::Encoding(_) => "an encoding other than UTF-8",
        _ => "malformed XML",
    }
}
