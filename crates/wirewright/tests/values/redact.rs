//! What is shown of a vendor's wire text: everything but the secrets that the definition names.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use wirewright::{Format, catalog::Vendor};

const LANTERN: Vendor = Vendor {
    name: "lantern",
    title: "Lantern",
    doc: "",
    operations: &[],
    facts: &[],
    parameters: &[],
    errors: &[],
    secrets: &["token", "pwd", "data.key"],
    next_calls: &[],
};

#[test]
fn values_of_secrets_are_hidden_and_nothing_else() {
    let table = [
        (Format::Query, "user=ada&pwd=a%26b&token=t", "user=ada&pwd=[redacted]&token=[redacted]"),
        (Format::Query, "token=&tokens=1&&flag", "token=[redacted]&tokens=1&&flag"),
        (Format::Query, "data.token.a=x&data.key=y", "data.token.a=[redacted]&data.key=[redacted]"),
        (Format::Query, "tok%65n=x&pwd[1]=y&key=z", "tok%65n=[redacted]&pwd[1]=[redacted]&key=z"),
        (
            Format::Json,
            r#"{"token":{"a":["x"],"n":1},"id":"token"}"#,
            r#"{"token":"[redacted]","id":"token"}"#,
        ),
        (
            Format::Json,
            r#"[ {"t\u006fken" : -1.5e3 }, null ]"#,
            r#"[ {"t\u006fken" : "[redacted]" }, null ]"#,
        ),
        (
            Format::Json,
            r#"{"a":"\"token\":1","@pwd":"\\","b":"}"}"#,
            r#"{"a":"\"token\":1","@pwd":"[redacted]","b":"}"}"#,
        ),
        (Format::Json, r#"{"token":[{"x":"]"}, "\"}"],"b":{}}"#, r#"{"token":"[redacted]","b":{}}"#),
        (Format::Json, r#"/**/ app.on( {"pwd":true} );"#, r#"app.on({"pwd":"[redacted]"});"#),
        (
            Format::Xml,
            "<?xml version=\"1.0\"?>\n<data id='a'><v:token x=\"1\">x<b>y</b></v:token><key>z</key></data>",
            "<?xml version=\"1.0\"?>\n<data id='a'><v:token x=\"1\">[redacted]</v:token><key>z</key></data>",
        ),
        (Format::Xml, "<a token = 'x>' b=\"y\"/>", "<a token = '[redacted]' b=\"y\"/>"),
        (
            Format::Xml,
            "<a><!-- pwd: x --><?pwd x?><token/>&amp;<![CDATA[<b>]]></a>",
            "<a><token/>&amp;<![CDATA[<b>]]></a>",
        ),
        (Format::Xml, "<a><token><token>x</token>y</token>z</a>", "<a><token>[redacted]</token>z</a>"),
        // What cannot be taken apart is hidden whole.
        (Format::Xml, "<a><token>hunter2</a>", "[21 bytes that are no XML]"),
        (Format::Xml, "<a>x</a>hunter2", "[15 bytes that are no XML]"),
        (Format::Json, r#"{"token":hunter2}"#, "[17 bytes that are no JSON]"),
        (Format::Json, r#"{"token":"hunter2"#, "[17 bytes that are no JSON]"),
    ];
    for (format, text, expected) in table {
        assert_eq!(LANTERN.redact(format, text), expected, "{text}");
    }
}

#[test]
fn bodies_are_known_by_their_first_letter_and_then_by_their_type() {
    let table: [(&str, &[u8], &str); 9] = [
        ("text/html", b"<a><pwd>x</pwd></a>", "<a><pwd>[redacted]</pwd></a>"),
        ("text/xml", b" {\"pwd\":1}", " {\"pwd\":\"[redacted]\"}"),
        ("text/javascript", b"cb({\"pwd\":1})", "cb({\"pwd\":\"[redacted]\"});"),
        ("application/x-www-form-urlencoded", b"pwd=1&a=2", "pwd=[redacted]&a=2"),
        ("text/xml", b"status=1&pwd=1", "status=1&pwd=[redacted]"),
        ("text/plain", b"pwd=1", "[5 bytes of text/plain]"),
        ("", b"pwd=1", "[5 bytes]"),
        ("text/xml", b"<a>\xff</a>", "[8 bytes of text/xml]"),
        ("text/xml", b"", ""),
    ];
    for (media_type, body, expected) in table {
        assert_eq!(LANTERN.redact_body(media_type, body), expected, "{media_type}");
    }
}

#[test]
fn urls_show_neither_secrets_nor_users() {
    let table = [
        ("https://ada:hunter2@x.example:8443/a/b?pwd=1&c", "https://x.example:8443/a/b?pwd=[redacted]&c"),
        ("/a?token=1", "/a?token=[redacted]"),
        ("http://x.example", "http://x.example/"),
    ];
    for (url, expected) in table {
        assert_eq!(LANTERN.redact_uri(&url.parse().unwrap()), expected);
    }
}

proptest! {
    /// Whatever comes: no panic, and no secret that is under its name.
    #[test]
    fn no_damage_lets_a_secret_through(
        cut in 0_usize..120,
        inserted in "[<>\"'{}\\[\\]=&:/ a\\\\]{0,3}",
        at in 0_usize..120,
        which in 0_usize..3,
    ) {
        let (format, text) = [
            (Format::Xml, "<r><a b='1'>x</a><token c=\"2\"><d>hunter2</d>hunter2</token><e pwd='hunter2'/>y</r>"),
            (Format::Json, r#"{"a": ["x", {"token": {"b": "hunter2", "c": ["hunter2"]}}], "pwd": "hunter2", "d": 1}"#),
            (Format::Query, "a=1&token=hunter2&data.pwd=hunter2&b"),
        ][which];
        let mut damaged = text.to_owned();
        damaged.insert_str(at.min(text.len()), &inserted);
        damaged.truncate(damaged.len() - cut.min(damaged.len()));
        let shown = LANTERN.redact(format, &damaged);
        // Behind what was inserted a secret may be under another name.
        if inserted.is_empty() {
            prop_assert!(!shown.contains("hunter2"), "{damaged} -> {shown}");
        }
    }
}
