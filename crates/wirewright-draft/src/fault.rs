//! What is wrong with an input, and where.

use std::{fmt, path::Path};

/// An input that cannot be read: a file, a place in it, and what to do.
///
/// ```
/// use wirewright_draft::Inputs;
///
/// let error = Inputs::read(&["nowhere.har".into()], &[]).unwrap_err();
/// assert!(error.to_string().starts_with("nowhere.har: cannot be read: "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// The file, as it was named.
    pub file: String,
    /// The line, counted from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong, what was expected, and what to do.
    pub message: String,
}

impl InputError {
    pub(crate) fn new(file: &Path, line: Option<usize>, message: impl Into<String>) -> Self {
        Self { file: file.display().to_string(), line, message: message.into() }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for InputError {}
