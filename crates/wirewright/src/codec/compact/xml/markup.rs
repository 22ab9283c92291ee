//! Where the next tag is, and what is before it.

use std::borrow::Cow;

use crate::{
    Limits,
    codec::compact::literal::Literal,
    text::{
        scan::{self, Byte, NoSpace, Unusual, XmlText},
        xml::{bad_char, declaration, is_name, lines, unescape},
    },
    wire::Aborted,
};

/// How most documents start.
const DECLARATIONS: [&str; 3] = [
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
    "<?xml version=\"1.0\"?>",
];

/// The text of a document, and how far it has been read.
pub(super) struct Markup<'de> {
    pub(super) text: &'de str,
    pub(super) at: usize,
    /// How many elements may be open below the one at hand.
    pub(super) levels: usize,
    /// Whether there is a CR, which is read as LF.
    pub(super) returns: bool,
    /// The default namespace, as it is written. `None`: the tag that may declare it is not read, or is not at hand.
    pub(super) namespace: Option<&'de str>,
    /// Whether the next start tag is the root's.
    pub(super) at_root: bool,
}

/// How an element ends.
#[derive(Clone, Copy)]
pub(super) struct End<'de> {
    /// Its name.
    pub(super) name: &'de str,
    /// Its end tag, when it is that of a member.
    pub(super) literal: Literal,
}

/// What is where a child or an end is looked for.
pub(super) enum Next<'de> {
    /// The start of a child's tag, up to behind its name.
    Child(&'de str),
    /// The end of the element.
    End,
}

/// What is next in an element that may have anything inside.
pub(super) enum Piece<'de> {
    /// Text, which may go on behind this.
    Text(Cow<'de, str>),
    /// The start of a child's tag, up to behind its name.
    Child(&'de str),
    /// The end of the element.
    End,
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Where the first byte is, from `at` on, that is no white space.
#[inline]
pub(super) fn behind_space(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at).is_some_and(|byte| *byte > b' ') { at } else { scan::find::<NoSpace>(bytes, at) }
}

impl<'de> Markup<'de> {
    /// Goes to the name of the root element.
    ///
    /// `root` is the likely name.
    pub(super) fn start(text: &'de str, limits: Limits, root: &str) -> Result<(Self, &'de str), Aborted> {
        let unusual = Unusual::of(text);
        if text.len() > limits.max_bytes() || (unusual.perhaps_forbidden && bad_char(text).is_some()) {
            return Err(Aborted);
        }
        let mut this = Self {
            text,
            at: 0,
            levels: limits.max_depth(),
            returns: unusual.returns,
            namespace: None,
            at_root: true,
        };
        if let Some(usual) = DECLARATIONS.iter().find(|usual| text.starts_with(**usual)) {
            this.at = usual.len();
        } else if text.starts_with("<?xml version=") {
            let end = text.find("?>").ok_or(Aborted)? + 2;
            let raw = text.get(..end).ok_or(Aborted)?;
            if raw.bytes().skip(2).any(|byte| byte == b'<') {
                return Err(Aborted);
            }
            declaration(raw, 0).map_err(|_| Aborted)?;
            this.at = end;
        }
        this.around()?;
        this.expect(b'<')?;
        this.enter()?;
        let name = this.likely_name(root)?;
        Ok((this, name))
    }

    /// Goes to the name of the element that starts at `at`, in a text whose characters have been looked at.
    #[cfg(feature = "rows")]
    pub(super) fn element(
        text: &'de str,
        at: usize,
        levels: usize,
        returns: bool,
    ) -> Result<(Self, &'de str), Aborted> {
        let mut this = Self { text, at, levels, returns, namespace: None, at_root: false };
        this.expect(b'<')?;
        this.enter()?;
        let name = this.name()?;
        Ok((this, name))
    }

    /// Nothing but white space and comments may follow the root element.
    pub(super) fn finish(mut self) -> Result<(), Aborted> {
        self.around()?;
        if self.at == self.text.len() { Ok(()) } else { Err(Aborted) }
    }

    fn around(&mut self) -> Result<(), Aborted> {
        self.white_space();
        while self.rest().starts_with("<!--") {
            self.comment()?;
            self.white_space();
        }
        Ok(())
    }

    pub(super) fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'de [u8] {
        self.text.as_bytes()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    #[inline]
    pub(super) fn white_space(&mut self) {
        self.at = behind_space(self.bytes(), self.at);
    }

    #[inline]
    pub(super) fn literal(&mut self, literal: Literal) -> bool {
        let found = literal.is_at(self.bytes(), self.at);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// Whether text is here.
    pub(super) fn at_text(&self) -> bool {
        self.peek() != Some(b'<') || self.rest().starts_with("<![")
    }

    /// Whether a tag is here: neither text nor a comment.
    pub(super) fn at_tag(&self) -> bool {
        self.peek() == Some(b'<') && self.bytes().get(self.at + 1) != Some(&b'!')
    }

    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Aborted> {
        if self.peek() != Some(byte) {
            return Err(Aborted);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes one level down. The caller goes up again.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), Aborted> {
        self.levels = self.levels.checked_sub(1).ok_or(Aborted)?;
        Ok(())
    }

    /// A name, which is probably this one.
    fn likely_name(&mut self, likely: &str) -> Result<&'de str, Aborted> {
        let end = self.at + likely.len();
        let ends = self.bytes().get(end).is_some_and(|byte| *byte == b'>' || is_space(*byte));
        if ends && !likely.is_empty() && self.bytes().get(self.at..end) == Some(likely.as_bytes()) {
            let name = self.text.get(self.at..end).ok_or(Aborted)?;
            self.at = end;
            return Ok(name);
        }
        self.name()
    }

    /// A name without a prefix.
    pub(super) fn name(&mut self) -> Result<&'de str, Aborted> {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'>' | b'/' | b'=' | b'<' | b'"' | b'\'');
        // Most names are plain: one look at each byte says so and finds the end.
        let plain = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let rest = rest.get(plain..).unwrap_or_default();
        let length = plain + rest.iter().position(ends).ok_or(Aborted)?;
        let name = self.text.get(self.at..self.at + length).ok_or(Aborted)?;
        let plain = length == plain && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
        if !plain && !is_name(name) {
            return Err(Aborted);
        }
        self.at += length;
        Ok(name)
    }

    /// Reads the end of an element, if it is here.
    #[inline]
    pub(super) fn end(&mut self, end: End<'de>) -> Result<bool, Aborted> {
        if self.literal(end.literal) {
            return Ok(true);
        }
        if self.bytes().get(self.at..self.at + 2) != Some(b"</") {
            return Ok(false);
        }
        self.at += 2;
        if self.likely_name(end.name)? != end.name {
            return Err(Aborted);
        }
        self.white_space();
        self.expect(b'>')?;
        Ok(true)
    }

    /// Skips text and comments up to the next tag.
    pub(super) fn next(&mut self, end: End<'de>) -> Result<Next<'de>, Aborted> {
        loop {
            self.white_space();
            if self.end(end)? {
                return Ok(Next::End);
            }
            match (self.peek(), self.bytes().get(self.at + 1)) {
                (Some(b'<'), Some(b'!')) if self.rest().starts_with("<!--") => self.comment()?,
                (Some(b'<'), Some(b'!')) => {
                    self.character_data()?;
                }
                (Some(b'<'), _) => {
                    self.at += 1;
                    return Ok(Next::Child(self.name()?));
                }
                (Some(_), _) => {
                    self.characters()?;
                }
                (None, _) => return Err(Aborted),
            }
        }
    }

    /// The next piece of what is in an element.
    pub(super) fn piece(&mut self, end: End<'de>) -> Result<Piece<'de>, Aborted> {
        while self.comment_here()? {}
        if self.peek() != Some(b'<') {
            return self.characters().map(Piece::Text);
        }
        if self.end(end)? {
            return Ok(Piece::End);
        }
        if self.at_text() {
            return self.character_data().map(Piece::Text);
        }
        self.at += 1;
        self.name().map(Piece::Child)
    }

    /// Skips the rest of an element whose start tag is read up to its name.
    pub(super) fn skip(&mut self, name: &'de str) -> Result<(), Aborted> {
        self.enter()?;
        if self.attributes(|_, _| Ok(()))? {
            let end = End { name, literal: Literal::NONE };
            while let Next::Child(child) = self.next(end)? {
                self.skip(child)?;
            }
        }
        self.levels += 1;
        Ok(())
    }

    /// The text of an element that has nothing else inside, and its end.
    #[inline]
    pub(super) fn text(&mut self, end: End<'de>) -> Result<Cow<'de, str>, Aborted> {
        let start = self.at;
        let stop = scan::find::<XmlText>(self.bytes(), start);
        if end.literal.is_at(self.bytes(), stop) && !self.returns {
            self.at = stop + end.literal.len();
            return self.text.get(start..stop).map(Cow::Borrowed).ok_or(Aborted);
        }
        self.mixed_text(end)
    }

    /// Text with entities, CDATA and comments in it.
    #[inline(never)]
    fn mixed_text(&mut self, end: End<'de>) -> Result<Cow<'de, str>, Aborted> {
        let mut text = Cow::Borrowed("");
        loop {
            let piece = if self.peek() == Some(b'<') {
                if self.end(end)? {
                    return Ok(text);
                }
                if self.rest().starts_with("<!--") {
                    self.comment()?;
                    continue;
                }
                self.character_data()?
            } else {
                self.characters()?
            };
            if text.is_empty() {
                text = piece;
            } else {
                text.to_mut().push_str(&piece);
            }
        }
    }

    /// Text up to the next markup, of which there must be some.
    fn characters(&mut self) -> Result<Cow<'de, str>, Aborted> {
        let start = self.at;
        let end = scan::find::<Byte<b'<'>>(self.bytes(), start);
        if end == self.text.len() {
            return Err(Aborted);
        }
        self.at = end;
        unescape(self.text.get(start..end).ok_or(Aborted)?, 0, false).map_err(|_| Aborted)
    }

    fn character_data(&mut self) -> Result<Cow<'de, str>, Aborted> {
        let inside = self.rest().strip_prefix("<![CDATA[").ok_or(Aborted)?;
        let length = scan::find_text::<b']'>(inside.as_bytes(), 0, b"]]>").ok_or(Aborted)?;
        self.at += "<![CDATA[".len() + length + "]]>".len();
        let inside = inside.get(..length).ok_or(Aborted)?;
        Ok(if self.returns { lines(inside) } else { Cow::Borrowed(inside) })
    }

    /// Skips a comment, if one is here.
    pub(super) fn comment_here(&mut self) -> Result<bool, Aborted> {
        let here = self.rest().starts_with("<!--");
        if here {
            self.comment()?;
        }
        Ok(here)
    }

    /// Skips a comment. One that starts with `>` or `->` may be read in two ways.
    fn comment(&mut self) -> Result<(), Aborted> {
        let inside = self.rest().strip_prefix("<!--").ok_or(Aborted)?;
        if inside.starts_with(['>', '-']) {
            return Err(Aborted);
        }
        let length = scan::find_text::<b'-'>(inside.as_bytes(), 0, b"-->").ok_or(Aborted)?;
        self.at += "<!--".len() + length + "-->".len();
        Ok(())
    }
}
