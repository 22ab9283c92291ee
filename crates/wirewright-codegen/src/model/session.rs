//! Sessions and signatures.

use super::{Facts, Name, ValueType};

/// A kind of session: how it is opened and closed, and what it keeps.
#[derive(Debug)]
pub struct Session {
    /// What the definition calls it: the name of the kind, or `session` where there is one kind only.
    pub name: String,
    /// What the names of its types in Rust start with; empty where there is one kind only.
    pub rust: String,
    /// Indices of group and operation.
    pub opens: (usize, usize),
    /// Indices of group and operation of what ends it.
    pub closes: Option<(usize, usize)>,
    /// Whether the opening call may succeed and open none: some member on the way to a field may be absent.
    pub conditional: bool,
    /// Where the opening reply has the server's clock, in seconds since 1970: the last member is an integer and may be absent.
    pub clock: Option<Path>,
    /// What it keeps between calls.
    pub fields: Vec<SessionField>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a session keeps.
#[derive(Debug)]
pub struct SessionField {
    /// Its name; `wire` is the definition's key.
    pub name: Name,
    /// Whether it must not be shown.
    pub secret: bool,
    /// Always a string.
    pub value: ValueType,
    /// Where it comes from.
    pub from: SessionValue,
    /// What people wrote about it.
    pub facts: Facts,
}

/// Where a session's value comes from.
#[derive(Debug)]
pub enum SessionValue {
    /// A member of the opening call.
    Copied(Path),
    /// HMAC-SHA256 of the second under the first as key, as text.
    HmacSha256 {
        /// Where the key is.
        key: Path,
        /// Where the message is.
        message: Path,
        /// How the result becomes text.
        encode: TextEncoding,
    },
}

/// Where the opening operation has a value. Every member on the way is required, unless the session is conditional, and the last one
/// is a string.
#[derive(Debug)]
pub struct Path {
    /// Whether it starts at the request or at the reply.
    pub side: Side,
    /// The members on the way.
    pub members: Vec<Step>,
    /// Whether the last member is a secret.
    pub secret: bool,
}

/// A member on the way to a value.
#[derive(Debug)]
pub struct Step {
    /// Its name in Rust.
    pub rust: String,
    /// Whether it is always there.
    pub promised: bool,
}

/// A side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The operation's request.
    Request,
    /// The operation's reply.
    Data,
}

/// How bytes become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// With padding.
    Base64,
    /// The alphabet that is safe in URLs, with padding.
    Base64Url,
    /// In small letters.
    Hex,
}

/// How requests are signed: HMAC-SHA256.
#[derive(Debug)]
pub struct Signature {
    /// For each kind of session, the index of the field whose text is the key.
    pub key: Vec<Option<usize>>,
    /// How the signature becomes text.
    pub encode: TextEncoding,
    /// What is signed.
    pub base: BaseString,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What is signed.
#[derive(Debug)]
pub struct BaseString {
    /// Its parts, in their order.
    pub parts: Vec<BasePart>,
    /// What is between the parts.
    pub join: String,
    /// How each part is encoded before they are joined.
    pub encode: EncodeSet,
    /// The order of the parameters.
    pub order: ParameterOrder,
    /// How each parameter's name and value is encoded.
    pub parameter_encode: EncodeSet,
    /// What is between a name and its value: `=`.
    pub pair: String,
    /// What is between parameters: `&`.
    pub pairs: String,
}

/// A part of what is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BasePart {
    /// `GET`
    Method,
    /// Scheme, host and path, in the normal form of RFC 5849 section 3.4.1.2.
    Url,
    /// The host, without a port that is the scheme's own.
    Host,
    /// The path of the URL.
    Path,
    /// All parameters but the signature.
    Parameters,
    /// Always this text.
    Constant(String),
}

/// Which characters are written in percent codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodeSet {
    /// None of them.
    None,
    /// All but letters, digits and `-._~`.
    Rfc3986,
    /// As in a form: a space is `+`.
    Form,
}

/// The order of parameters in what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterOrder {
    /// By name, then value, bytewise after encoding.
    Sorted,
    /// The reverse of `Sorted`.
    Descending,
    /// As on the wire.
    Wire,
}
