//! Why rows could not be read from a source.

use std::fmt;

use super::RowsError;

/// Why a row could not be read: the source failed, or what came from it is wrong. What the source said is the
/// [source](std::error::Error::source) of the error.
#[derive(Debug)]
pub enum ReadError<E> {
    /// The source failed.
    Source(E),
    /// What came from it is not what was promised.
    Rows(RowsError),
}

impl<E> fmt::Display for ReadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(_) => f.write_str("the reply could not be read on"),
            Self::Rows(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for ReadError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Rows(_) => None,
        }
    }
}

impl<E> From<RowsError> for ReadError<E> {
    fn from(error: RowsError) -> Self {
        Self::Rows(error)
    }
}
