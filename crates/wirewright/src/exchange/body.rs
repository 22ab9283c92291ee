//! The raw body of a response.

use std::fmt;

/// The raw body of a response. It may hold secrets, so that only [`expose`](Self::expose) and
/// [`into_exposed`](Self::into_exposed) show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(Vec<u8>);

impl Body {
    pub(crate) const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes as they came.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as they came, without a copy.
    pub fn into_exposed(self) -> Vec<u8> {
        self.0
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[redacted, {} bytes]", self.0.len())
    }
}
