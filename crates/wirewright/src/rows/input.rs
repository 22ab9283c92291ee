//! The part of the input that has been fed and not yet been read, as text, and where in the whole it is.

use crate::{
    DecodeErrorKind,
    text::{
        charset::{DeclaredCharset, stream::Stream},
        scan::Unusual,
        xml::bad_char,
    },
};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Texts shorter than this are looked at again whenever something has been fed.
const SHORT: usize = 1024;

/// How much there must be before it is worth while to look again for the end of what has begun, of which so much has come without it.
pub(super) const fn wanted(length: usize) -> usize {
    if length < SHORT { 0 } else { length + length / 8 }
}

/// A place in the whole input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Bytes before it.
    pub(super) offset: u64,
    /// From 1.
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
}

impl Position {
    const START: Self = Self { offset: 0, line: 1, column: 1 };

    /// The place behind `text`, which is here.
    pub(super) fn behind(self, text: &str) -> Self {
        // In pieces whose count fits a byte, so that as many bytes are compared at once as a register holds, with none left over.
        let count = |piece: &[u8]| usize::from(piece.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>());
        let lines = text.as_bytes().chunks(240).map(count).sum::<usize>();
        let newline = if lines == 0 { None } else { text.rfind('\n') };
        let last = newline.map_or(text, |at| text.get(at + 1..).unwrap_or_default());
        // Most texts are ASCII, which is quicker to see than characters are to count.
        let characters = if last.is_ascii() { last.len() } else { last.chars().count() };
        let column = characters + if lines == 0 { self.column } else { 1 };
        Self { offset: self.offset.saturating_add(text.len() as u64), line: self.line + lines, column }
    }
}

/// What has been fed and not yet been read.
pub(super) struct Input {
    text: String,
    /// What makes text of the bytes, until it is certain that they are UTF-8.
    stream: Option<Stream>,
    /// How much of the text has been read.
    at: usize,
    /// The start of a character whose end has not come.
    tail: Vec<u8>,
    /// Where the text starts.
    base: Position,
    /// A place in the text that is known, so that lines are counted once.
    known: (usize, Position),
    /// Whether a CR may be in the text.
    returns: bool,
    /// What is wrong with the bytes behind the text. Nothing of them is read.
    wrong: Option<DecodeErrorKind>,
    ended: bool,
}

impl Input {
    /// `declared` is what is said of the charset beside the bytes.
    pub(super) fn new(declared: DeclaredCharset) -> Self {
        Self {
            text: String::new(),
            stream: Some(Stream::new(declared)),
            at: 0,
            tail: Vec::new(),
            base: Position::START,
            known: (0, Position::START),
            returns: false,
            wrong: None,
            ended: false,
        }
    }

    /// Takes more bytes. Those that are no text end the input: the rows before them can still be read.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if self.ended || self.wrong.is_some() {
            return;
        }
        self.forget();
        if self.stream.is_some() {
            return self.decode(bytes, false);
        }
        let mut bytes = bytes;
        while !self.tail.is_empty() {
            let Some((first, rest)) = bytes.split_first() else { return };
            bytes = rest;
            self.tail.push(*first);
            let tail = std::mem::take(&mut self.tail);
            self.append(&tail);
            if self.wrong.is_some() {
                return;
            }
        }
        self.append(bytes);
    }

    /// No more bytes follow.
    pub(super) fn end(&mut self) {
        if self.wrong.is_none() {
            self.decode(&[], true);
        }
        self.ended = true;
        if !self.tail.is_empty() && self.wrong.is_none() {
            self.wrong = Some(DecodeErrorKind::Utf8);
        }
    }

    fn decode(&mut self, bytes: &[u8], whole: bool) {
        let Some(stream) = &mut self.stream else { return };
        let mut text = String::new();
        let read = stream.feed(bytes, whole, &mut text);
        if let Some(tail) = stream.plain_tail() {
            self.tail = tail;
            self.stream = None;
        }
        self.append_text(&text);
        if let (Err(kind), None) = (read, &self.wrong) {
            self.wrong = Some(kind);
        }
    }

    fn append(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.append_text(text),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                self.append_text(std::str::from_utf8(valid).unwrap_or_default());
                if self.wrong.is_some() {
                } else if error.error_len().is_some() {
                    self.wrong = Some(DecodeErrorKind::Utf8);
                } else {
                    self.tail.extend_from_slice(rest);
                }
            }
        }
    }

    fn append_text(&mut self, text: &str) {
        let mut text = text;
        if self.base.offset == 0
            && self.text.is_empty()
            && let Some(rest) = text.strip_prefix(BYTE_ORDER_MARK)
        {
            text = rest;
            self.base.offset = BYTE_ORDER_MARK.len_utf8() as u64;
            self.known.1 = self.base;
        }
        let unusual = Unusual::of(text);
        self.returns |= unusual.returns;
        let bad = if unusual.perhaps_forbidden { bad_char(text) } else { None };
        if bad.is_some() {
            self.wrong = Some(DecodeErrorKind::Syntax { message: "a character that XML does not allow" });
        }
        self.text.push_str(text.get(..bad.unwrap_or(text.len())).unwrap_or_default());
    }

    /// Drops what has been read.
    fn forget(&mut self) {
        if self.at == 0 {
            return;
        }
        self.base = self.position(self.at);
        self.text.drain(..self.at);
        self.at = 0;
        self.known = (0, self.base);
        self.returns = self.returns && self.text.contains('\r');
    }

    /// Where the text is in the whole.
    #[inline]
    pub(super) const fn base(&self) -> Position {
        self.base
    }

    /// Everything that is held; [`at`](Self::at) says how much of it has been read.
    #[inline]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    #[inline]
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether a CR may be in the text.
    #[inline]
    pub(super) const fn returns(&self) -> bool {
        self.returns
    }

    /// Goes on to byte `at` of the text.
    #[inline]
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    #[inline]
    pub(super) fn skip_white_space(&mut self) {
        while matches!(self.text.as_bytes().get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Whether nothing follows the text.
    pub(super) const fn is_complete(&self) -> bool {
        self.ended || self.wrong.is_some()
    }

    /// What is wrong with the bytes behind the text.
    pub(super) fn wrong(&self) -> Option<&DecodeErrorKind> {
        self.wrong.as_ref()
    }

    /// Where byte `at` of the text is in the whole.
    pub(super) fn position(&mut self, at: usize) -> Position {
        let from = if self.known.0 <= at { self.known } else { (0, self.base) };
        let position = from.1.behind(self.text.get(from.0..at).unwrap_or_default());
        self.known = (at, position);
        position
    }
}
