//! What all operations share: `protocol.toml`, its formats, parameters, envelope and errors.

use super::{
    member::{CLOCK, IN_COOKIE, IN_HEADER, IN_PARAMETERS, MEMBER_WORDS, NONCE, PREFIX, UNIT, extended},
    session::{SESSION, SIGNATURE},
    vocabulary::{
        Alternative,
        Kind::{Choice, ChoiceOrChoices, Entries, Flag, Integer, Scalar, Scalars, Table, Text, Texts},
        Vocabulary, may, must,
    },
};

/// `protocol.toml`
pub const PROTOCOL: Vocabulary = Vocabulary {
    place: "a protocol",
    facts: true,
    words: &[
        must("title", Text, "The API's name."),
        must(
            "endpoint",
            Text,
            "Scheme and host, without a trailing slash. `{account}` is the parameter `account`, which has `in = \"host\"`.",
        ),
        may(
            "path",
            Text,
            "The path of all operations; `{group}` and `{operation}` stand for their names. The default is \
             `/{group}/{operation}`.",
        ),
        must(
            "methods",
            Entries("a method and where it carries parameters, `GET = \"query\"`"),
            "The HTTP methods that the vendor takes, and where each carries the parameters.",
        ),
        may("body", Table(&BODY), "The document that the request of an operation with a `body` carries."),
        must("formats", Entries("a format"), "The formats of replies: `xml`, `json`, `query`."),
        may(
            "parameters",
            Entries("a common parameter"),
            "The parameters of every request, in the order of the wire.",
        ),
        must(
            "envelope",
            Entries("a member of the envelope"),
            "What stands around every reply, in the order of the wire.",
        ),
        may(
            "failure",
            Entries("a member of the data of a failed call"),
            "The members of the data that comes with an error.",
        ),
        may("types", Entries("a type"), "Types with a name."),
        may(
            "session",
            Table(&SESSION),
            "How a session is opened and what it carries, when there is one kind of them.",
        ),
        may("sessions", Entries("a kind of session"), "The kinds of session, when there are several."),
        may("signature", Table(&SIGNATURE), "How requests are signed."),
        may("errors", Entries("an error"), "The vendor's errors, by number or by name."),
    ],
};

/// An entry of `methods`.
pub const METHODS: &[Alternative] = &[("GET", "Has no body."), ("POST", "May have a body.")];

/// Where a method carries the parameters.
pub const PLACEMENTS: &[Alternative] =
    &[("query", "Behind the `?` of the URL."), ("form", "In a body of `application/x-www-form-urlencoded`.")];

/// The keys of `formats`.
pub const FORMATS: &[Alternative] =
    &[("xml", "XML"), ("json", "JSON, and JSONP."), ("query", "A query string.")];

/// An entry of `formats`.
pub const FORMAT: Vocabulary = Vocabulary {
    place: "a format",
    facts: true,
    words: &[
        may("value", Text, "What the format parameter says to choose it."),
        may(
            "root",
            Text,
            "The root element; in JSON the wrapping member. `{operation}` is the operation's name on the wire.",
        ),
        may(
            "failure-root",
            Text,
            "The root of a refused call's reply, when it is another one. Where the vendor does not know the operation, \
             `{operation}` stands for nothing.",
        ),
        may("namespace", Text, "The XML namespace that the root declares."),
        may("declaration", Flag, "Whether an XML reply starts with a declaration."),
        may("media-type", Text, "The Content-Type of a reply."),
        may("nested", Text, "What separates nested names in a query string."),
    ],
};

/// `[body]` of a protocol.
pub const BODY: Vocabulary = Vocabulary {
    place: "a request's body",
    facts: true,
    words: &[
        may("format", Choice(BODY_FORMATS), "What it is written in. The default is xml."),
        may("root", Text, "The root element; in JSON the wrapping member."),
        may("namespace", Text, "The XML namespace that the root declares."),
        may("declaration", Flag, "Whether an XML body starts with a declaration."),
        may(
            "media-type",
            Text,
            "The Content-Type of the request. The default is `text/xml` or `application/json`.",
        ),
    ],
};

/// What a request's body is written in.
pub const BODY_FORMATS: &[Alternative] = &[("xml", "XML"), ("json", "JSON")];

/// A parameter of every request. It takes the words of a member as well.
pub const PARAMETER: Vocabulary = Vocabulary {
    place: "a common parameter",
    facts: true,
    words: &extended::<{ MEMBER_WORDS.len() + 9 }>(&[
        must("from", Choice(PROVIDERS), "Who fills it in."),
        UNIT,
        may("is", Choice(PARAMETER_ROLES), "What the parameter tells."),
        may("value", Text, "What a constant says."),
        may("in", Choice(LOCATIONS), "Where requests carry it. The default is `parameters`."),
        PREFIX,
        may(
            "field",
            Text,
            "The session's field; the default is the parameter's own name. With `from = \"client\"`: the parameter of the client \
             whose value it is as well, under another name.",
        ),
        may("groups", Texts, "The groups whose operations carry it. The default is all."),
        may("except-groups", Texts, "The groups whose operations do not carry it."),
    ]),
};

/// Where requests carry a common parameter.
pub const LOCATIONS: &[Alternative] = &[
    IN_PARAMETERS,
    IN_HEADER,
    IN_COOKIE,
    ("host", "In the host: an endpoint has its name in braces, as a label of its own."),
];

/// Who fills in a common parameter.
pub const PROVIDERS: &[Alternative] = &[
    ("request", "The operation's own parameters stand here; the parameter's name is `*`."),
    ("client", "The client, once for all calls."),
    ("call", "The caller, call by call."),
    ("session", "A field of the session at hand, if its kind has the field."),
    ("format", "The format of the reply."),
    ("callback", "The callback of a JSONP reply."),
    ("operation", "The operation's name on the wire."),
    ("signature", "The signature of the request, on signed operations, if the session at hand has the key."),
    ("constant", "Always the same `value`."),
    CLOCK,
    NONCE,
];

/// What a parameter of a call tells.
pub const PARAMETER_ROLES: &[Alternative] = &[(
    "request-id",
    "The request's id. A client makes one for each try, a random text of 32 digits and small letters, where the caller gives none; a server echoes it in the envelope's member of the same role. A reply that echoes another one is an error.",
)];

/// A member of the envelope. It takes the words of a member as well.
pub const ENVELOPE: Vocabulary = Vocabulary {
    place: "a member of the envelope",
    facts: true,
    words: &extended::<{ MEMBER_WORDS.len() + 5 }>(&[
        may("is", Choice(ROLES), "What the member tells."),
        may("on", Choice(OCCURRENCES), "When it is there. Without it: always."),
        may(
            "within",
            Text,
            "The member that stands around it and its neighbours that say the same. That one is there when one of them is; an `order` names it in their place.",
        ),
        may("success", Scalars, "The values of the status that mean success."),
        may("failure", Scalar, "The status of a failed call, when it is not the error's number."),
    ]),
};

/// What a member of the envelope tells.
pub const ROLES: &[Alternative] = &[
    (
        "status",
        "Whether the call succeeded; the error's number as well, unless another member is `code`. Without a status, a call failed when there is a code.",
    ),
    ("code", "The error's number or name."),
    ("name", "A symbol beside the code."),
    ("message", "What happened, in words."),
    ("detail", "More about an error."),
    ("request-id", "The request's id, as the parameter of the same role has it."),
    ("operation", "The operation's path."),
    (
        "data",
        "The operation's reply. A member named `*` is spliced: the reply's members stand among the envelope's.",
    ),
];

/// When a member of the envelope is there.
pub const OCCURRENCES: &[Alternative] =
    &[("success", "When a call succeeded."), ("failure", "When a call failed.")];

/// An entry of `errors`.
pub const ERROR: Vocabulary = Vocabulary {
    place: "an error",
    facts: true,
    words: &[
        must("name", Text, "What it is called in Rust."),
        must("class", Choice(CLASSES), "What a caller can do about it."),
        may("wire-name", Text, "The symbol that the vendor sends beside the number."),
        may("message", Text, "The text that a server sends; `{parameter}` is the parameter at fault."),
        may("when", ChoiceOrChoices(OCCASIONS), "When a server answers with it by itself."),
        may(
            "http",
            Integer,
            "The HTTP status that its replies have. A reply without the envelope is this error, where no other one has the status.",
        ),
    ],
};

/// What a caller can do about an error.
pub const CLASSES: &[Alternative] = &[
    ("retry", "Call again later."),
    ("log-in-again", "Open a new session and call again."),
    ("invalid-request", "Correct the call."),
    ("give-up", "Nothing."),
];

/// When a server answers with an error by itself.
pub const OCCASIONS: &[Alternative] = &[
    ("parameter-missing", "A required parameter is missing."),
    ("parameter-invalid", "A parameter's value cannot be read."),
    ("method-not-allowed", "The operation does not take the HTTP method."),
    ("operation-unknown", "There is no such operation."),
    ("session-unknown", "The session does not exist."),
    ("session-expired", "The session has ended."),
    ("signature-wrong", "The signature does not fit."),
    ("credentials-wrong", "The name or the password is wrong."),
    ("internal", "The server failed."),
];
