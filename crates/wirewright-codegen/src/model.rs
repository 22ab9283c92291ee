//! A definition after its checks: every reference resolved, every name ready for Rust, no position left. What the emitter reads.
//!
//! Whoever holds a [`Vendor`] may rely on it: names do not clash in Rust or on the wire, references lead somewhere, and every
//! enumeration of this module has been filled in where the definition left a default.

mod continues;
mod rows;
mod session;

pub use continues::{Continues, Last, Next, Opening};
pub use rows::{CellType, Cells, Headings, Rows};
pub use session::{
    BasePart, BaseString, EncodeSet, ParameterOrder, Path, Session, SessionField, SessionValue, Side,
    Signature, Step, TextEncoding,
};

/// A vendor's whole definition.
#[derive(Debug)]
pub struct Vendor {
    /// The folder's name, which is the crate's: `ten-ten-data`.
    pub package: String,
    /// As the vendor calls its API: `Example XML API`.
    pub title: String,
    /// What people wrote about it.
    pub facts: Facts,
    /// `https://api.example.com`: scheme and host, without a trailing slash.
    pub endpoint: String,
    /// How an operation's request may be sent, in the order of the definition.
    pub methods: Vec<Method>,
    /// How the bodies of requests are written, for operations that have one.
    pub body: Option<Body>,
    /// The formats of replies.
    pub formats: Vec<Format>,
    /// The parameters of every request, in the order of the wire.
    pub parameters: Vec<Parameter>,
    /// What stands around every reply.
    pub envelope: Envelope,
    /// The members of the data that comes with an error: the protocol's, then what operations add.
    pub failure: Vec<Member>,
    /// The kinds of session: how each is opened and what it carries.
    pub sessions: Vec<Session>,
    /// How requests are signed.
    pub signature: Option<Signature>,
    /// The vendor's errors.
    pub errors: Vec<ErrorCode>,
    /// Whether `errors` are numbers or names.
    pub error_keys: ErrorKeys,
    /// In the order of files (by name), then of the definition.
    pub types: Vec<Type>,
    /// The operations, by file.
    pub groups: Vec<Group>,
}

/// What people wrote about a thing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What it is, for the people who use it.
    pub doc: Option<String>,
    /// The page that states it.
    pub source: Option<String>,
    /// What the definition chose where the page leaves a rule open.
    pub assumption: Option<String>,
    /// How sure it is; `None`: the definition does not say.
    pub confidence: Option<Confidence>,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// The vendor's own page says it, or a running server shows it.
    High,
    /// A sister or older page of the vendor says it.
    Medium,
    /// It is inferred.
    Low,
}

impl Confidence {
    /// As the definition says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A name on the wire and the one in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the vendor spells it; the same in every format unless `xml`, `json` or `query` say otherwise.
    pub wire: String,
    /// In Rust's case for its kind, raw (`r#type`) where it is a keyword.
    pub rust: String,
}

/// An HTTP method and where it carries the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// The method.
    pub verb: Verb,
    /// Where its parameters go.
    pub placement: Placement,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// `GET`
    Get,
    /// `POST`
    Post,
}

/// Where a request's parameters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Behind the `?` of the URL.
    Query,
    /// In a body of `application/x-www-form-urlencoded`, or of `multipart/form-data` for operations that have it.
    Form,
}

/// How a form is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormEncoding {
    /// `application/x-www-form-urlencoded`
    UrlEncoded,
    /// `multipart/form-data`
    Multipart,
}

/// A format of replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormatKind {
    /// XML
    Xml,
    /// JSON, and JSONP.
    Json,
    /// A query string.
    Query,
}

/// What stands for the operation's name on the wire in a root, and in the name of a reply's place in the envelope.
pub const OPERATION: &str = "{operation}";

/// How replies are written in one format.
#[derive(Debug)]
pub struct Format {
    /// Which format.
    pub kind: FormatKind,
    /// What the format parameter says to choose it.
    pub value: Option<String>,
    /// The root element; in JSON the wrapping member. `None` in JSON: nothing wraps. [`OPERATION`] stands for the operation's name.
    pub root: Option<String>,
    /// That of a refused call's reply, where it is another one.
    pub failure_root: Option<String>,
    /// The XML namespace that the root declares.
    pub namespace: Option<String>,
    /// Whether an XML reply starts with a declaration.
    pub declaration: bool,
    /// The Content-Type of a reply.
    pub media_type: Option<String>,
    /// The separator of nested names in a query string.
    pub nested: Option<String>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// How the bodies of requests are written.
#[derive(Debug)]
pub struct Body {
    /// XML or JSON.
    pub format: FormatKind,
    /// The root element; in JSON the wrapping member.
    pub root: Option<String>,
    /// The XML namespace that the root declares.
    pub namespace: Option<String>,
    /// Whether an XML body starts with a declaration.
    pub declaration: bool,
    /// The Content-Type of the request.
    pub media_type: Option<String>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// A parameter that is not an operation's own, or the place of those that are.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Who provides it.
    pub from: From,
    /// Whether every request has it.
    pub required: bool,
    /// The operations that carry it.
    pub groups: Groups,
    /// Whether it is the id of the request, which the envelope's member of that role echoes.
    pub request_id: bool,
    /// Where requests carry it.
    pub carrier: Carrier,
    /// What people wrote about it.
    pub facts: Facts,
}

/// Groups of operations, by their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Groups {
    /// All of them.
    All,
    /// These.
    Only(Vec<String>),
    /// All but these.
    Except(Vec<String>),
}

/// Where requests carry a common parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// In the query string or the form, as the method has it.
    Parameters,
    /// In the header of its name, behind this text.
    Header(String),
    /// In the cookie of its name.
    Cookie,
    /// In the host, where the endpoint has its name in braces.
    Host,
}

/// Who provides a common parameter.
#[derive(Debug)]
pub enum From {
    /// The operation's own parameters stand here. Always present exactly once.
    Request,
    /// The client, once for all calls.
    Client(Member),
    /// The caller, call by call.
    Call(Member),
    /// The client, who gives the parameter of this index among [`From::Client`] already.
    Again(usize),
    /// The session's field: its index in each kind of session that has it.
    Session(Vec<Option<usize>>),
    /// The format of the reply.
    Format,
    /// The callback of a JSONP reply.
    Callback,
    /// The operation's name on the wire.
    Operation,
    /// The signature of the request.
    Signature,
    /// Always this text.
    Constant(String),
}

/// A member of a structure, or an operation's own parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// Names that differ from `name.wire` in one format.
    pub xml: Option<String>,
    /// Its name in JSON.
    pub json: Option<String>,
    /// Its name in a query string.
    pub query: Option<String>,
    /// The type of one value of it.
    pub value: ValueType,
    /// Whether it is one value, a list or a map.
    pub repeat: Repeat,
    /// Whether it is always there.
    pub required: bool,
    /// Whether its value must not be shown.
    pub secret: bool,
    /// Where it stands in XML.
    pub place: Place,
    /// `("1", Some("0"))`; `("", None)` is presence.
    pub boolean: Option<(String, Option<String>)>,
    /// Other names under which it is read.
    pub also: Vec<String>,
    /// What is meant when it is absent, as it is on the wire.
    pub default: Option<String>,
    /// Whether an empty text means that it, or the item of a list, is not there.
    pub empty_is_absent: bool,
    /// What the call fills it in with where the caller does not; of parameters only.
    pub filled: Option<Filling>,
    /// Where requests carry it, when it is an operation's own parameter: never in the host.
    pub carrier: Carrier,
    /// What people wrote about it.
    pub facts: Facts,
}

/// Who fills a parameter in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    /// The time of the call.
    Clock,
    /// Something random.
    Nonce,
}

/// What a clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockUnit {
    /// Seconds since 1970-01-01 UTC.
    Seconds,
    /// Milliseconds since 1970-01-01 UTC.
    Milliseconds,
}

/// What the call fills a parameter in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// The time of the call in seconds since 1970-01-01 UTC.
    Seconds,
    /// The time of the call in milliseconds since 1970-01-01 UTC.
    Milliseconds,
    /// The time of the call in UTC, in this `strftime` format.
    DateTime(String),
    /// A random text.
    Nonce,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// A text.
    String,
    /// Signed, 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Number,
    /// True or false.
    Boolean,
    /// Bytes in base64.
    Bytes,
    /// Anything, kept as it comes.
    Any,
    /// A file, of multipart requests only.
    File,
    /// Index into [`Vendor::types`].
    Type(usize),
}

/// Where a member stands in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An element of its own.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// Its members stand among those around it, in every format.
    Flatten,
}

/// How often a member stands on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// At most once.
    Once,
    /// Any number of them.
    List {
        /// The element of one item, inside the member's own.
        item: Option<String>,
        /// What separates the items in one text.
        joined: Option<String>,
        /// What stands between the name and the number of an item, and the first number.
        numbered: Option<(String, usize)>,
        /// Whether what stands around the items is written even without any.
        always: bool,
    },
    /// Any number of them, by key.
    Map {
        /// The element of one entry; `None`: the member's own element is repeated.
        entry: Option<String>,
        /// The element of a key; empty, without an entry: the key is the element.
        key: String,
        /// The element of a value.
        value: String,
    },
}

/// A named type of the vendor.
#[derive(Debug)]
pub struct Type {
    /// `wire` is the definition's key, `rust` its form in Rust; both the same for a well-named type.
    pub name: Name,
    /// What it is.
    pub kind: TypeKind,
    /// What was not seen of a structure's page: it keeps what the definition does not tell of.
    pub partial: Option<String>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a named type is.
#[derive(Debug)]
pub enum TypeKind {
    /// Texts with a meaning; unknown ones are kept.
    Enumeration {
        /// What is known.
        values: Vec<EnumerationValue>,
        /// Whether they are integers, and no texts where a format tells them apart.
        number: bool,
    },
    /// Members with names.
    Structure(Vec<Member>),
    /// One of several types, told apart by a tag.
    Union {
        /// The member that tells the variants apart; `None`: the variant's name is the element.
        tag: Option<String>,
        /// The member that holds the content; `None`: its members stand beside the tag.
        content: Option<String>,
        /// What it may be.
        variants: Vec<UnionVariant>,
    },
    /// `strftime` formats; the first one writes values that were not read.
    DateTime(Moment, Vec<String>),
    /// A text with a name of its own.
    Text,
    /// A text in one of these forms.
    Formed(Vec<String>),
}

/// What a date and time is without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It has both.
    DateTime,
    /// A date without a time.
    Date,
    /// A time of day without a date.
    Time,
}

/// A text with a meaning.
#[derive(Debug)]
pub struct EnumerationValue {
    /// Its name.
    pub name: Name,
    /// Other spellings that mean the same.
    pub also: Vec<String>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a union may be.
#[derive(Debug)]
pub struct UnionVariant {
    /// Its tag.
    pub name: Name,
    /// Index into [`Vendor::types`]; `None`: the tag says it all.
    pub content: Option<usize>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What stands around every reply.
#[derive(Debug)]
pub struct Envelope {
    /// Its members, in the order of the wire.
    pub members: Vec<EnvelopeMember>,
    /// What stands around some of them, in the order of the wire.
    pub wrappers: Vec<Name>,
    /// The texts of the status that mean success: integers as digits.
    pub success: Vec<String>,
    /// The status that a server side writes for a failure; `None`: the code is the status.
    pub failure: Option<String>,
}

/// A member of the envelope.
#[derive(Debug)]
pub struct EnvelopeMember {
    /// Its name and type.
    pub member: Member,
    /// What it tells.
    pub role: Option<Role>,
    /// On which replies it is.
    pub when: When,
    /// What stands around it: index into [`Envelope::wrappers`].
    pub within: Option<usize>,
}

/// What a member of the envelope tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Success or not; the error's code as well, unless a member is `Code`.
    Status,
    /// The error's code.
    Code,
    /// A symbol beside the code.
    Name,
    /// What happened, in words.
    Message,
    /// A number that tells more about an error.
    Detail,
    /// The request's id.
    RequestId,
    /// The operation's path, echoed.
    Operation,
    /// The operation's reply. A member named `*` is spliced: the reply's members stand among the envelope's.
    Data,
}

/// On which replies a member of the envelope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On all of them.
    Always,
    /// When a call succeeded.
    Success,
    /// When a call failed.
    Failure,
}

/// How errors are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKeys {
    /// By number.
    Numbers,
    /// By name.
    Names,
}

/// An error of the vendor.
#[derive(Debug)]
pub struct ErrorCode {
    /// `460`, or the name on the wire when errors are known by names.
    pub key: String,
    /// `MissingParameter`
    pub rust: String,
    /// The symbol that the vendor sends beside the number.
    pub wire_name: Option<String>,
    /// The text that a server side sends; `{parameter}` is the parameter at fault.
    pub message: Option<String>,
    /// The HTTP status of its replies; `None`: that of a success.
    pub http: Option<u16>,
    /// What a caller can do about it.
    pub class: Class,
    /// When a server side answers with it.
    pub when: Vec<Occasion>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a caller can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Call again later.
    Retry,
    /// Open a new session and call again.
    LogInAgain,
    /// Correct the call.
    InvalidRequest,
    /// Nothing.
    GiveUp,
}

/// When the generated server side answers with this error by itself, or offers it to a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// A required parameter is missing.
    ParameterMissing,
    /// A parameter's value cannot be read.
    ParameterInvalid,
    /// The operation does not take the HTTP method.
    MethodNotAllowed,
    /// There is no such operation.
    OperationUnknown,
    /// The session does not exist.
    SessionUnknown,
    /// The session has ended.
    SessionExpired,
    /// The signature does not fit.
    SignatureWrong,
    /// The name or the password is wrong.
    CredentialsWrong,
    /// The server failed.
    Internal,
}

/// The operations of one file.
#[derive(Debug)]
pub struct Group {
    /// The file's name without ending: `auth`.
    pub name: Name,
    /// What people wrote about it.
    pub facts: Facts,
    /// In the order of the file.
    pub operations: Vec<Operation>,
}

/// One call that the vendor offers.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Operation {
    /// `wire` is the key in the file (`clientLogin`), `rust` the module's name (`client_login`).
    pub name: Name,
    /// What an operation parameter says.
    pub wire_name: String,
    /// Scheme and host, where they are not the vendor's.
    pub endpoint: Option<String>,
    /// `/auth/clientLogin`
    pub path: String,
    /// What people wrote about it.
    pub facts: Facts,
    /// How its request may be sent, in the order of the definition.
    pub methods: Vec<Method>,
    /// Indices into [`Vendor::formats`]; none when the reply is no envelope.
    pub formats: Vec<usize>,
    /// The XML namespace of its replies, where it is not that of the format.
    pub namespace: Option<String>,
    /// What the reply may be when it is no envelope.
    pub raw: Option<Raw>,
    /// The kinds of session that it can be called with: indices into [`Vendor::sessions`].
    pub sessions: Vec<usize>,
    /// Whether it can be called without a session.
    pub sessionless: bool,
    /// How a form that its request is, is encoded.
    pub form: FormEncoding,
    /// Whether its request is signed, in sessions that have the key.
    pub signed: bool,
    /// Only over TLS.
    pub secure: bool,
    /// Whether sending it twice does no more than sending it once.
    pub repeatable: bool,
    /// Its own parameters, in the order of the wire.
    pub request: Vec<Member>,
    /// The members of the document that its request carries, in the order of the wire; `None`: it carries none.
    pub body: Option<Vec<Member>>,
    /// The members of its reply, in the order of the wire.
    pub reply: Vec<Member>,
    /// The members of the data that comes with an error of its own, which are in [`Vendor::failure`] as well.
    pub failure: Vec<Member>,
    /// Where its reply can be read row by row.
    pub rows: Option<Rows>,
    /// Where the document that its request carries can be written row by row.
    pub body_rows: Option<Rows>,
    /// The order of the envelope's members around this operation's reply: indices into [`Envelope::members`]. Mostly `0..n`.
    pub order: Vec<usize>,
    /// What was not seen of its page: its reply keeps what the definition does not tell of, and its request takes more.
    pub partial: Option<String>,
    /// Keys of the errors that the page lists for this operation.
    pub errors: Vec<String>,
    /// What its reply says of the next call, if it is a part of a whole.
    pub continues: Option<Continues>,
    /// The samples of its page.
    pub examples: Vec<Example>,
}

/// A reply that is no envelope.
#[derive(Debug)]
pub struct Raw {
    /// The media types that it may have; empty: any.
    pub media_types: Vec<String>,
    /// The statuses of HTTP that mean success; empty: 200 to 299.
    pub statuses: Vec<u16>,
}

/// A sample of a vendor's page.
#[derive(Debug)]
pub struct Example {
    /// What it is called in tests.
    pub name: Name,
    /// What people wrote about it.
    pub facts: Facts,
    /// The request, as printed.
    pub request: Option<ExampleRequest>,
    /// The reply, as printed, by format.
    pub replies: Vec<ExampleReply>,
    /// The key of the error that the replies are.
    pub error: Option<String>,
}

/// A request as a page prints it.
#[derive(Debug)]
pub enum ExampleRequest {
    /// A body of `application/x-www-form-urlencoded`.
    Form(String),
    /// The part behind `?`.
    Query(String),
    /// A whole URL.
    Url(String),
    /// A document, and where it is sent.
    Document {
        /// A whole URL, or the part from `?` on, which may be empty.
        url: String,
        /// The document.
        body: String,
    },
}

/// A reply as a page prints it.
#[derive(Debug)]
pub struct ExampleReply {
    /// The format that it is in.
    pub format: FormatKind,
    /// As printed.
    pub text: String,
    /// Line and column of the decode error that it must give, when the vendor printed it wrong.
    pub fails: Option<(usize, usize)>,
}

impl Operation {
    /// Everything that a caller can put into its request: its own parameters, and the members of its body.
    pub fn inputs(&self) -> impl Iterator<Item = &Member> {
        self.request.iter().chain(self.body.iter().flatten())
    }
}

impl Vendor {
    /// Every operation with its group, in the order of the definition.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }
}
