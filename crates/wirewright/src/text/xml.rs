//! The text of XML: its characters, names, entities and line ends.

use std::borrow::Cow;

use quick_xml::errors::SyntaxError;

use super::scan::{self, AttributeChanged, TextChanged};
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
    let bytes = raw.as_bytes();
    let special = |at| {
        if attribute {
            scan::find::<AttributeChanged>(bytes, at)
        } else {
            scan::find::<TextChanged>(bytes, at)
        }
    };
    let mut next = special(0);
    if next == raw.len() {
        return Ok(Cow::Borrowed(raw));
    }
    let mut text = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some((plain, found)) = raw.get(at..next).zip(raw.get(next..)) {
        text.push_str(plain);
        at = next;
        if let Some(reference) = found.strip_prefix('&') {
            let (char, length) =
                self::reference(reference).map_err(|what| Fault::syntax(offset + at, what))?;
            text.push(char);
            at += 1 + length;
        } else if found.is_empty() {
            break;
        } else {
            text.push(if attribute { ' ' } else { '\n' });
            at += if found.starts_with("\r\n") { 2 } else { 1 };
        }
        next = special(at);
    }
    Ok(Cow::Owned(text))
}

/// The character that a reference stands for, which starts behind its `&`, and how long that is.
pub(crate) fn reference(text: &str) -> Result<(char, usize), &'static str> {
    // No reference that is expanded is longer than `&#x0010FFFF;` with a few more zeros.
    let end = text.bytes().take(32).position(|byte| byte == b';');
    let name = end.and_then(|end| text.get(..end)).ok_or("`&` does not start an entity")?;
    Ok((expand(name)?, name.len() + 1))
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

/// The namespace that the prefix `xml` always has.
pub(crate) const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// A name that may have its namespace before it, `{urn:example}name`.
pub(crate) fn expanded(name: &str) -> (Option<&str>, &str) {
    let parts = name.strip_prefix('{').and_then(|name| name.rsplit_once('}'));
    parts.map_or((None, name), |(namespace, local)| (Some(namespace), local))
}

/// The prefixes that a start tag binds, with their namespaces; `""` is the default one. The tag is judged elsewhere.
#[cfg(feature = "rows")]
pub(crate) fn declarations(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some((before, behind)) = rest.split_once('=') {
        let name =
            before.trim_end().rsplit(|char: char| char.is_ascii_whitespace()).next().unwrap_or_default();
        let value = behind.trim_ascii_start();
        let Some(mark) = value.chars().next().filter(|char| matches!(char, '"' | '\'')) else { break };
        let Some((value, behind)) = value.get(1..).and_then(|value| value.split_once(mark)) else { break };
        let prefix = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
        if let (Some(prefix), Ok(value)) = (prefix, unescape(value, 0, true)) {
            found.push((prefix.to_owned(), value.into_owned()));
        }
        rest = behind;
    }
    found
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

/// Checks where an XML declaration is and which encoding it names.
pub(crate) fn declaration(raw: &str, start: usize) -> Result<(), Fault> {
    if start != 0 {
        return Err(Fault::syntax(start, "an XML declaration that is not at the start"));
    }
    let fault = || Fault::syntax(start, "a malformed XML declaration");
    let mut rest = raw.strip_prefix("<?xml").and_then(|rest| rest.strip_suffix("?>")).ok_or_else(fault)?;
    let version = pseudo_attribute(&mut rest, "version").ok_or_else(fault)?;
    let minor = version.strip_prefix("1.").unwrap_or_default();
    if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(fault());
    }
    let at = raw.len() - "?>".len() - rest.len();
    let encoding = pseudo_attribute(&mut rest, "encoding");
    let standalone = pseudo_attribute(&mut rest, "standalone");
    if !rest.bytes().all(is_space) || !standalone.is_none_or(|value| matches!(value, "yes" | "no")) {
        return Err(fault());
    }
    let known = ["utf-8", "us-ascii"];
    if encoding.is_some_and(|encoding| !known.iter().any(|known| encoding.eq_ignore_ascii_case(known))) {
        return Err(Fault::syntax(start + at, "an encoding other than UTF-8"));
    }
    Ok(())
}

/// Takes ` name="value"` off the start of what is in an XML declaration, if it is there and well formed.
fn pseudo_attribute<'t>(rest: &mut &'t str, name: &str) -> Option<&'t str> {
    let space = |text: &'t str| text.trim_start_matches([' ', '\t', '\n', '\r']);
    let inside = space(rest);
    if inside.len() == rest.len() {
        return None;
    }
    let value = space(space(inside.strip_prefix(name)?).strip_prefix('=')?);
    let mark = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let (value, behind) = value.get(1..)?.split_once(mark)?;
    *rest = behind;
    Some(value)
}

/// Checks a processing instruction: what it is for has a name, which is not XML's own.
pub(crate) fn instruction(raw: &str, start: usize) -> Result<(), Fault> {
    let inside = raw.strip_prefix("<?").and_then(|raw| raw.strip_suffix("?>")).unwrap_or_default();
    let target = inside.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
    if target.eq_ignore_ascii_case("xml") {
        Err(Fault::syntax(start, "an XML declaration that is not at the start"))
    } else if target.split(':').all(is_name) {
        Ok(())
    } else {
        Err(Fault::syntax(start, "a processing instruction without a name"))
    }
}

/// Checks the keyword of a DOCTYPE, and that a name follows.
pub(crate) fn doctype(raw: &str, start: usize) -> Result<(), Fault> {
    let inside = raw.strip_prefix("<!DOCTYPE").unwrap_or_default();
    if inside.starts_with([' ', '\t', '\n', '\r']) {
        Ok(())
    } else {
        Err(Fault::syntax(start, "a malformed DOCTYPE"))
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
