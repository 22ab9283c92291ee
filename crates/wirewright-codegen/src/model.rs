//! A definition after its checks: every reference resolved, every name ready for Rust, no position left. What the emitter reads.
//!
//! Whoever holds a [`Vendor`] may rely on it: names do not clash in Rust or on the wire, references lead somewhere, and every
//! enumeration of this module has been filled in where the definition left a default.

use std::collections::BTreeMap;

/// A vendor's whole definition.
#[derive(Debug)]
pub struct Vendor {
    /// The folder's name, which is the crate's: `ten-ten-data`.
    pub package: String,
    /// `NINA WebAPI`.
    pub title: String,
    pub facts: Facts,
    /// `https://api.screenname.nina.bz`: scheme and host, without a trailing slash.
    pub endpoint: String,
    /// How an operation's request may be sent, in the order of the definition.
    pub methods: Vec<Method>,
    pub formats: Vec<Format>,
    pub parameters: Vec<Parameter>,
    pub envelope: Envelope,
    pub session: Option<Session>,
    pub signature: Option<Signature>,
    pub errors: Vec<ErrorCode>,
    /// Whether `errors` are numbers or names.
    pub error_keys: ErrorKeys,
    /// In the order of files (by name), then of the definition.
    pub types: Vec<Type>,
    pub groups: Vec<Group>,
}

/// What people wrote about a thing.
#[derive(Debug, Default, Clone)]
pub struct Facts {
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

/// A name on the wire and the one in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the vendor spells it; the same in every format unless `xml`, `json` or `query` say otherwise.
    pub wire: String,
    /// In Rust's case for its kind, raw (`r#type`) where it is a keyword.
    pub rust: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    pub verb: Verb,
    pub placement: Placement,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    Get,
    Post,
}

/// Where a request's parameters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    Query,
    Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormatKind {
    Xml,
    Json,
    Query,
}

#[derive(Debug)]
pub struct Format {
    pub kind: FormatKind,
    /// What the format parameter says to choose it.
    pub value: Option<String>,
    /// The root element; in JSON the wrapping member. `None` in JSON: nothing wraps.
    pub root: Option<String>,
    pub namespace: Option<String>,
    /// Whether an XML reply starts with a declaration.
    pub declaration: bool,
    /// The Content-Type of a reply.
    pub media_type: Option<String>,
    /// The separator of nested names in a query string.
    pub nested: Option<String>,
    pub facts: Facts,
}

/// A parameter that is not an operation's own, or the place of those that are.
#[derive(Debug)]
pub struct Parameter {
    pub name: Name,
    pub from: From,
    pub required: bool,
    pub facts: Facts,
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
    /// The session's field of this index.
    Session(usize),
    Format,
    Callback,
    /// The operation's name on the wire.
    Operation,
    Signature,
    Constant(String),
}

/// A member of a structure, or an operation's own parameter.
#[derive(Debug, Clone)]
pub struct Member {
    pub name: Name,
    /// Names that differ from `name.wire` in one format.
    pub xml: Option<String>,
    pub json: Option<String>,
    pub query: Option<String>,
    pub value: ValueType,
    pub repeat: Repeat,
    pub required: bool,
    pub secret: bool,
    pub place: Place,
    /// `("1", Some("0"))`; `("", None)` is presence.
    pub boolean: Option<(String, Option<String>)>,
    pub empty_is_absent: bool,
    pub facts: Facts,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    String,
    /// Signed, 64 bits.
    Integer,
    Number,
    Boolean,
    /// Bytes in base64.
    Bytes,
    /// Index into [`Vendor::types`].
    Type(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Element,
    Attribute,
    Text,
    Flatten,
}

/// How often a member stands on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    Once,
    List { item: Option<String>, joined: Option<String>, numbered: Option<(String, usize)> },
    Map { entry: Option<String>, key: String, value: String },
}

/// A named type of the vendor.
#[derive(Debug)]
pub struct Type {
    /// `wire` is the definition's key, `rust` its form in Rust; both the same for a well-named type.
    pub name: Name,
    pub kind: TypeKind,
    pub facts: Facts,
}

#[derive(Debug)]
pub enum TypeKind {
    /// Texts with a meaning; unknown ones are kept.
    Enumeration(Vec<EnumerationValue>),
    Structure(Vec<Member>),
    /// One of several types, told apart by a tag.
    Union {
        tag: Option<String>,
        content: Option<String>,
        variants: Vec<UnionVariant>,
    },
    /// `strftime` formats; the first one writes values that were not read.
    DateTime(Vec<String>),
    /// A text with a name of its own.
    Text,
}

#[derive(Debug)]
pub struct EnumerationValue {
    pub name: Name,
    /// Other spellings that mean the same.
    pub also: Vec<String>,
    pub facts: Facts,
}

#[derive(Debug)]
pub struct UnionVariant {
    pub name: Name,
    /// Index into [`Vendor::types`]; `None`: the tag says it all.
    pub content: Option<usize>,
    pub facts: Facts,
}

/// What stands around every reply.
#[derive(Debug)]
pub struct Envelope {
    pub members: Vec<EnvelopeMember>,
    /// The texts of the status that mean success: integers as digits.
    pub success: Vec<String>,
    /// The status that a server side writes for a failure; `None`: the code is the status.
    pub failure: Option<String>,
}

#[derive(Debug)]
pub struct EnvelopeMember {
    pub member: Member,
    pub role: Option<Role>,
    pub when: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Success or not; the error's code as well, unless a member is `Code`.
    Status,
    Code,
    /// A symbol beside the code.
    Name,
    Message,
    Detail,
    RequestId,
    /// The operation's path, echoed.
    Operation,
    /// The operation's reply. A member named `*` is spliced: the reply's members stand among the envelope's.
    Data,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Always,
    Success,
    Failure,
}

#[derive(Debug)]
pub struct Session {
    /// Indices of group and operation.
    pub opens: (usize, usize),
    pub closes: Option<(usize, usize)>,
    pub fields: Vec<SessionField>,
    pub facts: Facts,
}

#[derive(Debug)]
pub struct SessionField {
    pub name: Name,
    pub secret: bool,
    pub value: ValueType,
    pub from: SessionValue,
    pub facts: Facts,
}

#[derive(Debug)]
pub enum SessionValue {
    Copied(Path),
    /// HMAC-SHA256 of the second under the first as key, as text.
    HmacSha256 {
        key: Path,
        message: Path,
        encode: TextEncoding,
    },
}

/// Where the opening operation has a value. Every member on the way is required, and the last one is a string.
#[derive(Debug)]
pub struct Path {
    pub side: Side,
    /// Rust names of the members on the way.
    pub members: Vec<String>,
    /// Whether the last member is a secret.
    pub secret: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Request,
    Data,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    Base64,
    Base64Url,
    Hex,
}

#[derive(Debug)]
pub struct Signature {
    /// Index of the session's field whose text is the key.
    pub key: usize,
    pub encode: TextEncoding,
    pub base: BaseString,
    pub facts: Facts,
}

/// What is signed.
#[derive(Debug)]
pub struct BaseString {
    pub parts: Vec<BasePart>,
    /// What stands between the parts.
    pub join: String,
    /// How each part is encoded before they are joined.
    pub encode: EncodeSet,
    pub order: ParameterOrder,
    /// How each parameter's name and value is encoded.
    pub parameter_encode: EncodeSet,
    /// What stands between a name and its value: `=`.
    pub pair: String,
    /// What stands between parameters: `&`.
    pub pairs: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BasePart {
    /// `GET`
    Method,
    /// Scheme, host and path, in the normal form of RFC 5849 section 3.4.1.2.
    Url,
    Host,
    Path,
    Parameters,
    Constant(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodeSet {
    None,
    Rfc3986,
    Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterOrder {
    /// By name, then value, bytewise after encoding.
    Sorted,
    /// The reverse of `Sorted`.
    Descending,
    /// As on the wire.
    Wire,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKeys {
    Numbers,
    Names,
}

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
    pub class: Class,
    pub when: Vec<Occasion>,
    pub facts: Facts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Retry,
    LogInAgain,
    InvalidRequest,
    GiveUp,
}

/// When the generated server side answers with this error by itself, or offers it to a handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    ParameterMissing,
    ParameterInvalid,
    MethodNotAllowed,
    OperationUnknown,
    SessionUnknown,
    SessionExpired,
    SignatureWrong,
    CredentialsWrong,
    Internal,
}

/// The operations of one file.
#[derive(Debug)]
pub struct Group {
    /// The file's name without ending: `auth`.
    pub name: Name,
    pub facts: Facts,
    pub operations: Vec<Operation>,
}

#[derive(Debug)]
pub struct Operation {
    /// `wire` is the key in the file (`clientLogin`), `rust` the module's name (`client_login`).
    pub name: Name,
    /// What an operation parameter says.
    pub wire_name: String,
    /// `/auth/clientLogin`
    pub path: String,
    pub facts: Facts,
    pub methods: Vec<Method>,
    /// Indices into [`Vendor::formats`].
    pub formats: Vec<usize>,
    pub session: bool,
    pub signed: bool,
    /// Only over TLS.
    pub secure: bool,
    pub request: Vec<Member>,
    pub reply: Vec<Member>,
    /// The order of the envelope's members around this operation's reply: indices into [`Envelope::members`]. Mostly `0..n`.
    pub order: Vec<usize>,
    /// Keys of the errors that the page lists for this operation.
    pub errors: Vec<String>,
    pub examples: Vec<Example>,
}

/// A sample of a vendor's page.
#[derive(Debug)]
pub struct Example {
    pub name: Name,
    pub facts: Facts,
    pub request: Option<ExampleRequest>,
    pub replies: Vec<ExampleReply>,
    /// The key of the error that the replies are.
    pub error: Option<String>,
}

#[derive(Debug)]
pub enum ExampleRequest {
    /// A body of `application/x-www-form-urlencoded`.
    Form(String),
    /// The part behind `?`.
    Query(String),
    /// A whole URL.
    Url(String),
}

#[derive(Debug)]
pub struct ExampleReply {
    pub format: FormatKind,
    pub text: String,
    /// Line and column of the decode error that it must give, when the vendor printed it wrong.
    pub fails: Option<(usize, usize)>,
}

/// The number of operations of a vendor.
impl Vendor {
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }

    /// The errors by key.
    pub fn errors_by_key(&self) -> BTreeMap<&str, &ErrorCode> {
        self.errors.iter().map(|error| (error.key.as_str(), error)).collect()
    }
}
