//! A synthetic definition: as a vendor's would be, but for its size.

use std::fmt::Write as _;

/// The name of its folder and package.
pub(crate) const PACKAGE: &str = "synthetic";
/// Operations are divided among as many files.
const GROUPS: usize = 100;
/// Every so many operations there is a named type.
const PER_TYPE: usize = 3;
/// Every so many operations there is an example.
const PER_EXAMPLE: usize = 5;

/// What all operations share.
const PROTOCOL: &str = r#"title    = "Synthetic API"
doc      = "An API of very many operations."
source   = "made up"
endpoint = "https://api.example"
methods  = { GET = "query", POST = "form" }

[formats]
xml   = { value = "xml", root = "response" }
json  = { value = "json", root = "response" }
query = { value = "qs", nested = "." }

[parameters]
devId    = { from = "client", required = true, doc = "Your developer ID." }
f        = { from = "format", doc = "The format of the reply." }
"*"      = { from = "request" }
c        = { from = "callback", doc = "The callback of a JSONP reply." }
a        = { from = "session", doc = "The token of the session." }
sig      = { from = "computed", doc = "The signature of the request." }

[envelope]
statusCode = { is = "status", type = "integer", success = [200], doc = "200 is success." }
statusText = { is = "message", doc = "The status in words." }
data       = { is = "data" }

[session]
opens  = "group000/operation0"
closes = "group000/operation1"
doc    = "A session."

[session.fields]
a   = { from = "data.member0", secret = true, name = "token", doc = "The token that every later call carries." }
key = { from = "data.member1", secret = true, doc = "The key that signs every later call." }

[computed.pairs]
pairs          = "parameters"
percent-encode = "rfc3986"

[computed.sig]
text           = "{method}&{url}&{pairs}"
percent-encode = "rfc3986"
algorithm      = "hmac-sha256"
key            = "{session.key}"
encoding       = "base64"

[errors]
400 = { name = "InvalidRequest", class = "invalid-request", doc = "The request is wrong.", when = ["parameter-invalid", "parameter-missing", "operation-unknown", "method-not-allowed"] }
401 = { name = "Unauthorized", class = "log-in-again", doc = "The session is unknown.", when = ["session-unknown", "session-expired", "signature-wrong"] }
500 = { name = "ServerError", class = "retry", doc = "The server failed.", when = "internal" }
"#;

/// The files of a definition of so many operations, by name.
pub(crate) fn files(operations: usize) -> Vec<(String, String)> {
    let mut files = vec![("protocol.toml".to_owned(), PROTOCOL.to_owned())];
    for group in 0..GROUPS.min(operations) {
        let mut text = format!("doc = \"Calls of group {group}.\"\n");
        // The first groups have what is left over.
        let count = operations / GROUPS + usize::from(group < operations % GROUPS);
        for index in 0..count {
            operation(&mut text, group, index);
        }
        files.push((format!("group{group:03}.toml"), text));
    }
    files
}

/// Writing into a string cannot fail.
macro_rules! line {
    ($out:expr, $($text:tt)*) => {{ let _ = writeln!($out, $($text)*); }};
}

fn operation(out: &mut String, group: usize, index: usize) {
    let name = format!("operation{index}");
    let opens = group == 0 && index == 0;
    line!(out, "\n[{name}]");
    line!(out, "doc     = \"Does what operation {index} of group {group} does, to one item or to several.\"");
    line!(out, "source  = \"made up, page {group}, section {index}\"");
    line!(out, "errors  = [400, 401, 500]");
    if opens {
        line!(out, "secure  = true");
    } else {
        line!(out, "session = \"required\"");
        line!(out, "signed  = true");
    }
    line!(out, "\n[{name}.request]");
    line!(out, "itemId   = {{ required = true, doc = \"The item that the call is about.\" }}");
    line!(out, "userName = {{ required = true, doc = \"The user who owns the item, by name.\" }}");
    line!(out, "maximum  = {{ type = \"integer\", doc = \"How many are returned at most.\" }}");
    line!(out, "detailed = {{ type = \"boolean\", doc = \"Whether details are returned.\" }}");
    line!(out, "note     = {{ doc = \"A note for the log.\" }}");
    line!(out, "\n[{name}.reply]");
    for member in 0..2 {
        let secret = if opens { ", secret = true" } else { "" };
        line!(
            out,
            "member{member} = {{ required = true{secret}, doc = \"Member {member} of what is returned.\" }}"
        );
    }
    line!(out, "count   = {{ type = \"integer\", doc = \"How many there are.\" }}");
    line!(out, "amount  = {{ type = \"number\", doc = \"What it costs.\" }}");
    if index.is_multiple_of(PER_TYPE) {
        let named = format!("Item{group}x{index}");
        line!(out, "item    = {{ type = \"{named}\", secret = false, doc = \"The item as it is now.\" }}");
        line!(out, "\n[types.{named}]");
        line!(out, "doc = \"An item of operation {index}.\"");
        line!(out, "\n[types.{named}.members]");
        line!(out, "id    = {{ required = true, doc = \"Its ID.\" }}");
        line!(out, "title = {{ doc = \"Its title.\" }}");
        line!(out, "size  = {{ type = \"integer\", doc = \"Its size in bytes.\" }}");
    } else {
        line!(out, "item    = {{ doc = \"The item as it is now.\" }}");
    }
    if index.is_multiple_of(PER_EXAMPLE) {
        line!(out, "\n[[{name}.example]]");
        line!(out, "name       = \"json\"");
        line!(out, "source     = \"made up, page {group}, section {index}\"");
        line!(
            out,
            "reply.json = '{{\"response\":{{\"statusCode\":200,\"data\":{{\"member0\":\"a\",\"member1\":\"b\",\"count\":1}}}}}}'"
        );
    }
}
