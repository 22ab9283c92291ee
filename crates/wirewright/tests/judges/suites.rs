//! Suites of cases that were not made here, as data: what each is and whose is in `suites/README.md`.

use serde::Deserialize;
use wirewright::{
    DecodeError, Limits, Options, Wire, json, query,
    sign::{HMAC_SHA256, TextEncoding},
    wire::Document,
};

const JSON: &str = include_str!("suites/json-test-suite.json");
const URLENCODED: &str = include_str!("suites/whatwg-urlencoded.json");
const HMAC: &str = include_str!("suites/wycheproof-hmac-sha256.json");

fn bytes_of(hex: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digit).collect()
}

#[derive(Deserialize)]
struct JsonCase {
    name: String,
    text: Option<String>,
    hex: Option<String>,
    #[serde(default = "once")]
    times: usize,
}

const fn once() -> usize {
    1
}

impl JsonCase {
    fn bytes(&self) -> Vec<u8> {
        match (&self.text, &self.hex) {
            (Some(text), None) => text.repeat(self.times).into_bytes(),
            (None, Some(hex)) => bytes_of(hex),
            _ => panic!("{}: either a text or bytes", self.name),
        }
    }
}

/// The member is kept as it came.
#[derive(Debug, Wire)]
struct Kept {
    it: Option<Document>,
}

/// The member is skipped.
#[derive(Debug, Wire)]
struct Skipped {
    another: Option<String>,
}

/// A message is an object: the suite's text is a member of one.
#[test]
fn json_test_suite() {
    let options = Options::new().with_limits(Limits::new().with_max_bytes(1 << 20));
    let cases: Vec<JsonCase> = serde_json::from_str(JSON).unwrap();
    assert!(cases.len() > 300, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let text = [br#"{"it":"#, &case.bytes()[..], b"}"].concat();
        let kept = json::from_slice_with::<Kept>(&text, &options).map(drop);
        let skipped = json::from_slice_with::<Skipped>(&text, &options).map(drop);
        for (how, read) in [("kept", kept), ("skipped", skipped)] {
            let read: Result<(), DecodeError> = read;
            let right = match case.name.get(..2) {
                Some("y_") => read.is_ok(),
                Some("n_") => read.is_err(),
                // The standard leaves it open: it must come to an end.
                Some("i_") => true,
                _ => false,
            };
            if !right {
                wrong.push(format!("{}, {how}: {read:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(Deserialize)]
struct Urlencoded {
    input: String,
    output: Vec<(String, String)>,
}

#[derive(Debug, Wire)]
struct Pairs {
    #[wire(rest)]
    pairs: Document,
}

/// The URL standard makes U+FFFD of what is not UTF-8. So may a reader here, or refuse it.
#[test]
fn whatwg_urlencoded() {
    let cases: Vec<Urlencoded> = serde_json::from_str(URLENCODED).unwrap();
    assert!(cases.len() > 30, "{} cases", cases.len());
    for case in cases {
        let replaced = case.output.iter().any(|(name, value)| format!("{name}{value}").contains('\u{FFFD}'));
        let read = match query::from_str::<Pairs>(&case.input) {
            Ok(read) => read,
            Err(_) if replaced => continue,
            Err(error) => panic!("{}: {error}", case.input),
        };
        let pairs = read.pairs.members();
        let found: Vec<(String, String)> = pairs
            .map(|(name, value)| (name.to_owned(), value.as_str().unwrap_or_default().to_owned()))
            .collect();
        assert_eq!(found, case.output, "{}", case.input);
        let written = query::to_string(&read).unwrap();
        let again: Vec<(String, String)> = form_urlencoded::parse(written.as_bytes()).into_owned().collect();
        assert_eq!(again, case.output, "{} is written as {written}", case.input);
    }
}

#[derive(Deserialize)]
struct Code {
    id: u32,
    key: String,
    message: String,
    tag: String,
    bits: usize,
    result: String,
}

#[test]
fn wycheproof_hmac_sha256() {
    let cases: Vec<Code> = serde_json::from_str(HMAC).unwrap();
    assert!(cases.len() > 150, "{} cases", cases.len());
    for case in cases {
        let code =
            TextEncoding::Hex.encode(&HMAC_SHA256.of(Some(&bytes_of(&case.key)), &bytes_of(&case.message)));
        let same = code.get(..case.bits / 4) == Some(case.tag.as_str());
        assert_eq!(same, case.result == "valid", "case {}", case.id);
    }
}
