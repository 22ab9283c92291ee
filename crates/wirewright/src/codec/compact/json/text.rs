//! The tokens of JSON.

use std::borrow::Cow;

use crate::{
    Limits,
    codec::compact::literal::Literal,
    text::scan::{self, Byte, JsonSpecial},
    wire::Aborted,
};

/// A JSON text, and how far it has been read.
pub(super) struct Text<'de> {
    source: &'de str,
    pub(super) at: usize,
    /// How many objects and arrays may be open inside the one at hand.
    pub(super) levels: usize,
}

impl<'de> Text<'de> {
    pub(super) fn new(text: &'de str, limits: Limits) -> Result<Self, Aborted> {
        if text.len() > limits.max_bytes() {
            return Err(Aborted);
        }
        Ok(Self { source: text, at: 0, levels: limits.max_depth() })
    }

    /// Nothing but white space may follow.
    pub(super) fn finish(mut self) -> Result<(), Aborted> {
        self.white_space();
        if self.at == self.source.len() { Ok(()) } else { Err(Aborted) }
    }

    #[inline]
    pub(super) fn source(&self) -> &'de str {
        self.source
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'de [u8] {
        self.source.as_bytes()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    #[inline]
    pub(super) fn white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    #[inline]
    pub(super) fn literal(&mut self, literal: Literal) -> bool {
        let found = literal.is_at(self.bytes(), self.at);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// Reads a byte, if it is here.
    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Aborted> {
        if self.take(byte) { Ok(()) } else { Err(Aborted) }
    }

    /// Opens an object or array. The caller goes up again.
    #[inline]
    pub(super) fn open(&mut self, byte: u8) -> Result<(), Aborted> {
        self.expect(byte)?;
        self.levels = self.levels.checked_sub(1).ok_or(Aborted)?;
        Ok(())
    }

    /// Reads a word such as `null`, if it is here.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> bool {
        let found = self.bytes().get(self.at..self.at + word.len()) == Some(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// Goes to the name of the next member of an object. `false`: the object has ended.
    #[inline]
    pub(super) fn next(&mut self, first: bool) -> Result<bool, Aborted> {
        self.white_space();
        if self.take(b'}') {
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
            self.white_space();
        }
        Ok(true)
    }

    /// The name of a member, up to behind its `:`.
    pub(super) fn key(&mut self) -> Result<Cow<'de, str>, Aborted> {
        let key = self.string()?;
        self.white_space();
        self.expect(b':')?;
        Ok(key)
    }

    /// How long the string is that is here, unless it has an escape: up to that.
    #[inline]
    pub(super) fn string_length(&self) -> usize {
        let start = self.at + 1;
        scan::find::<JsonSpecial>(self.bytes(), start).saturating_sub(start)
    }

    /// A string with its quotes.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Aborted> {
        self.expect(b'"')?;
        let start = self.at;
        let end = scan::find::<JsonSpecial>(self.bytes(), start);
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return self.source.get(start..end).map(Cow::Borrowed).ok_or(Aborted);
        }
        self.escaped(start, end).map(Cow::Owned)
    }

    /// A string whose first escape is at `at`.
    #[inline(never)]
    fn escaped(&mut self, mut start: usize, mut at: usize) -> Result<String, Aborted> {
        // Long enough unless a quote in it is escaped.
        let guess = scan::find::<Byte<b'"'>>(self.bytes(), at + 2) - start;
        let mut string = String::with_capacity(guess);
        loop {
            string.push_str(self.source.get(start..at).ok_or(Aborted)?);
            let byte = |place: usize| self.bytes().get(place).copied().ok_or(Aborted);
            match byte(at)? {
                b'"' => {
                    self.at = at + 1;
                    return Ok(string);
                }
                b'\\' => {}
                _ => return Err(Aborted),
            }
            at += 2;
            string.push(match byte(at - 1)? {
                b'"' => '"',
                b'\\' => '\\',
                b'/' => '/',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => {
                    let high = self.code_unit(at)?;
                    at += 4;
                    if (0xd800..0xdc00).contains(&high) && (byte(at)?, byte(at + 1)?) == (b'\\', b'u') {
                        let low = self.code_unit(at + 2)?;
                        at += 6;
                        let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Aborted)?;
                        char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + low).ok_or(Aborted)?
                    } else {
                        char::from_u32(high).ok_or(Aborted)?
                    }
                }
                _ => return Err(Aborted),
            });
            start = at;
            at = scan::find::<JsonSpecial>(self.bytes(), at);
        }
    }

    /// Four hexadecimal digits.
    fn code_unit(&self, at: usize) -> Result<u32, Aborted> {
        let digits =
            self.source.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or(Aborted)
    }

    /// A number's digits and all.
    pub(super) fn number(&mut self) -> Result<&'de str, Aborted> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        self.source.get(start..self.at).ok_or(Aborted)
    }

    fn digits(&mut self) -> Result<(), Aborted> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Aborted) }
    }

    /// Reads a value that nobody asked for.
    pub(super) fn skip(&mut self) -> Result<(), Aborted> {
        self.white_space();
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => {
                self.open(b'{')?;
                let mut first = true;
                while self.next(first)? {
                    self.key()?;
                    self.skip()?;
                    first = false;
                }
                self.levels += 1;
                Ok(())
            }
            Some(b'[') => {
                self.open(b'[')?;
                let mut first = true;
                while self.item(first)? {
                    self.skip()?;
                    first = false;
                }
                self.levels += 1;
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            _ if ["null", "true", "false"].into_iter().any(|word| self.word(word)) => Ok(()),
            _ => Err(Aborted),
        }
    }

    /// Goes to the next item of an array. `false`: the array has ended.
    #[inline]
    pub(super) fn item(&mut self, first: bool) -> Result<bool, Aborted> {
        self.white_space();
        if self.take(b']') {
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
            self.white_space();
        }
        Ok(true)
    }
}
