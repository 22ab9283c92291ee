//! What becomes of a response, good or bad.

use std::fmt::Write as _;

use crate::support::{Code, DOUSE, Douse, Failure, Light, Show, State, outcome, response};
use wirewright::{
    Format, Limits,
    client::{TransportError, TransportErrorKind},
    describe::Class,
    exchange::{Error, ErrorCode as _, read_reply},
    wire::Document,
};

const XML: &str = "text/xml";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const LAMP: &str = r#"{"reply":{"code":0,"data":{"lamp":7,"state":"LIT"}}}"#;

fn show(status: u16, content_type: &str, body: &[u8]) -> String {
    outcome(&read_reply::<Show>(response(status, content_type, body), Format::Json, &Limits::new()))
}

/// A vendor's error is its HTTP status where the body does not tell; a body that tells is believed.
#[test]
fn http_tells_of_an_error() {
    let cases: &[(u16, &str, &[u8], &str)] = &[
        (429, JSON, b"", "vendor 7"),
        (429, HTML, b"<html>try again later</html>", "vendor 7"),
        (429, "text/plain", b"\xff", "vendor 7"),
        (429, XML, b"<gateway>down", "vendor 7"),
        (429, JSON, b"{}", "vendor 7"),
        (429, JSON, br#"{"reply":{"code":6}}"#, "vendor 6"),
        (429, JSON, LAMP.as_bytes(), "vendor 7"),
        (503, JSON, b"", "http 503 the body is empty"),
    ];
    for (status, content_type, body, expected) in cases {
        assert_eq!(show(*status, content_type, body), *expected, "{}", String::from_utf8_lossy(body));
    }
    let error =
        read_reply::<Show>(response(429, HTML, "<html>try again</html>"), Format::Json, &Limits::new());
    let Err(Error::Vendor(error)) = error else { panic!("{error:?}") };
    assert_eq!(error.failure.code.class(), Class::Retry);
    assert_eq!(error.body.expose(), b"<html>try again</html>");
}

#[test]
fn what_bad_input_gets() {
    let page = "<!-- x -->\n<!DOCTYPE html><html><body>token=hunter2</body></html>";
    let xml = |inside: &str| format!("<reply><code>0</code><data><lamp>7</lamp>{inside}</data></reply>");
    let lit = xml("<state>LIT</state>");
    let cases: &[(u16, &str, &[u8], &str)] = &[
        // Malformed and truncated.
        (200, XML, b"<reply><code>0</code", "decode 1:15 reply.code a tag is not closed"),
        (
            200,
            XML,
            b"<reply><code>0</cod></reply>",
            "decode 1:15 reply.code an end tag without its start tag",
        ),
        (200, XML, b"<reply><code>0</code>", "decode 1:22 reply the text ends before its elements do"),
        (200, JSON, br#"{"reply":{"code":0,"data":{"lamp":7,"sta"#, "decode 1:41 the text ends too early"),
        (200, JSON, b"{\"reply\":{\"code\":0,\n\"data\":}}", "decode 2:8 expected a value"),
        (200, JSON, b"{\"reply\":{\"code\":0}} trailing", "decode 1:22 text after the end of the value"),
        (200, JSON, b"[1]", "decode 1:1 expected an object"),
        (200, JSON, br#"{"reply":[{"code":0}]}"#, "decode 1:10 reply expected an object"),
        (200, JSON, br#"{"reply":"Service down"}"#, "decode 1:10 reply expected an object"),
        // PHP writes an empty object so.
        (200, JSON, b"[]", "http 200 the body has no status"),
        (200, JSON, b"{\"reply\":{\"code\":0,\"text\":\"\xff\"}}", "decode 1:28 not UTF-8"),
        // Another form than was asked for: one of the operation's, or none.
        (200, JSON, lit.as_bytes(), "answer"),
        (200, "nonsense", LAMP.as_bytes(), "answer"),
        (200, XML, LAMP.as_bytes(), "answer"),
        (200, JSON, b"code=0&data_lamp=7", "http 200 the body is in none of the operation's formats"),
        (200, JSON, b"\"text\"", "http 200 the body is in none of the operation's formats"),
        (200, JSON, b"alert(1)//({})", "decode 1:8 text after the end of the value"),
        (200, JSON, b"alert[x]({})", "http 200 the body is in none of the operation's formats"),
        (200, JSON, b"alert[1]({})", "http 200 the body has no status"),
        (200, HTML, page.as_bytes(), "http 200 the body is a web page"),
        (502, HTML, b"<HTML>\xe9t\xe9", "http 502 the body is a web page"),
        (502, HTML, b"<html", "http 502 the body is a web page"),
        (502, XML, b"<?xml version='1.0'?>\n<!doctype HTML >", "http 502 the body is a web page"),
        (502, XML, b"<gateway>\xe9</gateway>", "http 502 the body is not UTF-8, from line 1, column 10 on"),
        (502, "text/plain", b"", "http 502 the body is empty"),
        (200, JSON, b"\xef\xbb\xbf \n", "http 200 the body is empty"),
        (502, XML, b"<gateway>down</gateway>", "http 502 the body cannot be read"),
        (200, XML, b"<gateway>down</gateway>", "http 200 the body has no status"),
        (200, XML, b"<reply>down</reply>", "decode 1:1 reply expected members"),
        (502, XML, b"<gateway>down", "http 502 the body cannot be read"),
        // The name of the root is not required, in JSON neither; a member of the envelope is no root.
        (200, JSON, br#"{"answer":{"code":0,"data":{"lamp":7,"state":"LIT"}}}"#, "answer"),
        (200, JSON, br#"{"fault":{"code":7}}"#, "vendor 7"),
        (200, JSON, br#"{"data":{"code":7}}"#, "http 200 the body has no status"),
        (200, JSON, br#"{"answer":{"code":0},"more":{}}"#, "http 200 the body has no status"),
        (200, JSON, br#"{"answer":[{"code":0}]}"#, "http 200 the body has no status"),
        // Without a status; with a status that HTTP denies.
        (200, JSON, b"{}", "http 200 the body has no status"),
        (200, JSON, br#"{"reply":{"data":{"lamp":7,"state":"LIT"}}}"#, "http 200 the body has no status"),
        (500, JSON, LAMP.as_bytes(), "http 500 the envelope says success and HTTP does not"),
        (302, JSON, LAMP.as_bytes(), "http 302 the envelope says success and HTTP does not"),
        (500, JSON, br#"{"reply":{"code":0}}"#, "http 500 the envelope says success and HTTP does not"),
        // The vendor's error is looked for before the reply is required.
        (500, JSON, br#"{"reply":{"code":7}}"#, "vendor 7"),
        (401, XML, b"<reply><code>6</code></reply>", "vendor 6"),
        (200, JSON, br#"{"reply":{"code":4711}}"#, "vendor 4711"),
        (200, JSON, br#"{"reply":{"code":7,"data":{"lamp":"none"}}}"#, "vendor 7"),
        (200, JSON, br#"{"reply":{"code":7,"data":[1,{"retry":2}]}}"#, "vendor 7"),
        // Promised data.
        (200, JSON, br#"{"reply":{"code":0}}"#, "decode 1:1 reply.data a required member is missing"),
        (
            200,
            JSON,
            br#"{"reply":{"code":0,"data":{"state":"LIT"}}}"#,
            "decode 1:27 reply.data.lamp a required member is missing",
        ),
        (
            200,
            JSON,
            br#"{"reply":{"code":0,"data":{"lamp":-1,"state":"LIT"}}}"#,
            "decode 1:35 reply.data.lamp expected an integer from 0 to 4294967295",
        ),
        (
            200,
            JSON,
            br#"{"reply":{"code":"zero"}}"#,
            "decode 1:18 reply.code expected an integer from -9223372036854775808 to 9223372036854775807",
        ),
    ];
    let mut wrong = String::new();
    for (status, content_type, body, expected) in cases {
        let got = show(*status, content_type, body);
        if got != *expected {
            let _ = writeln!(wrong, "{}\n    {got}\n    {expected}", String::from_utf8_lossy(body));
        }
    }
    assert!(wrong.is_empty(), "body, what it gets, what was expected:\n{wrong}");
    for (member, expected) in [
        ("", "reply.data.state a required member is missing"),
        ("<state>LIT</state><lamp>x</lamp>", "reply.data.lamp expected an integer from 0 to 4294967295"),
    ] {
        let got = show(200, XML, xml(member).as_bytes());
        assert!(got.starts_with("decode 1:") && got.ends_with(expected), "{got}");
    }
}

#[test]
fn what_is_new_is_kept_or_skipped() {
    let read = |format, body: &str| {
        read_reply::<Show>(response(200, "", body), format, &Limits::new()).map(|answer| answer.data)
    };
    let json =
        r#"{"reply":{"code":0,"new":[{}],"data":{"state":"FLICKER","new":{"a":1},"lamp":"7","tags":"one"}}}"#;
    let lamp = read(Format::Json, json).expect("what is new does no harm");
    assert_eq!(lamp.state, State::Other("FLICKER".into()));
    assert_eq!((lamp.lamp, &lamp.tags[..]), (7, &["one".to_owned()][..]));
    let again = wirewright::json::to_string(&lamp).expect("the lamp can be written");
    assert_eq!(again, r#"{"lamp":7,"state":"FLICKER","tags":["one"]}"#);
    let other = json.replace("FLICKER", "BURNING");
    assert_eq!(read(Format::Json, &other).expect("another spelling is read").state, State::Lit);

    let unknown = read(Format::Xml, "<reply><code>4711</code><text>new</text></reply>");
    let Err(Error::Vendor(error)) = unknown else { panic!("an unknown number is a refusal: {unknown:?}") };
    assert_eq!(error.failure.code, Code::Other(4711));
    assert_eq!(error.failure.code.as_wire().as_deref(), Some("4711"));
    assert_eq!(error.to_string(), "the vendor refused lamp/show with code 4711, \"new\": give up");
}

#[test]
fn bad_escapes_in_a_query_string() {
    let douse =
        |body: &str| outcome(&read_reply::<Douse>(response(200, "", body), Format::Query, &Limits::new()));
    for (body, expected) in [
        ("code=0", "answer"),
        ("code=0\n", "answer"),
        ("\u{feff}code=0&&=&%zz=%", "answer"),
        ("code=%30&text=%c3%a9%", "answer"),
        ("code=%30&text=%ff%", "decode 1:15 not UTF-8"),
        ("text=%e2%80%a8<é\n%c3%a9&text=é%c3%a9 %ff", "decode 2:13 not UTF-8"),
        ("text=%e2%80%a8<é\n%c3%a9&code=x", "decode 2:8 code expected an integer"),
        ("text=x&code=7\r\n", "vendor 7"),
        ("code=%3", "decode 1:1 code expected an integer"),
        ("code=%zz", "decode 1:1 code expected an integer"),
        ("cod%=0", "http 200 the body has no status"),
        ("code", "decode 1:1 code expected an integer"),
        ("Internal error", "http 200 the body is plain text, in none of the operation's formats"),
    ] {
        let got = douse(body);
        assert!(got.starts_with(expected), "{body}: {got}");
    }
    let light =
        |body: &str| outcome(&read_reply::<Light>(response(200, "", body), Format::Query, &Limits::new()));
    assert_eq!(light("code=0&data_token=%zz&data_key=%2"), "answer");
    assert_eq!(light("code=0&data_token=a"), "decode 1:8 data.key a required member is missing");
    assert_eq!(light("code=0"), "decode 1:1 data a required member is missing");
}

#[test]
fn hostile_bodies_are_bounded() {
    let million = 1_000_000;
    let deep_xml = "<a>".repeat(million);
    let closed_xml = format!("{deep_xml}{}", "</a>".repeat(million));
    let deep_json = format!(r#"{{"reply":{{"code":0,"x":{}"#, "[".repeat(million));
    let closed_json = format!("{deep_json}{}}}}}", "]".repeat(million));
    let objects = format!(r#"{{"reply":{}"#, r#"{"a":"#.repeat(million));
    let names = format!("code=0&{}=1", "a_".repeat(million));
    let attribute = format!("<reply a='{}'><code>0</code></reply>", "x".repeat(17 << 20));
    let mut bomb = String::from("<!DOCTYPE reply [<!ENTITY a0 'ha'>");
    for level in 1..30 {
        let _ = write!(bomb, "<!ENTITY a{level} '&a{};&a{};'>", level - 1, level - 1);
    }
    bomb.push_str("]><reply><code>0</code><text>&a29;</text></reply>");
    let external = "<!DOCTYPE reply SYSTEM 'file:///etc/passwd' [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\
                    <reply><code>0</code><text>&x;</text></reply>";
    for (what, body, expected) in [
        ("deep XML", &*deep_xml, "more than 64 levels"),
        ("deep XML, closed", &closed_xml, "more than 64 levels"),
        ("deep JSON", &deep_json, "too early"),
        ("deep JSON, closed", &closed_json, "more than 64 levels"),
        ("deep objects", &objects, "too early"),
        ("deep names", &names, "more than 64 levels"),
        ("a huge attribute", &attribute, "more than 16777216 bytes"),
        ("an entity bomb", &bomb, "decode"),
        ("an external entity", external, "decode"),
    ] {
        let result = read_reply::<Douse>(response(200, "", body), Format::Xml, &Limits::new());
        let got = outcome(&result);
        assert!(got.starts_with("decode") && got.contains(expected), "{what}: {got}");
        let error = result.expect_err("it is refused").to_string();
        assert!(error.len() < 400, "{what}: {error}");
    }
    let doctype = "<?xml version='1.0'?><!DOCTYPE reply [<!ENTITY x 'y'>]><reply><code>0</code></reply>";
    assert!(read_reply::<Douse>(response(200, "", doctype), Format::Xml, &Limits::new()).is_ok());
    let small = Limits::new().with_max_bytes(10);
    let refused =
        read_reply::<Douse>(response(200, "", "<reply><code>0</code></reply>"), Format::Xml, &small);
    assert!(outcome(&refused).contains("more than 10 bytes"));
}

/// How a running server of this kind deviates from its vendor's pages.
#[test]
fn deviations_that_were_seen() {
    let page = b"<a href=\"/login\">Found</a>.\n";
    let cases: &[(&str, u16, &str, &[u8], &str)] = &[
        ("a redirection to a login page", 302, HTML, page, "http 302 "),
        ("no route: a JSON envelope, asked for XML", 404, JSON, br#"{"reply":{"code":404}}"#, "vendor 404"),
        ("JSON although a query string was asked for", 200, JSON, br#"{"reply":{"code":0}}"#, "answer"),
        ("a wrong password, by HTTP too", 401, JSON, b"{\"reply\":{\"code\":401}}\n", "vendor 401"),
        ("an error inside HTTP 200", 200, XML, b"<reply><code>400</code></reply>", "vendor 400"),
        ("no body at all", 200, "", b"", "http 200 the body is empty"),
        (
            "another root and case",
            200,
            XML,
            b"<R><Reply><Code>0</Code></Reply></R>",
            "http 200 the body has no",
        ),
        ("another root, known members", 200, XML, b"<Other><code>0</code></Other>", "answer"),
        ("only a declaration", 200, XML, b"<?xml version=\"1.0\"?>", "decode 1:"),
        ("an empty data element", 200, XML, b"<reply><code>0</code><data></data></reply>", "answer"),
        ("a number as text", 200, JSON, br#"{"reply":{"code":"0"}}"#, "answer"),
        ("extra members", 200, JSON, br#"{"reply":{"code":0,"data":{"a":[1]},"b":0}}"#, "answer"),
        (
            "JSONP that was not asked for",
            200,
            "text/javascript",
            b"/**/cb({\"reply\":{\"code\":0}});\n",
            "answer",
        ),
        ("plain HTTP 500", 500, "text/plain", b"Internal Server Error\n", "http 500 the body is plain text"),
        (
            "a refused callback, in words",
            400,
            "text/plain",
            b"invalid callback parameter",
            "http 400 the body is",
        ),
    ];
    for (what, status, content_type, body, expected) in cases {
        for asked in [Format::Xml, Format::Json, Format::Query] {
            let result = read_reply::<Douse>(response(*status, content_type, *body), asked, &Limits::new());
            let got = outcome(&result);
            assert!(got.starts_with(expected), "{what}, {asked}: {got}");
            if let Err(error) = &result {
                let kept = error.body().expect("the body is kept").expose();
                assert_eq!(kept, *body, "{what}");
            }
        }
    }
    let escaped = r#"{"reply":{"code":0,"data":{"lamp":1,"state":"LIT","note":"\u0026\u003c\u003e"}}}"#;
    let answer = read_reply::<Show>(response(200, JSON, escaped), Format::Json, &Limits::new());
    assert_eq!(answer.expect("the escapes are read").data.note.as_deref(), Some("&<>"));
    assert_eq!(DOUSE.name, "lamp/douse");
}

#[test]
fn a_failure_keeps_its_data_in_whatever_form_it_has() {
    for (format, body) in [
        (Format::Json, r#"{"reply":{"code":6,"rid":"r","data":{"redirectURL":"https://x"}}}"#),
        (
            Format::Xml,
            "<reply><code>6</code><rid>r</rid><data><redirectURL>https://x</redirectURL></data></reply>",
        ),
    ] {
        let result = read_reply::<Show>(response(200, "", body), format, &Limits::new());
        let Err(error) = result else { panic!("{format}: a refusal") };
        assert_eq!(
            (error.class(), error.request_id(), error.code()),
            (Class::LogInAgain, Some("r"), Some(&Code::Session))
        );
        let Error::Vendor(error) = error else { panic!("{format}: a refusal") };
        assert_eq!(error.failure.data.get("redirectURL").and_then(Document::as_str), Some("https://x"));
    }
}

#[test]
fn classes_of_what_is_no_reply() {
    let http = |status| match read_reply::<Show>(response(status, "", ""), Format::Json, &Limits::new()) {
        Err(error) => error.class(),
        Ok(_) => panic!("an empty body is no answer"),
    };
    let lost = |kind| Error::<Failure>::from(TransportError::new(kind, "x")).class();
    for (class, expected) in [
        (http(200), Class::GiveUp),
        (http(302), Class::GiveUp),
        (http(404), Class::GiveUp),
        (http(408), Class::Retry),
        (http(429), Class::Retry),
        (http(503), Class::Retry),
        (lost(TransportErrorKind::Connect), Class::Retry),
        (lost(TransportErrorKind::Timeout), Class::Retry),
        (lost(TransportErrorKind::Other), Class::Retry),
        (lost(TransportErrorKind::TooLarge), Class::GiveUp),
        (lost(TransportErrorKind::CannotWait), Class::GiveUp),
    ] {
        assert_eq!(class, expected);
    }
}

/// As many elements as are allowed are read, and one more is refused, by whichever reader.
#[test]
fn elements_are_counted() {
    use wirewright::{Options, exchange::Nothing, from_str_with};

    let within = |format, text: &str, most| {
        let options = Options::new().with_limits(Limits::new().with_max_elements(most)).with_nested("_");
        match from_str_with::<Nothing>(format, text, &options) {
            Ok(_) => "read".to_owned(),
            Err(error) => error.kind().to_string(),
        }
    };
    let thousand = |item: &str| item.repeat(999);
    for (format, text, elements) in [
        (Format::Xml, format!("<a>{}</a>", thousand("<b/>")), 1000),
        (Format::Xml, format!("<a>{}</a>", thousand("<b c='1'>x</b>")), 1999),
        (Format::Xml, format!("<a>{}</a>", thousand("<![CDATA[<b>]]>")), 1),
        (Format::Json, format!(r#"{{"x":[{}1]}}"#, thousand("1,")), 1002),
        (Format::Json, format!(r#"{{"x":[{}{{}}]}}"#, thousand("[],")), 1002),
        (Format::Json, format!(r#"{{{}"b":"[,{{"}}"#, thousand(r#""a":{"b":1},"#)), 2000),
        // The whole is an element as well, and so is each part of a name.
        (Format::Query, format!("a=1{}", thousand("&a=1")), 1001),
        (Format::Query, format!("a=1{}", thousand("&b_c=1")), 1002),
        (Format::Query, format!("a=1{}", thousand("&%61=%5f")), 1001),
    ] {
        let shown = text.get(..30).unwrap_or(&text);
        assert_eq!(within(format, &text, elements), "read", "{shown}");
        assert_eq!(
            within(format, &text, elements - 1),
            format!("more than {} elements", elements - 1),
            "{shown}"
        );
    }
    // 16 MiB of the smallest there is would take more than a gigabyte.
    let many = format!(r#"{{"x":[{}1]}}"#, "1,".repeat(1 << 20));
    assert_eq!(within(Format::Json, &many, Limits::new().max_elements()), "more than 1048576 elements");
}

/// What is in a body is told, and where, with its media type and length: never that there is nothing.
#[test]
fn what_is_no_text_is_told() {
    let told = |status: u16, content_type: &str, body: &[u8]| {
        let read = read_reply::<Douse>(response(status, content_type, body), Format::Json, &Limits::new());
        read.map(|_| ()).expect_err("it is no reply").to_string()
    };
    let http = "no reply of this vendor in the response: ";
    for (status, content_type, body, expected) in [
        (200, "text/xml", &b"\xff"[..], format!("{http}the body is not UTF-8, from line 1, column 1 on (HTTP 200, text/xml, 1 bytes)")),
        (200, "text/html", b"\xe9t\xe9", format!("{http}the body is not UTF-8, from line 1, column 1 on (HTTP 200, text/html, 3 bytes)")),
        (502, "text/plain", b"\n \xe9", format!("{http}the body is not UTF-8, from line 2, column 2 on (HTTP 502, text/plain, 3 bytes)")),
        (200, "text/xml", b"<reply><code>\xff", "the reply cannot be read: JSON, line 1, column 14: not UTF-8".into()),
        (200, "text/xml", b"\xff\xfe<", format!("{http}the body is not UTF-16, from line 1, column 1 on (HTTP 200, text/xml, 3 bytes)")),
        (200, "text/xml; charset=klingon", b"<reply>\xe9</reply>", "the reply cannot be read: JSON, line 1, column 8: in the charset `klingon`".into()),
        (200, "text/xml", b"<?xml version='1.0' encoding='UTF-16'?><reply><code>0</code></reply>", "the reply cannot be read: JSON, line 1, column 1: not UTF-16".into()),
        (200, "text/xml", b"<?xml version='1.0' encoding='x-tlh'?><reply><code>0</code></reply>", "the reply cannot be read: JSON, line 1, column 1: in the charset `x-tlh`".into()),
        // A format that anything may be in: what says that it is something else is.
        (200, "image/gif", b"GIF89a\x01\x00\xff\xff", format!("{http}the body is in none of the operation's formats (HTTP 200, image/gif, 10 bytes)")),
        (200, "image/gif", b"GIF89a", format!("{http}the body is in none of the operation's formats (HTTP 200, image/gif, 6 bytes)")),
        (200, "application/pdf", b"%PDF-1.7\xff", format!("{http}the body is in none of the operation's formats (HTTP 200, application/pdf, 9 bytes)")),
        // What PHP writes in front of a reply, with `html_errors` and without.
        (200, "application/json", b"<br />\n<b>Warning</b>: x in <b>/srv/x.php</b> on line <b>3</b><br />\n{\"reply\":{\"code\":0}}", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "application/json", b"\nWarning: x in /srv/x.php on line 3\n{\"reply\":{\"code\":0}}", format!("{http}the body is plain text, in none of the operation's formats (HTTP 200, ")),
        (200, "text/html", b"<head><title>x</title></head>\n<body>down</body>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<body>x</body>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<title>x</title>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<h1>Not found</h1>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<script>location='/x'</script>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<pre>x</pre>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<center>x</center>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<table><tr><td>x</td></tr></table>", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<!--[if IE]><html class='ie'><![endif]-->", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<!--[if IE]>x", format!("{http}the body is a web page (HTTP 200, ")),
        (200, "text/html", b"<?php echo 1;", format!("{http}the body is the source of a script (HTTP 200, ")),
        (200, "text/html", b"\n<?= $x ?>", format!("{http}the body is the source of a script (HTTP 200, ")),
        (200, "text/html", b"<% x %>", format!("{http}the body is the source of a script (HTTP 200, ")),
        // Where its text is that was called with.
        (200, "text/javascript", b"/**/\ncb({\"reply\":{\"code\":0},\n\"x\":})", "the reply cannot be read: JSON, line 3, column 5: ".into()),
        (200, "text/javascript", b"cb({\"reply\":{\"code\":\"x\"}})", "the reply cannot be read: JSON, line 1, column 21, at reply.code: ".into()),
        (200, "text/xml; charset=hz-gb-2312", b"<reply><code>0</code></reply>", "the reply cannot be read: JSON, line 1, column 1: in the charset `hz-gb-2312`".into()),
        (200, "text/xml; charset=UTF-7", b"<reply><code>0</code></reply>", "the reply cannot be read: JSON, line 1, column 1: in the charset `UTF-7`".into()),
        (200, "text/html", b"<!-- x --><center><h1>502 Bad Gateway</h1></center><hr>", format!("{http}the body is a web page (HTTP 200, ")),
    ] {
        let told = told(status, content_type, body);
        assert!(told.starts_with(&expected), "{}:\n{told}\n{expected}", String::from_utf8_lossy(body));
    }
}

/// A status that is given several times never makes a success of an error.
#[test]
fn of_several_codes_an_error_counts() {
    let twice = "code given more than once";
    for (first, second, expected) in [
        ("2", "0", "vendor 2"),
        ("2", "3", "vendor 2"),
        ("2", "2", "vendor 2"),
        ("", "2", "vendor 2"),
        ("0", "0", "answer"),
        ("0", "2", twice),
    ] {
        for body in [
            format!("<reply><code>{first}</code><code>{second}</code></reply>"),
            format!("<reply><code>{first}</code><text/><code> {second}\n</code></reply>"),
            format!(r#"{{"reply":{{"code":"{first}","code":"{second}"}}}}"#),
            format!("code={first}&code={second}"),
        ] {
            let read =
                read_reply::<Douse>(response(200, "text/plain", body.clone()), Format::Json, &Limits::new());
            let told = outcome(&read);
            let matches = if expected == twice { told.ends_with(twice) } else { told == expected };
            assert!(matches, "{body}: {told}, {expected}");
        }
    }
}

/// Where a redirection leads is told, without what may be a secret.
#[test]
fn a_redirection_is_told() {
    let table = [
        ("https://login.example/sso?token=hunter2", "https://login.example/sso…"),
        ("/elsewhere", "/elsewhere"),
        ("/a;jsessionid=hunter2", "/a…"),
        ("https://me:hunter2@host.example:8443/x#hunter2", "https://…@host.example:8443/x…"),
        ("?hunter2", "…"),
    ];
    for (location, shown) in table {
        let mut response = response(302, "text/html", "<a href='hunter2'>moved</a>");
        response.headers_mut().insert("Location", location.parse().expect("a header"));
        let error = read_reply::<Show>(response, Format::Json, &Limits::new()).expect_err("no reply");
        let told = error.to_string();
        assert!(told.contains(&format!("(HTTP 302, leads to {shown}, text/html, ")), "{told}");
        assert!(!told.contains("hunter2") && !format!("{error:?}").contains("hunter2"), "{told} {error:?}");
        let Error::Http(error) = error else { panic!("{error:?}") };
        assert_eq!(error.location.map(|location| location.expose().clone()).as_deref(), Some(location));
    }
}

/// A byte order mark decides, else the Content-Type, else the declaration, else UTF-8 (RFC 7303 section 3, XML 1.0 section 4.3.3).
#[test]
fn charsets() {
    let declared = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?>");
    let reply = |declaration: &str, note: &[u8]| {
        [
            declaration.as_bytes(),
            b"<reply><code>0</code><data><lamp>7</lamp><state>LIT</state><note>",
            note,
            b"</note></data></reply>",
        ]
        .concat()
    };
    let utf_16 = |text: &str, big_endian: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let text = |declaration: &str| String::from_utf8(reply(declaration, "é🎉".as_bytes())).expect("text");
    let marked = [b"\xef\xbb\xbf", &*reply("", "é".as_bytes())].concat();
    let json = |note: &[u8]| {
        [br#"{"reply":{"code":0,"data":{"lamp":7,"state":"LIT","note":""#, note, b"\"}}}"].concat()
    };
    for (what, content_type, body, note) in [
        ("UTF-8", XML, reply("", "é".as_bytes()), "é"),
        ("a mark", "text/xml; charset=iso-8859-1", marked, "é"),
        ("the Content-Type", "text/xml; charset=ISO-8859-1", reply("", b"\xe9"), "é"),
        ("the Content-Type, quoted", "text/xml; a=b; Charset=\"latin1\"", reply("", b"\xe9"), "é"),
        (
            "the Content-Type goes before the declaration",
            "text/xml; charset=utf-8",
            reply(&declared("iso-8859-1"), "é".as_bytes()),
            "é",
        ),
        ("the declaration", XML, reply(&declared("windows-1251"), b"\xe9"), "й"),
        (
            "the declaration, in other quotes",
            XML,
            reply("<?xml version='1.0' encoding = 'l1' standalone='yes'?>", b"\xe9"),
            "é",
        ),
        (
            "a Content-Type with a quoted parameter",
            "text/xml; x=\"; charset=koi8-r\"; charset=utf-8",
            reply("", "é".as_bytes()),
            "é",
        ),
        (
            "a Content-Type with escapes",
            "text/xml; x=\"\\\"; charset=koi8-r\"; charset=\"ut\\f-8\"",
            reply("", "é".as_bytes()),
            "é",
        ),
        ("a label of the standard", "text/xml; charset=x-sjis", reply("", b"\x83\x65"), "テ"),
        ("UTF-16 with a mark", XML, utf_16(&text(""), false, true), "é🎉"),
        ("UTF-16 with a mark and a declaration", XML, utf_16(&text(&declared("UTF-16")), true, true), "é🎉"),
        ("UTF-16 without a mark", XML, utf_16(&text(&declared("UTF-16")), true, false), "é🎉"),
        ("UTF-16 by the Content-Type", "text/xml; charset=utf-16le", utf_16(&text(""), false, false), "é🎉"),
        ("JSON", "application/json; charset=iso-8859-15", json(b"\xa4"), "€"),
        ("a label that nobody knows, and no use of it", "application/json; charset=klingon", json(b"x"), "x"),
    ] {
        let read = read_reply::<Show>(response(200, content_type, body), Format::Json, &Limits::new());
        let answer = read.map_err(|error| error.to_string());
        assert_eq!(
            answer.map(|answer| answer.data.note).as_ref().map(Option::as_deref),
            Ok(Some(note)),
            "{what}"
        );
    }
    // Where something is wrong stays where it is.
    let wrong = reply(&declared("iso-8859-1"), b"\xe9")
        .into_iter()
        .map(|byte| if byte == b'7' { b'x' } else { byte });
    let error =
        read_reply::<Show>(response(200, XML, wrong.collect::<Vec<_>>()), Format::Xml, &Limits::new());
    let column = declared("iso-8859-1").len() + "<reply><code>0</code><data>".len() + 1;
    assert!(outcome(&error).starts_with(&format!("decode 1:{column} ")), "{}", outcome(&error));
}

/// A coding that the transport left is named.
#[test]
fn a_body_that_is_still_packed() {
    for (coding, named) in [("gzip", Some("gzip")), ("BR", Some("BR")), ("identity", None), ("", None)] {
        let mut response = response(200, JSON, LAMP);
        response.headers_mut().insert("Content-Encoding", coding.parse().expect("a header"));
        let told = outcome(&read_reply::<Show>(response, Format::Json, &Limits::new()));
        let expected = named.map_or("answer".to_owned(), |coding| {
            format!("http 200 the body is in the coding `{coding}`, which the transport did not ask for or does not read")
        });
        assert_eq!(told, expected);
    }
}
