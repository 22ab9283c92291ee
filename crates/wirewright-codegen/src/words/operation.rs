//! Groups of operations, operations, and the vendor's samples of them.

use super::vocabulary::{
    Alternative,
    Kind::{
        Choice, Entries, Flag, FlagOrTable, Integer, Scalar, Scalars, Table, Tables, Text, TextOrTexts, Texts,
    },
    Vocabulary, may, must,
};

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
        may("name", Text, "What its type and method are called in Rust. The default is the table's name."),
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
            "Its reply is a part of a whole and tells where the next part is. A client's `paginate` makes one call after the other and \
             gives the items of all.",
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
