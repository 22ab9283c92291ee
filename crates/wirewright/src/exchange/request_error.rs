//! Why a request cannot be sent.

use std::fmt;

use crate::{EncodeError, Format, describe::Alternatives, text::OneLine, transport::endpoint::Endpoint};

/// A request that cannot be sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The operation does not answer in this format.
    FormatNotOffered {
        /// The operation's name.
        operation: &'static str,
        /// The format that was asked for.
        format: Format,
    },
    /// The operation is not offered by this HTTP method.
    MethodNotOffered {
        /// The operation's name.
        operation: &'static str,
        /// The method that was asked for.
        method: http::Method,
    },
    /// A JSONP callback must be a path of identifiers such as `app.onReply`, of at most 100 characters.
    InvalidCallback,
    /// A callback works with JSON only, and only for vendors that take one.
    CallbackNotOffered,
    /// The operation's secrets go over TLS only: the endpoint must start with `https://` (or be a loopback address).
    InsecureEndpoint {
        /// The operation's name.
        operation: &'static str,
    },
    /// The endpoint is not `http://host` or `https://host`, perhaps with a port, and perhaps with a path in front of the
    /// operation's.
    InvalidEndpoint,
    /// The path of the endpoint has a segment that is `.`, `..` or empty: another path would be called than the one that is meant.
    EndpointLeadsElsewhere,
    /// The operation is a call of a session, and the context has none of a kind that it takes.
    NoSession {
        /// The operation's name.
        operation: &'static str,
    },
    /// The vendor takes one kind of credentials of several, and the client has none of them in full, or parts of more than one.
    Credentials {
        /// The operation's name.
        operation: &'static str,
        /// What each kind is made of.
        alternatives: Alternatives,
    },
    /// The operation's request is signed, and something that its signature is made of is not there, or is empty: the client's secret, or
    /// the session's key.
    NoKey {
        /// The operation's name.
        operation: &'static str,
        /// What is missing: `client` and the name of a parameter, or `session` and the name of a field.
        missing: Option<(&'static str, &'static str)>,
    },
    /// The operation's request is signed, and its key is not written as the vendor's keys are: in base64, say.
    KeyNotReadable {
        /// The operation's name.
        operation: &'static str,
    },
    /// The vendor does not take signatures by this algorithm.
    AlgorithmNotOffered {
        /// The operation's name.
        operation: &'static str,
        /// The algorithm that was asked for.
        algorithm: &'static str,
    },
    /// The operation tells the time, or the call has a time as a whole, and neither the transport nor the settings have a clock.
    NoClock {
        /// The operation's name.
        operation: &'static str,
    },
    /// The operation needs something random, and neither the transport nor the settings have any.
    NoRandomness {
        /// The operation's name.
        operation: &'static str,
    },
    /// The value of a parameter cannot be where requests carry it: a header takes visible ASCII without white space at its
    /// ends, a cookie neither white space nor any of `",;\\`.
    NotInHeader {
        /// The parameter's name.
        parameter: &'static str,
    },
    /// The value of a parameter is no label of a host: letters, digits, `-` and `_`, at most 63 of them.
    NotInHost {
        /// The parameter's name.
        parameter: &'static str,
    },
    /// The value of a parameter cannot be a segment of a path: it is empty, or one dot or two.
    NotInPath {
        /// The parameter's name.
        parameter: &'static str,
    },
    /// The vendor told a URL for the next call, and it leads to another scheme, host or port than those of the operation's endpoint
    /// and of the hosts that its definition names, or is none: the session does not go there.
    Elsewhere {
        /// The operation's name.
        operation: &'static str,
    },
    /// The vendor's reply leads to a page that was read already: the pages would never end.
    PageRepeated {
        /// The operation's name.
        operation: &'static str,
    },
    /// A parameter or a header that the definition does not tell of has the name of one that the request carries anyway. It was not sent
    /// twice: what the vendor would make of that is not known.
    AlreadyThere {
        /// The parameter's name on the wire.
        parameter: String,
    },
    /// A header was added that HTTP needs to carry the message, a Content-Length say: the transport, or the request, writes it.
    HeaderOfTransport {
        /// The header's name.
        header: http::HeaderName,
    },
    /// A name, or a file's name or media type, cannot be in a multipart request.
    #[cfg(feature = "multipart")]
    Form(crate::multipart::FormError),
    /// A file is read while it is sent, and this way of calling takes requests that are in memory.
    Streamed {
        /// The operation's name.
        operation: &'static str,
    },
    /// The parameters do not fit into a URL: 64 KiB is the most that one can have. POST has no such limit.
    TooLong,
    /// A value cannot be written.
    Encode(EncodeError),
    /// Rows cannot be written into the request's document, which is too large or too deep without them.
    #[cfg(feature = "rows")]
    Rows(crate::DecodeError),
}

impl RequestError {
    /// Why a text is no endpoint.
    pub(crate) fn no_endpoint(text: &str) -> Self {
        if Endpoint::leads_elsewhere(text) { Self::EndpointLeadsElsewhere } else { Self::InvalidEndpoint }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::FormatNotOffered { operation, format } => {
                format!("{operation} does not answer in {format}")
            }
            Self::MethodNotOffered { operation, method } => format!("{operation} is not offered by {method}"),
            Self::InvalidCallback => {
                "the callback is not a path of identifiers (app.onReply) of at most 100 characters".into()
            }
            Self::CallbackNotOffered => "a callback needs a JSON reply and a vendor that takes one".into(),
            Self::NotInHost { parameter } => format!("the value of {parameter} is no label of a host"),
            Self::NotInPath { parameter } => format!("the value of {parameter} cannot be in a path"),
            Self::NotInHeader { parameter } => format!("the value of {parameter} cannot be in a header"),
            Self::InsecureEndpoint { operation } => format!("{operation} is sent over https only"),
            Self::InvalidEndpoint => {
                "the endpoint is not of the form https://host, https://host:port or https://host/path, in ASCII and with \
                 other signs escaped"
                    .into()
            }
            Self::EndpointLeadsElsewhere => {
                "the path of the endpoint has a segment that is `.`, `..` or empty (`//`), by which another path would be called"
                    .into()
            }
            Self::NoSession { operation } => format!("{operation} is a call of a session, and there is none"),
            Self::Credentials { operation, alternatives } => {
                format!("{operation} needs the credentials of one kind: {alternatives}, and nothing of the others")
            }
            Self::NoKey { operation, missing: None } => format!("{operation} is signed, and there is no key"),
            Self::NoKey { operation, missing: Some(("client", name)) } => {
                format!("{operation} is signed, and the client's `{name}` is not given")
            }
            Self::NoKey { operation, missing: Some((group, name)) } => {
                format!("{operation} is signed, and the {group}'s `{name}` is not there")
            }
            Self::KeyNotReadable { operation } => {
                format!("{operation} is signed, and its key is not written as the vendor's keys are")
            }
            Self::AlgorithmNotOffered { operation, algorithm } => {
                format!("{operation} cannot be signed by {algorithm}, which the vendor does not take")
            }
            Self::NoClock { operation } => {
                format!(
                    "{operation} needs the time, and the transport has no clock: set `Config::with_environment`"
                )
            }
            Self::NoRandomness { operation } => {
                format!(
                    "{operation} needs randomness, and the transport has none: set `Config::with_environment`"
                )
            }
            Self::Elsewhere { operation } => {
                format!(
                    "the URL that the vendor told for the next {operation} leads elsewhere than its calls go"
                )
            }
            Self::PageRepeated { operation } => {
                format!(
                    "the vendor's reply to {operation} leads to a page that was read already, so that there would be no end"
                )
            }
            Self::AlreadyThere { parameter } => {
                let parameter = OneLine(parameter);
                format!("`{parameter}` is given by name, and the request carries a parameter of that name")
            }
            Self::HeaderOfTransport { header } => {
                format!("the header `{header}` belongs to the message itself, and cannot be added")
            }
            #[cfg(feature = "multipart")]
            Self::Form(error) => format!("the multipart request cannot be written: {error}"),
            Self::Streamed { operation } => format!(
                "{operation} has a file that is read while it is sent: use `write_upload`, or a file in memory"
            ),
            Self::TooLong => "the parameters do not fit into a URL".into(),
            Self::Encode(error) => format!("a value cannot be written: {error}"),
            #[cfg(feature = "rows")]
            Self::Rows(error) => format!("rows cannot be written into its document: {error}"),
        };
        write!(f, "the request was not sent: {text}")
    }
}

impl std::error::Error for RequestError {}
