//! Reads `multipart/form-data`, strictly.

use std::{borrow::Cow, fmt};

use crate::{
    Limits,
    multipart::{
        boundary::is_boundary,
        write::{is_media_type, is_token_byte},
    },
};

/// How many parts a body may have.
const MOST_PARTS: usize = 1024;
/// How long the headers of a part may be, in bytes.
const LONGEST_HEADERS: usize = 8 << 10;

/// A part of a multipart body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part<'b> {
    /// The name of the parameter.
    pub name: String,
    /// The name of the file; `None`: it is no file. A browser sends an empty one, and no content, where no file was chosen.
    pub file_name: Option<String>,
    /// Its media type, if it tells one.
    pub media_type: Option<&'b str>,
    /// What it holds.
    pub content: &'b [u8],
}

/// Shows the name and the length: the content may be a secret.
impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.content.len();
        f.debug_struct("Part").field("name", &self.name).field("length", &length).finish_non_exhaustive()
    }
}

/// A body that is not `multipart/form-data`, and where. It shows nothing of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MultipartError {
    what: &'static str,
    at: usize,
}

impl MultipartError {
    #[cfg(feature = "server")]
    pub(crate) const fn new(what: &'static str, at: usize) -> Self {
        Self { what, at }
    }

    /// Where in the body, in bytes from 0. What is wrong with the Content-Type is at 0.
    pub const fn offset(&self) -> usize {
        self.at
    }
}

impl fmt::Display for MultipartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "multipart/form-data, byte {}: {}", self.at, self.what)
    }
}

impl std::error::Error for MultipartError {}

/// The parts of a body. `content_type` is the header, which holds the boundary.
///
/// Strict, as a server is: the body begins with the boundary and ends with its closing form, each part has a
/// `Content-Disposition: form-data` with a name, no header twice, and no `Content-Transfer-Encoding` that would encode anything.
/// In names `%22`, `%0D` and `%0A` stand for `"` and line breaks, as the HTML standard has it. A body has at most 1024 parts with
/// headers of at most 8 KiB each, and as many bytes as `limits` say.
///
/// ```
/// use wirewright::{Limits, multipart};
///
/// let body = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
/// let error = multipart::parts("multipart/form-data; boundary=b", body, &Limits::new()).unwrap_err();
/// assert_eq!(error.to_string(), "multipart/form-data, byte 49: expected the boundary behind the part: the body is cut off");
/// ```
///
/// # Errors
///
/// What was expected instead, and where.
pub fn parts<'b>(
    content_type: &str,
    body: &'b [u8],
    limits: &Limits,
) -> Result<Vec<Part<'b>>, MultipartError> {
    let error = |what, at| Err(MultipartError { what, at });
    let Some(boundary) = boundary(content_type) else {
        return error("expected a Content-Type of multipart/form-data with a boundary", 0);
    };
    if body.len() > limits.max_bytes() {
        return error("the body is larger than the limit", 0);
    }
    let delimiter = ["\r\n--", boundary].concat();
    let mut reader = Reader { body, at: 0 };
    if !reader.skip(&delimiter.as_bytes()[2..]) {
        return error("expected the boundary at the start of the body", 0);
    }
    let mut parts = Vec::new();
    loop {
        if reader.skip(b"--") {
            reader.skip_padding();
            let ended = reader.rest().is_empty() || reader.skip(b"\r\n") && reader.rest().is_empty();
            return if ended {
                Ok(parts)
            } else {
                error("expected nothing behind the closing boundary", reader.at)
            };
        }
        reader.skip_padding();
        if !reader.skip(b"\r\n") {
            return error("expected a line break or `--` behind the boundary", reader.at);
        }
        if parts.len() == MOST_PARTS {
            return error("more than 1024 parts", reader.at);
        }
        let headers = reader.headers()?;
        let Some(length) = find(reader.rest(), delimiter.as_bytes()) else {
            return error("expected the boundary behind the part: the body is cut off", reader.at);
        };
        let (content, _) = reader.rest().split_at(length);
        reader.at += length + delimiter.len();
        parts.push(Part {
            name: headers.name,
            file_name: headers.file_name,
            media_type: headers.media_type,
            content,
        });
    }
}

/// The boundary of a `multipart/form-data`.
fn boundary(content_type: &str) -> Option<&str> {
    let mut words = Words { text: content_type.trim_ascii() };
    if !words.token()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut found = None;
    while let Some((name, value)) = words.parameter().ok()? {
        if name.eq_ignore_ascii_case("boundary") && found.replace(value).is_some() {
            return None;
        }
    }
    found.filter(|boundary| is_boundary(boundary))
}

/// Whether a request says that its body is `multipart/form-data`.
#[cfg(feature = "server")]
pub(crate) fn is_multipart(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim_ascii();
    media_type.eq_ignore_ascii_case("multipart/form-data")
}

/// Where `needle`, which begins with a carriage return and has no other, occurs first.
fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = rest.iter().position(|byte| *byte == b'\r')?;
        if rest[at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
}

struct Headers<'b> {
    name: String,
    file_name: Option<String>,
    media_type: Option<&'b str>,
}

struct Reader<'b> {
    body: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn rest(&self) -> &'b [u8] {
        self.body.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, text: &[u8]) -> bool {
        let is_there = self.rest().starts_with(text);
        if is_there {
            self.at += text.len();
        }
        is_there
    }

    /// White space that may be behind a boundary, RFC 2046 section 5.1.1.
    fn skip_padding(&mut self) {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    }

    fn error<T>(&self, what: &'static str) -> Result<T, MultipartError> {
        Err(MultipartError { what, at: self.at })
    }

    /// The headers of a part, and the empty line behind them.
    fn headers(&mut self) -> Result<Headers<'b>, MultipartError> {
        let start = self.at;
        let (mut disposition, mut media_type, mut encoding) = (None, None, None);
        loop {
            let rest = self.rest();
            let left = LONGEST_HEADERS.saturating_sub(self.at - start);
            let within = rest.get(..left).unwrap_or(rest);
            let Some(length) = within.windows(2).position(|pair| pair == b"\r\n") else {
                return self.error("expected headers of at most 8 KiB and an empty line behind them");
            };
            let Ok(line) = std::str::from_utf8(&rest[..length]) else {
                return self.error("expected a header in UTF-8");
            };
            if line.is_empty() {
                self.at += 2;
                break;
            }
            let printable = |line: &str| !line.chars().any(|letter| letter.is_control() && letter != '\t');
            let Some((name, value)) = line.split_once(':').filter(|(name, value)| {
                !name.is_empty() && name.bytes().all(is_token_byte) && printable(value)
            }) else {
                return self.error("expected a header: a name, a colon, and a value on one line");
            };
            let value = value.trim_ascii();
            let known = match () {
                () if name.eq_ignore_ascii_case("Content-Disposition") => Some(&mut disposition),
                () if name.eq_ignore_ascii_case("Content-Type") => Some(&mut media_type),
                () if name.eq_ignore_ascii_case("Content-Transfer-Encoding") => Some(&mut encoding),
                () => None,
            };
            if known.is_some_and(|known| known.replace(value).is_some()) {
                return self.error("the header is there twice");
            }
            self.at += length + 2;
        }
        let at = |what| MultipartError { what, at: start };
        let plain =
            |encoding: &str| ["7bit", "8bit", "binary"].iter().any(|one| one.eq_ignore_ascii_case(encoding));
        if !encoding.is_none_or(plain) {
            return Err(at("expected a part without a Content-Transfer-Encoding"));
        }
        if !media_type.is_none_or(is_media_type) {
            return Err(at("expected a media type in the Content-Type of the part"));
        }
        let named = disposition.and_then(named).ok_or_else(|| {
            at("expected `Content-Disposition: form-data` with a name, a filename perhaps, and each of them once")
        });
        let (name, file_name) = named?;
        Ok(Headers { name, file_name, media_type })
    }
}

/// The names of a part and of its file.
fn named(disposition: &str) -> Option<(String, Option<String>)> {
    let mut words = Words { text: disposition };
    if !words.token()?.eq_ignore_ascii_case("form-data") {
        return None;
    }
    let (mut name, mut file_name) = (None, None);
    while let Some((key, value)) = words.parameter().ok()? {
        let known = match () {
            () if key.eq_ignore_ascii_case("name") => &mut name,
            () if key.eq_ignore_ascii_case("filename") => &mut file_name,
            // RFC 7578 section 4.2: it must not be used. Who reads it and who does not would take the file for two.
            () if key.eq_ignore_ascii_case("filename*") => return None,
            () => continue,
        };
        if known.replace(value).is_some() {
            return None;
        }
    }
    Some((unescaped(name?).into_owned(), file_name.map(|name| unescaped(name).into_owned())))
}

fn unescaped(name: &str) -> Cow<'_, str> {
    if !name.contains('%') {
        return Cow::Borrowed(name);
    }
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let escape = rest.get(at + 1..at + 3).unwrap_or_default();
        let (letter, length) = match escape {
            "22" => ('"', 3),
            "0D" | "0d" => ('\r', 3),
            "0A" | "0a" => ('\n', 3),
            _ => ('%', 1),
        };
        plain.push(letter);
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// A header's value: a word, then parameters.
struct Words<'t> {
    text: &'t str,
}

impl<'t> Words<'t> {
    fn token(&mut self) -> Option<&'t str> {
        let is_sign = |byte: u8| is_token_byte(byte) || byte == b'/';
        let length = self.text.bytes().take_while(|byte| is_sign(*byte)).count();
        let (token, rest) = self.text.split_at(length);
        self.text = rest;
        (!token.is_empty()).then_some(token)
    }

    /// The next parameter, `; name=value` or `; name="value"`; `None`: there is none.
    fn parameter(&mut self) -> Result<Option<(&'t str, &'t str)>, ()> {
        let rest = self.text.trim_ascii_start();
        if rest.is_empty() {
            return Ok(None);
        }
        self.text = rest.strip_prefix(';').ok_or(())?.trim_ascii_start();
        let name = self.token().ok_or(())?;
        self.text = self.text.strip_prefix('=').ok_or(())?;
        let value = match self.text.strip_prefix('"') {
            Some(quoted) => {
                let (value, rest) = quoted.split_once('"').ok_or(())?;
                self.text = rest;
                value
            }
            None => self.token().ok_or(())?,
        };
        Ok(Some((name, value)))
    }
}
