//! What a command ends with.

use std::process::ExitCode;

/// What the program is called.
pub(super) const PROGRAM: &str = "wirewright";

/// Why a command failed, and with which exit code.
pub(super) struct Failed {
    pub(super) text: String,
    pub(super) code: u8,
}

impl Failed {
    /// What was asked for makes no sense.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 2 }
    }

    pub(super) fn other(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 1 }
    }
}

/// What a command ended with.
pub(super) type Done = Result<ExitCode, Failed>;
