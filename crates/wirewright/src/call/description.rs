//! What a definition says of a protocol and its operations, as data.

use crate::{Format, sign::Signing};

/// What all operations of a vendor share.
#[derive(Debug)]
pub struct Protocol {
    /// The vendor's name for its API.
    pub title: &'static str,
    /// Scheme and host that calls go to unless the caller says otherwise.
    pub endpoint: &'static str,
    /// Every format that some operation answers in.
    pub formats: &'static [FormatDescription],
    /// The parameters of every request, in the order of the wire.
    pub parameters: &'static [ParameterDescription],
    /// How requests are signed, for operations that are.
    pub signing: Option<&'static Signing>,
}

impl Protocol {
    /// The description of one of its formats.
    pub fn format(&self, format: Format) -> Option<&'static FormatDescription> {
        self.formats.iter().find(|description| description.format == format)
    }
}

/// One format of replies.
#[derive(Debug)]
pub struct FormatDescription {
    /// Which one.
    pub format: Format,
    /// What the format parameter says to choose it.
    pub value: Option<&'static str>,
    /// Whether an XML reply starts with `<?xml version="1.0" encoding="utf-8"?>`.
    pub declaration: bool,
    /// The Content-Type of a reply.
    pub media_type: &'static str,
    /// The separator of nested names in a query string.
    pub nested: &'static str,
}

/// A parameter of every request, or the place of an operation's own.
#[derive(Debug)]
pub struct ParameterDescription {
    /// Its name on the wire; empty for [`ParameterSource::Request`].
    pub name: &'static str,
    /// Who provides it.
    pub source: ParameterSource,
}

/// Who provides a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterSource {
    /// The operation's own parameters stand here.
    Request,
    /// This member of the client's parameters.
    Client(usize),
    /// This member of the call's options.
    Options(usize),
    /// This member of the session's parameters, on operations that need a session.
    Session(usize),
    /// The value of the chosen format.
    Format,
    /// The callback of a JSONP reply, when there is one.
    Callback,
    /// The operation's name.
    Operation,
    /// The signature, on operations that are signed.
    Signature,
    /// Always the same.
    Constant(&'static str),
}

/// One operation of a vendor.
#[derive(Debug)]
pub struct Operation {
    /// Group and name, as in `auth/logout`.
    pub name: &'static str,
    /// What an operation parameter says.
    pub wire_name: &'static str,
    /// The path of its URL.
    pub path: &'static str,
    /// The vendor.
    pub protocol: &'static Protocol,
    /// How its request may be sent; the first one is used unless POST is among them.
    pub methods: &'static [MethodDescription],
    /// The formats that it answers in.
    pub formats: &'static [Format],
    /// Whether it is a call of a session.
    pub session: bool,
    /// Whether its request is signed.
    pub signed: bool,
    /// Whether it may only be sent over TLS. (Loopback addresses are let through, for tests and local servers.)
    pub secure: bool,
}

/// A way to send a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodDescription {
    /// The HTTP method.
    pub verb: Verb,
    /// Where the parameters go.
    pub placement: Placement,
}

/// The HTTP methods that web RPC uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `GET`
    Get,
    /// `POST`
    Post,
}

impl Verb {
    /// The method's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Where a request's parameters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// The URL's query string.
    Query,
    /// A body of `application/x-www-form-urlencoded`.
    Form,
}
