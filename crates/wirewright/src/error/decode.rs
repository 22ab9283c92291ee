//! Why a message could not be read.

use std::{borrow::Cow, fmt};

use super::position::{boundary, line_and_column};
use crate::{Format, mask};

/// Why a message could not be read, and where.
///
/// It never shows a value of the input: the [excerpt](Self::excerpt) has every value masked.
#[derive(Clone)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    format: Format,
    line: usize,
    column: usize,
    path: String,
    kind: DecodeErrorKind,
    excerpt: String,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input is malformed.
    #[non_exhaustive]
    Syntax {
        /// What is malformed.
        message: &'static str,
    },
    /// A required member is not there.
    Missing,
    /// A member is not what its type takes.
    #[non_exhaustive]
    Expected {
        /// What its type takes.
        what: Cow<'static, str>,
    },
    /// A key of a map is given more than once; or a scalar, which a strict reader refuses, and any reader where the first counts
    /// and another says something else.
    Duplicate,
    /// The input is larger or deeper, or has more elements, than the caller allows.
    #[non_exhaustive]
    Limit {
        /// What there is too much of: `"bytes"`, `"levels"` or `"elements"`.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
    /// The input is not UTF-8.
    Utf8,
    /// The input is no text in its charset.
    #[non_exhaustive]
    NotInCharset {
        /// The charset's name.
        charset: &'static str,
    },
    /// The input is in a charset that is not read here.
    #[non_exhaustive]
    Charset {
        /// What it is said to be, as far as 40 characters.
        label: String,
    },
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message } => f.write_str(message),
            Self::Missing => f.write_str("a required member is missing"),
            Self::Expected { what } => write!(f, "expected {what}"),
            Self::Duplicate => f.write_str("given more than once"),
            Self::Limit { what, limit } => write!(f, "more than {limit} {what}"),
            Self::Utf8 => f.write_str("not UTF-8"),
            Self::NotInCharset { charset } => write!(f, "not {charset}"),
            Self::Charset { label } if cfg!(feature = "charsets") => {
                write!(f, "in the charset `{label}`, which the Encoding Standard does not have")
            }
            Self::Charset { label } => write!(
                f,
                "in the charset `{label}`, which takes the feature `charsets` of the crate `wirewright` to be read"
            ),
        }
    }
}

/// What a reader found wrong, before it is turned into a position.
pub(crate) struct Fault {
    pub(crate) offset: usize,
    pub(crate) path: String,
    pub(crate) kind: DecodeErrorKind,
}

impl Fault {
    pub(crate) fn syntax(offset: usize, message: &'static str) -> Self {
        Self { offset, path: String::new(), kind: DecodeErrorKind::Syntax { message } }
    }

    pub(crate) fn limit(offset: usize, what: &'static str, limit: usize) -> Self {
        Self { offset, path: String::new(), kind: DecodeErrorKind::Limit { what, limit } }
    }

    pub(crate) fn at(mut self, path: String) -> Self {
        self.path = path;
        self
    }

    #[cold]
    pub(crate) fn into_error(self, format: Format, source: &str) -> DecodeError {
        let offset = boundary(source, self.offset);
        let (line, column) = line_and_column(source, offset);
        let excerpt = mask::excerpt(format, source, offset);
        DecodeError(Box::new(Inner { format, line, column, path: self.path, kind: self.kind, excerpt }))
    }
}

impl DecodeError {
    /// Reads bytes as text.
    pub(crate) fn text(format: Format, bytes: &[u8]) -> Result<&str, Self> {
        std::str::from_utf8(bytes).map_err(|error| {
            let valid = bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok());
            let fault =
                Fault { offset: error.valid_up_to(), path: String::new(), kind: DecodeErrorKind::Utf8 };
            fault.into_error(format, valid.unwrap_or_default())
        })
    }

    /// A promised member that is not in a text which is well formed.
    pub(crate) fn missing(format: Format, source: &str, path: &str) -> Self {
        Fault { offset: 0, path: path.into(), kind: DecodeErrorKind::Missing }.into_error(format, source)
    }

    /// The same error in the headers of a response, which were read as pairs.
    pub(crate) fn in_headers(mut self) -> Self {
        self.0.path.insert_str(0, "headers.");
        self
    }

    /// The same error in the text `whole`, of which the one that was read is a part.
    pub(crate) fn within(self, whole: &str, part: &str) -> Self {
        let offset = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
        let (line, column) = line_and_column(whole, offset);
        self.moved(line, column)
    }

    /// The same error in a text that is at a line and column of a larger one.
    pub(crate) fn moved(mut self, line: usize, column: usize) -> Self {
        if self.0.line == 1 {
            self.0.column += column.saturating_sub(1);
        }
        self.0.line += line.saturating_sub(1);
        self
    }

    /// The same error at another line and column.
    pub(crate) fn placed(mut self, line: usize, column: usize) -> Self {
        (self.0.line, self.0.column) = (line, column);
        self
    }

    /// Where in `source`, of which the error is, its place is, in bytes.
    #[cfg(feature = "rows")]
    pub(crate) fn offset_in(&self, source: &str) -> usize {
        let before: usize = source.split_inclusive('\n').take(self.0.line - 1).map(str::len).sum();
        let line = source.get(before..).unwrap_or_default();
        before + line.char_indices().nth(self.0.column - 1).map_or(line.len(), |(at, _)| at)
    }

    /// The format that was read.
    pub fn format(&self) -> Format {
        self.0.format
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column, from 1, in characters.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// The path to the member, such as `response.data.token` or `rows[3].id`; empty where none is known.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// The input around the place, about 60 characters, with every value shown as `…`.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{}, line {}, column {}", inner.format, inner.line, inner.column)?;
        if !inner.path.is_empty() {
            write!(f, ", at {}", inner.path)?;
        }
        write!(f, ": {}", inner.kind)?;
        if !inner.excerpt.is_empty() {
            write!(f, ", near \"{}\"", inner.excerpt)?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("DecodeError")
            .field("format", &inner.format)
            .field("line", &inner.line)
            .field("column", &inner.column)
            .field("path", &inner.path)
            .field("kind", &inner.kind)
            .field("excerpt", &inner.excerpt)
            .finish()
    }
}

impl std::error::Error for DecodeError {}
