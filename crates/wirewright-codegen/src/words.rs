//! The words of the definition language: which keys each table takes, of what type, and what they say.
//!
//! Readers check a table against these before they look into it, and the language's reference is written from them, with an
//! example of each word from `reference/examples`.

use Kind::{
    Choice, ChoiceOrChoices, Entries, Flag, FlagOrTable, FlagOrText, FlagTextOrTable, Integer, Scalar,
    Scalars, Table, Tables, Text, TextOrTable, TextOrTexts, Texts,
};

/// The words of one kind of table.
#[derive(Debug)]
pub struct Vocabulary {
    /// What the table describes, with its article.
    pub place: &'static str,
    /// Its own words.
    pub words: &'static [Word],
    /// Whether it takes [`FACTS`] as well.
    pub facts: bool,
}

/// One key of a table.
#[derive(Debug)]
pub struct Word {
    /// As it is written.
    pub word: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it says.
    pub doc: &'static str,
}

/// What a word's value is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A string or a whole number.
    Scalar,
    /// An array of strings or whole numbers.
    Scalars,
    /// An array of strings.
    Texts,
    /// A string or an array of strings.
    TextOrTexts,
    /// `true` or a string.
    FlagOrText,
    /// One of these words.
    Choice(&'static [Alternative]),
    /// One of these words, or an array of them.
    ChoiceOrChoices(&'static [Alternative]),
    /// A table with words of its own.
    Table(&'static Vocabulary),
    /// An array of tables.
    Tables(&'static Vocabulary),
    /// `true` or a table.
    FlagOrTable(&'static Vocabulary),
    /// `true`, a string or a table.
    FlagTextOrTable(&'static Vocabulary),
    /// A string or a table.
    TextOrTable(&'static Vocabulary),
    /// A table whose keys are the definition's own; each entry is this.
    Entries(&'static str),
}

/// A word that may be a value, and what it means.
pub type Alternative = (&'static str, &'static str);

const fn must(word: &'static str, kind: Kind, doc: &'static str) -> Word {
    Word { word, kind, required: true, doc }
}

const fn may(word: &'static str, kind: Kind, doc: &'static str) -> Word {
    Word { word, kind, required: false, doc }
}

impl Vocabulary {
    /// Its own words and, where it takes them, the facts.
    pub fn all(&self) -> impl Iterator<Item = &'static Word> + use<> {
        let facts: &'static [Word] = if self.facts { FACTS } else { &[] };
        self.words.iter().chain(facts)
    }

    /// Whether it takes the words of a member beside its own.
    pub fn extends_member(&self) -> bool {
        let takes = |word: &Word| self.words.iter().any(|own| own.word == word.word);
        self.place != MEMBER.place && MEMBER_WORDS.iter().all(takes)
    }

    /// The words that it does not have from a member.
    pub fn own(&self) -> impl Iterator<Item = &'static Word> + use<> {
        let others: &'static [Word] = if self.extends_member() { MEMBER_WORDS } else { &[] };
        self.words.iter().filter(|word| others.iter().all(|other| other.word != word.word))
    }
}

/// What every thing of a definition can say about itself.
pub const FACTS: &[Word] = &[
    may("doc", Text, "What it is, for the people who use it."),
    may(
        "source",
        Text,
        "The page that states it. Every operation needs one: its own, or that of its group or of the protocol.",
    ),
    may("assumption", Text, "What the definition chose where the page leaves a rule open."),
    may(
        "confidence",
        Choice(CONFIDENCE),
        "How sure the facts are. An operation that does not say it has that of its group, or of the protocol.",
    ),
];

/// How sure a fact is.
pub const CONFIDENCE: &[Alternative] = &[
    ("high", "The vendor's own page says it, or a running server shows it."),
    ("medium", "A sister or older page of the vendor says it."),
    ("low", "It is inferred."),
];

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

/// A member of a structure, or an operation's own parameter.
pub const MEMBER: Vocabulary = Vocabulary { place: "a member", facts: true, words: MEMBER_WORDS };

const MEMBER_WORDS: &[Word] = &[
    may(
        "type",
        Text,
        "`string` (the default), `integer`, `number`, `boolean`, `bytes`, `any` (kept as it comes, whatever it is), `file` (a parameter of a `multipart` request), or a type's name.",
    ),
    may("name", Text, "What it is called in Rust, when the name on the wire does not read well."),
    may(
        "required",
        Flag,
        "Whether it is always there; a list has at least one item then, unless it is `always` there. The default is false.",
    ),
    may("secret", Flag, "Whether its value must not be shown. The default is false."),
    may("attribute", Flag, "It is an XML attribute."),
    may("text", Flag, "It is the text of its XML element."),
    may("flatten", Flag, "Its members stand among the members around it."),
    may("list", FlagOrTable(&LIST), "It is a list, and how it is laid out."),
    may(
        "map",
        FlagTextOrTable(&MAP),
        "It is a map, and how it is laid out; `\"keyed\"`: an entry's element is named by its key.",
    ),
    may(
        "rows",
        FlagOrTable(&ROWS),
        "A list of a reply that may be too long for memory: clients read it row by row as well, from XML, by a method `…_rows`. In the \
         document of a request they write it so, by a method `…_from`.",
    ),
    may("boolean", Text, "How a boolean is spelled: `\"1/0\"`, `\"yes/no\"`, or `\"presence\"`."),
    may(
        "empty-is-absent",
        Flag,
        "An empty text means that it is not there; in a list, that the item is not.",
    ),
    may(
        "default",
        Text,
        "What is meant when it is absent, as it is on the wire; a server asks for it by `…_or_default`.",
    ),
    may("also", TextOrTexts, "Other names, in every format, under which it is read; it is never written so."),
    may("xml", Text, "Its name in XML, when that differs."),
    may("json", Text, "Its name in JSON, when that differs."),
    may("query", Text, "Its name in a query string, when that differs."),
];

/// An operation's own parameter. It takes the words of a member as well.
pub const REQUEST: Vocabulary = Vocabulary {
    place: "a parameter",
    facts: true,
    words: &extended::<{ MEMBER_WORDS.len() + 4 }>(&[
        may("from", Choice(FILLERS), "Who fills it in where the caller does not."),
        UNIT,
        may("in", Choice(OWN_CARRIERS), "Where the request carries it. The default is `parameters`."),
        PREFIX,
    ]),
};

/// Where a request carries an operation's own parameter.
pub const OWN_CARRIERS: &[Alternative] = &[IN_PARAMETERS, IN_HEADER, IN_COOKIE];

const PREFIX: Word = may("prefix", Text, "What stands before its value in a header: `\"Bearer \"`.");
const IN_PARAMETERS: Alternative = ("parameters", "In the query string or the form, as the method has it.");
const IN_HEADER: Alternative = ("header", "In the header of its name. Signatures leave it out.");
const IN_COOKIE: Alternative = ("cookie", "In the cookie of its name. Signatures leave it out.");

/// Who fills in an operation's own parameter.
pub const FILLERS: &[Alternative] = &[CLOCK, NONCE];

const CLOCK: Alternative = (
    "clock",
    "The time of the call, where the caller gives no other: an integer, by default the seconds since 1970-01-01 UTC, or a \
     type with a `datetime`.",
);
const NONCE: Alternative =
    ("nonce", "A random text, another one for each call, where the caller gives no other.");

const UNIT: Word =
    may("unit", Choice(UNITS), "What an integer `from = \"clock\"` counts. The default is seconds.");

/// What a clock counts.
pub const UNITS: &[Alternative] =
    &[("seconds", "Seconds since 1970-01-01 UTC."), ("milliseconds", "Milliseconds since 1970-01-01 UTC.")];

/// The layout of a list.
pub const LIST: Vocabulary = Vocabulary {
    place: "a list",
    facts: false,
    words: &[
        may("item", Text, "The element of one item, inside the member's own."),
        may("joined", Text, "What separates the items in one text."),
        may(
            "numbered",
            FlagOrText,
            "The items are numbered: `name.1`; a text stands between: `name.member.1`.",
        ),
        may("first", Integer, "The first number. The default is 1."),
        may(
            "always",
            Flag,
            "The element around the items, or the joined text, is written even without items. With `required` it must be there.",
        ),
    ],
};

/// The layout of a map.
pub const MAP: Vocabulary = Vocabulary {
    place: "a map",
    facts: false,
    words: &[
        may("entry", Text, "The element of one entry; without it the member's own element is repeated."),
        may("key", Text, "The element of an entry's key. The default is `key`."),
        may("value", Text, "The element of an entry's value. The default is `value`."),
    ],
};

/// The rows of a reply.
pub const ROWS: Vocabulary = Vocabulary {
    place: "the rows of a reply",
    facts: false,
    words: &[
        may(
            "cell",
            Text,
            "The element of a cell: a row is one of a table, whose columns tell the cells apart. Without it a row has members of \
             its own.",
        ),
        may("headings", Text, "The list beside it that describes the columns before the rows, an item each."),
        may(
            "name",
            Text,
            "The attribute of a heading with the column's name, by which a row is read into a structure.",
        ),
        may("kind", Text, "The attribute of a heading that tells what the cells are."),
        may(
            "format",
            Text,
            "The attribute of a heading that tells how the cells are shown, in parts with `;` between them.",
        ),
        may(
            "kinds",
            Entries("a type of cells"),
            "What the cells of each kind are: `string`, `integer`, `number`, or the name of a type with a `date` or a `datetime`. \
             Cells of other kinds are texts.",
        ),
    ],
};

/// An entry of `kinds` that is no type's name.
pub const CELLS: Vocabulary = Vocabulary {
    place: "the cells of a kind",
    facts: false,
    words: &[
        must("type", Text, "What they are."),
        may(
            "formats",
            Entries("a type of cells"),
            "What they are instead where this is a part of the heading's `format`.",
        ),
    ],
};

/// A parameter of every request. It takes the words of a member as well.
pub const PARAMETER: Vocabulary = Vocabulary {
    place: "a common parameter",
    facts: true,
    words: &extended::<{ MEMBER_WORDS.len() + 9 }>(&[
        must("from", Choice(PROVIDERS), "Who fills it in."),
        UNIT,
        may("is", Choice(PARAMETER_ROLES), "What the parameter tells."),
        may("value", Text, "What a constant says."),
        may("in", Choice(CARRIERS), "Where requests carry it. The default is `parameters`."),
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
pub const CARRIERS: &[Alternative] = &[
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

/// `[session]`, or an entry of `[sessions]`.
pub const SESSION: Vocabulary = Vocabulary {
    place: "a session",
    facts: true,
    words: &[
        must("opens", Text, "The operation that opens it: `group/operation`. It opens no other kind."),
        may("closes", Text, "The operation that ends it."),
        may(
            "conditional",
            Flag,
            "Whether the call that opens it may succeed and open none. There is one when the reply has all that the session keeps, \
             which need not be promised then.",
        ),
        must("fields", Entries("a field of the session"), "What the session keeps."),
        may(
            "clock",
            Text,
            "Where the opening reply has the server's clock, in seconds since 1970-01-01 UTC: `data.x`. Parameters from the clock then carry the server's time.",
        ),
    ],
};

/// A field of the session.
pub const SESSION_FIELD: Vocabulary = Vocabulary {
    place: "a field of the session",
    facts: true,
    words: &[
        may("from", Text, "Where its value is: `request.x.y` or `data.x.y` of the opening operation."),
        may(
            "hmac-sha256",
            Texts,
            "Two such paths, key and message: the field is the message's HMAC-SHA256 under the key.",
        ),
        may("encode", Choice(TEXT_ENCODINGS), "The text of the HMAC. The default is base64."),
        may("secret", Flag, "Whether it must not be shown."),
        may("name", Text, "What it is called in Rust."),
    ],
};

/// How bytes become text.
pub const TEXT_ENCODINGS: &[Alternative] = &[
    ("base64", "With padding."),
    ("base64url", "The alphabet that is safe in URLs, with padding."),
    ("hex", "Lower case."),
];

/// `[signature]`
pub const SIGNATURE: Vocabulary = Vocabulary {
    place: "a signature",
    facts: true,
    words: &[
        must(
            "base",
            TextOrTable(&BASE),
            "What is signed: `\"oauth1\"` (RFC 5849, section 3.4.1), or a table that says it.",
        ),
        must("algorithm", Choice(&[("hmac-sha256", "RFC 2104 with SHA-256.")]), "How it is signed."),
        must(
            "key",
            Text,
            "The session's field whose text is the key. Sessions of a kind without it do not sign.",
        ),
        may("encode", Choice(TEXT_ENCODINGS), "The text of the signature. The default is base64."),
    ],
};

/// The base string of a signature.
pub const BASE: Vocabulary = Vocabulary {
    place: "a base string",
    facts: false,
    words: &[
        must(
            "parts",
            Texts,
            "`method`, `url`, `host`, `path`, `parameters`, or `=` and a literal text, in their order.",
        ),
        may("join", Text, "What stands between the parts. The default is `&`."),
        may(
            "encode",
            Choice(ENCODE_SETS),
            "How each part is encoded before they are joined. The default is none.",
        ),
        may("parameters", Table(&BASE_PARAMETERS), "How the parameters are written."),
    ],
};

/// The parameters in a base string.
pub const BASE_PARAMETERS: Vocabulary = Vocabulary {
    place: "the parameters of a base string",
    facts: false,
    words: &[
        may("order", Choice(ORDERS), "The default is sorted."),
        may("encode", Choice(ENCODE_SETS), "How each name and value is encoded. The default is rfc3986."),
        may("pair", Text, "What stands between a name and its value. The default is `=`."),
        may("pairs", Text, "What stands between parameters. The default is `&`."),
    ],
};

/// How a text is made safe.
pub const ENCODE_SETS: &[Alternative] = &[
    ("none", "As it is."),
    ("rfc3986", "All but letters, digits and `-._~` in percent codes."),
    ("form", "As in a form: a space is `+`."),
];

/// The order of parameters in a base string.
pub const ORDERS: &[Alternative] = &[
    ("sorted", "By name, then value, bytewise after encoding."),
    ("descending", "The reverse of sorted."),
    ("wire", "As in the request."),
];

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

/// A group's file, beside its operations.
pub const GROUP: Vocabulary = Vocabulary {
    place: "a group",
    facts: true,
    words: &[
        may("endpoint", Text, "Scheme and host of its operations, when they are not the protocol's."),
        may("path", Text, "The path of its operations, as that of the protocol."),
        may(
            "methods",
            Entries("a method and where it carries parameters, `POST = \"form\"`"),
            "The methods that its operations take, of those of the protocol.",
        ),
        may("formats", Texts, "The formats that its operations answer in, of those of the protocol."),
        may(
            "namespace",
            Text,
            "The XML namespace of its operations' replies, when it is not that of the format.",
        ),
        may("session", TextOrTexts, "The session that its operations need, as an operation says it."),
        may("secure", Flag, "Whether its operations are only called over TLS."),
        may("repeatable", Flag, "Whether its operations may be called twice, as an operation says it."),
        may("types", Entries("a type"), "Types with a name."),
    ],
};

/// An operation: a table of a group's file.
pub const OPERATION: Vocabulary = Vocabulary {
    place: "an operation",
    facts: true,
    words: &[
        may("name", Text, "What its module and method are called in Rust. The default is the table's name."),
        may("endpoint", Text, "Scheme and host, when they are not the group's or the protocol's."),
        may(
            "path",
            Text,
            "The path of its URL. The default is the group's, the protocol's, or `/{group}/{operation}`.",
        ),
        may("wire-name", Text, "What an operation parameter says. The default is the table's name."),
        may(
            "methods",
            Entries("a method and where it carries parameters, `POST = \"form\"`"),
            "The methods that it takes, of those of the protocol.",
        ),
        may("formats", Texts, "The formats that it answers in, of those of the protocol."),
        may(
            "namespace",
            Text,
            "The XML namespace of its replies. The default is the group's, or the format's.",
        ),
        may(
            "raw",
            FlagOrTable(&RAW),
            "Its reply is no envelope: an image, a document, a redirect. An error may be an envelope all the same.",
        ),
        may(
            "session",
            TextOrTexts,
            "The session that it needs: `required`, where there is one kind of them, `none`, the name of a kind, or a list of \
             what it can be called with. The default is the group's, or none.",
        ),
        may(
            "multipart",
            Flag,
            "Its request is `multipart/form-data`: its parameters may be files, `type = \"file\"`, of any size.",
        ),
        may("signed", Flag, "Whether its requests are signed, in a session that has a key."),
        may("secure", Flag, "Whether it is only called over TLS. The default is the group's, or false."),
        may(
            "repeatable",
            Flag,
            "Whether calling it twice does no more than calling it once, as it is with what only reads. After an error that may pass, clients call it again by themselves. The default is the group's, or false: that it is called by GET says nothing.",
        ),
        may("errors", Scalars, "The errors that its page lists."),
        may("order", Texts, "The order of the envelope's members around its reply, when it is another one."),
        may(
            "partial",
            Text,
            "What was not seen of its page. Its reply keeps members that the definition does not tell of, and its request takes further parameters by name.",
        ),
        may(
            "request",
            Entries("a parameter of the request"),
            "Its own parameters, in the order of the wire.",
        ),
        may(
            "body",
            Entries("a member of the request's body"),
            "The members of the document that its request carries, as `body` of the protocol says.",
        ),
        may("reply", Entries("a member of the reply"), "The members of its reply, in the order of the wire."),
        may(
            "failure",
            Entries("a member of the data of a failed call"),
            "The members of the data that comes with an error of this operation, beside those of the protocol.",
        ),
        may(
            "continues",
            Table(&CONTINUES),
            "Its reply is a part of a whole and tells where the next part is. Clients have a method more, which makes one call after \
             the other and gives the items of all.",
        ),
        may("example", Tables(&EXAMPLE), "The samples of its page."),
    ],
};

/// `continues` of an operation.
pub const CONTINUES: Vocabulary = Vocabulary {
    place: "a call that continues",
    facts: false,
    words: &[
        must("items", Text, "The list of the reply that has the items."),
        may("name", Text, "What the method is called in Rust. The default is the name of the list."),
        may(
            "url",
            Text,
            "The member of the reply with the URL of the next call, whole or without scheme and host. Its parameters stay, and those of \
             the request that it does not have are added. When it is absent or empty there is no next call.",
        ),
        may(
            "hosts",
            Texts,
            "Where such a URL may lead, as `https://v2.example.com`. The session goes along with the call: to the operation's \
             endpoint, to these, and nowhere else.",
        ),
        may(
            "parameters",
            Entries("a parameter of the request, and the member of the reply that has its next value"),
            "What the next call says. When one of the members is absent or empty there is no next call.",
        ),
        may("wait", Text, "The member of the reply that says how long to wait before the next call."),
        may(
            "held",
            Text,
            "The parameter of the request that says how long the vendor holds the call until there is something to tell. A client's \
             time limit for a call is that much longer.",
        ),
        may("unit", Choice(DURATION_UNITS), "What `wait` and `held` count. The default is seconds."),
        may(
            "last",
            Text,
            "The item behind which nothing comes: a variant of the union or a value of the enumeration that an item is, or that a member \
             of an item is: `member.variant`.",
        ),
        may("until-empty", Flag, "Whether a reply without items is the last one. The default is false."),
        may(
            "from-opening",
            Flag,
            "Whether the reply that opens the session has the `url` and the `wait` as well, for the first call. The default is false.",
        ),
    ],
};

/// What a time to wait counts.
pub const DURATION_UNITS: &[Alternative] = &[("seconds", "Seconds."), ("milliseconds", "Milliseconds.")];

/// A reply that is no envelope.
pub const RAW: Vocabulary = Vocabulary {
    place: "a raw reply",
    facts: false,
    words: &[
        may("media", Texts, "The media types that it may have. The default is any."),
        may("status", Scalars, "The statuses of HTTP that mean success. The default is 200 to 299."),
    ],
};

/// A sample of the vendor's page.
pub const EXAMPLE: Vocabulary = Vocabulary {
    place: "an example",
    facts: true,
    words: &[
        must("name", Text, "What it is called in tests."),
        may("request", Table(&EXAMPLE_REQUEST), "The request, as printed."),
        may("reply", Table(&EXAMPLE_REPLY), "The reply, as printed, by format."),
        may("error", Scalar, "The error that the reply is."),
        may(
            "fails",
            Table(&EXAMPLE_FAILS),
            "Where reading it must fail, when the vendor printed it wrong, by format.",
        ),
    ],
};

/// The request of an example: one of these, and perhaps a body.
pub const EXAMPLE_REQUEST: Vocabulary = Vocabulary {
    place: "an example's request",
    facts: false,
    words: &[
        may("form", Text, "A body of `application/x-www-form-urlencoded`."),
        may("query", Text, "The part behind `?`."),
        may("url", Text, "A whole URL."),
        may("body", Text, "The document that it carries, alone or beside `query` or `url`."),
    ],
};

/// The replies of an example.
pub const EXAMPLE_REPLY: Vocabulary = Vocabulary {
    place: "an example's reply",
    facts: false,
    words: &[
        may("xml", Text, "In XML."),
        may("json", Text, "In JSON."),
        may("query", Text, "As a query string."),
    ],
};

/// Where reading an example must fail.
pub const EXAMPLE_FAILS: Vocabulary = Vocabulary {
    place: "an example's failure",
    facts: false,
    words: &[
        may("xml", Table(&POSITION), "In XML."),
        may("json", Table(&POSITION), "In JSON."),
        may("query", Table(&POSITION), "As a query string."),
    ],
};

/// A place in an example.
pub const POSITION: Vocabulary = Vocabulary {
    place: "a position",
    facts: false,
    words: &[must("line", Integer, "Counted from 1."), must("column", Integer, "Counted from 1.")],
};

/// A type with a name: exactly one of `values`, `members`, `variants`, `datetime`, `date`, `time` and `text`.
pub const TYPE: Vocabulary = Vocabulary {
    place: "a type",
    facts: true,
    words: &[
        may("values", Entries("a value: a table, or its doc"), "An enumeration: texts with a meaning."),
        may("members", Entries("a member"), "A structure."),
        may(
            "variants",
            Entries("a variant: a table, or the name of its type"),
            "A union: one of several types.",
        ),
        may("datetime", TextOrTexts, "A moment, in these strftime formats; the first one writes."),
        may("date", TextOrTexts, "A date without a time, in these strftime formats; the first one writes."),
        may(
            "time",
            TextOrTexts,
            "A time of day without a date, in these strftime formats; the first one writes.",
        ),
        may("text", Flag, "A text with a name of its own."),
        may(
            "forms",
            TextOrTexts,
            "The forms of a text: `0` is a digit, `a` a letter, `*` either, and the rest stands for itself, as does what is behind \\. Other texts are read and kept, and cannot be made.",
        ),
        may("number", Flag, "The values of an enumeration are integers, which stand without quotes in JSON."),
        may("tag", Text, "The member that tells a union's variants apart."),
        may("content", Text, "The member that holds a union's content."),
        may(
            "partial",
            Text,
            "What was not seen of a structure's page. It keeps members that the definition does not tell of.",
        ),
    ],
};

/// A value of an enumeration.
pub const VALUE: Vocabulary = Vocabulary {
    place: "a value",
    facts: true,
    words: &[
        may("also", TextOrTexts, "Other spellings that mean the same."),
        may("name", Text, "What it is called in Rust."),
    ],
};

/// A variant of a union.
pub const VARIANT: Vocabulary = Vocabulary {
    place: "a variant",
    facts: true,
    words: &[
        may("type", Text, "The type of its content; without one the tag says it all."),
        may("name", Text, "What it is called in Rust."),
    ],
};

/// The words of a table that takes a member's words beside its own.
const fn extended<const N: usize>(own: &[Word]) -> [Word; N] {
    let mut words = [const { may("", Text, "") }; N];
    let mut index = 0;
    while index < N {
        let word = if index < own.len() { &own[index] } else { &MEMBER_WORDS[index - own.len()] };
        words[index] = Word { word: word.word, kind: word.kind, required: word.required, doc: word.doc };
        index += 1;
    }
    words
}
