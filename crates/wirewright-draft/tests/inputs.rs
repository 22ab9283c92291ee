//! Recordings, command lines, raw texts and bare bodies are the same exchanges; what is broken is an error with its place.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;
use wirewright_draft::{Exchange, Inputs};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(name: &str, text: &str) -> Result<Inputs, String> {
    let folder = folder(&[(name, text)]);
    let path = folder.path().join(name);
    let shown = |error: wirewright_draft::InputError| {
        error.to_string().replace(&format!("{}/", folder.path().display()), "")
    };
    Inputs::read(&[path], &[]).map_err(shown)
}

const HAR: &str = r#"{"log": {"entries": [
    {"request": {"method": "OPTIONS", "url": "https://api.example/find"}, "response": {"status": 204}},
    {"request": {"method": "GET", "url": "https://pictures.example/a.png"}, "response": {"status": 200, "content": {"mimeType": "image/png", "text": "iVBORw0=", "encoding": "base64"}}},
    {"request": {"method": "GET", "url": "https://other.example/ping?x=1"}, "response": {"status": 200, "content": {"text": ""}}},
    {"request": {"method": "POST", "url": "https://api.example/find?key=k1", "headers": [{"name": "X-Own", "value": "a"}],
                 "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "number=17&q=a+b"}},
     "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "text": "eyJjb2RlIjogMH0=", "encoding": "base64"}}}
]}}"#;

const CURL: &str = "# what was called\n$ curl -sS -H 'X-Own: a' \\\n  -d number=17 --data-urlencode 'q=a b' 'https://api.example/find?key=k1'\n{\"code\": 0}\n$ curl -X DELETE https://api.example/find\n";

const HTTP: &str = "> POST /find?key=k1 HTTP/1.1\n> Host: api.example\n> X-Own: a\n> Content-Type: application/x-www-form-urlencoded\n>\nnumber=17&q=a+b\n< HTTP/1.1 200 OK\n< Content-Type: application/json\n<\n{\"code\": 0}\n\n### the next one\nDELETE /find\n";

#[test]
fn the_same_exchange_is_read_of_all_that_people_have() {
    let essence = |exchange: &Exchange| {
        let pairs = exchange.parameters.iter().map(|one| (one.name.clone(), one.value.clone(), one.carried));
        let own = exchange.headers.iter().find(|(name, _)| name == "X-Own").cloned();
        (
            exchange.method.clone(),
            exchange.origin.clone(),
            exchange.path.clone(),
            pairs.collect::<Vec<_>>(),
            exchange.shown.clone(),
            own,
            exchange.replies.clone(),
        )
    };
    let har = read("a.har", HAR).unwrap();
    assert_eq!(har.exchanges.len(), 1);
    assert_eq!(
        har.notes,
        [
            "a.har: 2 pictures, pages, scripts and preflights left out",
            "a.har: 1 exchanges with 1 other hosts left out"
        ]
    );
    let curl = read("a.curl", CURL).unwrap();
    assert_eq!(curl.exchanges[1].method.as_deref(), Some("DELETE"));
    let http = read("a.http", HTTP).unwrap();
    assert_eq!(http.exchanges.len(), 2);
    for other in [&curl, &http] {
        assert_eq!(essence(&har.exchanges[0]), essence(&other.exchanges[0]));
    }
    insta::assert_debug_snapshot!(essence(&har.exchanges[0]));
}

#[test]
fn texts_of_one_name_are_one_exchange() {
    let folder = folder(&[
        ("parcels/find/one.form", "number=17\n"),
        ("parcels/find/one.xml", "<a/>"),
        ("parcels/find/one.json", "{}"),
        ("parcels/find/two.qs", "code=2"),
    ]);
    let inputs = Inputs::read(&[folder.path().to_owned()], &[]).unwrap();
    let shown: Vec<_> = inputs
        .exchanges
        .iter()
        .map(|one| (one.group.as_deref(), one.operation.as_deref(), one.name.as_str(), one.replies.len()))
        .collect();
    assert_eq!(shown, [(Some("parcels"), Some("find"), "one", 2), (Some("parcels"), Some("find"), "two", 1)]);
}

#[test]
fn what_is_broken_is_told_with_its_place() {
    let mut told = Vec::new();
    for (name, text) in [
        ("a.har", "{\"log\": {\n \"entries\": [}"),
        ("a.har", "[]"),
        ("a.har", "{\"log\": {\"entries\": [{\"request\": {\"method\": \"GET\"}}]}}"),
        ("a.curl", "\ncurl 'https://a.example/"),
        ("a.curl", "curl -d a=b"),
        ("a.curl", "curl https://a.example -H"),
        ("a.curl", "curl https://a.example -d @file"),
        ("a.pdf", "%PDF-1.4"),
    ] {
        told.push(read(name, text).unwrap_err());
    }
    let folder = folder(&[]);
    let path = folder.path().join("a.json");
    fs::write(&path, b"{\n\"a\": \"\xff\"}").unwrap();
    let error = Inputs::read(&[path], &[]).unwrap_err();
    assert_eq!(error.line, Some(2));
    insta::assert_snapshot!(told.join("\n"));
}

proptest! {
    /// Any text is read or refused, whatever its file is called.
    #[test]
    fn any_text_is_read_or_refused(
        start in prop::sample::select(vec!["", "curl ", "GET /a HTTP/1.1\n", "HTTP/1.1 200\n\n", "{\"log\": {\"entries\": [", "<a>", "a="]),
        text in "[ -~\n\t\"'\\\\{}<>&=?#ö]{0,80}",
        ending in prop::sample::select(vec!["har", "curl", "http", "url", "query", "form", "body", "xml", "json", "qs", "txt"]),
    ) {
        let name = PathBuf::from("a").with_extension(ending);
        let _ = read(&name.display().to_string(), &format!("{start}{text}"));
    }
}
