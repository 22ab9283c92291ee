//! A text that was read, and whether it can be kept as it is.

use std::{borrow::Cow, ops::Deref};

/// A text for a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TextRef<'t, 'de: 't> {
    /// A part of the input, which a type that borrows can keep.
    Source(&'de str),
    /// Made of it, without its escapes.
    Made(&'t str),
}

impl<'t, 'de: 't> TextRef<'t, 'de> {
    #[expect(clippy::match_same_arms, reason = "they live for different times")]
    pub(crate) fn as_str(self) -> &'t str {
        match self {
            Self::Source(text) => text,
            Self::Made(text) => text,
        }
    }

    /// The same text, to be kept.
    pub(crate) fn to_cow(self) -> Cow<'de, str> {
        match self {
            Self::Source(text) => Cow::Borrowed(text),
            Self::Made(text) => Cow::Owned(text.to_owned()),
        }
    }

    /// A part of it, in bytes.
    pub(crate) fn part(self, from: usize, to: usize) -> Self {
        match self {
            Self::Source(text) => Self::Source(text.get(from..to).unwrap_or_default()),
            Self::Made(text) => Self::Made(text.get(from..to).unwrap_or_default()),
        }
    }
}

impl Deref for TextRef<'_, '_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl<'t, 'de> From<&'t Cow<'de, str>> for TextRef<'t, 'de> {
    fn from(text: &'t Cow<'de, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Source(text),
            Cow::Owned(text) => Self::Made(text),
        }
    }
}
