//! The guard for users' samples: which values look like real secrets, and which do not.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use wirewright_codegen::{Code, Diagnostic, Severity, check, check_sources};

const PROTOCOL: &str = r#"
title    = "Parcels API"
source   = "parcels.example/docs"
endpoint = "https://api.parcels.example"
methods  = { GET = "query", POST = "form" }

[formats]
xml  = { value = "xml", root = "response" }
json = { value = "json" }

[body]
root = "in"

[parameters]
format = { from = "format" }
"*"    = { from = "request" }
sid    = { from = "session", field = "id" }

[envelope]
code = { is = "code", on = "failure" }
data = { is = "data" }

[session]
opens  = "depots/open"
fields = { id = { from = "data.pass", secret = true } }
"#;

const DEPOTS: &str = r#"
[open]
[open.request]
word     = { secret = true }
number   = {}
password = { secret = true }
[open.reply]
pass         = { required = true, secret = true, xml = "Pass" }
parcel_token = { secret = false }
place        = {}

[[open.example]]
name = "sample"
"#;

/// What is said of a definition with one sample, of which these are the lines.
fn told(lines: &str) -> Vec<Diagnostic> {
    let group = format!("{DEPOTS}{lines}\n");
    let files = vec![("protocol.toml".to_owned(), PROTOCOL.to_owned()), ("depots.toml".to_owned(), group)];
    let checked = check_sources("parcels", files);
    assert!(checked.vendor.is_some(), "{}", checked.faults);
    checked.faults.diagnostics().to_vec()
}

/// A sample with one value in its reply.
fn sample(name: &str, value: &str, source: &str) -> String {
    let json = serde_json::json!({ "data": { name: value } }).to_string();
    format!("{source}\nreply.json = '''{json}'''")
}

const PUBLISHED: &str = "source = \"parcels.example/docs, Open\"";

/// Values that look like real ones, each under a name that is no secret's, and of whom they would be.
const REAL: &[(&str, &str)] = &[
    ("AKIAQ3EGR7UTY5BHNK2L", "an access key of AWS"),
    ("ghp_k2J8sQ1vXw7ZbN4tLr9uYc3Dm6Fa0HgPe5Ro", "a token of GitHub"),
    ("github_pat_11ABCDE0Y0q7Xw2ZbN4t_Lr9uYc3Dm6Fa0HgPe5Ro", "a token of GitHub"),
    ("glpat-k2J8sQ1vXw7ZbN4tLr9u", "a token of GitLab"),
    ("npm_k2J8sQ1vXw7ZbN4tLr9uYc3Dm6Fa0HgPe5Ro", "a token of npm"),
    ("sk_live_51H8sQ1vXw7ZbN4tLr9uYc3D", "a live key of Stripe"),
    ("xoxb-2718281828-k2J8sQ1vXw7Z", "a token of Slack"),
    ("AIzaSyD4k2J8sQ1vXw7ZbN4tLr9uYc3Dm6Fa0Hg", "a key of Google"),
    ("Bearer ghp_k2J8sQ1vXw7ZbN4tLr9uYc3Dm6Fa0HgPe5Ro", "a token of GitHub"),
    ("-----BEGIN RSA PRIVATE KEY----- MIIEpAIBAAKCAQEA1c7", "a private key"),
    (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "a JSON Web Token",
    ),
    ("9f86d081884c7d659a2feaa0c55ad015", "a random number"),
    ("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4", "a random number"),
    ("q83vEjRWeJCrze8SNFZ4kKvN7xI0Vg==", "random bytes in Base64"),
    ("Zm9v-k2J8sQ1vXw7ZbN4tLr9uYc3Dm6F", "random bytes in Base64"),
];

#[test]
fn real_secrets_are_found_under_any_name() {
    for (value, whose) in REAL {
        let told = told(&sample("place", value, ""));
        let [one] = told.as_slice() else { panic!("{value}: {told:?}") };
        assert_eq!((one.code, one.severity), (Code::SampleSecret, Severity::Warning));
        assert!(one.message.contains(whose), "{}", one.message);
        assert!(one.message.contains("`place`"), "{}", one.message);
    }
}

/// Under the name of a secret, what somebody may have chosen is as suspicious.
#[test]
fn what_is_chosen_is_found_under_the_name_of_a_secret() {
    for value in [
        "Sommer2024",
        "hunter2",
        "7gHk29",
        "4821",
        "De325h3Fsdg76rt",
        "0b31-cafe-77",
        "Tr0ub4dor&3",
        "aB3$xY",
    ] {
        for name in ["pass", "access_token", "sessionKey", "id"] {
            let told = told(&sample(name, value, ""));
            assert_eq!(told.len(), 1, "{name} = {value}: {told:?}");
        }
        for name in ["place", "parcel_token", "number"] {
            let told = told(&sample(name, value, ""));
            assert!(told.is_empty(), "{name} = {value}: {told:?}");
        }
    }
}

/// What is evidently made up, or no secret at all.
const HARMLESS: &[&str] = &[
    "",
    "x",
    "sesame",
    "open sesame",
    "made+up",
    "made up 1",
    "a wrong password",
    "Example-Key-1",
    "exampleexampl",
    "sample-key",
    "$PSWD",
    "{token}",
    "<your key>",
    "[redacted]",
    "********",
    "abc...xyz",
    "xxxxxxxx",
    "aaaa1111",
    "12345678",
    "1234567890123456",
    "0123456789abcdef0123456789abcdef",
    "ABCDEFGH1",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE",
    "my-key-1",
    "key of ada",
    "test1234",
    "dev-key-1",
    "Oslo",
    "grain",
    "London",
    "https://parcels.example/t/7gHk29",
    "true",
];

#[test]
fn what_is_made_up_is_let_alone() {
    for value in HARMLESS {
        for name in ["pass", "password", "place"] {
            let told = told(&sample(name, value, ""));
            assert!(told.is_empty(), "{name} = {value}: {told:?}");
        }
    }
}

/// Long values of other kinds.
#[test]
fn other_long_values_are_let_alone() {
    for value in [
        "http://www.w3.org/2005/Atom",
        "2008-09-30 15:56:42",
        "urn:uuid:0b31a9c0-77f2-4e0c-9d3f-1f6a2b7c8d9e",
        "quayOfLongNamesThatNobodyWouldSayTwice",
        "A sentence of 12 words, in which Nothing is secret at all.",
        "00000000000000000000000000000000",
        "application/x-www-form-urlencoded",
        "org.example.ParcelsOfVersion12AndMore3",
        "1000000000000000000000000000000000000",
    ] {
        let told = told(&sample("place", value, ""));
        assert!(told.is_empty(), "{value}: {told:?}");
    }
}

/// What a page prints is fine, but for keys that anybody could use at once.
#[test]
fn what_a_page_prints_is_let_alone() {
    for (value, whose) in REAL {
        let of_vendor = whose.contains(" of ") || whose.contains("private");
        assert_eq!(told(&sample("place", value, PUBLISHED)).len(), usize::from(of_vendor), "{value}");
    }
    // From the pages of Videntity, NINA, Subsonic and 1010data.
    for value in [
        "Ry5NvPAbceAS123",
        "De325h3Fsdg76rt",
        "26719a1196d2a940705a59634eb18eab",
        "c19b2d",
        "enc:736573616d65",
        "%2FwQBAAAAAAAmu2EGLG2zhfyIMuNmn9zRdFLLzV85E0%2F",
        "1234567890123",
    ] {
        assert!(told(&sample("pass", value, PUBLISHED)).is_empty(), "{value}");
    }
}

/// In whatever part of a sample it is, and at its place.
#[test]
fn every_part_of_a_sample_is_searched() {
    let cases = [
        "request.form = \"number=1&word=hunter2\"",
        "request.query = \"number=1&word=hun%74er2\"",
        "request.url = \"https://api.parcels.example/depots/open?number=1&sid=hunter2#end\"",
        "reply.xml = \"<response><data><Pass>hunter2</Pass></data></response>\"",
        "reply.xml = '''<response>\n <data>\n  <a Pass='hunter2'/></data></response>'''",
        "reply.json = '{\"data\": {\"pass\": \"hunter2\", \"place\": \"hunter2\"}}'",
        "reply.json = '''{\n  \"a\": {\"place\": \"hunter2\"},\n  \"data\": {\"pass\" : \"hunter2\"}}'''",
        "reply.json = '{\"data\": {\"pass\": 4821}}'",
        "reply.json = \"{\\\"pass\\\": \\\"hunter\\\\u0032x\\\"}\"",
    ];
    let mut text = String::new();
    for case in cases {
        let told = told(case);
        let [one] = told.as_slice() else { panic!("{case}: {told:?}") };
        let place = one.place.unwrap();
        let group = format!("{DEPOTS}{case}\n");
        let line = group.lines().nth(place.line - 1).unwrap();
        let marked: String =
            line.chars().skip(place.column - 1).take(place.end_column - place.column).collect();
        writeln!(text, "{case}\n  {marked}\n  {}", one.message).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// Nothing that is told of a secret has it, and what is told to write in its place is let alone.
#[test]
fn secrets_are_not_shown_and_replacements_are_fine() {
    let chosen = ["hunter2", "4821", "De325h3Fsdg76rt", "aB3$xY"].map(|value| ("pass", value));
    for (name, value) in REAL.iter().map(|(value, _)| ("place", *value)).chain(chosen) {
        let files = |value: &str| {
            let group = format!("{DEPOTS}{}\n", sample(name, value, ""));
            vec![("protocol.toml".to_owned(), PROTOCOL.to_owned()), ("depots.toml".to_owned(), group)]
        };
        let faults = check_sources("parcels", files(value)).faults;
        for shown in [faults.render(false), faults.render(true), faults.to_json_lines(), faults.to_github()] {
            assert!(!shown.contains(value), "{shown}");
        }
        let help = faults.diagnostics()[0].suggestion.clone().unwrap();
        let replacement = help.split('`').nth(1).unwrap().to_owned();
        let again = check_sources("parcels", files(&replacement)).faults;
        assert!(again.is_empty(), "{value} -> {replacement}: {again}");
    }
    let files = vec![
        ("protocol.toml".to_owned(), PROTOCOL.to_owned()),
        ("depots.toml".to_owned(), format!("{DEPOTS}{}\n", sample("pass", "hunter2", ""))),
    ];
    insta::assert_snapshot!(check_sources("parcels", files).faults.render(false));
}

/// The definitions of this repository have samples of their vendors' pages, and say so.
#[test]
fn the_vendors_pass_without_a_word() {
    let mut checked = 0;
    for parent in ["../../protocol-defs", "tests/golden/protocol-defs"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(parent)).unwrap() {
            let folder = entry.unwrap().path();
            if folder.join("protocol.toml").is_file() {
                let faults = check(&folder).faults;
                assert!(faults.is_empty(), "{faults}");
                checked += 1;
            }
        }
    }
    assert!(checked > 8, "{checked}");
}
