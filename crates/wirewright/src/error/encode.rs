//! Why a message could not be written.

use std::fmt;

use crate::Format;

/// Why a message could not be written: its format cannot carry a value. It never shows the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    format: Format,
    path: String,
    kind: EncodeErrorKind,
}

/// What cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A character that XML 1.0 cannot carry, even as a reference.
    Character,
    /// A map's key that cannot be a name in this format, or in a query string the name of a second structure.
    Name,
    /// Text that would be taken apart again: an item of a joined list that contains the separator, or a joined list of one empty item.
    Separator,
    /// A list's item, or a map's value, that is absent where the format has no way to say so.
    Absent,
    /// A list without items that must have one, or an empty list or map where the format cannot tell it from nothing: inside
    /// another one of a query string, or a [`Document`](crate::wire::Document) in XML.
    Empty,
    /// A date or time that its format cannot write: of another century than `%y` has, say.
    Unwritable,
    /// A value that has no place where it is: a structure where an attribute or text belongs.
    Misplaced,
    /// More levels than the options allow.
    Depth,
    /// A character that the vendor's charset does not have, or that takes the feature `charsets` to be written.
    Charset,
    /// A row that has not one cell for each column of its table.
    Columns,
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Character => "a character that XML cannot carry",
            Self::Name => "a key that cannot be a name",
            Self::Separator => "an item that would be taken apart at the list's separator",
            Self::Absent => "an absent value where none can be left out",
            Self::Empty => "an empty list or map where it would be as good as missing",
            Self::Unwritable => "a date or time that its format cannot write",
            Self::Misplaced => "a value that cannot be here",
            Self::Depth => "too many levels",
            Self::Charset if cfg!(feature = "charsets") => "a character that the vendor's charset does not have",
            Self::Charset => {
                "a character that takes the feature `charsets` of the crate `wirewright` to be written in the vendor's charset"
            }
            Self::Columns => "not one cell for each column",
        })
    }
}

impl EncodeError {
    #[cold]
    pub(crate) fn new(format: Format, path: &str, kind: EncodeErrorKind) -> Self {
        Self(Box::new(Inner { format, path: path.into(), kind }))
    }

    /// The format that was written.
    pub fn format(&self) -> Format {
        self.0.format
    }

    /// The path to the member, such as `response.data.token`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What cannot be written.
    pub fn kind(&self) -> EncodeErrorKind {
        self.0.kind
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at {}: {}", self.0.format, self.0.path, self.0.kind)
    }
}

impl std::error::Error for EncodeError {}
