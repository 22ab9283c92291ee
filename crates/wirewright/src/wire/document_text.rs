//! A text that is a part of a document.

use std::{borrow::Cow, fmt, ops::Deref};

/// How many bytes a short text has at most.
const SHORT: usize = 14;

/// A name, a text or the digits of a number in a [`Document`](super::Document): as `String`, but of 16 bytes, and without a piece of memory
/// of its own up to 14 bytes.
///
/// Its `Debug` does not show it: what nobody has described may be a secret.
///
/// ```
/// use wirewright::wire::{Document, DocumentText};
///
/// let text = DocumentText::from("Zürich");
/// assert_eq!(text.as_str(), "Zürich");
/// assert_eq!(text.len(), 7); // of `str`
/// assert_eq!(Document::Text(text), Document::from("Zürich"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DocumentText(Kept);

/// What is short enough is never elsewhere, and what is behind it is zeros: equal texts are kept alike.
#[derive(Clone, PartialEq, Eq)]
enum Kept {
    Here(u8, [u8; SHORT]),
    Elsewhere(Box<Long>),
}

/// The address and the length of a text.
#[derive(Clone, PartialEq, Eq)]
struct Long(Box<str>);

impl Default for Kept {
    fn default() -> Self {
        Self::Here(0, [0; SHORT])
    }
}

impl DocumentText {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // It has been a text when it came, so that none is lost here.
            Kept::Here(length, bytes) => bytes
                .get(..usize::from(*length))
                .and_then(|text| std::str::from_utf8(text).ok())
                .unwrap_or(""),
            Kept::Elsewhere(long) => &long.0,
        }
    }

    fn short(text: &str) -> Option<Kept> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Kept::Here(u8::try_from(text.len()).ok()?, bytes))
    }
}

impl Deref for DocumentText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for DocumentText {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<&str> for DocumentText {
    fn from(text: &str) -> Self {
        Self(Self::short(text).unwrap_or_else(|| Kept::Elsewhere(Box::new(Long(text.into())))))
    }
}

impl From<String> for DocumentText {
    fn from(text: String) -> Self {
        Self(Self::short(&text).unwrap_or_else(|| Kept::Elsewhere(Box::new(Long(text.into())))))
    }
}

impl From<&String> for DocumentText {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Cow<'_, str>> for DocumentText {
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl PartialEq<str> for DocumentText {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for DocumentText {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for DocumentText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentText(..)")
    }
}
