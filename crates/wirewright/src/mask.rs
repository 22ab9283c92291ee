//! Excerpts of an input that may hold secrets: names and punctuation may show, values never.
//!
//! The text is taken apart from its start, since what a place is depends on all before it. As soon as something does not fit,
//! all that follows is one masked piece: in malformed text a secret can be anywhere.

use crate::Format;

/// Longer names are cut: a name from the input may be anything.
const LONGEST: usize = 40;
/// How many characters are shown on each side of the place.
const SIDE: usize = 32;
/// How far behind the place the text is looked at, in bytes: more than is shown.
const AHEAD: usize = 400;

/// Whether a character has no look of its own, but could change how others look, or where a line ends: those of Unicode's
/// categories Cc, Cf, Zl and Zp (16.0).
pub(crate) fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}')
}

/// Appends `name` without invisible characters and not longer than 40 characters.
pub(crate) fn cut(out: &mut String, name: &str) {
    for (index, char) in name.chars().enumerate() {
        if index == LONGEST {
            out.push('…');
            break;
        }
        out.push(if is_invisible(char) { '\u{fffd}' } else { char });
    }
}

/// The input around byte `offset` in one line.
pub(crate) fn excerpt(format: Format, source: &str, offset: usize) -> String {
    let mut pieces = Pieces { list: Vec::new(), source, offset };
    let end = (offset + AHEAD).min(source.len());
    match format {
        Format::Xml => xml(&mut pieces, end),
        Format::Json => json(&mut pieces, end),
        Format::Query => query(&mut pieces, end),
    }
    pieces.around(offset)
}

/// The beginning of the input in one line, as far as byte `most`.
pub(crate) fn whole(format: Format, source: &str, most: usize) -> String {
    let mut pieces = Pieces { list: Vec::new(), source, offset: 0 };
    let end = most.min(source.len());
    match format {
        Format::Xml => xml(&mut pieces, end),
        Format::Json => json(&mut pieces, end),
        Format::Query => query(&mut pieces, end),
    }
    let mut out = render(&pieces.list);
    if source.len() > end {
        out.push('…');
    }
    out
}

/// The names of form-urlencoded pairs, as far as byte `most`. What has no value, or ends in `=` as base64 does, may be no name.
pub(crate) fn pairs(source: &str, most: usize) -> String {
    let mut out = String::new();
    let mut start = 0;
    for (index, pair) in source.split('&').enumerate() {
        if index > 0 {
            out.push('&');
        }
        if start >= most {
            out.push('…');
            break;
        }
        match pair.split_once('=') {
            Some((name, value))
                if name.bytes().all(is_encoded_name) && !value.trim_ascii().trim_matches('=').is_empty() =>
            {
                cut(&mut out, name);
                out.push_str("=…");
            }
            _ if pair.is_empty() => {}
            _ => out.push('…'),
        }
        start += pair.len() + 1;
    }
    out
}

/// A piece of the input: where it starts, and its name or punctuation; `None` is masked.
struct Piece<'s> {
    start: usize,
    shown: Option<&'s str>,
}

struct Pieces<'s> {
    list: Vec<Piece<'s>>,
    source: &'s str,
    /// The place that the excerpt is about.
    offset: usize,
}

impl<'s> Pieces<'s> {
    /// Keeps what can still be shown: each piece is at least a character wide.
    fn push(&mut self, piece: Piece<'s>) {
        if piece.start <= self.offset && self.list.len() >= 4 * SIDE {
            self.list.drain(..2 * SIDE);
        }
        self.list.push(piece);
    }

    fn show(&mut self, from: usize, to: usize) {
        if let Some(text) = self.source.get(from..to).filter(|text| !text.is_empty()) {
            self.push(Piece { start: from, shown: Some(text) });
        }
    }

    fn mask(&mut self, from: usize) {
        if self.list.last().is_none_or(|last| last.shown.is_some()) {
            self.push(Piece { start: from, shown: None });
        }
    }

    fn around(&self, offset: usize) -> String {
        let at = self.list.partition_point(|piece| piece.start <= offset).saturating_sub(1);
        let width = |piece: &Piece<'_>| piece.shown.map_or(1, |text| text.chars().take(41).count());
        let reach = |pieces: &mut dyn Iterator<Item = &Piece<'s>>| {
            let mut used = 0;
            pieces
                .take_while(|piece| {
                    let fits = used < SIDE;
                    used += width(piece);
                    fits
                })
                .count()
        };
        let (before, after) = self.list.split_at(at.min(self.list.len()));
        let first = at - reach(&mut before.iter().rev());
        let last = at + reach(&mut after.iter());
        render(self.list.get(first..last).unwrap_or_default())
    }
}

/// Pieces in one line.
fn render(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece.shown {
            None => out.push('…'),
            Some(text) if text.trim().is_empty() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            Some(text) => cut(&mut out, text),
        }
    }
    out.trim().into()
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || byte >= 0x80
}

/// Whether a byte can be in a name of a query string.
fn is_encoded_name(byte: u8) -> bool {
    is_name(byte) || matches!(byte, b'%' | b'+' | b'[' | b']' | b'$' | b'*' | b'~' | b'@')
}

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// A reader of bytes that never goes backwards.
struct Cursor<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Cursor<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, is: impl Fn(u8) -> bool) -> usize {
        let from = self.at;
        while self.peek().is_some_and(&is) {
            self.at += 1;
        }
        from
    }

    /// Goes behind the next `text`; `false` when there is none.
    fn past(&mut self, text: &str) -> bool {
        let found = self.rest().find(text);
        self.at = found.map_or(self.source.len(), |found| self.at + found + text.len());
        found.is_some()
    }
}

fn xml(out: &mut Pieces<'_>, end: usize) {
    let mut cursor = Cursor { source: out.source, at: 0 };
    let mut open: Vec<&str> = Vec::new();
    while cursor.at < end && cursor.at < out.source.len() {
        let from = cursor.at;
        let rest = cursor.rest();
        if !rest.starts_with('<') {
            cursor.skip(|byte| byte != b'<');
            let text = out.source.get(from..cursor.at).unwrap_or_default();
            if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
                out.show(from, cursor.at);
            } else {
                out.mask(from);
            }
            continue;
        }
        let special = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        if let Some((start, stop)) = special.iter().find(|(start, _)| rest.starts_with(start)) {
            out.show(from, from + start.len());
            cursor.at += start.len();
            out.mask(cursor.at);
            if cursor.past(stop) {
                out.show(cursor.at - stop.len(), cursor.at);
                continue;
            }
            return;
        }
        if !tag(out, &mut cursor, &mut open) {
            out.mask(cursor.at);
            return;
        }
    }
}

/// Shows a tag; `false` when it is not one that is well formed.
fn tag<'s>(out: &mut Pieces<'s>, cursor: &mut Cursor<'s>, open: &mut Vec<&'s str>) -> bool {
    let from = cursor.at;
    let closing = cursor.rest().starts_with("</");
    let begin = from + if closing { 2 } else { 1 };
    cursor.at = begin;
    if !cursor.peek().is_some_and(starts_name) {
        cursor.at = from;
        return false;
    }
    cursor.skip(is_name);
    let behind = cursor.at;
    let name = cursor.source.get(begin..behind).unwrap_or_default();
    if closing {
        cursor.skip(|byte| byte.is_ascii_whitespace());
        let closed = cursor.peek() == Some(b'>');
        // A tag that is not closed shows only the name that is due: anything else may be a value.
        if !closed && open.last() != Some(&name) {
            cursor.at = from;
            return false;
        }
        open.pop();
        if closed && cursor.at == behind {
            out.show(from, behind + 1);
        } else {
            out.show(from, behind);
        }
        cursor.at = if closed { cursor.at + 1 } else { behind };
        return closed;
    }
    // The name shows only when the whole tag fits.
    let mut pieces = Pieces { list: Vec::new(), source: out.source, offset: out.offset };
    pieces.show(from, behind);
    loop {
        let space = cursor.skip(|byte| byte.is_ascii_whitespace());
        pieces.show(space, cursor.at);
        let at = cursor.at;
        match cursor.peek() {
            Some(b'>') => {
                pieces.show(at, at + 1);
                cursor.at += 1;
                open.push(name);
                break;
            }
            Some(b'/') if cursor.rest().starts_with("/>") => {
                pieces.show(at, at + 2);
                cursor.at += 2;
                break;
            }
            Some(byte) if starts_name(byte) => {
                cursor.skip(is_name);
                let behind = cursor.at;
                cursor.skip(|byte| byte.is_ascii_whitespace());
                let equals = cursor.peek() == Some(b'=');
                cursor.at += 1;
                cursor.skip(|byte| byte.is_ascii_whitespace());
                let quote = match cursor.peek() {
                    Some(b'"') if equals => "\"",
                    Some(b'\'') if equals => "'",
                    _ => return unfit(out, cursor, from),
                };
                let value = cursor.at + 1;
                cursor.at = value;
                let closed = cursor.past(quote);
                let text = cursor.source.get(value..cursor.at).unwrap_or_default();
                if !closed || text.contains('<') {
                    return unfit(out, cursor, from);
                }
                pieces.show(at, behind);
                pieces.show(value - 1, value);
                pieces.mask(value);
                pieces.show(cursor.at - 1, cursor.at);
            }
            _ => return unfit(out, cursor, from),
        }
    }
    for piece in pieces.list {
        out.push(piece);
    }
    true
}

fn unfit(out: &mut Pieces<'_>, cursor: &mut Cursor<'_>, from: usize) -> bool {
    out.show(from, from + 1);
    cursor.at = from + 1;
    false
}

/// What may come next in JSON.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Value,
    /// The first value of an array, or its end.
    First,
    Key,
    FirstKey,
    Comma,
}

fn json(out: &mut Pieces<'_>, end: usize) {
    let mut cursor = Cursor { source: out.source, at: 0 };
    let mut open: Vec<u8> = Vec::new();
    let mut next = Next::Value;
    while cursor.at < end {
        let space = cursor.skip(|byte| byte.is_ascii_whitespace());
        out.show(space, cursor.at);
        let from = cursor.at;
        let Some(byte) = cursor.peek() else { return };
        let is_value = matches!(next, Next::Value | Next::First);
        match byte {
            b'{' | b'[' if is_value => {
                open.push(byte);
                next = if byte == b'{' { Next::FirstKey } else { Next::First };
            }
            b'}' if open.last() == Some(&b'{') && matches!(next, Next::FirstKey | Next::Comma) => {
                open.pop();
                next = Next::Comma;
            }
            b']' if open.last() == Some(&b'[') && matches!(next, Next::First | Next::Comma) => {
                open.pop();
                next = Next::Comma;
            }
            b',' if next == Next::Comma && !open.is_empty() => {
                next = if open.last() == Some(&b'{') { Next::Key } else { Next::Value };
            }
            b'"' if next != Next::Comma => {
                let closed = skip_string(&mut cursor);
                let behind = cursor.at;
                cursor.skip(|byte| byte.is_ascii_whitespace());
                if is_value && closed {
                    out.show(from, from + 1);
                    out.mask(from + 1);
                    out.show(behind - 1, behind);
                    cursor.at = behind;
                    next = Next::Comma;
                } else if closed && cursor.peek() == Some(b':') {
                    out.show(from, behind);
                    out.show(cursor.at, cursor.at + 1);
                    cursor.at += 1;
                    next = Next::Value;
                } else {
                    return out.mask(from);
                }
                continue;
            }
            _ if is_value => {
                cursor.skip(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
                out.mask(from);
                if cursor.at == from {
                    return;
                }
                next = Next::Comma;
                continue;
            }
            _ => return out.mask(from),
        }
        out.show(from, from + 1);
        cursor.at += 1;
    }
}

/// Goes behind a string; `false` when it does not end.
fn skip_string(cursor: &mut Cursor<'_>) -> bool {
    cursor.at += 1;
    loop {
        cursor.skip(|byte| byte != b'"' && byte != b'\\' && byte >= b' ');
        match cursor.peek() {
            Some(b'"') => {
                cursor.at += 1;
                return true;
            }
            Some(b'\\') => cursor.at += 2,
            _ => return false,
        }
    }
}

fn query(out: &mut Pieces<'_>, end: usize) {
    let mut start = 0;
    for pair in out.source.split('&') {
        if start > end {
            return;
        }
        if start > 0 {
            out.show(start - 1, start);
        }
        match pair.find('=') {
            Some(at) => {
                // A text in another format may have a `=` behind a value.
                if pair.bytes().take(at).all(is_encoded_name) {
                    out.show(start, start + at);
                } else {
                    out.mask(start);
                }
                out.show(start + at, start + at + 1);
                if at + 1 < pair.len() {
                    out.mask(start + at + 1);
                }
            }
            None if pair.is_empty() => {}
            None => out.mask(start),
        }
        start += pair.len() + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of the categories as Unicode's own tables have them, and no others: the generator has the same.
    #[test]
    fn what_nobody_sees_is_as_unicode_says() {
        let class = regex_syntax::parse(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]").expect("a class");
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) = class.kind() else {
            panic!("{class:?}")
        };
        let unseen =
            |char: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(char));
        for char in '\0'..=char::MAX {
            assert_eq!(is_invisible(char), unseen(&char), "{:?}", char.escape_unicode().to_string());
        }
    }
}
