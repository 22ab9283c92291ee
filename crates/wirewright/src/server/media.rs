//! Whether the body of a request is what its operation takes, as far as its head says.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    Format,
    describe::protocol::{Content, Operation},
    exchange::bytes::{coding, content_type, essence},
    mask,
};

const FORM: &str = "application/x-www-form-urlencoded";
#[cfg(feature = "multipart")]
const MULTIPART: &str = "multipart/form-data";

/// Why a body is not what an operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unsupported {
    /// It is in a content coding, which nobody undoes here.
    Coding(String),
    /// It is of another media type than this one.
    MediaType { came: String, accepted: &'static str },
    /// Its head says two things.
    Several { accepted: &'static str },
    /// It is in a charset that nobody knows.
    #[cfg(feature = "charsets")]
    Charset { came: String, accepted: &'static str },
}

impl Unsupported {
    /// Whether nobody reads it, whichever operation it is for.
    pub(crate) const fn is_unreadable(&self) -> bool {
        match self {
            Self::Coding(_) => true,
            Self::MediaType { .. } | Self::Several { .. } => false,
            #[cfg(feature = "charsets")]
            Self::Charset { .. } => true,
        }
    }

    /// What would have been taken: RFC 9110, sections 12.5.1, 12.5.3 and 15.5.16.
    pub(crate) fn header(&self) -> (HeaderName, HeaderValue) {
        let accept = |media_type| {
            // A media type comes from the definition, which allows only what a header can carry.
            let value = HeaderValue::from_str(media_type);
            (header::ACCEPT, value.unwrap_or(HeaderValue::from_static("*/*")))
        };
        match self {
            Self::Coding(_) => (header::ACCEPT_ENCODING, HeaderValue::from_static("identity")),
            Self::MediaType { accepted, .. } | Self::Several { accepted } => accept(accepted),
            #[cfg(feature = "charsets")]
            Self::Charset { accepted, .. } => accept(accepted),
        }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| {
            let mut shown = String::new();
            mask::cut(&mut shown, text);
            shown
        };
        match self {
            Self::Coding(came) => {
                write!(f, "it is in the content coding `{}`, and none is undone", shown(came))
            }
            Self::MediaType { came, accepted } => {
                write!(f, "it is of the type `{}`; `{accepted}` is taken", shown(came))
            }
            Self::Several { accepted } => {
                write!(f, "there are several Content-Types; `{accepted}` is taken")
            }
            #[cfg(feature = "charsets")]
            Self::Charset { came, .. } => {
                write!(f, "it is in the charset `{}`, which is not known; UTF-8 is taken", shown(came))
            }
        }
    }
}

/// What is wrong with the body of a request to an operation that takes its parameters from a form, or does not. A body that does not
/// say what it is is taken for what it should be.
pub(crate) fn unsupported<B>(
    request: &http::Request<B>,
    operation: &Operation,
    in_form: bool,
) -> Option<Unsupported> {
    let headers = request.headers();
    if let Some(coding) = coding(headers) {
        return Some(Unsupported::Coding(coding));
    }
    let accepted = accepted(operation, in_form)?;
    if differ(headers) {
        return Some(Unsupported::Several { accepted });
    }
    let said = content_type(headers)?;
    if !takes(operation, essence(said)) {
        return Some(Unsupported::MediaType { came: essence(said).to_owned(), accepted });
    }
    #[cfg(feature = "charsets")]
    if let Some(came) = crate::text::charset::parameter(said)
        && matches!(crate::text::charset::Charset::of(&came), crate::text::charset::Charset::Unknown(_))
    {
        return Some(Unsupported::Charset { came, accepted });
    }
    None
}

/// The media type of an operation's requests. `None`: where the parameters are in the URL, the body is none of them.
const fn accepted(operation: &Operation, in_form: bool) -> Option<&'static str> {
    match operation.content {
        Content::Document(document) => Some(document.media_type),
        Content::Parameters if in_form => Some(FORM),
        #[cfg(feature = "multipart")]
        Content::Multipart { .. } if in_form => Some(MULTIPART),
        _ => None,
    }
}

/// Whether the Content-Type is there more than once and says different things: nobody knows which one the sender means.
fn differ(headers: &HeaderMap) -> bool {
    let mut all = headers.get_all(header::CONTENT_TYPE).iter();
    let first = all.next();
    all.any(|other| Some(other) != first)
}

fn takes(operation: &Operation, media_type: &str) -> bool {
    let is = |known: &str| media_type.eq_ignore_ascii_case(known);
    let ends = |suffix: &str| media_type.to_ascii_lowercase().ends_with(suffix);
    match operation.content {
        Content::Document(document) => {
            is(document.media_type)
                || match document.format {
                    Format::Xml => is("text/xml") || is("application/xml") || ends("+xml"),
                    Format::Json => is("application/json") || is("text/json") || ends("+json"),
                    Format::Query => is(FORM),
                }
        }
        Content::Parameters => is(FORM),
        #[cfg(feature = "multipart")]
        Content::Multipart { .. } => is(FORM) || is(MULTIPART),
    }
}
