//! Answers and failures as JSON at a shell: the order of the wire, digits as they came, and no secret that nobody asked for.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use http::Response;
use wirewright::{Format, Limits, exchange::Error};
use wirewright_codegen::load_sources;
use wirewright_interpret::{Answer, Definition, Visibility};

const PROTOCOL: &str = r#"
title    = "Shown"
endpoint = "https://api.example.com"
source   = "a page"
methods  = { POST = "form" }

[formats]
xml  = { value = "xml", root = "response" }
json = { value = "json" }

[parameters]
format = { from = "format" }
"*"    = { from = "request" }

[envelope]
code = { is = "status", type = "integer", success = [0] }
msg  = { is = "message" }
data = { is = "data" }

[errors]
1 = { name = "Failed", class = "give-up", when = "internal", http = 500 }
"#;

const THINGS: &str = r#"
doc = "Things."

[look.request]

[look.reply]
zeta   = {}
alpha  = { type = "integer" }
ok     = { type = "boolean", boolean = "yes/no" }
weight = { type = "number" }
token  = { secret = true }
pins   = { list = true, type = "integer", secret = true }
more   = { type = "any" }
words  = { map = "keyed" }
"#;

fn definition() -> Definition {
    let files = [("protocol.toml", PROTOCOL), ("things.toml", THINGS)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    Definition::new(load_sources("shown", files).unwrap_or_else(|faults| panic!("{}", faults.render(false))))
}

/// What is shown of a response to `things/look`, and the `Debug` of all that was read.
fn shown(response: Response<&str>, exposed: &[&str]) -> (String, String) {
    let definition = definition();
    let operation = definition.operation("things/look").unwrap();
    let visibility = Visibility { secrets: definition.catalog().secrets, exposed };
    let response = response.map(|text| text.as_bytes().to_vec());
    let read = definition.read_reply(operation, response, Format::Json, &Limits::new());
    let debug = format!("{read:?}");
    let shown = match read {
        Ok(Answer::Enveloped(answer)) => definition.show_answer(operation, &answer, visibility),
        Err(Error::Vendor(error)) => definition.show_failure(operation, &error.failure, visibility),
        other => panic!("{other:?}"),
    };
    (serde_json::to_string(&shown).unwrap(), debug)
}

#[test]
fn answers_are_shown_as_json() {
    let table: &[(&str, &[&str], &str)] = &[
        // Names and order are those of the definition's JSON, whatever the vendor's order; numbers and booleans are such.
        (
            r#"{"data":{"ok":"yes","alpha":"7","zeta":"z"},"code":0}"#,
            &[],
            r#"{"code":0,"data":{"zeta":"z","alpha":7,"ok":true}}"#,
        ),
        // XML is shown as the JSON that it would be.
        (
            "<response><code>0</code><data><alpha>7</alpha><ok>no</ok><pins>1</pins></data></response>",
            &[],
            r#"{"code":0,"data":{"alpha":7,"ok":false,"pins":["[redacted]"]}}"#,
        ),
        // Secrets are hidden, the items of lists too, and shown to who asks by name.
        (
            r#"{"code":0,"data":{"token":"tssh","pins":[4711]}}"#,
            &[],
            r#"{"code":0,"data":{"token":"[redacted]","pins":["[redacted]"]}}"#,
        ),
        (
            r#"{"code":0,"data":{"token":"tssh","pins":[4711]}}"#,
            &["pins"],
            r#"{"code":0,"data":{"token":"[redacted]","pins":[4711]}}"#,
        ),
        // What nobody has described is hidden by name, at any depth; its order and digits are those of the wire.
        (
            r#"{"code":0,"data":{"more":{"b":12345678901234567890.10,"a":[{"token":{"x":1}},null,1e400]}}}"#,
            &[],
            r#"{"code":0,"data":{"more":{"b":12345678901234567890.10,"a":[{"token":"[redacted]"},null,1e400]}}}"#,
        ),
        // Repeated elements are a list: most readers of JSON see but the last of a name.
        (
            "<response><code>0</code><data><more token='t'><i>1</i><n/><i>2</i><i>3</i></more></data></response>",
            &[],
            r#"{"code":0,"data":{"more":{"@token":"[redacted]","i":["1","2","3"],"n":null}}}"#,
        ),
        // The keys of a map are the vendor's.
        (
            r#"{"code":0,"data":{"words":{"hello":"servus","token":"other"}}}"#,
            &[],
            r#"{"code":0,"data":{"words":{"hello":"servus","token":"[redacted]"}}}"#,
        ),
        (r#"{"code":0,"data":{"weight":1e300}}"#, &[], r#"{"code":0,"data":{"weight":1e300}}"#),
        (r#"{"code":0,"data":{"weight":"NaN"}}"#, &[], r#"{"code":0,"data":{"weight":"NaN"}}"#),
    ];
    for (sent, exposed, expected) in table {
        let (shown, debug) = shown(Response::new(sent), exposed);
        assert_eq!(shown, *expected, "{sent}");
        assert!(!debug.contains("tssh") && !debug.contains("4711"), "{debug}");
    }
}

#[test]
fn failures_are_shown_with_their_code() {
    let (text, _) = shown(Response::new(r#"{"msg":"no","code":1,"data":{"token":"tssh","n":1}}"#), &[]);
    assert_eq!(text, r#"{"code":1,"msg":"no","data":{"token":"[redacted]","n":1}}"#);
    // The status of HTTP alone tells it.
    let response = Response::builder().status(500).body("down").unwrap();
    let (text, _) = shown(response, &[]);
    assert_eq!(text, r#"{"code":1}"#);
}
