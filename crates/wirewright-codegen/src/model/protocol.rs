//! What all operations share: methods, formats, common parameters, the envelope and the errors.

use super::{Facts, FormatKind, Member, Name, ParameterLocation};

/// An HTTP method and where it carries the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// The method.
    pub verb: HttpMethod,
    /// Where its parameters go.
    pub placement: Placement,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HttpMethod {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`.
    Put,
    /// `DELETE`.
    Delete,
}

impl HttpMethod {
    /// As it is on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Where a request's parameters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Behind the `?` of the URL.
    Query,
    /// In a body of `application/x-www-form-urlencoded`, or of `multipart/form-data` for operations that have it.
    Form,
    /// In such a body; a server takes those behind the `?` of the URL as well.
    FormOrQuery,
}

/// How a form is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormEncoding {
    /// `application/x-www-form-urlencoded`
    UrlEncoded,
    /// `multipart/form-data`
    Multipart,
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
    /// Other values of it that mean the same.
    pub also: Vec<String>,
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
    /// Whether a query string has its pairs in lines, in which nothing is escaped.
    pub lines: bool,
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
    /// The kinds of credentials that it is of; empty: it goes with all.
    pub credentials: Vec<String>,
    /// Whether it is the id of the request, which the envelope's member of that role echoes.
    pub request_id: bool,
    /// Where requests carry it.
    pub location: ParameterLocation,
    /// What a server takes for a format or a constant that is left out.
    pub default: Option<String>,
    /// What a server takes for a constant beside its value; `*` is anything.
    pub accepts: Vec<String>,
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

impl Groups {
    /// Whether a group, by its name on the wire, is one of them.
    pub fn has(&self, group: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(groups) => groups.iter().any(|one| one == group),
            Self::Except(groups) => !groups.iter().any(|one| one == group),
        }
    }
}

/// Who provides a common parameter.
#[derive(Debug)]
pub enum From {
    /// The operation's own parameters are here. Always present exactly once.
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
    /// A computed value: its index.
    Computed(usize),
    /// Always this text.
    Constant(String),
}

/// What is around every reply.
#[derive(Debug)]
pub struct Envelope {
    /// Its members, in the order of the wire.
    pub members: Vec<EnvelopeMember>,
    /// What is around some of them, in the order of the wire.
    pub wrappers: Vec<Name>,
    /// The texts of the status that mean success: integers as digits.
    pub success: Vec<String>,
    /// The status that a server side writes for a failure; `None`: the code is the status.
    pub failure: Option<String>,
    /// Whether the numbers that no error has are statuses of HTTP.
    pub http_codes: bool,
    /// The header of a refused call's reply that has the code as well.
    pub code_header: Option<String>,
    /// Whether a server echoes the operation's name, and not its path.
    pub echoes_name: bool,
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
    /// What is around it: index into [`Envelope::wrappers`].
    pub within: Option<usize>,
    /// What a server says here where its service says nothing else.
    pub value: Option<String>,
    /// Where it is, when no reply has it by itself: its name is a path then.
    pub told: Option<Told>,
}

/// A member of what another member of the envelope is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// That member of the envelope: a structure, or a list of them, of which the first item counts.
    pub by: usize,
    /// Which one it is of the structure's members, and of those of that one: the way through structures and lists of them, of which the
    /// first item counts.
    pub way: Vec<usize>,
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
    /// The operation's reply. A member named `*` is spliced: the reply's members are among the envelope's.
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
    pub when: Vec<ServerCondition>,
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
pub enum ServerCondition {
    /// A required parameter is missing.
    ParameterMissing,
    /// A parameter's value cannot be read.
    ParameterInvalid,
    /// The operation does not take the HTTP method.
    MethodNotAllowed,
    /// The body is of another media type than the operation takes, or in a content coding.
    MediaTypeWrong,
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
    /// Parts of several kinds of credentials are there.
    CredentialsConflicting,
    /// The server failed.
    Internal,
}
