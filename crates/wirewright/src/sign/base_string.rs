//! The text that a signature covers.

use super::encode_set::EncodeSet;

/// What is signed, and how it is made into one text.
#[derive(Debug)]
pub struct BaseString {
    /// The parts, in order.
    pub parts: &'static [BasePart],
    /// What is between the parts.
    pub join: &'static str,
    /// How each part is encoded before they are joined.
    pub encode: EncodeSet,
    /// The order of the parameters.
    pub order: ParameterOrder,
    /// How each parameter's name and value is encoded.
    pub parameter_encode: EncodeSet,
    /// What is between a name and its value.
    pub pair: &'static str,
    /// What is between parameters.
    pub pairs: &'static str,
}

/// A part of a base string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BasePart {
    /// The method in upper case.
    Method,
    /// Scheme, host and path: in lower case where case does not matter, without a default port and without the query.
    Url,
    /// The host, in lower case, with a port that is not the default.
    Host,
    /// The path as it is in the URL.
    Path,
    /// The parameters without the signature.
    Parameters,
    /// A fixed text.
    Constant(&'static str),
}

/// The order of parameters in a base string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterOrder {
    /// By encoded name, then by encoded value, byte by byte (RFC 5849 section 3.4.1.3.2).
    Sorted,
    /// The reverse of `Sorted`.
    Descending,
    /// As on the wire.
    Wire,
}

impl BaseString {
    /// The base string of OAuth Core 1.0 (RFC 5849 section 3.4.1).
    pub const OAUTH1: Self = Self {
        parts: &[BasePart::Method, BasePart::Url, BasePart::Parameters],
        join: "&",
        encode: EncodeSet::Rfc3986,
        order: ParameterOrder::Sorted,
        parameter_encode: EncodeSet::Rfc3986,
        pair: "=",
        pairs: "&",
    };
}
