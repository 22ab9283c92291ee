//! Calls from the shell against mocks: what is sent, what is shown of it, and what a person is told who got something wrong.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{collections::HashMap, fmt::Write as _, io};

use http::Method;
use support::{definition, mock};
use wirewright::{Format, describe::Class};
use wirewright_cli::{
    call::{Call, Failure, FailureKind, Open, Output, Report, System, run},
    mock::{Fault, Rule, Server},
};
use wirewright_interpret::Definition;

/// An environment, a terminal and files that a test owns.
#[derive(Default)]
struct Made {
    variables: HashMap<&'static str, &'static str>,
    answers: Option<&'static str>,
    files: HashMap<&'static str, &'static [u8]>,
}

impl System for Made {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|&value| value.to_owned())
    }

    fn ask(&self, _question: &str) -> Option<String> {
        self.answers.map(str::to_owned)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// `vendor operation name=value…`, and `--login name=value` behind it: the vendor, and what is called.
fn call(line: &str) -> (&str, Call) {
    let mut words = line.split(' ');
    let vendor = words.next().unwrap();
    let mut call = Call { operation: words.next().unwrap().to_owned(), verbose: true, ..Call::default() };
    let pair =
        |word: &str| word.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap();
    while let Some(word) = words.next() {
        match word {
            "--login" => call.login.push(pair(words.next().unwrap())),
            "--sign" => call.sign = true,
            "--get" => call.method = Some(Method::GET),
            "--xml" => call.format = Some(Format::Xml),
            "--query" => call.format = Some(Format::Query),
            "--session" => call.session = words.next().map(str::to_owned),
            word => call.pairs.push(pair(word)),
        }
    }
    (vendor, call)
}

/// What a call came to, as a person is told: the answer, or why there is none, and what became of its session.
fn outcome(definition: &Definition, call: &Call, report: &Report) -> String {
    let outcome = match &report.outcome {
        Ok(answered) => {
            let operation = definition.operation(&call.operation).unwrap();
            let text = Output::PrettyJson.render(definition, operation, answered, &[]).unwrap();
            String::from_utf8(text).unwrap()
        }
        Err(failure) => format!("error: {failure}\n"),
    };
    let unclosed = report.unclosed.as_ref().map(|failure| format!("error: {failure}\n"));
    outcome + &unclosed.unwrap_or_default()
}

/// Why a call to a place where nobody listens failed.
fn failure(line: &str, system: &Made, told: &mut dyn io::Write) -> Failure {
    let (vendor, call) = call(line);
    let call = Call { endpoint: Some("http://127.0.0.1:9".to_owned()), ..call };
    run(&definition(vendor), &call, system, &Open::new(), told).outcome.unwrap_err()
}

/// What a person sees of a call to a mock, and how many sessions it left open.
fn seen(line: &str, system: &Made) -> String {
    let (vendor, call) = call(line);
    let server = Server::start(mock(vendor), 0).unwrap();
    let call = Call { endpoint: Some(server.origin().to_owned()), ..call };
    let mut text = format!("$ call {line}\n");
    let mut exchanges = Vec::new();
    let definition = definition(vendor);
    let report = run(&definition, &call, system, &Open::new(), &mut exchanges);
    let exchanges = String::from_utf8(exchanges).unwrap().replace(server.origin(), "http://mock");
    text.push_str(&made_same(&made_same(&exchanges, "boundary=wirewright-"), "ts="));
    text.push_str(&outcome(&definition, &call, &report));
    assert_eq!(server.mock().sessions(), 0, "{text}");
    ids_made_same(&text)
}

/// The text with an ellipsis for each ID of a request, which is another one each time.
fn ids_made_same(text: &str) -> String {
    let is_digit = |letter: char| matches!(letter, '0'..='9' | 'a'..='f');
    let (mut same, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(is_digit) {
        let (before, digits) = rest.split_at(start);
        let (digits, behind) =
            digits.split_at(digits.find(|letter| !is_digit(letter)).unwrap_or(digits.len()));
        same = same + before + if digits.len() == 32 { "…" } else { digits };
        rest = behind;
    }
    same + rest
}

/// The text with an ellipsis for the letters and digits behind `name`, which are others each time.
fn made_same(text: &str, name: &str) -> String {
    let mut parts = text.split(name);
    let mut same = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        same += name;
        same += "…";
        same += part.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
    }
    same
}

#[test]
fn a_session_is_opened_and_closed_around_a_call() {
    let mut nina = Made::default();
    nina.variables.insert("WIREWRIGHT_NINA_PWD", "hunter2");
    let asked = Made { answers: Some("hunter2"), ..Made::default() };
    let mut videntity = Made::default();
    videntity.files.insert("password.txt", b"hunter2\n");
    videntity.files.insert("greeting.txt", b"Hello.");
    videntity.files.insert("voices/greeting.wav", b"RIFF");
    let login = "--login username=u --login account_number=482915073361204";
    let calls = [
        // Signed, in JSON, with the password from the environment.
        seen("nina auth/getInfo devId=dev r=r-9 --login s=chuck", &nina),
        // By GET, where secrets are in URLs, in a query string, and the password asked for.
        seen("nina auth/logout devId=dev --login s=chuck --get --query", &asked),
        // The password from a file, and files sent.
        seen(
            &format!(
                "videntity static/upload_enroll_message enroll_text=@greeting.txt enroll_audio=@voices/greeting.wav {login} \
                 --login password=@password.txt"
            ),
            &videntity,
        ),
    ]
    .join("\n");
    assert!(!calls.contains("hunter2") && !calls.contains("mock-client"), "{calls}");
    insta::assert_snapshot!("sessions", calls);
}

#[test]
fn whoever_gets_something_wrong_is_told_what_and_what_to_do() {
    let nothing = Made { files: HashMap::from([("key.txt", &b"1234"[..])]), ..Made::default() };
    let lines = [
        "nina auth/getInof",
        "nina auth/logout devId=dev langage=de",
        "nina presence/setState k=dev",
        "nina auth/clientLogin devId=dev s=chuck pwd=hunter2",
        "nina auth/clientLogin devId=dev s=chuck pwd=@nowhere.txt",
        "nina auth/clientLogin devId=dev s=chuck",
        "nina auth/logout devId=dev f=xml",
        "nina auth/logout devId=dev a=token",
        "nina auth/getCaptcha devId=dev --sign",
        "nina presence/get k=dev --session lamp",
        "nina presence/icon k=dev t=chuck emailLookup=perhaps",
        "subsonic system/ping c=app u=joe",
        "subsonic system/ping c=app apiKey=1234",
        "subsonic system/ping c=app u=joe apiKey=@key.txt",
        "videntity static/upload_enroll_message enroll_text=greeting.txt",
    ];
    let mut told = String::new();
    for line in lines {
        // Nothing is sent, and nothing could be.
        let failure = failure(line, &nothing, &mut io::sink()).to_string();
        assert!(!failure.contains("hunter2") && !failure.contains("connection"), "{failure}");
        let _ = writeln!(told, "$ call {line}\n{failure}\n");
    }
    insta::assert_snapshot!("mistakes", told);
}

#[test]
fn what_the_vendor_refuses_is_shown_and_the_session_closed() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let mut known = Made::default();
    known.variables.insert("WIREWRIGHT_NINA_PWD", "hunter2");
    let (_, call) = call("nina auth/getInfo devId=dev --login s=chuck");
    let call = Call { endpoint: Some(server.origin().to_owned()), ..call };
    server.mock().faults().set([Rule::new(Fault::Error("430".to_owned())).of("auth/getInfo")]).unwrap();
    let report = run(&definition("nina"), &call, &known, &Open::new(), &mut io::sink());
    let failure = report.outcome.unwrap_err();
    assert!(
        failure.to_string().starts_with("the vendor refused auth/getInfo (POST) with code 430"),
        "{failure}"
    );
    assert_eq!(failure.kind(), FailureKind::Refused(Class::Retry));
    assert!(report.unclosed.is_none());
    assert_eq!((server.mock().sessions(), server.mock().opened()), (0, 1));
}

/// Neither hides the other: not the answer, and not the call's own error.
#[test]
fn a_session_that_cannot_be_closed_is_told_beside_the_outcome() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let mut known = Made::default();
    known.variables.insert("WIREWRIGHT_NINA_PWD", "hunter2");
    let (_, call) = call("nina auth/getInfo devId=dev --login s=chuck");
    let call = Call { endpoint: Some(server.origin().to_owned()), ..call };
    for (faults, answered) in [
        (&["error=500@auth/logout:1+"][..], true),
        (&["error=500@auth/logout:1+", "error=430@auth/getInfo"][..], false),
    ] {
        let rules = faults.iter().map(|fault| fault.parse::<Rule>().unwrap());
        server.mock().faults().set(rules).unwrap();
        let report = run(&definition("nina"), &call, &known, &Open::new(), &mut io::sink());
        assert_eq!(report.outcome.is_ok(), answered, "{:?}", report.outcome);
        let unclosed = report.unclosed.unwrap();
        assert_eq!(unclosed.kind(), FailureKind::StillOpen);
        let told = unclosed.to_string();
        assert!(told.starts_with("the session stayed open: the vendor refused auth/logout"), "{told}");
    }
}

#[test]
fn without_a_server_the_failure_says_so_and_shows_no_secret() {
    let mut known = Made::default();
    known.variables.insert("WIREWRIGHT_NINA_PWD", "hunter2");
    let mut exchanges = Vec::new();
    let failure = failure("nina auth/clientLogin devId=dev s=chuck", &known, &mut exchanges);
    assert_eq!(failure.kind(), FailureKind::Transport);
    assert!(failure.to_string().contains("the connection to the vendor could not be made"), "{failure}");
    assert!(!String::from_utf8(exchanges).unwrap().contains("hunter2"));
}

/// A session may be opened within another one: both are, and both are closed.
#[test]
fn sessions_within_sessions_are_opened_for_one_call() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let mut known = Made::default();
    known.variables.insert("WIREWRIGHT_NINA_PWD", "hunter2");
    for (line, opened) in [
        ("nina presence/setState k=dev view=online --login s=chuck", 2),
        // An anonymous one needs nobody's name.
        ("nina presence/setState k=dev view=online --login anonymous=1", 1),
    ] {
        let before = server.mock().opened();
        let call = Call { endpoint: Some(server.origin().to_owned()), ..call(line).1 };
        let report = run(&definition("nina"), &call, &known, &Open::new(), &mut io::sink());
        assert!(report.outcome.is_ok() && report.unclosed.is_none(), "{line}: {report:?}");
        assert_eq!((server.mock().sessions(), server.mock().opened() - before), (0, opened), "{line}");
    }
}

/// The page of a gateway is looked at with `--verbose`, without what may be a secret in it.
#[test]
fn a_body_that_is_in_no_format_of_the_vendor_s_is_shown_where_it_is_text() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let mut known = Made::default();
    known.variables.insert("WIREWRIGHT_NINA_PWD", "hunter2");
    server.mock().faults().set([Rule::new(Fault::Html)]).unwrap();
    let (_, call) = call("nina auth/clientLogin devId=dev s=chuck");
    let call = Call { endpoint: Some(server.origin().to_owned()), ..call };
    let mut exchanges = Vec::new();
    let report = run(&definition("nina"), &call, &known, &Open::new(), &mut exchanges);
    assert_eq!(report.outcome.unwrap_err().kind(), FailureKind::NoReply);
    let told = String::from_utf8(exchanges).unwrap();
    assert!(told.contains("< <html><head><title>Bad gateway</title>"), "{told}");
}
