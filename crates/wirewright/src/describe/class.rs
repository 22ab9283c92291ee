//! What a vendor's errors mean: to a caller, and to a server side.

use std::fmt;

/// What a caller can do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Send the same call again, later.
    Retry,
    /// Log in again, then repeat the call.
    LogInAgain,
    /// The call is wrong; sending it again will not help.
    InvalidRequest,
    /// Nothing that a program can do.
    GiveUp,
}

impl Class {
    /// What HTTP says of a status: 408, 425, 429 and those from 500 on may pass, 401 asks for a login, and the other ones from 400
    /// on blame the call. Where the vendor's code is not known, this is heard.
    ///
    /// ```
    /// use wirewright::describe::Class;
    ///
    /// assert_eq!(Class::of_http(429), Class::Retry);
    /// assert_eq!(Class::of_http(403), Class::InvalidRequest);
    /// assert_eq!(Class::of_http(200), Class::GiveUp);
    /// ```
    pub const fn of_http(status: u16) -> Self {
        match status {
            408 | 425 | 429 | 500..=599 => Self::Retry,
            401 => Self::LogInAgain,
            400..=499 => Self::InvalidRequest,
            _ => Self::GiveUp,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Retry => "retry later",
            Self::LogInAgain => "log in again",
            Self::InvalidRequest => "correct the call",
            Self::GiveUp => "give up",
        })
    }
}

/// Something that a server side finds out before (or while) it handles a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServerCondition {
    /// A required parameter is missing.
    ParameterMissing,
    /// A parameter has a wrong value, or is given twice.
    ParameterInvalid,
    /// The operation is not offered by this HTTP method.
    MethodNotAllowed,
    /// The body is of a media type that the operation does not take, or in a content coding.
    MediaTypeWrong,
    /// No operation has this path or name.
    OperationUnknown,
    /// The session does not exist.
    SessionUnknown,
    /// The session has expired.
    SessionExpired,
    /// The signature does not match.
    SignatureWrong,
    /// The user, the password or the like is wrong.
    CredentialsWrong,
    /// Parts of several kinds of credentials are there, of which the vendor takes one.
    CredentialsConflicting,
    /// Something went wrong on the server.
    Internal,
}

impl fmt::Display for ServerCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ParameterMissing => "a required parameter is missing",
            Self::ParameterInvalid => "a parameter has a wrong value or is given twice",
            Self::MethodNotAllowed => "the operation is not offered by this HTTP method",
            Self::MediaTypeWrong => "the body is not of the media type that the operation takes",
            Self::OperationUnknown => "no operation has this path or name",
            Self::SessionUnknown => "the session does not exist",
            Self::SessionExpired => "the session has expired",
            Self::SignatureWrong => "the signature does not match",
            Self::CredentialsWrong => "the user or the password is wrong",
            Self::CredentialsConflicting => "credentials of several kinds are there, and one kind is taken",
            Self::Internal => "something went wrong on the server",
        })
    }
}
