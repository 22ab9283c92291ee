//! What all operations share: `protocol.toml`, its formats, parameters, envelope and errors.

use super::{
    computed::COMPUTED,
    member::{CLOCK, Formats, IN_COOKIE, IN_COOKIES, IN_PARAMETERS, MEMBER, NONCE, ParameterLocation, Units},
    session::SESSION,
    types::TYPE,
    vocabulary::{Alternatives as _, Entries, alternatives, vocabulary},
};
use crate::model::{Class, FormatKind, HttpMethod, Placement, Role, ServerCondition, When};

/// The methods of all operations.
const METHODS: Entries =
    Entries::choices("a method and where it carries parameters, `GET = \"query\"`", Placements::ALL)
        .keyed(Methods::ALL);

vocabulary! {
    /// `protocol.toml`
    PROTOCOL, protocol: "a protocol" + facts;
    may LANGUAGE = "language", Integer,
        "The version of this language that the definition is written in. The default is the generator's own, which is 1.";
    must TITLE = "title", Text, "The API's name.";
    must ENDPOINT = "endpoint", Text,
        "Scheme and host, and what is in front of every path, without a trailing slash: `https://example.com/api`. `{account}` is the parameter `account`, which has `in = \"host\"`.";
    may PATH = "path", Text,
        "The path of all operations; `{group}` and `{operation}` stand for their names. The default is \
         `/{group}/{operation}`.";
    may CHARSET = "charset", Text,
        "The charset of parameters, and of replies that do not say theirs, by a label of the WHATWG's Encoding Standard: `windows-1252`. \
         The default is UTF-8.";
    must METHODS = "methods", Entries(METHODS),
        "The HTTP methods that the vendor takes, and where each carries the parameters.";
    may BODY = "body", Table(&BODY), "The document that the request of an operation with a `body` carries.";
    must FORMATS = "formats", Entries(Entries::tables("a format", &FORMAT).keyed(Formats::ALL)), "The formats of replies: `xml`, `json`, `query`.";
    may PARAMETERS = "parameters", Entries(Entries::tables("a common parameter", &PARAMETER)),
        "The parameters of every request, in the order of the wire.";
    must ENVELOPE = "envelope", Entries(Entries::tables("a member of the envelope", &ENVELOPE)),
        "What is around every reply, in the order of the wire.";
    may FAILURE = "failure", Entries(Entries::tables("a member of the data of a failed call", &MEMBER)),
        "The members of the data that comes with an error.";
    may TYPES = "types", Entries(Entries::tables("a type", &TYPE)), "Types with a name.";
    may SESSION = "session", Table(&SESSION),
        "How a session is opened and what it carries, when there is one kind of them.";
    may SESSIONS = "sessions", Entries(Entries::tables("a kind of session", &SESSION)), "The kinds of session, when there are several.";
    may COMPUTED = "computed", Entries(Entries::tables("a computed value", &COMPUTED)),
        "What is computed of a request: its signature, the digest of its body, a key, a composed header.";
    may ERRORS = "errors", Entries(Entries::tables("an error", &ERROR)), "The vendor's errors, by number or by name.";
}

alternatives! {
    /// An entry of `methods`.
    Methods: HttpMethod;
    "GET" => HttpMethod::Get, "Has no body.";
    "POST" => HttpMethod::Post, "May have a body.";
    "PUT" => HttpMethod::Put, "May have a body.";
    "DELETE" => HttpMethod::Delete, "Has no body.";
}

alternatives! {
    /// Where a method carries the parameters.
    Placements: Placement;
    "query" => Placement::Query, "Behind the `?` of the URL.";
    "form" => Placement::Form, "In a body of `application/x-www-form-urlencoded`.";
    "form-or-query" => Placement::FormOrQuery,
        "In such a body; a server takes those behind the `?` of the URL as well.";
}

vocabulary! {
    /// An entry of `formats`.
    FORMAT, format: "a format" + facts;
    may VALUE = "value", Text, "What the format parameter says to choose it.";
    may ALSO = "also", TextOrTexts,
        "Other values of the format parameter that mean the same: a server takes them, a client never sends them.";
    may ROOT = "root", Text,
        "The root element; in JSON the wrapping member. `{operation}` is the operation's name on the wire.";
    may FAILURE_ROOT = "failure-root", Text,
        "The root of a refused call's reply, when it is another one. Where the vendor does not know the operation, \
         `{operation}` stands for nothing.";
    may NAMESPACE = "namespace", Text, "The XML namespace that the root declares.";
    may DECLARATION = "declaration", Flag, "Whether an XML reply starts with a declaration.";
    may MEDIA_TYPE = "media-type", Text, "The Content-Type of a reply.";
    may NESTED = "nested", Text, "What separates nested names in a query string.";
    may LINES = "lines", Flag,
        "Whether a reply in a query string has its pairs in lines of their own, `name=value`, in which nothing is escaped. The default is false.";
}

vocabulary! {
    /// `[body]` of a protocol.
    BODY, body: "a request's body" + facts;
    may FORMAT = "format", Choice(BodyFormats), "What it is written in. The default is xml.";
    may ROOT = "root", Text, "The root element; in JSON the wrapping member.";
    may NAMESPACE = "namespace", Text, "The XML namespace that the root declares.";
    may DECLARATION = "declaration", Flag, "Whether an XML body starts with a declaration.";
    may MEDIA_TYPE = "media-type", Text,
        "The Content-Type of the request. The default is `text/xml` or `application/json`.";
}

alternatives! {
    /// What a request's body is written in.
    BodyFormats: FormatKind;
    "xml" => FormatKind::Xml, "XML";
    "json" => FormatKind::Json, "JSON";
}

vocabulary! {
    /// A parameter of every request. It takes the words of a member as well.
    PARAMETER, parameter: "a common parameter" + MEMBER + facts;
    must FROM = "from", Choice(Providers), "Who fills it in.";
    may _ = "unit", Choice(Units), "What an integer `from = \"clock\"` counts. The default is seconds.";
    may IS = "is", Choice(ParameterRoles), "What the parameter tells.";
    may VALUE = "value", Text, "What a constant says.";
    may ACCEPTS = "accepts", TextOrTexts,
        "What a server takes for a constant beside its `value`; `*` is anything.";
    may IN = "in", Choice(Locations), "Where requests carry it. The default is `parameters`.";
    may _ = "prefix", Text, "What is before its value in a header: `\"Bearer \"`. `{account}` in it is the value of the common parameter `account`.";
    may FIELD = "field", Text,
        "The session's field, or the computed value; the default is the parameter's own name. With `from = \"client\"`: the parameter \
         of the client whose value it is as well, under another name.";
    may GROUPS = "groups", Texts, "The groups whose operations carry it. The default is all.";
    may EXCEPT_GROUPS = "except-groups", Texts, "The groups whose operations do not carry it.";
    may CREDENTIALS = "credentials", TextOrTexts,
        "The kinds of credentials that it is of, where a vendor takes one kind of several: a password or a key. A client has all of one kind, \
         and its requests carry nothing of the others.";
}

alternatives! {
    /// Where requests carry a common parameter.
    Locations: ParameterLocation;
    "parameters" => ParameterLocation::Parameters, IN_PARAMETERS;
    "header" => ParameterLocation::Header, "In the header of its name.";
    "cookie" => ParameterLocation::Cookie, IN_COOKIE;
    "cookies" => ParameterLocation::Cookies, IN_COOKIES;
    "host" => ParameterLocation::Host,
        "In the host: an endpoint has its name in braces, as a label of its own.";
    "computed" => ParameterLocation::Computed,
        "Nowhere by itself: computed values are made of it. A secret of the client, a region, the day of a signature.";
}

/// Who fills in a common parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    Request,
    Client,
    Call,
    Session,
    Format,
    Callback,
    Operation,
    Computed,
    Constant,
    Clock,
    Nonce,
}

impl Provider {
    /// Whether the client or the caller fills it in, or the call where the caller does not.
    pub(crate) const fn of_caller(self) -> bool {
        matches!(self, Self::Client | Self::Call | Self::Clock | Self::Nonce)
    }
}

alternatives! {
    /// Who fills in a common parameter.
    Providers: Provider;
    "request" => Provider::Request, "The operation's own parameters are here; the parameter's name is `*`.";
    "client" => Provider::Client, "The client, once for all calls.";
    "call" => Provider::Call, "The caller, call by call.";
    "session" => Provider::Session, "A field of the session at hand, if its kind has the field.";
    "format" => Provider::Format, "The format of the reply.";
    "callback" => Provider::Callback, "The callback of a JSONP reply.";
    "operation" => Provider::Operation, "The operation's name on the wire.";
    "computed" => Provider::Computed,
        "A computed value. One that is signed with a field of the session is there on operations with `signed = true`, in sessions that have the field; any other one is wherever the values that it is made of are.";
    "constant" => Provider::Constant, "Always the same `value`.";
    "clock" => Provider::Clock, CLOCK;
    "nonce" => Provider::Nonce, NONCE;
}

alternatives! {
    /// What a parameter of a call tells.
    ParameterRoles: ();
    "request-id" => (),
        "The request's id. A client makes one for each try, a random text of 32 digits and small letters, where the caller gives none; a server echoes it in the envelope's member of the same role. A reply that echoes another one is an error.";
}

vocabulary! {
    /// A member of the envelope. It takes the words of a member as well.
    ENVELOPE, envelope: "a member of the envelope" + MEMBER + facts;
    may IS = "is", Choice(Roles), "What the member tells.";
    may ON = "on", Choice(Occurrences), "When it is there. Without it: always.";
    may WITHIN = "within", Text,
        "The member that is around it and its neighbours that say the same. That one is there when one of them is; an `order` names it in their place.";
    may TELLS = "tells", Table(&TELLS),
        "What members of its type tell of an error: it is a structure, or a list of them, of which the first item decides and all are \
         kept. A member inside of another one is said with a dot, `cause.code`.";
    may ONLY_IN = "only-in", ChoiceOrChoices(Formats),
        "The formats that have the status. In the others the code alone tells that a call failed. The default is all.";
    may SUCCESS = "success", Scalars, "The values of the status that mean success: numbers, texts, `true` or `false`.";
    may FAILURE = "failure", Scalar, "The status of a failed call, when it is not the error's number.";
    may VALUE = "value", Scalar,
        "What a server says here where its service says nothing else: the version of a protocol.";
    may HTTP_CODES = "http-codes", Flag,
        "The numbers that no entry of `errors` has are statuses of HTTP, and have their class: 429 and 503 pass, 403 is the caller's.";
    may HEADER = "header", Text,
        "The header of a refused call's reply that has the code as well: what the body tells counts first, and of a reply without a body the header alone tells. A server writes both.";
    may ECHOES = "echoes", Choice(Echoes), "What a server echoes of the operation. The default is its path.";
}

vocabulary! {
    /// What the members of what a member of the envelope is tell of an error.
    TELLS, tells: "what tells of an error";
    may CODE = "code", Text, "The member with the error's number or name.";
    may NAME = "name", Text, "The member with a symbol beside the code.";
    may MESSAGE = "message", Text, "The member with what happened, in words.";
    may DETAIL = "detail", Text, "The member with more about the error: an integer.";
}

alternatives! {
    /// What a member of the envelope echoes of the operation.
    Echoes: bool;
    "path" => false, "The path of the request.";
    "name" => true, "The operation's name on the wire.";
}

alternatives! {
    /// What a member of the envelope tells.
    Roles: Role;
    "status" => Role::Status,
        "Whether the call succeeded; the error's number as well, unless another member is `code`. Without a status, a call failed when there is a code.";
    "code" => Role::Code, "The error's number or name.";
    "name" => Role::Name, "A symbol beside the code.";
    "message" => Role::Message, "What happened, in words.";
    "detail" => Role::Detail, "More about an error: an integer.";
    "request-id" => Role::RequestId, "The request's id, as the parameter of the same role has it.";
    "operation" => Role::Operation, "The operation's path, or its name where it `echoes` that.";
    "data" => Role::Data,
        "The operation's reply. A member named `*` is spliced: the reply's members are among the envelope's.";
}

alternatives! {
    /// When a member of the envelope is there.
    Occurrences: When;
    "success" => When::Success, "When a call succeeded.";
    "failure" => When::Failure, "When a call failed.";
}

vocabulary! {
    /// An entry of `errors`.
    ERROR, error: "an error" + facts;
    must NAME = "name", Text, "What it is called in Rust.";
    must CLASS = "class", Choice(Classes), "What a caller can do about it.";
    may WIRE_NAME = "wire-name", Text, "The symbol that the vendor sends beside the number.";
    may MESSAGE = "message", Text, "The text that a server sends; `{parameter}` is the parameter at fault.";
    may WHEN = "when", ChoiceOrChoices(ServerConditions), "When a server answers with it by itself.";
    may HTTP = "http", Integer,
        "The HTTP status that its replies have. A reply without the envelope is this error, where no other one has the status.";
}

alternatives! {
    /// What a caller can do about an error.
    Classes: Class;
    "retry" => Class::Retry, "Call again later.";
    "log-in-again" => Class::LogInAgain, "Open a new session and call again.";
    "invalid-request" => Class::InvalidRequest, "Correct the call.";
    "give-up" => Class::GiveUp, "Nothing.";
}

alternatives! {
    /// When a server answers with an error by itself.
    ServerConditions: ServerCondition;
    "parameter-missing" => ServerCondition::ParameterMissing, "A required parameter is missing.";
    "parameter-invalid" => ServerCondition::ParameterInvalid, "A parameter's value cannot be read.";
    "method-not-allowed" => ServerCondition::MethodNotAllowed, "The operation does not take the HTTP method.";
    "media-type-wrong" => ServerCondition::MediaTypeWrong, "The body is of another media type than the operation takes, or in a content coding.";
    "operation-unknown" => ServerCondition::OperationUnknown, "There is no such operation.";
    "session-unknown" => ServerCondition::SessionUnknown, "The session does not exist.";
    "session-expired" => ServerCondition::SessionExpired, "The session has ended.";
    "signature-wrong" => ServerCondition::SignatureWrong, "The signature does not fit.";
    "credentials-wrong" => ServerCondition::CredentialsWrong, "The name or the password is wrong.";
    "credentials-conflicting" => ServerCondition::CredentialsConflicting, "Parts of several kinds of `credentials` are there.";
    "internal" => ServerCondition::Internal, "The server failed.";
}
