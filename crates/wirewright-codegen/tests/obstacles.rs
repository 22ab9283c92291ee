//! What the language can say, and where that is proved: an entry for each ability, with the place that would break without it.
//!
//! Most places are in the definitions that nobody offers, whose crates are generated, compiled, and tested both ways in every
//! format; the others are tests of the runtime. A place that is gone fails here, so that the table is never out of date.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fs;
use std::path::Path;

/// The stress definition, `tests/golden/protocol-defs/course`.
const COURSE: &str = "tests/golden/protocol-defs/course/";
/// The fourth vendor, `tests/golden/protocol-defs/lighthouse`.
const LIGHTHOUSE: &str = "tests/golden/protocol-defs/lighthouse/";
/// The harbour, `tests/golden/protocol-defs/harbour`.
const HARBOUR: &str = "tests/golden/protocol-defs/harbour/";
/// A vendor whose formats differ, `tests/golden/protocol-defs/pier`.
const PIER: &str = "tests/golden/protocol-defs/pier/";
/// The quay, `tests/golden/protocol-defs/quay`.
const QUAY: &str = "tests/golden/protocol-defs/quay/";
/// Names of all lengths, `tests/golden/protocol-defs/strait`.
const STRAIT: &str = "tests/golden/protocol-defs/strait/";
/// The least that can be said, `tests/golden/protocol-defs/buoy`.
const BUOY: &str = "tests/golden/protocol-defs/buoy/";
/// The tests of the runtime.
const RUNTIME: &str = "../wirewright/tests/";
/// The calls between a vendor's two generated sides.
const TESTBED: &str = "../wirewright-testbed/tests/invented/";

/// What can be said; the folder and file that says it; a part of its text.
type Entry = (&'static str, &'static str, &'static str, &'static str);

const PARAMETERS: &[Entry] = &[
    ("constant", COURSE, "protocol.toml", r#"from = "constant", value = "1 & 2""#),
    ("common to all calls, from the client", COURSE, "protocol.toml", r#""dev-id"   = { from = "client""#),
    ("common to all calls, from the session", COURSE, "protocol.toml", r#"from = "session", field = "user""#),
    ("common to all calls, from each call", COURSE, "protocol.toml", r#"async      = { from = "call""#),
    ("in a header, from the client", HARBOUR, "protocol.toml", r#"X-Harbour-Key = { from = "client""#),
    ("in a header, behind a prefix, from the session", HARBOUR, "protocol.toml", r#"prefix = "Bearer ""#),
    ("the operation's name in a header", HARBOUR, "protocol.toml", r#"from = "operation", in = "header""#),
    (
        "in a cookie, from the session",
        HARBOUR,
        "protocol.toml",
        r#"mark          = { from = "session", in = "cookie""#,
    ),
    ("in a cookie, from each call", HARBOUR, "protocol.toml", r#"in = "cookie", doc = "The flag"#),
    (
        "an operation's own, in a header",
        HARBOUR,
        "berth.toml",
        r#"X-Arrival = { in = "header", prefix = "at ", from = "clock""#,
    ),
    (
        "a member of a reply, in a header, behind a prefix",
        HARBOUR,
        "berth.toml",
        r#"X-Tide     = { in = "header""#,
    ),
    (
        "a member of a reply, in headers that begin alike",
        HARBOUR,
        "berth.toml",
        r#""X-Note-*" = { in = "header""#,
    ),
    ("the code of a refusal, in a header of the reply", QUAY, "protocol.toml", r#"header = "x-quay-error""#),
    (
        "what tells of an error, two levels down",
        COURSE,
        "protocol.toml",
        r#"tells = { name = "why.deeper.name" }"#,
    ),
    ("a session's field, in a cookie of the reply", HARBOUR, "berth.toml", r#"mark   = { in = "cookie""#),
    (
        "a reply that is nothing but headers, and all cookies",
        COURSE,
        "replies.toml",
        r#"crumbs   = { in = "cookies""#,
    ),
    (
        "a session's field, taken over from another session",
        STRAIT,
        "protocol.toml",
        r#"sessionFifth = { from = "session.sessionFifth""#,
    ),
    ("an operation's own, in a cookie", HARBOUR, "berth.toml", r#"anchors   = { in = "cookie""#),
    (
        "an ID that each request has, in a header, and replies and refusals echo",
        HARBOUR,
        "protocol.toml",
        r#"X-Request-Id  = { from = "call", is = "request-id", in = "header""#,
    ),
    (
        "the ID within another member",
        HARBOUR,
        "protocol.toml",
        r#"request   = { is = "request-id", within = "meta", on = "success""#,
    ),
    (
        "an ID is made, signed and compared",
        TESTBED,
        "ids.rs",
        "fn each_call_has_an_id_and_its_reply_the_same",
    ),
    ("in the path", HARBOUR, "slip.toml", r#"slip       = { in = "path""#),
    ("PUT and DELETE", HARBOUR, "slip.toml", r#"methods = { DELETE = "query" }"#),
    ("headers that begin alike, in requests", HARBOUR, "slip.toml", r#""X-Note-*" = { in = "header""#),
    ("in the host", HARBOUR, "protocol.toml", r#"endpoint = "https://{quay}.harbour.example""#),
    ("nothing is injected into hosts", RUNTIME, "calls/location.rs", "fn hosts_are_filled_and_read"),
    ("nothing is injected into headers", RUNTIME, "calls/location.rs", "fn nothing_is_injected"),
    ("what to go on with, under names that only a reply knows", QUAY, "rope.toml", r#"further = "More""#),
    ("a token in a header", QUAY, "rope.toml", r#"parameters = { After = "X-Next" }"#),
    ("a reply that tells of a refusal itself", LIGHTHOUSE, "lamp.toml", r#"status  = "wick.is""#),
    (
        "constants of an operation, which tell it from others",
        COURSE,
        "replies.toml",
        r#"constants = { "m&de" = "1 = one" }"#,
    ),
    ("required", COURSE, "call.toml", "self       = { required = true }"),
    ("optional", COURSE, "call.toml", "id         = {}"),
    ("default", COURSE, "words.toml", r#"limit    = { type = "integer", default = "10""#),
    (
        "a path that all operations have alike",
        HARBOUR,
        "protocol.toml",
        r#"path     = "/{group}/{operation}.do""#,
    ),
    ("the operation's name in the path", LIGHTHOUSE, "watch.toml", "[open]"),
    ("the operation's name in a parameter", COURSE, "protocol.toml", r#"from = "operation""#),
    ("a host of a group's own", COURSE, "body.toml", r#"endpoint = "https://upload.course.example:8443"#),
    (
        "names of 1, 15, 40 and 100 characters",
        STRAIT,
        "protocol.toml",
        "clientOfLongNamesThatNobodyWouldSayTwiceInOneBreathOrEverWriteDownByHandLongNamesThatNobodyWouldSayT =",
    ),
    ("every letter as a name", STRAIT, "letters.toml", "[z.request]\nz = { type = \"Z\", required = true }"),
    (
        "five that each client needs",
        STRAIT,
        "protocol.toml",
        r#"clientInteger = { from = "client", required"#,
    ),
    ("five that each call needs", STRAIT, "protocol.toml", r#"optionInteger = { from = "call", required"#),
    (
        "operations at one path, by method, host and name",
        RUNTIME,
        "calls/address.rs",
        "fn operations_at_one_path_are_told_apart",
    ),
    ("operations at one path, by method", BUOY, "light.toml", r#"methods = { POST = "form" }"#),
    ("GET or POST", COURSE, "protocol.toml", r#"methods    = { GET = "query", POST = "form" }"#),
    ("renamed on the wire", COURSE, "Maß.toml", r#"renamed  = { query = "q-name", json = "jsonName""#),
    (
        "another name in the reply",
        COURSE,
        "Maß.toml",
        r#"renamed  = { query = "q-name", json = "json \"name\"""#,
    ),
    ("read under other names", COURSE, "words.toml", r#"also = ["outCome", "result code"]"#),
    ("from the clock", COURSE, "protocol.toml", r#"from = "clock", unit = "milliseconds""#),
    ("random", COURSE, "body.toml", r#"from = "nonce", required = true"#),
];

const SCALARS: &[Entry] = &[
    ("boolean by numbers, bare in JSON", COURSE, "words.toml", r#"boolean = "1/0", required = true"#),
    ("boolean by words", COURSE, "Maß.toml", r#"boolean = "TRUE/FALSE""#),
    ("boolean by presence", COURSE, "Maß.toml", r#"boolean = "presence""#),
    ("integers", COURSE, "Maß.toml", r#"whole    = { type = "integer" }"#),
    ("floats", COURSE, "words.toml", r#"type = "number", list = true"#),
    ("NaN and infinities", RUNTIME, "codec/words.rs", "fn floats_without_a_number_are_texts"),
    ("base64", COURSE, "Maß.toml", r#"type = "bytes", secret = true"#),
    ("open enumerations", COURSE, "protocol.toml", r#"[types."Größe".values]"#),
    ("enumerations of numbers", COURSE, "words.toml", "number = true"),
    (
        "unknown numbers are kept",
        RUNTIME,
        "codec/words.rs",
        "fn enumerations_of_numbers_keep_what_they_do_not_know",
    ),
    ("dates and times", COURSE, "protocol.toml", r#"datetime = ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S""#),
    (
        "dates and times with a zone, and without one",
        RUNTIME,
        "values/time.rs",
        "fn every_spelling_is_read_and_written_back_as_it_came",
    ),
    ("dates without times", COURSE, "words.toml", r#"date = ["%m%d%Y", "%Y-%m-%d"]"#),
    ("times without dates", COURSE, "words.toml", r#"time = "%H:%M""#),
    ("secrets that are numbers", COURSE, "words.toml", r#"type = "integer", secret = true"#),
    ("secrets with a type of their own", COURSE, "words.toml", r#"type = "Token", secret = true"#),
    ("texts with a form", COURSE, "words.toml", r#"forms = ["000-000-0000""#),
];

const COMPOUNDS: &[Entry] = &[
    ("structures in structures", COURSE, "Maß.toml", r#"members = { level = { type = "Level2" } }"#),
    ("structures in themselves", COURSE, "call.toml", r#"left     = { type = "Tree" }"#),
    ("unions, the tag among the members", COURSE, "call.toml", "[types.Event.variants]"),
    ("unions, the tag beside the content", COURSE, "call.toml", r#"content = "value""#),
    ("unions, the element is the tag", COURSE, "call.toml", "[types.Thing.variants]"),
    (
        "wrapped lists and their item's name",
        COURSE,
        "call.toml",
        r#"wrapped  = { type = "integer", list = { item = "i" } }"#,
    ),
    ("repeated elements, arrays in JSON", COURSE, "call.toml", "repeated = { list = true }"),
    ("repeated keys of a query string", RUNTIME, "codec/lenient.rs", "repeated=repeated&repeated=repeated"),
    ("`Name.member.N`", COURSE, "call.toml", r#"list = { numbered = "member", first = 0 }"#),
    ("`NameN`", COURSE, "call.toml", r#"L_AMT    = { list = { numbered = "", first = 0 }"#),
    ("a structure that some formats flatten", PIER, "ship.toml", r#"flatten-in = ["xml", "query"]"#),
    (
        "a status that a format does not have",
        "../../protocol-defs/lastfm/",
        "protocol.toml",
        r#"only-in = "xml""#,
    ),
    (
        "a format that calls choose which say nothing",
        PIER,
        "protocol.toml",
        r#"xml   = { root = "pier", also = "rest" }"#,
    ),
    (
        "the operation's name in some groups only",
        "../../protocol-defs/flickr/",
        "protocol.toml",
        r#"except-groups = ["oauth"] }"#,
    ),
    (
        "one kind of credentials of several",
        "../../protocol-defs/subsonic/",
        "protocol.toml",
        r#"credentials = ["token", "password"]"#,
    ),
    ("several errors, of which the first decides", PIER, "protocol.toml", r#"tells = { code = "F_CODE""#),
    ("`Name[N]`", COURSE, "words.toml", r#"size  = { type = "integer", list = { numbered = "[]" }"#),
    (
        "columns: each member with its number",
        COURSE,
        "words.toml",
        r#"list = { numbered = "", columns = true }"#,
    ),
    ("a map that is a prefix", COURSE, "words.toml", r#"map = { keyed = true, between = "_" }"#),
    ("`Name.N`", COURSE, "call.toml", "numbered = { list = { numbered = true } }"),
    ("joined lists", COURSE, "call.toml", r#"joined   = { list = { joined = "," }"#),
    ("lists that must have an item", COURSE, "words.toml", "first  = { list = true, required = true"),
    (
        "rows of a table, read one by one",
        LIGHTHOUSE,
        "ledger.toml",
        r#"rows = { cell = "td", headings = "cols""#,
    ),
    ("rows that are structures, read one by one", LIGHTHOUSE, "ledger.toml", "list = true, rows = true"),
    (
        "rows that are written while they are sent",
        "../wirewright-example/tests/",
        "upload.rs",
        "fn a_table_of_any_size_is_sent_row_by_row",
    ),
    ("a stream of rows is the whole reply", TESTBED, "rows.rs", "fn rows_are_those_of_the_whole_reply"),
    (
        "lists that are there and empty",
        COURSE,
        "words.toml",
        r#"list = { item = "row", always = true }, required = true"#,
    ),
    ("texts that are tables", COURSE, "words.toml", r#"separated = "|""#),
    ("moments that are counted", COURSE, "words.toml", r#"unit     = "days""#),
    (
        "moments that are counted, from the clock",
        COURSE,
        "words.toml",
        r#"at     = { type = "Count", required = true, from = "clock""#,
    ),
    (
        "a path in front of all of an endpoint's",
        COURSE,
        "body.toml",
        r#"endpoint = "https://upload.course.example:8443/v2/up""#,
    ),
    ("required in requests only", COURSE, "words.toml", r#"owner = { required = "in-requests""#),
    ("items that are absent", COURSE, "words.toml", "cells   = { list = true, empty-is-absent = true"),
    ("maps of entries", COURSE, "call.toml", "entries = { map = true }"),
    ("maps with their own names", COURSE, "call.toml", r#"map = { entry = "e", key = "k", value = "v" }"#),
    ("flattened maps", COURSE, "call.toml", r#"flat    = { map = { key = "name", value = "text" } }"#),
    ("maps named by their keys", COURSE, "call.toml", r#"map = "keyed""#),
    ("empty is not absent", COURSE, "Maß.toml", "nothing  = { empty-is-absent = true }"),
    ("XML attributes", COURSE, "call.toml", r#"id    = { attribute = true, type = "integer""#),
    ("text content", COURSE, "call.toml", "text  = { text = true }"),
    ("namespaces are written", COURSE, "protocol.toml", "namespace = \"urn:course"),
    ("namespaces are ignored on reading", RUNTIME, "codec/lenient.rs", "xmlns"),
];

const MESSAGES: &[Entry] = &[
    ("forms and query strings", COURSE, "protocol.toml", r#"GET = "query", POST = "form""#),
    ("requests without a body", LIGHTHOUSE, "protocol.toml", r#"methods  = { GET = "query" }"#),
    ("a document as the body of a request", COURSE, "body.toml", "[put.body]"),
    ("JSON as the body of a request", QUAY, "protocol.toml", "[body]\nformat = \"json\""),
    ("a request with a body, as a page prints it", QUAY, "rope.toml", "request.body  = '"),
    ("multipart with files", QUAY, "hold.toml", r#"Manifest     = { type = "file", required = true"#),
    (
        "files that are never in memory",
        RUNTIME,
        "calls/multipart.rs",
        "fn files_are_read_while_they_are_sent",
    ),
    ("XML, JSON and query strings", COURSE, "protocol.toml", r#"query = { value = "q&s", nested = "/""#),
    (
        "the reply under the operation's name, on success only",
        BUOY,
        "protocol.toml",
        r#""{operation}" = { is = "data", on = "success" }"#,
    ),
    ("JSONP", COURSE, "protocol.toml", r#"from = "callback""#),
    ("a root around the reply", COURSE, "protocol.toml", r#"root = "réponse""#),
    ("a root with the operation's name", QUAY, "protocol.toml", r#"root = "{operation}Response""#),
    (
        "the reply in an element of the operation's name",
        QUAY,
        "protocol.toml",
        r#""{operation}Result" = { is = "data""#,
    ),
    ("a root of its own around a refusal", QUAY, "protocol.toml", r#"failure-root = "ErrorResponse""#),
    (
        "the same in JSON",
        HARBOUR,
        "protocol.toml",
        r#"root = "harbour-{operation}", failure-root = "harbour-fault""#,
    ),
    ("a namespace of a group's own", QUAY, "crane.toml", r#"namespace = "https://crane.quay.example/doc""#),
    ("data nested", LIGHTHOUSE, "protocol.toml", r#"log   = { is = "data" }"#),
    ("members of the envelope in a wrapper", HARBOUR, "protocol.toml", r#"within = "meta", required = true"#),
    ("data beside the status", COURSE, "protocol.toml", r#""*"      = { is = "data" }"#),
    ("pages that were not seen whole", COURSE, "replies.toml", r#"partial = "The tail of the page"#),
    ("members of any form", COURSE, "replies.toml", r#"filter = { type = "any", required = true"#),
    ("replies that are no envelope", COURSE, "replies.toml", r#"raw     = { media = ["image/jpeg""#),
    ("a body that contradicts its Content-Type", RUNTIME, "calls/reply.rs", "fn deviations_that_were_seen"),
    ("an empty body", RUNTIME, "calls/reply.rs", "the body is empty"),
    ("a web page where XML was promised", RUNTIME, "calls/reply.rs", "the body is a web page"),
];

const ERRORS_AND_SESSIONS: &[Entry] = &[
    ("errors by number", LIGHTHOUSE, "protocol.toml", r#"10 = { name = "Incomplete""#),
    (
        "errors by name, in an envelope without a status",
        QUAY,
        "protocol.toml",
        r#"Code      = { is = "code""#,
    ),
    ("errors by HTTP status", QUAY, "protocol.toml", "http = 404"),
    ("errors by HTTP status, without a body", RUNTIME, "calls/reply.rs", "fn http_tells_of_an_error"),
    ("errors by name", COURSE, "protocol.toml", r#""fünf"           = { name = "5""#),
    (
        "members of an error's own",
        COURSE,
        "protocol.toml",
        r#"detail   = { is = "detail", type = "integer", on = "failure" }"#,
    ),
    ("data of every operation's errors", COURSE, "protocol.toml", "[failure]"),
    ("data of one operation's errors", COURSE, "replies.toml", "[part.failure]"),
    (
        "the code in a wrapper of its own",
        HARBOUR,
        "protocol.toml",
        r#"is = "code", within = "error", type = "integer", attribute = true"#,
    ),
    ("a class", COURSE, "protocol.toml", r#"class = "log-in-again""#),
    ("operations that may be repeated", LIGHTHOUSE, "watch.toml", "repeatable = true"),
    ("what is tried again, and when", RUNTIME, "calls/retries.rs", "fn what_is_tried_again"),
    ("what is signed, in what order", COURSE, "protocol.toml", r#"text           = "{host}"#),
    (
        "encoded how",
        LIGHTHOUSE,
        "protocol.toml",
        r#"order          = "descending"
percent-encode = "rfc3986""#,
    ),
    ("encoded twice, parameters and then parts", RUNTIME, "calls/sign.rs", "fn the_base_string_of_rfc_5849"),
    ("keyed by what", LIGHTHOUSE, "protocol.toml", r#"key       = "{data.salt}""#),
    ("put in a header", HARBOUR, "protocol.toml", r#"from = "computed", field = "seal", in = "header""#),
    ("put where", COURSE, "protocol.toml", r#"Self       = { from = "computed", "#),
    ("sessions opened by an operation", COURSE, "protocol.toml", r#"opens  = "type/open""#),
    ("calls that continue at a URL of the reply", HARBOUR, "lookout.toml", r#"url          = "next""#),
    (
        "calls that continue with parameters of the reply",
        QUAY,
        "rope.toml",
        r#"parameters = { NextToken = "NextToken" }"#,
    ),
    (
        "calls that continue wait and go on",
        TESTBED,
        "continued.rs",
        "fn events_are_fetched_until_the_session_ends",
    ),
    (
        "no session goes to another host",
        TESTBED,
        "continued.rs",
        "fn the_session_does_not_go_to_another_host",
    ),
    ("calls that may open a session, or none", LIGHTHOUSE, "protocol.toml", "conditional = true"),
    ("sessions ended by an operation", COURSE, "protocol.toml", r#"closes = "type/close""#),
    (
        "sessions that have expired",
        COURSE,
        "protocol.toml",
        r#"when = ["session-unknown", "session-expired"]"#,
    ),
    ("both sides, called end to end", TESTBED, "lighthouse.rs", "fn opens_and_closes_in_every_format"),
];

#[test]
fn what_can_be_said_is_proved() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut gone = Vec::new();
    for (what, folder, file, part) in
        [PARAMETERS, SCALARS, COMPOUNDS, MESSAGES, ERRORS_AND_SESSIONS].into_iter().flatten()
    {
        let text = fs::read_to_string(here.join(folder).join(file)).unwrap();
        if !text.contains(part) {
            gone.push(format!("{what}: `{part}` is not in {folder}{file}"));
        }
    }
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}
