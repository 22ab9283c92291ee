//! Why a call from the shell failed.

use std::{
    fmt::{self, Write as _},
    process::ExitCode,
};

use wirewright::{
    DecodeError,
    describe::Class,
    exchange::{Error, Refusal as _, RequestError},
};
use wirewright_interpret::Failure as Refused;

/// Why nothing was called, or what was called failed.
#[derive(Debug)]
pub struct Failure {
    kind: FailureKind,
    text: String,
    /// What the vendor said, where it refused the call.
    refused: Option<Box<Refused>>,
}

/// What kind of failure it is: each has an exit code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// Something in the surroundings: a file that cannot be written.
    Other,
    /// What was asked for makes no sense: nothing was sent.
    Usage,
    /// The vendor refused the call, and what can be done about it.
    Refused(Class),
    /// What came is no reply of the vendor's, or not what the definition promises.
    NoReply,
    /// No response came back, or it broke off.
    Transport,
    /// The call was answered, and the session that was opened for it could not be closed.
    StillOpen,
}

impl FailureKind {
    /// Every kind with its exit code and what it is, as the command's help tells.
    pub const CODES: &'static [(u8, &'static str)] = &[
        (0, "the vendor answered"),
        (1, "something else: a file that cannot be written, say"),
        (2, "what was asked for makes no sense, and nothing was sent; or the definition has faults"),
        (3, "the vendor refused the call: it has to be corrected"),
        (4, "the vendor refused the call: log in again"),
        (5, "the vendor refused the call: it may be tried again later"),
        (6, "the vendor refused the call, and nothing can be done about it"),
        (7, "what came is no reply of the vendor's"),
        (8, "the connection failed"),
        (9, "the vendor answered, and the session that was opened stayed open"),
        (130, "interrupted by Ctrl-C, or told to end; sessions that were opened are closed"),
    ];

    /// The exit code of the command.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::Refused(Class::LogInAgain) => 4,
            Self::Refused(Class::Retry) => 5,
            Self::Refused(Class::GiveUp) => 6,
            Self::Refused(_) => 3,
            Self::NoReply => 7,
            Self::Transport => 8,
            Self::StillOpen => 9,
        }
    }
}

impl Failure {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self { kind: FailureKind::Usage, text: text.into(), refused: None }
    }

    pub(crate) fn other(text: impl Into<String>) -> Self {
        Self { kind: FailureKind::Other, text: text.into(), refused: None }
    }

    /// Somebody has ended the program, who is told of it elsewhere.
    pub(crate) fn interrupted() -> Self {
        Self::other("interrupted")
    }

    /// The same failure, of which this is to be said first.
    pub(crate) fn behind(mut self, text: &str) -> Self {
        self.text.insert_str(0, text);
        self
    }

    /// The same failure, of which this is to be said as well.
    pub(crate) fn and(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// That the session of a call that was answered stayed open.
    pub(crate) fn still_open(self) -> Self {
        Self { kind: FailureKind::StillOpen, ..self.behind("the session stayed open: ") }
    }

    /// That an answer came which could not be written.
    pub fn unwritten(error: &std::io::Error) -> Self {
        Self::other(format!("the answer cannot be written: {error}"))
    }

    /// Which kind of failure it is.
    pub const fn kind(&self) -> FailureKind {
        self.kind
    }

    /// What the vendor said, where it refused the call.
    pub fn refused(&self) -> Option<&Refused> {
        self.refused.as_deref()
    }

    /// The exit code of the command.
    pub fn exit_code(&self) -> ExitCode {
        self.kind.exit_code().into()
    }
}

impl From<Error<Refused>> for Failure {
    fn from(error: Error<Refused>) -> Self {
        let mut text = error.to_string();
        let kind = match &error {
            Error::Vendor(refusal) => FailureKind::Refused(refusal.class()),
            Error::Transport(below) => {
                let source = std::error::Error::source(below).map(|source| format!(" ({source})"));
                text.push_str(&source.unwrap_or_default());
                FailureKind::Transport
            }
            // What a reply said led there.
            Error::Request(RequestError::Elsewhere { .. } | RequestError::PageRepeated { .. }) => {
                FailureKind::NoReply
            }
            Error::Request(_) => FailureKind::Usage,
            _ => FailureKind::NoReply,
        };
        let refused = match error {
            Error::Vendor(refusal) => {
                if let Some(id) = refusal.failure.request_id() {
                    // Writing to a string cannot fail.
                    let _ = write!(text, " (request {id})");
                }
                Some(Box::new(refusal.failure))
            }
            _ => None,
        };
        Self { kind, text, refused }
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::usage(format!("the parameters cannot be read: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}
