//! Signatures of the schemes that vendors have, as definitions, against vectors of their pages and of others' signers: what a client
//! computes, what a server takes, and what it refuses. Where each vector is from is in it; see `signing/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop anywhere")]
#![allow(
    clippy::assigning_clones,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "a table of changes, each of which is read by itself"
)]

mod signing_support;

use std::collections::BTreeMap;

use signing_support::{Case, Sent, definition, folder, spoiled};
use wirewright::{
    Format, Limits,
    client::Config,
    exchange::{CallContext, Error, Request as _, read_reply, write_request},
    sign::ReplyKeys,
};
use wirewright_codegen::load_sources;
use wirewright_interpret::{Answer, Definition};
use yubicloud::otp::Verify;

/// Every vector: the client's side gives what it says, the server takes what the client sends and what the judge sent, and refuses each
/// of them with anything changed.
#[test]
fn vectors() {
    let mut counted: BTreeMap<String, [usize; 6]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let counts = counted.entry(case.scheme.clone()).or_default();
        counts[0] += 1;
        let definition = definition(&case.definition);
        let sent = Sent::signed(definition, &case);
        let unlike = case.unlike(definition, &sent);
        if let Some(unlike) = unlike {
            if !case.explained() {
                wrong.push(format!("{} ({}): {unlike}", case.scheme, case.source));
            }
            continue;
        }
        counts[1] += 1;
        if !sent.is_request() {
            continue;
        }
        if let Err(refused) = sent.verified(definition, &case) {
            wrong.push(format!("{} ({}): refused, {refused}", case.scheme, case.source));
        }
        counts[2] += 1;
        if let Some(Err(refused)) = sent.in_a_realm().map(|sent| sent.verified(definition, &case)) {
            wrong.push(format!("{} ({}): refused in a realm, {refused}", case.scheme, case.source));
        }
        if let Some(foreign) = case.foreign() {
            if let Err(refused) = foreign.verified(definition, &case) {
                wrong.push(format!(
                    "{} ({}): the judge's own is refused, {refused}",
                    case.scheme, case.source
                ));
            }
            counts[3] += 1;
        }
        for (how, sent, case) in spoiled(definition, &sent, &case) {
            counts[4] += 1;
            if sent.verified(definition, &case).is_ok() {
                wrong.push(format!("{} ({}): taken, {how}", case.scheme, case.source));
            } else {
                counts[5] += 1;
            }
        }
    }
    let mut table = String::from("scheme: vectors, alike, own taken, the judge's taken, spoiled, refused\n");
    for (scheme, counts) in &counted {
        table += &format!("{scheme}: {counts:?}\n");
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} faults:\n{}",
        table,
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
    assert_eq!(table, include_str!("signing/counts.txt"));
}

/// Replies that Yubico's own client takes are taken, and no spoiled one is.
#[test]
fn signed_replies() {
    let text = include_str!("signing/vectors.json");
    let vectors: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    let mut count = 0;
    for vector in vectors.iter().filter(|vector| vector["inputs"].get("reply").is_some()) {
        let inputs = &vector["inputs"];
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let client = yubicloud::ClientParameters::new(
            text(&inputs["client"]["id"]),
            text(&inputs["client"]["secret"]).as_str(),
        );
        let config = Config::new();
        let context = CallContext { client: &client, ..config.context() };
        let request = write_request(Verify::OPERATION, &Verify::new("otp"), &context).unwrap();
        let keys: &ReplyKeys = request.extensions().get().unwrap();
        let pairs: Vec<(String, String)> =
            inputs["reply"].as_array().unwrap().iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
        let taken = |pairs: &[(String, String)]| {
            let lines: Vec<String> =
                pairs.iter().map(|(name, value)| format!("{name}={value}\r\n")).collect();
            let mut response = http::Response::new(lines.concat().into_bytes());
            response.extensions_mut().insert(keys.clone());
            read_reply::<Verify>(response, Format::Query, &Limits::new()).is_ok()
        };
        assert!(taken(&pairs), "{pairs:?}");
        for index in 0..pairs.len() {
            let (name, value) = &pairs[index];
            let mut longer = pairs.clone();
            longer[index].1.push('0');
            let mut gone = pairs.clone();
            gone.remove(index);
            let mut twice = pairs.clone();
            twice.push((name.clone(), value.clone()));
            let mut other = pairs.clone();
            other[index].0.push('x');
            for spoiled in [longer, gone, twice, other] {
                assert!(!taken(&spoiled), "{spoiled:?}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 6 * 6 * 4);
}

/// Where a reply of lines cannot be read, the error names the line; a byte order mark is no part of the first one.
#[test]
fn errors_in_lines() {
    let read = |text: &str| {
        let response = ReplyKeys::unchecked(http::Response::new(text.as_bytes().to_vec()));
        read_reply::<Verify>(response, Format::Query, &Limits::new())
    };
    let answer = read("\u{feff}status=OK\n\notp=a=b&c\r\nsl=20").unwrap();
    assert_eq!((answer.data.otp.as_deref(), answer.data.sl), (Some("a=b&c"), Some(20)));
    let Err(Error::Decode(error)) = read("status=OK\r\n\r\notp=a&b\r\nsl=many\r\n") else {
        panic!("it is read")
    };
    assert_eq!((error.error.line(), error.error.column(), error.error.path()), (4, 1, "sl"));
}

/// A value that would be two lines is none that a server can tell.
#[test]
fn a_line_holds_no_line_break() {
    let definition = Definition::load(&folder().join("../../../../protocol-defs/yubicloud")).unwrap();
    let operation = definition.operation("otp/verify").unwrap();
    let response = ReplyKeys::unchecked(http::Response::new(b"status=OK\r\notp=x\r\n".to_vec()));
    let answer = definition.read_reply(operation, response, Format::Query, &Limits::new()).unwrap();
    let Answer::Enveloped(answer) = answer else { panic!("{answer:?}") };
    assert_eq!(definition.answer_text(operation, answer, Format::Query).unwrap(), "status=OK\r\notp=x\r\n");
    let broken = ReplyKeys::unchecked(http::Response::new(b"status=OK\notp=x\ry\n".to_vec()));
    let answer = definition.read_reply(operation, broken, Format::Query, &Limits::new()).unwrap();
    let Answer::Enveloped(answer) = answer else { panic!("{answer:?}") };
    let error = definition.answer_text(operation, answer, Format::Query).unwrap_err();
    assert!(error.to_string().contains("otp"), "{error}");
}

/// Whoever empties a reply has signed nothing: where nothing is an answer, it is none of a vendor that signs.
#[test]
fn an_empty_reply_is_signed_by_nobody() {
    let protocol = r#"
title    = "Told"
source   = "made up"
endpoint = "https://told.example"
methods  = { GET = "query" }
formats  = { query = { lines = true } }

[parameters]
key = { from = "client", required = true, secret = true, in = "computed" }
"*" = { from = "request" }

[envelope]
fault = { is = "code", on = "failure" }
"*"   = { is = "data" }

[errors]
NO = { name = "No", class = "give-up" }

[computed.told]
pairs = "reply"

[computed.seal]
text      = "{told}"
algorithm = "hmac-sha256"
key       = "{client.key}"
encoding  = "hex"
in-reply  = "h"
"#;
    let files = [("protocol.toml", protocol), ("time.toml", "[tell]\n")];
    let sources = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let vendor = load_sources("told", sources.to_vec()).unwrap_or_else(|faults| panic!("{faults}"));
    let definition = Definition::new(vendor);
    let operation = definition.operation("time/tell").unwrap();
    assert!(operation.described().may_be_empty);
    let empty = || http::Response::new(Vec::new());
    let read = |response| definition.read_reply(operation, response, Format::Query, &Limits::new());
    assert!(read(ReplyKeys::unchecked(empty())).is_ok());
    assert!(matches!(read(empty()), Err(Error::Http(_))));
}
