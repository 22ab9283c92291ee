//! Text of bytes that come in pieces.

use std::borrow::Cow;

use super::{
    Charset, DECLARATION, DeclaredCharset, Decoder, LONGEST_DECLARATION, Start, as_utf_8, declaration_end,
    start,
};
use crate::DecodeErrorKind;

/// The text of a body that comes in pieces, cut anywhere: what [`decode`] makes of it whole.
pub(crate) struct Stream {
    declared: DeclaredCharset,
    state: State,
}

enum State {
    /// The first bytes, which do not tell the charset yet.
    Bytes(Vec<u8>),
    /// The first text, which may be a declaration that has not ended.
    Text(String, Decoder),
    Begun(Decoder),
}

impl Stream {
    pub(crate) fn new(declared: DeclaredCharset) -> Self {
        Self { declared, state: State::Bytes(Vec::new()) }
    }

    /// Appends to `out` what is text for certain. What is wrong with the bytes is behind that.
    pub(crate) fn feed(
        &mut self,
        bytes: &[u8],
        whole: bool,
        out: &mut String,
    ) -> Result<(), DecodeErrorKind> {
        match &mut self.state {
            State::Begun(decoder) => return decoder.feed(bytes, whole, out),
            State::Text(text, decoder) => {
                let read = decoder.feed(bytes, whole, text);
                self.begin(whole || read.is_err(), out);
                return read;
            }
            State::Bytes(head) => head.extend_from_slice(bytes),
        }
        let State::Bytes(head) = &mut self.state else { return Ok(()) };
        let (charset, skipped) = match start(head, &self.declared, whole) {
            Start::Short => return Ok(()),
            Start::Wrong(kind) => return Err(kind),
            // A whole body of ASCII is text in most charsets; of a stream nobody knows how it goes on, and what is handed out
            // cannot be taken back.
            Start::Is(charset @ Charset::Unknown(_), _) => return Err(charset.wrong()),
            Start::Is(charset, skipped) => (charset, skipped),
        };
        let head = std::mem::take(head);
        let mut decoder = Decoder::new(charset);
        let mut text = String::new();
        let read = decoder.feed(head.get(skipped..).unwrap_or_default(), whole, &mut text);
        self.state = State::Text(text, decoder);
        self.begin(whole || read.is_err(), out);
        read
    }

    /// The start of a character whose end has not come, once all that follows is plain UTF-8.
    pub(crate) fn plain_tail(&mut self) -> Option<Vec<u8>> {
        match &mut self.state {
            State::Begun(Decoder { charset: Charset::Utf8, tail, .. }) => Some(std::mem::take(tail)),
            _ => None,
        }
    }

    /// Hands the first text out, once its declaration has ended.
    fn begin(&mut self, whole: bool, out: &mut String) {
        let State::Text(text, decoder) = &mut self.state else { return };
        let start = text.trim_start_matches('\u{feff}');
        let perhaps = start.starts_with(DECLARATION) || DECLARATION.starts_with(start);
        if perhaps && !whole && declaration_end(text).is_none() && text.len() < LONGEST_DECLARATION {
            return;
        }
        let mut text = Cow::Owned(std::mem::take(text));
        as_utf_8(&mut text);
        out.push_str(&text);
        let decoder = std::mem::replace(decoder, Decoder::new(Charset::Utf8));
        self.state = State::Begun(decoder);
    }
}
