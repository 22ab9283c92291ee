//! Why rows could not be read from a source.

use core::fmt;

use super::RowsError;

/// Why a row could not be read: the source failed, or what came from it is wrong.
#[derive(Debug)]
pub enum ReadError<E> {
    /// The source failed.
    Source(E),
    /// What came from it is not what was promised.
    Rows(RowsError),
}

impl<E: fmt::Display> fmt::Display for ReadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => write!(f, "the reply could not be read on: {error}"),
            Self::Rows(error) => error.fmt(f),
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for ReadError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Rows(error) => Some(error),
        }
    }
}

impl<E> From<RowsError> for ReadError<E> {
    fn from(error: RowsError) -> Self {
        Self::Rows(error)
    }
}
