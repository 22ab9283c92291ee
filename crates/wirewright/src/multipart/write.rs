//! Writes `multipart/form-data`.

use std::{borrow::Cow, fmt};

use crate::{
    EncodeErrorKind, File, multipart::boundary::is_boundary, text::charset::Charset,
    transport::body::RequestBody,
};

/// The media type of a file that has none of its own.
const ANY_MEDIA_TYPE: &str = "application/octet-stream";

/// Texts and files under names, in the order of the wire. [The module](super) has an example.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    parts: Vec<FormPart>,
}

#[derive(Clone, PartialEq)]
struct FormPart {
    name: String,
    content: FormContent,
}

#[derive(Clone, PartialEq)]
enum FormContent {
    Text(String),
    File(File),
}

/// Shows no text: it may be a secret.
impl fmt::Debug for FormPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut part = f.debug_struct("Part");
        part.field("name", &self.name);
        match &self.content {
            FormContent::Text(_) => part.finish_non_exhaustive(),
            FormContent::File(file) => part.field("file", file).finish(),
        }
    }
}

/// Why a form cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormError {
    /// A boundary has 1 to 70 letters, digits and signs among `'()+_,-./:=?`.
    Boundary,
    /// The name of a part has control characters.
    Name {
        /// The name, without them.
        name: String,
    },
    /// The name or the text of a part, or the name of its file, has a character that the vendor's charset does not have.
    Charset {
        /// The name of the part.
        name: String,
    },
    /// A file has no name, one with control characters, or a media type that cannot be in a header.
    File {
        /// The name of its part.
        name: String,
    },
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boundary => {
                f.write_str("a boundary has 1 to 70 letters, digits and signs among '()+_,-./:=?")
            }
            Self::Name { name } => write!(f, "the name {name:?} of a part has control characters"),
            Self::Charset { name } => {
                write!(f, "the part {name:?} has {}", EncodeErrorKind::Charset)
            }
            Self::File { name } => write!(
                f,
                "the file {name:?} needs a name without control characters, and a media type such as audio/wav"
            ),
        }
    }
}

impl std::error::Error for FormError {}

/// Line breaks are escaped; other control characters but the tab have no way to be in a header.
fn is_name(text: &str) -> bool {
    !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\r' | '\n' | '\t'))
}

/// Visible ASCII with a `/` in it.
pub(crate) fn is_media_type(text: &str) -> bool {
    let (kind, sub) = text.split_once('/').unwrap_or_default();
    !kind.is_empty() && !sub.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && {
        text.trim_ascii() == text
    }
}

/// A name as the HTML standard writes it into a header.
fn escaped(name: &str) -> Cow<'_, str> {
    if !name.contains(['"', '\r', '\n']) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
}

impl Form {
    /// A form without parts.
    pub const fn new() -> Self {
        Self { parts: Vec::new() }
    }

    /// The same form with one more text.
    #[must_use]
    pub fn text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.parts.push(FormPart { name: name.into(), content: FormContent::Text(text.into()) });
        self
    }

    /// The same form with one more file.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, file: File) -> Self {
        self.parts.push(FormPart { name: name.into(), content: FormContent::File(file) });
        self
    }

    /// Its Content-Type and its body, with parts that are separated by `boundary`, which must not occur in them: 16 random bytes
    /// in hexadecimal digits do not. Texts go out as they are; in the names of parts and files `"` becomes `%22`, and a line break
    /// `%0D%0A`, as the HTML standard has it.
    ///
    /// # Errors
    ///
    /// When a header would not hold the boundary, a name or a media type.
    pub fn finish(self, boundary: &str) -> Result<(String, RequestBody), FormError> {
        self.finish_in(boundary, &Charset::Utf8)
    }

    /// The same with names and texts in another charset.
    pub(crate) fn finish_in(
        self,
        boundary: &str,
        charset: &Charset,
    ) -> Result<(String, RequestBody), FormError> {
        if !is_boundary(boundary) {
            return Err(FormError::Boundary);
        }
        let mut body = RequestBody::default();
        let mut text = String::new();
        for FormPart { name, content } in self.parts {
            if !is_name(&name) {
                let name = name.chars().filter(|letter| !letter.is_control()).collect();
                return Err(FormError::Name { name });
            }
            let is_in = |text: &str| charset.encode(text).is_some();
            let file_name = match &content {
                FormContent::Text(content) if !is_in(content) => return Err(FormError::Charset { name }),
                FormContent::Text(_) => "",
                FormContent::File(file) => file.name(),
            };
            if !is_in(&name) || !is_in(file_name) {
                return Err(FormError::Charset { name });
            }
            let header =
                ["--", boundary, "\r\nContent-Disposition: form-data; name=\"", &escaped(&name), "\""];
            text.extend(header);
            match content {
                FormContent::Text(content) => text.extend(["\r\n\r\n", &content]),
                FormContent::File(file) => {
                    let media_type = file.media_type().unwrap_or(ANY_MEDIA_TYPE);
                    if file.name().is_empty() || !is_name(file.name()) || !is_media_type(media_type) {
                        return Err(FormError::File { name });
                    }
                    let file_name = escaped(file.name());
                    text.extend([
                        "; filename=\"",
                        &file_name,
                        "\"\r\nContent-Type: ",
                        media_type,
                        "\r\n\r\n",
                    ]);
                    push(&mut body, &std::mem::take(&mut text), charset);
                    body.push_file(file);
                }
            }
            text.push_str("\r\n");
        }
        text.extend(["--", boundary, "--\r\n"]);
        push(&mut body, &text, charset);
        let quote = if boundary.bytes().all(is_token_byte) { "" } else { "\"" };
        Ok((format!("multipart/form-data; boundary={quote}{boundary}{quote}"), body))
    }

    /// A boundary that does not occur in what is in memory; `None` when some content is not there to be looked at.
    pub(crate) fn boundary(&self) -> Option<String> {
        let contents = || {
            self.parts.iter().map(|part| match &part.content {
                FormContent::Text(text) => Some(text.as_bytes()),
                FormContent::File(file) => file.bytes(),
            })
        };
        if contents().any(|content| content.is_none()) {
            return None;
        }
        // A content of n bytes holds at most n of these, so that one of them is free.
        let occurs = |boundary: &str| {
            let held =
                |content: &[u8]| content.windows(boundary.len()).any(|part| part == boundary.as_bytes());
            contents().flatten().any(held)
        };
        (0..u64::MAX).map(|number| format!("wirewright-{number:016x}")).find(|boundary| !occurs(boundary))
    }
}

/// Appends text whose characters the charset has.
fn push(body: &mut RequestBody, text: &str, charset: &Charset) {
    body.push_bytes(charset.encode(text).unwrap_or_default().into_owned());
}

/// What a value without quotes is made of, RFC 9110 section 5.6.2.
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}
