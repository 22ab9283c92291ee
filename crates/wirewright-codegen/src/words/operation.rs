//! Groups of operations, operations, and the vendor's samples of them.

use super::{
    member::{MEMBER, REPLY, REQUEST},
    protocol::{Methods, Placements},
    types::TYPE,
    vocabulary::{Alternatives as _, Entries, alternatives, vocabulary},
};
use crate::model::{ClockUnit, HttpMethod};

/// The methods of a group or an operation.
const METHODS: Entries =
    Entries::choices("a method and where it carries parameters, `POST = \"form\"`", Placements::ALL)
        .keyed(Methods::ALL);

vocabulary! {
    /// A group's file, beside its operations.
    GROUP, group: "a group" + facts;
    may ENDPOINT = "endpoint", Text, "Scheme and host of its operations, and what is in front of their paths, when these are not the protocol's.";
    may PATH = "path", Text, "The path of its operations, as that of the protocol.";
    may METHODS = "methods", Entries(METHODS),
        "The methods that its operations take, of those of the protocol.";
    may FORMATS = "formats", Texts, "The formats that its operations answer in, of those of the protocol.";
    may NAMESPACE = "namespace", Text,
        "The XML namespace of its operations' replies, when it is not that of the format.";
    may SESSION = "session", TextOrTexts, "The session that its operations need, as an operation says it.";
    may SECURE = "secure", Flag, "Whether its operations are only called over TLS.";
    may REPEATABLE = "repeatable", Flag,
        "Whether its operations may be called twice, as an operation says it.";
    may TYPES = "types", Entries(Entries::tables("a type", &TYPE)), "Types with a name.";
}

vocabulary! {
    /// An operation: a table of a group's file.
    OPERATION, operation: "an operation" + facts;
    may NAME = "name", Text,
        "What its type and method are called in Rust. The default is the table's name.";
    may ENDPOINT = "endpoint", Text, "Scheme and host, and what is in front of its path, when these are not the group's or the protocol's.";
    may PATH = "path", Text,
        "The path of its URL. The default is the group's, the protocol's, or `/{group}/{operation}`. `{number}` is the parameter `number`, which has `in = \"path\"`.";
    may WIRE_NAME = "wire-name", Text, "What an operation parameter says. The default is the table's name.";
    may CONSTANTS = "constants", Entries(Entries::texts("a parameter and what it always says, `list = \"queues\"`")),
        "Parameters that say the same in each of its requests, before its own ones. A server tells operations at one path apart by them.";
    may METHODS = "methods", Entries(METHODS),
        "The methods that it takes, of those of the protocol.";
    may FORMATS = "formats", Texts, "The formats that it answers in, of those of the protocol.";
    may NAMESPACE = "namespace", Text,
        "The XML namespace of its replies. The default is the group's, or the format's.";
    may RAW = "raw", FlagOrTable(&RAW),
        "Its reply is no envelope: an image, a document, a redirect. An error may be an envelope all the same.";
    may SESSION = "session", TextOrTexts,
        "The session that it needs: `required`, where there is one kind of them, `none`, the name of a kind, or a list of \
         what it can be called with. The default is the group's, or none.";
    may MULTIPART = "multipart", Flag,
        "Its request is `multipart/form-data`: its parameters may be files, `type = \"file\"`, of any size.";
    may PREFER = "prefer", Choice(Preferred),
        "The method that a client uses where the caller chooses none. The default is POST, where it takes that.";
    may SIGNED = "signed", Flag, "Whether its requests are signed, in a session that has a key.";
    may SIGNATURE_OPTIONAL = "signature-optional", Flag,
        "Whether a server takes a request that should be signed without a signature as well. A client signs it all the same.";
    may SECURE = "secure", Flag, "Whether it is only called over TLS. The default is the group's, or false.";
    may REPEATABLE = "repeatable", Flag,
        "Whether calling it twice does no more than calling it once, as it is with what only reads. After an error that may pass, clients call it again by themselves. The default is the group's, or false: that it is called by GET says nothing.";
    may STATUS = "status", Integer,
        "The HTTP status of a success, where it is not 200. With 204 there is no body, and nothing of the reply is required.";
    may EMPTY_REPLY = "empty-reply", Flag,
        "Whether a success may have no body at all, in which nothing of the reply is there. An operation without a reply may anyhow.";
    may ERRORS = "errors", TextsOrIntegers, "The errors that its page lists.";
    may ORDER = "order", Texts,
        "The order of the envelope's members around its reply, when it is another one.";
    may PARTIAL = "partial", Text,
        "What was not seen of its page. Its reply keeps members that the definition does not describe, and its request takes further parameters by name.";
    may REQUEST = "request", Entries(Entries::tables("a parameter of the request", &REQUEST)),
        "Its own parameters, in the order of the wire.";
    may BODY = "body", Entries(Entries::tables("a member of the request's body", &MEMBER)),
        "The members of the document that its request carries, as `body` of the protocol says.";
    may REPLY = "reply", Entries(Entries::tables("a member of the reply", &REPLY)),
        "The members of its reply, in the order of the wire.";
    may FAILURE = "failure", Entries(Entries::tables("a member of the data of a failed call", &MEMBER)),
        "The members of the data that comes with an error of this operation, beside those of the protocol.";
    may OUTCOME = "outcome", Table(&OUTCOME),
        "Which member of its reply tells how the call went, where what HTTP and the envelope call a success may be a refusal.";
    may PAGINATION = "pagination", Table(&PAGINATION),
        "Its reply is one page of several and says where the next one is. A client's `paginate` makes one call after the other and \
         gives the items of all.";
    may EXAMPLE = "example", Tables(&EXAMPLE), "The samples of its page.";
}

alternatives! {
    /// The methods between which clients choose.
    Preferred: HttpMethod;
    "GET" => HttpMethod::Get, "Has no body.";
    "POST" => HttpMethod::Post, "May have a body.";
}

vocabulary! {
    /// `outcome` of an operation.
    OUTCOME, outcome: "the outcome of an operation";
    must STATUS = "status", Text,
        "The member of the reply that tells how the call went. It may be inside of structures: `login.result`.";
    must SUCCESS = "success", TextOrTexts, "Its values that mean success. Any other value is the code of an error.";
    must ERRORS = "errors", TextsOrIntegers, "The errors that it tells of: a server tells them so, and all others by the envelope.";
    may MESSAGE = "message", Text, "The member that says in words what is wrong.";
}

vocabulary! {
    /// `pagination` of an operation.
    PAGINATION, pagination: "the pagination of an operation";
    must ITEMS = "items", Text,
        "The list of the reply that has the items. As all members of the reply here, it may be inside of structures: `found.items`.";
    may URL = "url", Text,
        "The member of the reply with the URL of the next call, whole or without scheme and host. Its parameters stay, and those of \
         the request that it does not have are added. When it is absent or empty there is no next call.";
    may HOSTS = "hosts", Texts,
        "Where such a URL may lead, as `https://v2.example.com`. The session goes along with the call: to the operation's \
         endpoint, to these, and nowhere else.";
    may PARAMETERS = "parameters", Entries(Entries::texts("a parameter of the request, and the member of the reply that has its next value")),
        "What the next call says. When one of the members is absent or empty there is no next call.";
    may FURTHER = "further", Text,
        "The member of the reply that is a map of parameters whose names only the reply knows: the next call says them all, beside its own. \
         When it is absent or empty there is no next call.";
    may WITHOUT = "without", Texts,
        "Parameters of the request that a next call leaves out, as what it goes on with excludes them.";
    may PAGE = "page", Text,
        "The parameter of the request with the number of the page: the next call asks for one more. A page without items is behind the \
         last one.";
    may PAGES = "pages", Text, "The member of the reply that says how many pages there are.";
    may OFFSET = "offset", Text,
        "The parameter of the request that says where among all items the page begins: the next call begins behind the items of this \
         one. A page without items is behind the last one.";
    may TOTAL = "total", Text,
        "The member of the reply that says how many items there are, beside `offset` or `page`: an iterator tells how many are left, and \
         there are no more behind so many. Beside `page` without `pages` those are counted that came since the first page.";
    may FIRST = "first", Integer,
        "What the vendor counts from: `page` or `offset` of the first page, also where the request does not say. The default is 1 for \
         `page` and 0 for `offset`.";
    may WAIT = "wait", Text, "The member of the reply that says how long to wait before the next call.";
    may HELD = "held", Text,
        "The parameter of the request that says how long the vendor holds the call until there is something to report. A client's \
         time limit for a call is that much longer.";
    may HELD_DEFAULT = "held-default", Integer,
        "How long the vendor holds a call whose request does not say.";
    may HELD_OPENING = "held-opening", Text,
        "The member of the reply that opens the session which says how long the vendor holds such a call: it goes before \
         `held-default`, and needs `from-opening`.";
    may UNIT = "unit", Choice(DurationUnits), "What `wait`, `held`, `held-default` and `held-opening` count. The default is seconds.";
    may LAST = "last", Text,
        "The item behind which nothing comes: a variant of the union or a value of the enumeration that an item is, or that a member \
         of an item is: `member.variant`.";
    may UNTIL_EMPTY = "until-empty", Flag,
        "Whether a reply without items is the last one. The default is false.";
    may FROM_OPENING = "from-opening", Flag,
        "Whether the reply that opens the session has the `url` and the `wait` as well, for the first call. The default is false.";
}

alternatives! {
    /// What a time to wait counts.
    DurationUnits: ClockUnit;
    "seconds" => ClockUnit::Seconds, "Seconds.";
    "milliseconds" => ClockUnit::Milliseconds, "Milliseconds.";
}

vocabulary! {
    /// A reply that is no envelope.
    RAW, raw: "a raw reply";
    may MEDIA = "media", Texts, "The media types that it may have. The default is any.";
    may STATUS = "status", TextsOrIntegers, "The statuses of HTTP that mean success. The default is 200 to 299.";
}

vocabulary! {
    /// A sample of the vendor's page.
    EXAMPLE, example: "an example" + facts;
    must NAME = "name", Text, "What it is called in tests.";
    may REQUEST = "request", Table(&EXAMPLE_REQUEST), "The request, as printed.";
    may KEYS = "keys", Entries(Entries::texts("a secret that the sample is signed with")),
        "The secrets that the request is signed with, made up or published, by the names of the client's parameters and of the session's \
         fields: a test then checks its signature, and that a client signs the same.";
    may CLOCK = "clock", Text,
        "When the request that `keys` sign was made, as `2015-08-30T12:36:00Z`: the test then has a client tell the time by itself.";
    may NONCE = "nonce", Text, "The nonce of the request that `keys` sign, where it does not say so itself.";
    may REPLY = "reply", Table(&EXAMPLE_REPLY), "The reply, as printed, by format.";
    may LACKS = "lacks", TextOrTexts,
        "The parameters that the page's request leaves out though calls need them: a server refuses it for the first of them.";
    may ERROR = "error", TextOrInteger, "The error that the reply is.";
    may FAILS = "fails", Table(&EXAMPLE_FAILS),
        "Where reading it must fail, when the vendor printed it wrong, by format.";
}

vocabulary! {
    /// The request of an example: one of these, and perhaps a body.
    EXAMPLE_REQUEST, example_request: "an example's request";
    may FORM = "form", Text, "A body of `application/x-www-form-urlencoded`.";
    may QUERY = "query", Text, "The part behind `?`.";
    may URL = "url", Text, "A whole URL.";
    may BODY = "body", Text, "The document that it carries, alone or beside `query` or `url`.";
    may HEADERS = "headers", Text, "Its headers beside one of the others, a line each: `Authorization: Bearer t-1`.";
}

vocabulary! {
    /// The replies of an example.
    EXAMPLE_REPLY, example_reply: "an example's reply";
    may _ = "xml", Text, "In XML.";
    may _ = "json", Text, "In JSON.";
    may _ = "query", Text, "As a query string.";
    may HEADERS = "headers", Text, "Its headers that are members, a line each: `Set-Cookie: sid=s-1`.";
}

vocabulary! {
    /// Where reading an example must fail.
    EXAMPLE_FAILS, example_fails: "an example's failure";
    may _ = "xml", Table(&POSITION), "In XML.";
    may _ = "json", Table(&POSITION), "In JSON.";
    may _ = "query", Table(&POSITION), "As a query string.";
}

vocabulary! {
    /// A place in an example.
    POSITION, position: "a position";
    must LINE = "line", Integer, "Counted from 1.";
    must COLUMN = "column", Integer, "Counted from 1.";
}
