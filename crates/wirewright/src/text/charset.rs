//! Bytes -> text: which charset a body is in, and what it says in that.
//!
//! A byte order mark decides, else the Content-Type, else an XML declaration, else what the vendor's definition says, else it is UTF-8
//! (RFC 7303 section 3, XML 1.0 section 4.3.3 and appendix F). UTF-8 and UTF-16 are always read; the other charsets of the WHATWG's
//! Encoding Standard are behind the feature `charsets`.

#[cfg(feature = "rows")]
pub(crate) mod stream;

use std::borrow::Cow;

use crate::{DecodeError, DecodeErrorKind, Format, error::Fault, mask, text::form};

/// As far as this an XML declaration ends, in bytes.
const LONGEST_DECLARATION: usize = 1024;
const DECLARATION: &str = "<?xml";

/// What is said of the charset of a body, beside its bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeclaredCharset {
    /// By the Content-Type.
    label: Option<String>,
    /// By the vendor's definition, for bodies that say nothing.
    usual: Option<&'static str>,
}

impl DeclaredCharset {
    pub(crate) fn new(content_type: Option<&str>, usual: Option<&'static str>) -> Self {
        Self { label: content_type.and_then(parameter), usual }
    }

    /// Of a text that has been read already.
    pub(crate) fn utf_8() -> Self {
        Self { label: Some("utf-8".to_owned()), usual: None }
    }
}

/// The charset that a Content-Type names (RFC 9110, sections 5.6.4 and 5.6.6).
pub(crate) fn parameter(content_type: &str) -> Option<String> {
    let named = |parameter: &str| {
        let (name, label) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| unquoted(label))
    };
    let label = parameters(content_type).skip(1).find_map(named)?;
    (!label.is_empty()).then_some(label)
}

/// What is between the `;` of a header field, but for those within quotes.
fn parameters(field: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    field.split(move |char| {
        match char {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' => return !quoted,
            _ => {}
        }
        false
    })
}

/// A value without the quotes around it and the escapes in it. Some write single quotes, which mean nothing.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let quoted = value.strip_prefix('"');
    let inside = quoted.map_or(value, |rest| rest.strip_suffix('"').unwrap_or(rest));
    let mut label = String::with_capacity(inside.len());
    let mut escaped = false;
    for char in inside.chars() {
        escaped = quoted.is_some() && char == '\\' && !escaped;
        if !escaped {
            label.push(char);
        }
    }
    label.trim().trim_matches(['"', '\'']).trim().to_owned()
}

/// A charset that text is read from or written in.
#[derive(Clone, Debug)]
pub(crate) enum Charset {
    Utf8,
    Utf16 {
        big_endian: bool,
    },
    #[cfg(feature = "charsets")]
    Other(&'static encoding_rs::Encoding),
    /// One that is not known here. As far as its bytes are ASCII, so is the text.
    Unknown(String),
}

impl Charset {
    /// The charset of a label, as the Encoding Standard has them.
    pub(crate) fn of(label: &str) -> Self {
        let label = label.trim();
        let is = |known: &str| label.eq_ignore_ascii_case(known);
        // Whoever says ASCII means nothing beyond it, or UTF-8.
        if ["utf-8", "utf8", "us-ascii", "ascii"].into_iter().any(is) {
            return Self::Utf8;
        }
        if ["utf-16", "utf-16le", "utf-16be"].into_iter().any(is) {
            return Self::Utf16 { big_endian: is("utf-16be") };
        }
        #[cfg(feature = "charsets")]
        if let Some(encoding) = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()) {
            return match encoding.name() {
                "UTF-8" => Self::Utf8,
                "UTF-16LE" => Self::Utf16 { big_endian: false },
                "UTF-16BE" => Self::Utf16 { big_endian: true },
                _ => Self::Other(encoding),
            };
        }
        let mut shown = String::new();
        mask::cut(&mut shown, label);
        Self::Unknown(shown)
    }

    /// What is wrong with bytes that are no text in it.
    fn wrong(&self) -> DecodeErrorKind {
        match self {
            Self::Utf8 => DecodeErrorKind::Utf8,
            Self::Utf16 { .. } => DecodeErrorKind::NotInCharset { charset: "UTF-16" },
            #[cfg(feature = "charsets")]
            Self::Other(encoding) => DecodeErrorKind::NotInCharset { charset: encoding.name() },
            Self::Unknown(label) => DecodeErrorKind::Charset { label: label.clone() },
        }
    }

    /// Writes a text in it. `None`: it does not have one of the characters.
    pub(crate) fn encode<'t>(&self, text: &'t str) -> Option<Cow<'t, [u8]>> {
        match self {
            // A form of a document in UTF-16 is in UTF-8.
            Self::Utf8 | Self::Utf16 { .. } => Some(Cow::Borrowed(text.as_bytes())),
            Self::Unknown(_) => text.is_ascii().then_some(Cow::Borrowed(text.as_bytes())),
            #[cfg(feature = "charsets")]
            Self::Other(encoding) => {
                let mut encoder = encoding.new_encoder();
                let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len())?;
                let mut bytes = Vec::with_capacity(room);
                let (result, _) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true);
                matches!(result, encoding_rs::EncoderResult::InputEmpty).then_some(Cow::Owned(bytes))
            }
        }
    }

    /// The text that bytes are.
    pub(crate) fn decode<'b>(&self, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
        if let Self::Utf8 = self {
            return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
        }
        let mut text = String::new();
        Decoder::new(self.clone()).feed(bytes, true, &mut text).ok()?;
        Some(Cow::Owned(text))
    }
}

/// Whether a label is one whose text is not read, be it all ASCII: there, ASCII may mean anything. The Encoding Standard maps them to
/// `replacement`; it does not know UTF-7 at all, for the same reason.
fn is_never_read(label: &str) -> bool {
    const LABELS: [&str; 8] = [
        "csiso2022kr",
        "hz-gb-2312",
        "iso-2022-cn",
        "iso-2022-cn-ext",
        "iso-2022-kr",
        "replacement",
        "utf-7",
        "unicode-1-1-utf-7",
    ];
    LABELS.iter().any(|known| label.trim().eq_ignore_ascii_case(known))
}

/// What the first bytes of a body tell of its charset.
enum Start {
    /// This charset, behind so many bytes of a byte order mark.
    Is(Charset, usize),
    /// More bytes are needed.
    Short,
    /// The bytes are not what their declaration says.
    Wrong(DecodeErrorKind),
}

fn start(bytes: &[u8], declared: &DeclaredCharset, whole: bool) -> Start {
    if bytes.len() < DECLARATION.len() && !whole {
        return Start::Short;
    }
    match bytes {
        // The mark of UTF-8 stays: the readers of each format know it.
        [0xef, 0xbb, 0xbf, ..] => return Start::Is(Charset::Utf8, 0),
        [0xff, 0xfe, ..] => return Start::Is(Charset::Utf16 { big_endian: false }, 2),
        [0xfe, 0xff, ..] => return Start::Is(Charset::Utf16 { big_endian: true }, 2),
        _ => {}
    }
    if let Some(label) = &declared.label {
        let charset = Charset::of(label);
        // No byte of these is what it seems, so that nothing is read before that is told.
        return if is_never_read(label) { Start::Wrong(charset.wrong()) } else { Start::Is(charset, 0) };
    }
    match bytes {
        [b'<', 0, b'?', 0, ..] => return Start::Is(Charset::Utf16 { big_endian: false }, 0),
        [0, b'<', 0, b'?', ..] => return Start::Is(Charset::Utf16 { big_endian: true }, 0),
        _ => {}
    }
    if bytes.starts_with(DECLARATION.as_bytes()) {
        let head = bytes.get(..LONGEST_DECLARATION).unwrap_or(bytes);
        match head.windows(2).position(|end| end == b"?>") {
            None if head.len() < LONGEST_DECLARATION && !whole => return Start::Short,
            None => {}
            Some(end) => {
                let declaration = head.get(..end).and_then(|head| std::str::from_utf8(head).ok());
                if let Some((from, to)) = declaration.and_then(named_encoding) {
                    let charset =
                        Charset::of(declaration.and_then(|text| text.get(from..to)).unwrap_or_default());
                    // What is ASCII as far as here is no UTF-16, and what is not known cannot be read, however it goes on.
                    let readable = !matches!(charset, Charset::Utf16 { .. } | Charset::Unknown(_));
                    return if readable { Start::Is(charset, 0) } else { Start::Wrong(charset.wrong()) };
                }
            }
        }
    }
    Start::Is(declared.usual.map_or(Charset::Utf8, Charset::of), 0)
}

/// Where the name of an encoding is in an XML declaration.
fn named_encoding(declaration: &str) -> Option<(usize, usize)> {
    let at = declaration.find("encoding")? + "encoding".len();
    let equals = declaration.get(at..)?.find(|char: char| !char.is_ascii_whitespace())? + at;
    let rest = declaration.get(equals..)?.strip_prefix('=')?;
    let quote = rest.find(|char: char| !char.is_ascii_whitespace())? + equals + 1;
    let mark = declaration.get(quote..)?.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let end = declaration.get(quote + 1..)?.find(mark)? + quote + 1;
    Some((quote + 1, end))
}

/// The declaration of a text that has been read already says the charset that it was in: it says UTF-8 from here on, without a
/// change to where anything behind it is.
fn as_utf_8(text: &mut Cow<'_, str>) {
    let Some(end) = declaration_end(text) else { return };
    let Some((from, to)) = text.get(..end).and_then(named_encoding) else { return };
    let Some(label) = text.get(from..to).map(str::to_owned) else { return };
    if matches!(Charset::of(&label), Charset::Utf8) {
        return;
    }
    let utf_8 = "utf-8";
    let behind = text.get(to..end).unwrap_or_default();
    // In characters, as columns count them; a label is ASCII.
    if let Some(spare) = label.chars().count().checked_sub(utf_8.len()) {
        let padded = [utf_8, behind, &" ".repeat(spare)].concat();
        text.to_mut().replace_range(from..end, &padded);
    } else if let Some(start) = text.get(..from).and_then(|head| head.rfind("encoding")) {
        // Too short a label to make room: no encoding is said at all then.
        text.to_mut().replace_range(start..=to, &" ".repeat(to + 1 - start));
    }
}

/// Where an XML declaration ends that a text starts with.
fn declaration_end(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    if !text.get(start..)?.starts_with(DECLARATION) {
        return None;
    }
    let most = text.len().min(LONGEST_DECLARATION);
    let head = text.as_bytes().get(..most)?;
    head.windows(2).position(|end| end == b"?>").map(|end| end + 2)
}

/// A body as text.
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) charset: Charset,
}

/// Reads a body. `format` is the one that errors tell of.
pub(crate) fn decode<'b>(
    format: Format,
    bytes: &'b [u8],
    declared: &DeclaredCharset,
) -> Result<Decoded<'b>, DecodeError> {
    let (charset, skipped) = match start(bytes, declared, true) {
        Start::Is(charset, skipped) => (charset, skipped),
        // The bytes are whole.
        Start::Short => (Charset::Utf8, 0),
        Start::Wrong(kind) => {
            return Err(Fault { offset: 0, path: String::new(), kind }.into_error(format, ""));
        }
    };
    let bytes = bytes.get(skipped..).unwrap_or_default();
    let mut text = if let Charset::Utf8 = charset {
        Cow::Borrowed(DecodeError::text(format, bytes)?)
    } else {
        let mut text = String::with_capacity(bytes.len());
        Decoder::new(charset.clone()).feed(bytes, true, &mut text).map_err(|kind| {
            Fault { offset: text.len(), path: String::new(), kind }.into_error(format, &text)
        })?;
        Cow::Owned(text)
    };
    as_utf_8(&mut text);
    Ok(Decoded { text, charset })
}

/// What a body says in a format: the text that it is, with the escapes of a form in UTF-8.
pub(crate) fn of_format<'b>(
    format: Format,
    bytes: &'b [u8],
    decoded: Decoded<'b>,
) -> Result<Cow<'b, str>, DecodeError> {
    match (format, &decoded.charset) {
        // What UTF-16 says are characters, and its escapes are in UTF-8.
        (Format::Query, Charset::Utf16 { .. }) => {
            decode_form(decoded.text.as_bytes(), &Charset::Utf8).map(|text| Cow::Owned(text.into_owned()))
        }
        (Format::Query, charset) => decode_form(bytes, charset),
        (Format::Json | Format::Xml, _) => Ok(decoded.text),
    }
}

/// Reads form-urlencoded bytes, whose escapes are of bytes in `charset`, as the same in UTF-8.
pub(crate) fn decode_form<'b>(bytes: &'b [u8], charset: &Charset) -> Result<Cow<'b, str>, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if matches!(charset, Charset::Utf8 | Charset::Utf16 { .. }) {
        // A form of a document in UTF-16 is in UTF-8. It stays as it is, so that errors are where they are in it.
        let text = DecodeError::text(Format::Query, bytes)?;
        let mut parts = if has_high_escapes(bytes) { text } else { "" }.split(['&', '=']);
        return match parts.find(|part| std::str::from_utf8(&form::unescaped(part.as_bytes())).is_err()) {
            Some(part) => Err(wrong_escapes(bytes, part.as_bytes(), &Charset::Utf8)),
            None => Ok(Cow::Borrowed(text)),
        };
    }
    let mut out = Vec::with_capacity(bytes.len());
    for (index, pair) in bytes.split(|byte| *byte == b'&').enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        for (index, part) in pair.splitn(2, |byte| *byte == b'=').enumerate() {
            if index > 0 {
                out.push(b'=');
            }
            // White space at the ends of a line is none of a form.
            let unescaped = form::unescaped(part.trim_ascii());
            let Some(text) = charset.decode(&unescaped) else {
                return Err(wrong_escapes(bytes, part, charset));
            };
            form::encode(&mut out, text.as_bytes());
        }
    }
    match String::from_utf8(out) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(error) => Err(DecodeError::text(Format::Query, error.as_bytes()).err().unwrap_or_else(|| {
            Fault { offset: 0, path: String::new(), kind: DecodeErrorKind::Utf8 }
                .into_error(Format::Query, "")
        })),
    }
}

/// What is wrong with a part of a form whose bytes are no text.
#[cold]
fn wrong_escapes(bytes: &[u8], part: &[u8], charset: &Charset) -> DecodeError {
    let at = part.as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
    let before = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()).len();
    let fault = Fault { offset: before, path: String::new(), kind: charset.wrong() };
    fault.into_error(Format::Query, &String::from_utf8_lossy(bytes))
}

/// Whether there are escapes of bytes that are not ASCII.
fn has_high_escapes(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let [b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', digit, ..] = rest
            && digit.is_ascii_hexdigit()
        {
            return true;
        }
    }
    false
}

/// Writes a form-urlencoded text, whose escapes are in UTF-8, with escapes in `charset`. The name or value that cannot be written is the
/// error.
pub(crate) fn encode_form<'t>(text: &'t str, charset: &Charset) -> Result<Cow<'t, str>, String> {
    if matches!(charset, Charset::Utf8 | Charset::Utf16 { .. }) {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    for (index, pair) in text.split('&').enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        let name = pair.split('=').next().unwrap_or_default();
        for (index, part) in pair.splitn(2, '=').enumerate() {
            if index > 0 {
                out.push(b'=');
            }
            let unescaped = form::decode(part);
            let bytes = charset.encode(&unescaped).ok_or_else(|| form::decode(name).into_owned())?;
            form::encode(&mut out, &bytes);
        }
    }
    // It is ASCII.
    Ok(Cow::Owned(String::from_utf8(out).unwrap_or_default()))
}

/// Reads text from bytes that come in pieces, cut anywhere.
pub(crate) struct Decoder {
    charset: Charset,
    /// The start of a character whose end has not come.
    tail: Vec<u8>,
    #[cfg(feature = "charsets")]
    other: Option<encoding_rs::Decoder>,
}

impl Decoder {
    pub(crate) fn new(charset: Charset) -> Self {
        Self {
            #[cfg(feature = "charsets")]
            other: match &charset {
                Charset::Other(encoding) => Some(encoding.new_decoder_without_bom_handling()),
                _ => None,
            },
            charset,
            tail: Vec::new(),
        }
    }

    /// Appends what the bytes say to `out`. What is wrong with them is behind that.
    pub(crate) fn feed(
        &mut self,
        bytes: &[u8],
        whole: bool,
        out: &mut String,
    ) -> Result<(), DecodeErrorKind> {
        #[cfg(feature = "charsets")]
        if let Some(decoder) = &mut self.other {
            let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
            out.reserve(room.ok_or_else(|| self.charset.wrong())?);
            let (result, _) = decoder.decode_to_string_without_replacement(bytes, out, whole);
            let all = matches!(result, encoding_rs::DecoderResult::InputEmpty);
            return if all { Ok(()) } else { Err(self.charset.wrong()) };
        }
        let joined = if self.tail.is_empty() {
            Cow::Borrowed(bytes)
        } else {
            self.tail.extend_from_slice(bytes);
            Cow::Owned(std::mem::take(&mut self.tail))
        };
        let read = if let Charset::Utf16 { big_endian } = self.charset {
            utf_16(&joined, big_endian, out)
        } else if matches!(self.charset, Charset::Unknown(_)) {
            let ascii = joined.iter().position(|byte| !byte.is_ascii()).unwrap_or(joined.len());
            out.push_str(std::str::from_utf8(joined.get(..ascii).unwrap_or_default()).unwrap_or_default());
            if ascii == joined.len() { Ok(ascii) } else { Err(()) }
        } else {
            match std::str::from_utf8(&joined) {
                Ok(text) => {
                    out.push_str(text);
                    Ok(joined.len())
                }
                Err(error) => {
                    let valid = joined.get(..error.valid_up_to()).unwrap_or_default();
                    out.push_str(std::str::from_utf8(valid).unwrap_or_default());
                    if error.error_len().is_none() { Ok(valid.len()) } else { Err(()) }
                }
            }
        };
        let rest = joined.get(read.map_err(|()| self.charset.wrong())?..).unwrap_or_default();
        if whole && !rest.is_empty() {
            return Err(self.charset.wrong());
        }
        self.tail = rest.to_vec();
        Ok(())
    }
}

/// Appends the text of UTF-16, and gives how many bytes it was. A character that is cut off is left.
fn utf_16(bytes: &[u8], big_endian: bool, out: &mut String) -> Result<usize, ()> {
    let unit = |at: usize| {
        let pair = bytes.get(at..).and_then(<[u8]>::first_chunk::<2>)?;
        Some(if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) })
    };
    let mut at = 0;
    while let Some(first) = unit(at) {
        let units = match first {
            0xd800..=0xdbff => match unit(at + 2) {
                None => break,
                Some(second) => [Some(first), Some(second)],
            },
            _ => [Some(first), None],
        };
        let char = char::decode_utf16(units.into_iter().flatten()).next();
        out.push(char.and_then(Result::ok).ok_or(())?);
        at += 2 * units.iter().flatten().count();
    }
    Ok(at)
}
