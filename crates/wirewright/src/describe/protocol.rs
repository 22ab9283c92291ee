//! What a definition says of a protocol and its operations, as data.

use http::Method;

#[cfg(feature = "time")]
use crate::epoch::Epoch;
use crate::{Format, Limits, Options, sign::Compute, wire::Shape};

/// What all operations of a vendor share.
#[derive(Debug)]
pub struct Protocol {
    /// The vendor's name for its API.
    pub title: &'static str,
    /// Scheme and host that calls go to unless the caller says otherwise. A label in braces is a parameter's.
    pub endpoint: &'static str,
    /// The charset that parameters are in, and replies that do not say theirs, by its label in the WHATWG's Encoding Standard. `None`: UTF-8.
    pub charset: Option<&'static str>,
    /// Every format that some operation answers in.
    pub formats: &'static [FormatDescription],
    /// The parameters of every request, in the order of the wire.
    pub parameters: &'static [ParameterDescription],
    /// The header of a refused call's reply that has the error's code: it tells where the body does not. `None`: none does.
    pub code_header: Option<&'static str>,
    /// What is computed of a request: its signature, say. `None`: nothing is.
    pub computation: Option<&'static dyn Compute>,
}

impl Protocol {
    /// The kinds of credentials that the vendor takes, in the order in which its parameters name them; none where a client has no choice.
    pub fn credentials(&self) -> Vec<&'static str> {
        let mut kinds: Vec<&'static str> = Vec::new();
        for kind in self.parameters.iter().flat_map(|parameter| parameter.credentials) {
            if !kinds.contains(kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// The description of one of its formats.
    pub fn format(&self, format: Format) -> Option<&'static FormatDescription> {
        self.formats.iter().find(|description| description.format == format)
    }
}

impl FormatDescription {
    /// A format that no parameter chooses, without a declaration, and with `.` between nested names.
    pub const fn new(format: Format, media_type: &'static str) -> Self {
        Self { format, value: None, also: &[], declaration: false, media_type, nested: ".", lines: false }
    }
}

/// One format of replies.
#[derive(Debug)]
pub struct FormatDescription {
    /// Which one.
    pub format: Format,
    /// What the format parameter says to choose it.
    pub value: Option<&'static str>,
    /// Other values of the format parameter that a server takes for it, and no client sends.
    pub also: &'static [&'static str],
    /// Whether an XML reply starts with `<?xml version="1.0" encoding="utf-8"?>`.
    pub declaration: bool,
    /// The Content-Type of a reply.
    pub media_type: &'static str,
    /// The separator of nested names in a query string.
    pub nested: &'static str,
    /// Whether a reply in a query string has a pair in each line, in which nothing is escaped.
    pub lines: bool,
}

/// A parameter of every request, or the place of an operation's own.
#[derive(Debug)]
pub struct ParameterDescription {
    /// Its name on the wire; empty for [`ParameterSource::Request`].
    pub name: &'static str,
    /// Other names under which a server reads it, and no client sends it.
    pub also: &'static [&'static str],
    /// Who provides it.
    pub source: ParameterSource,
    /// The operations that carry it.
    pub groups: Groups,
    /// The kinds of credentials that it is of, where the vendor takes one kind of several: requests with others do not carry it. Empty: it
    /// goes with all of them.
    pub credentials: &'static [&'static str],
    /// Where requests carry it.
    pub location: ParameterLocation,
    /// What a server takes for it where it is left out: of a format or a constant, which must be there otherwise.
    pub default: Option<&'static str>,
    /// What a server takes for a constant beside the constant; `"*"` is anything.
    pub accepts: &'static [&'static str],
    /// Whether it is a secret of the client that is carried nowhere: computed values are made of it, and lists of pairs leave it out.
    pub secret: bool,
}

/// Where a request carries a common parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the query string or the form, as the method has it.
    Parameters,
    /// In the header of its name, behind this text.
    Header {
        /// `Bearer `, for instance; often empty.
        prefix: &'static str,
    },
    /// In all headers whose names begin as its own does up to the `*` at its end: a map.
    Headers,
    /// In the cookie of its name.
    Cookie,
    /// In all cookies, which are one text as the header `Cookie` has it: `a=1; b=2`.
    Cookies,
    /// In the host, where the endpoint has its name in braces: `https://{account}.example.com`.
    Host,
    /// In the path, where the operation's has its name in braces as a segment: `/parcels/{number}`.
    Path,
    /// Nowhere by itself: computed values are made of it.
    Computed,
}

impl ParameterDescription {
    /// Whether a server reads it under this name.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }

    /// Whether requests of `operation` carry it.
    pub fn goes_with(&self, operation: &Operation) -> bool {
        let group = operation.name.split_once('/').map_or("", |(group, _)| group);
        match self.groups {
            Groups::All => true,
            Groups::Only(groups) => groups.contains(&group),
            Groups::Except(groups) => !groups.contains(&group),
        }
    }
}

impl ParameterDescription {
    /// A parameter of every operation, among the others.
    pub const fn new(name: &'static str, source: ParameterSource) -> Self {
        let (groups, location) = (Groups::All, ParameterLocation::Parameters);
        Self {
            name,
            also: &[],
            source,
            groups,
            credentials: &[],
            location,
            default: None,
            accepts: &[],
            secret: false,
        }
    }
}

/// Groups of operations: the first part of [`Operation::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// All of them.
    All,
    /// These.
    Only(&'static [&'static str]),
    /// All but these.
    Except(&'static [&'static str]),
}

/// A kind of session: what its calls carry.
#[derive(Debug)]
pub struct SessionKind {
    /// What the definition calls it.
    pub name: &'static str,
    /// The names on the wire of what its calls carry, in the order of the members of its parameters' type.
    pub parameters: &'static [&'static str],
    /// The names of its fields that computed values are made of, in the order of [`SessionContext`](crate::exchange::SessionContext)'s.
    pub fields: &'static [&'static str],
    /// Whether these are all that a signature of the session needs. Signed operations are signed under them; a kind without them calls
    /// them unsigned.
    pub keyed: bool,
}

/// Who provides a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterSource {
    /// The operation's own parameters are here.
    Request,
    /// This member of the client's parameters. Two parameters can be the same member under two names.
    Client(usize),
    /// This member of the call's options.
    Options(usize),
    /// This member of the call's options, a text: the [ID](crate::exchange::RequestId) of the request, which replies echo. A client makes
    /// one where the caller gives none.
    RequestId(usize),
    /// A member of the call's options that the call fills in where the caller leaves it out.
    AutoFilled {
        /// Which member it is: an `Option`.
        member: usize,
        /// Whether a server requires it.
        required: bool,
        /// What it is filled with.
        with: AutoFill,
    },
    /// The session at hand, if its kind carries it.
    Session,
    /// The value of the chosen format.
    Format,
    /// The callback of a JSONP reply, when there is one.
    Callback,
    /// The operation's name.
    Operation,
    /// A computed value: which one of the [computation's parameters](Compute::parameters) it is.
    Computed(usize),
    /// Always the same.
    Constant(&'static str),
}

/// One operation of a vendor.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Operation {
    /// Group and name, as in `auth/logout`.
    pub name: &'static str,
    /// What an operation parameter says.
    pub wire_name: &'static str,
    /// Scheme and host that it is called at, when they are not the protocol's.
    pub endpoint: Option<&'static str>,
    /// The path of its URL.
    pub path: &'static str,
    /// The vendor.
    pub protocol: &'static Protocol,
    /// How its request may be sent. Without a choice of the caller it is by POST, where that is among them, else by the first one.
    pub methods: &'static [MethodDescription],
    /// The formats that it answers in; none for an operation whose reply is no envelope.
    pub formats: &'static [Format],
    /// The kinds of session that it is a call of.
    pub sessions: &'static [&'static SessionKind],
    /// Whether it can be called without a session.
    pub sessionless: bool,
    /// Whether its request is signed by a session that has a key.
    pub signed: bool,
    /// Whether a server also takes it without a signature, in a session that has a key. A client signs it always.
    pub signature_optional: bool,
    /// Whether a client sends it by GET, where the caller chooses no method, although it may be sent by POST.
    pub prefers_get: bool,
    /// Whether it may only be sent over TLS. (Loopback addresses are let through, for tests and local servers.)
    pub secure: bool,
    /// Whether it may be sent twice: a second time does nothing that the first one has not done. A client tries such a call again
    /// by itself, see [`RetryPolicy`](crate::client::RetryPolicy).
    pub repeatable: bool,
    /// Whether it opens a session.
    pub opens_session: bool,
    /// The HTTP status of a success.
    pub success: u16,
    /// Whether a success may have no body at all.
    pub may_be_empty: bool,
    /// What its request carries beside the parameters.
    pub content: Content,
    /// Parameters that always say the same, before its own ones.
    pub constants: &'static [(&'static str, &'static str)],
    /// Those of its own parameters that the call fills in where the caller leaves them out.
    pub filled: &'static [AutoFilled],
    /// Those of its own parameters that are in headers and cookies.
    pub placed: &'static [PlacedParameter],
    /// Those members of its reply that are in headers and cookies.
    pub reply_headers: &'static [ReplyHeader],
    /// What in its reply tells that the call was refused, where the envelope does not: nothing, or one thing.
    pub outcome: &'static [PayloadOutcome],
}

impl Operation {
    /// One that has nothing of its own: without a name, a path, a method and a format, and without a session.
    pub const fn new(protocol: &'static Protocol) -> Self {
        Self {
            name: "",
            wire_name: "",
            endpoint: None,
            path: "",
            protocol,
            methods: &[],
            formats: &[],
            sessions: &[],
            sessionless: false,
            signed: false,
            signature_optional: false,
            prefers_get: false,
            secure: false,
            repeatable: false,
            opens_session: false,
            success: 200,
            may_be_empty: false,
            content: Content::Parameters,
            constants: &[],
            filled: &[],
            placed: &[],
            reply_headers: &[],
            outcome: &[],
        }
    }

    /// Scheme and host that it is called at unless the caller says otherwise.
    pub const fn endpoint(&self) -> &'static str {
        match self.endpoint {
            Some(endpoint) => endpoint,
            None => self.protocol.endpoint,
        }
    }

    /// Whether it is a call of sessions of this kind.
    pub fn takes(&self, kind: &SessionKind) -> bool {
        self.sessions.iter().any(|taken| taken.name == kind.name)
    }
}

/// What a request carries beside its parameters.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Content {
    /// Nothing.
    Parameters,
    /// A document in the body; the parameters are in the query string.
    Document(&'static BodyDescription),
    /// Files: the request is `multipart/form-data`, and parameters and files are its parts.
    #[cfg(feature = "multipart")]
    Multipart {
        /// The names on the wire of those of its own parameters that are files.
        files: &'static [&'static str],
    },
}

impl Content {
    /// Whether there are files: such a request is an upload.
    pub(crate) const fn has_files(self) -> bool {
        match self {
            Self::Parameters | Self::Document(_) => false,
            #[cfg(feature = "multipart")]
            Self::Multipart { .. } => true,
        }
    }
}

/// The document in the body of a request.
#[derive(Debug)]
pub struct BodyDescription {
    /// The member of the request that it is.
    pub member: usize,
    /// That member's description.
    pub shape: &'static Shape,
    /// The format that it is in.
    pub format: Format,
    /// Whether an XML document starts with `<?xml version="1.0" encoding="utf-8"?>`.
    pub declaration: bool,
    /// Its Content-Type.
    pub media_type: &'static str,
}

/// A parameter that the call fills in where the caller leaves it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AutoFilled {
    /// Which member it is: an `Option`.
    pub member: usize,
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether a server requires it.
    pub required: bool,
    /// What it is filled with.
    pub with: AutoFill,
}

/// An operation's own parameter that is in a header or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedParameter {
    /// Which member it is: one text.
    pub member: usize,
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it is: never among the parameters, nor in the host.
    pub location: ParameterLocation,
}

/// A member of a reply that is in its headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplyHeader {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it is: in a header or several, or in a cookie or all.
    pub location: ParameterLocation,
}

/// What in a reply tells that the call was refused, though HTTP and the envelope call it a success.
#[derive(Debug)]
pub struct PayloadOutcome {
    /// The member of the envelope that has the reply; empty: the reply's members are among the envelope's.
    pub within: &'static str,
    /// The names in a query string of the member that tells, from the outermost of what it is in.
    pub status: &'static [&'static str],
    /// Its values that mean success.
    pub success: &'static [&'static str],
    /// The errors that a server tells so.
    pub errors: &'static [&'static str],
    /// The same names of the member that says in words what is wrong; none: nothing says it.
    pub message: &'static [&'static str],
}

/// What the call fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoFill {
    /// The time of the call, in seconds since 1970-01-01 00:00:00 UTC.
    Seconds,
    /// The time of the call, in milliseconds since 1970-01-01 00:00:00 UTC.
    Milliseconds,
    /// The time of the call in UTC, in this `strftime` format.
    #[cfg(feature = "time")]
    DateTime(&'static str),
    /// The time of the call, counted so.
    #[cfg(feature = "time")]
    Epoch(Epoch),
    /// A random text: 32 digits and small letters from `a` to `f`.
    Nonce,
}

/// A way to send a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodDescription {
    /// The HTTP method.
    pub method: Method,
    /// Where the parameters go.
    pub placement: Placement,
}

/// Where a request's parameters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// The URL's query string.
    Query,
    /// A body of `application/x-www-form-urlencoded`, or of `multipart/form-data` for operations that have
    /// [it](Content::Multipart).
    Form,
    /// As [`Form`](Self::Form). A server takes those in the URL's query string as well; of a name that is in both, those of the form.
    FormOrQuery,
}

/// What an XML document may start with.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// The options under which a text of this operation is read.
pub(crate) fn reading_options(operation: &Operation, format: Format, limits: Limits) -> Options {
    let nested = operation.protocol.format(format).map_or(".", |format| format.nested);
    Options::new().with_limits(limits).with_nested(nested)
}
