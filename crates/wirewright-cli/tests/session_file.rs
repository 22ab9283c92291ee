//! Sessions that a file keeps from one call to the next.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process, thread,
};

use support::{definition, mock};
use wirewright_cli::{
    call::{Call, Open, Output, System, run},
    mock::{Fault, Rule, Server},
};

/// Where everybody's password is the same.
struct Made;

impl System for Made {
    fn variable(&self, name: &str) -> Option<String> {
        let secret = ["PWD", "PASSWORD", "PSWD"].iter().any(|end| name.ends_with(end));
        secret.then(|| "hunter2".to_owned())
    }

    fn ask(&self, _question: &str) -> Option<String> {
        None
    }

    fn read(&self, _path: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// A file of a test's own, which goes with the test.
struct Own(PathBuf);

impl Own {
    fn new(test: &str) -> Self {
        let path = env::temp_dir().join(format!("wirewright-session-{test}-{}", process::id()));
        let _ = fs::remove_file(&path);
        Self(path)
    }

    /// Writes it as the command does: for its owner alone.
    fn write(&self, text: &str) {
        fs::write(&self.0, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&self.0, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.0).unwrap()
    }

    /// Whether nothing is there, and nothing was left beside it.
    fn is_gone(&self) -> bool {
        let name = self.0.file_name().unwrap().to_string_lossy().into_owned();
        let folder = fs::read_dir(self.0.parent().unwrap()).unwrap();
        folder
            .map(|entry| entry.unwrap().file_name())
            .all(|entry| !entry.to_string_lossy().starts_with(&name))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// `vendor operation name=value…`
fn call(line: &str, file: &Own, endpoint: Option<&str>) -> Call {
    let mut words = line.split(' ').skip(1).map(str::to_owned);
    let mut call = Call {
        operation: words.next().unwrap(),
        verbose: true,
        endpoint: endpoint.map(str::to_owned),
        session_file: Some(file.0.clone()),
        ..Call::default()
    };
    for word in words {
        match word.strip_prefix("--session=") {
            Some(kind) => call.session = Some(kind.to_owned()),
            None => call.pairs.push(word.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap()),
        }
    }
    call
}

/// What a person sees of a call. None of the file's secrets is in it.
fn seen(line: &str, file: &Own, endpoint: Option<&str>) -> Result<String, String> {
    let mut exchanges = Vec::new();
    let kept = fs::read_to_string(&file.0).unwrap_or_default();
    let definition = definition(line.split(' ').next().unwrap());
    let call = call(line, file, endpoint);
    let report = run(&definition, &call, &Made, &Open::new(), &mut exchanges);
    assert!(report.unclosed.is_none(), "{report:?}");
    let exchanges = String::from_utf8(exchanges).unwrap();
    let text = report.outcome.map(|answered| {
        let operation = definition.operation(&call.operation).unwrap();
        String::from_utf8(Output::Json.render(&definition, operation, &answered, &[]).unwrap()).unwrap()
    });
    let outcome = text.map_err(|failure| failure.to_string());
    let told = format!("{exchanges}{outcome:?}");
    let texts = kept + &fs::read_to_string(&file.0).unwrap_or_default();
    // What the file has of the states of sessions: strings in a string of JSON.
    let secrets = texts.split("\\\"").skip(3).step_by(4).filter(|secret| secret.len() > 8);
    for secret in secrets.chain(["hunter2", "mock-client-1"]) {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    outcome.map(|answer| exchanges + &answer)
}

#[test]
fn a_session_lives_from_the_call_that_opens_it_to_the_one_that_closes_it() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let file = Own::new("lives");
    let opened = seen("nina auth/clientLogin s=chuck devId=dev", &file, Some(server.origin())).unwrap();
    assert!(opened.contains("keeps the session\n") && opened.contains("\"statusCode\":200"), "{opened}");
    assert_eq!(server.mock().sessions(), 1);
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file.0).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    for expected in ["\"version\":1", "\"vendor\":\"nina\"", "\"kind\":\"client\"", server.origin()] {
        assert!(file.text().contains(expected), "{expected}");
    }

    // Signed, and sent to where the session was opened, without being told.
    let called = seen("nina auth/getInfo devId=dev", &file, None).unwrap();
    assert!(called.contains("sig_sha256=[redacted]") && !called.contains("clientLogin"), "{called}");
    // A session within the session, in the same file.
    let within = seen("nina aim/startSession k=dev", &file, None).unwrap();
    assert!(within.contains("sig_sha256=[redacted]"), "{within}");
    seen("nina aim/fetchEvents k=dev", &file, Some(server.origin())).unwrap();
    assert_eq!((server.mock().sessions(), server.mock().opened()), (2, 2));
    let both = seen("nina aim/startSession k=dev", &file, None).unwrap_err();
    assert!(both.contains("aim already: close it with `call nina aim/endSession --session-file"), "{both}");
    seen("nina aim/endSession k=dev", &file, None).unwrap();
    assert_eq!(server.mock().sessions(), 1);

    let closed = seen("nina auth/logout devId=dev", &file, None).unwrap();
    assert!(closed.contains("keeps the session no longer"), "{closed}");
    assert_eq!((server.mock().sessions(), server.mock().opened()), (0, 2));
    assert!(file.is_gone());
}

#[test]
fn other_vendors_keep_sessions_as_well() {
    let vendors = [
        (
            "videntity",
            "session/login username=u account_number=482915073361204",
            "session/ping",
            "session/logout",
        ),
        ("ten-ten-data", "session/login uid=u", "users/getuser", "session/logout"),
    ];
    for (vendor, login, other, logout) in vendors {
        let server = Server::start(mock(vendor), 0).unwrap();
        let file = Own::new(vendor);
        seen(&format!("{vendor} {login}"), &file, Some(server.origin())).unwrap();
        seen(&format!("{vendor} {other}"), &file, None).unwrap();
        seen(&format!("{vendor} {logout}"), &file, None).unwrap();
        assert_eq!((server.mock().sessions(), server.mock().opened()), (0, 1));
        assert!(file.is_gone());
    }
}

/// A session that the vendor has ended stays in the file until another one takes its place.
#[test]
fn a_session_that_has_expired_says_so_and_makes_room() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let file = Own::new("expired");
    let login = "nina auth/clientLogin s=chuck devId=dev";
    seen(login, &file, Some(server.origin())).unwrap();
    let twice = seen(login, &file, None).unwrap_err();
    assert!(twice.contains("keeps a session of the kind client already"), "{twice}");

    server.mock().expire_sessions();
    for line in ["nina auth/getInfo devId=dev", "nina auth/logout devId=dev"] {
        let expired = seen(line, &file, None).unwrap_err();
        assert!(expired.contains("has expired") && expired.contains("log in again"), "{expired}");
        assert!(expired.contains("open one with `call nina auth/clientLogin --session-file"), "{expired}");
    }
    seen(login, &file, None).unwrap();
    seen("nina auth/logout devId=dev", &file, None).unwrap();
    assert_eq!((server.mock().sessions(), server.mock().opened()), (0, 2));
    assert!(file.is_gone());
}

/// Another failure leaves everything as it is.
#[test]
fn a_call_that_fails_leaves_the_session_and_the_file() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let file = Own::new("fails");
    server.mock().faults().set([Rule::new(Fault::Error("430".to_owned()))]).unwrap();
    seen("nina auth/clientLogin s=chuck devId=dev", &file, Some(server.origin())).unwrap_err();
    assert!(file.is_gone());
    server.mock().faults().clear();
    seen("nina auth/clientLogin s=chuck devId=dev", &file, Some(server.origin())).unwrap();
    let before = file.text();
    server.mock().faults().set([Rule::new(Fault::Drop)]).unwrap();
    seen("nina auth/logout devId=dev", &file, None).unwrap_err();
    assert_eq!((file.text(), server.mock().sessions()), (before, 1));
    server.mock().faults().clear();
    seen("nina auth/logout devId=dev", &file, None).unwrap();
    assert!(file.is_gone());
}

/// A session that nobody could close any more is not opened.
#[test]
fn where_nothing_can_be_written_no_session_is_opened() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let nowhere = Own(env::temp_dir().join("wirewright-no-such-folder").join("session"));
    let told = seen("nina auth/clientLogin s=chuck devId=dev", &nowhere, Some(server.origin())).unwrap_err();
    assert!(told.contains("cannot be written"), "{told}");
    assert_eq!(server.mock().opened(), 0);
}

#[test]
fn whoever_gets_a_file_wrong_is_told_what_and_what_to_do() {
    // Nothing is sent, and nothing could be.
    let nowhere = Some("http://127.0.0.1:9");
    let kept = |vendor: &str, version: u32| {
        format!(
            r#"{{"version":{version},"vendor":"{vendor}","endpoint":"http://127.0.0.1:9","sessions":[{{"kind":"client","state":"{{\"a\":\"hunter2hunter2\",\"key\":\"hunter3hunter3\"}}"}}]}}"#
        )
    };
    let own = kept("nina", 1);
    let table = [
        (None, nowhere, "nina auth/getInfo devId=dev"),
        (None, nowhere, "nina auth/logout devId=dev"),
        (None, nowhere, "nina auth/getCaptcha devId=dev"),
        (Some(own.clone()), nowhere, "nina aim/fetchEvents k=dev"),
        (Some(own.clone()), nowhere, "nina auth/getInfo devId=dev --session=web"),
        (Some(own.clone()), nowhere, "nina auth/getInfo devId=dev --session=lamp"),
        (Some(own.clone()), nowhere, "nina auth/getInfo"),
        (Some(own.clone()), nowhere, "nina auth/clientLogin devId=dev s=chuck"),
        (Some(own.clone()), Some("http://127.0.0.1:10"), "nina auth/getInfo devId=dev"),
        (Some(own.replace("hunter2hunter2", "\\\"a")), nowhere, "nina auth/getInfo devId=dev"),
        (Some(kept("videntity", 1)), nowhere, "nina auth/getInfo devId=dev"),
        (Some(kept("nina", 2)), nowhere, "nina auth/getInfo devId=dev"),
        (Some(own[..own.len() - 4].to_owned()), nowhere, "nina auth/getInfo devId=dev"),
        (Some("hunter2".to_owned()), nowhere, "nina auth/getInfo devId=dev"),
        (Some("{\"version\":\"hunter2\"}".to_owned()), nowhere, "nina auth/getInfo devId=dev"),
        (Some(String::new()), nowhere, "nina auth/getInfo devId=dev"),
    ];
    let file = Own::new("wrong");
    let mut told = String::new();
    for (text, endpoint, line) in table {
        let _ = fs::remove_file(&file.0);
        if let Some(text) = &text {
            file.write(text);
        }
        let failure = seen(line, &file, endpoint).unwrap_err();
        for secret in ["hunter2", "hunter3", "connection"] {
            assert!(!failure.contains(secret), "{failure}");
        }
        // What cannot be used stays as it is.
        assert_eq!(fs::read_to_string(&file.0).ok(), text);
        let failure = failure.replace(&file.0.display().to_string(), "FILE");
        let _ = writeln!(told, "$ call {line} --session-file FILE\n{failure}\n");
    }
    insta::assert_snapshot!("session-files", told);
}

/// What has no end is not read, and what is no file is none.
#[test]
fn only_files_keep_sessions() {
    let folder = env::temp_dir();
    for path in [folder.as_path(), Path::new("/dev/full"), Path::new("/dev/zero")] {
        if !path.exists() {
            continue;
        }
        let call = Call {
            operation: "auth/getInfo".to_owned(),
            pairs: vec![("devId".to_owned(), "dev".to_owned())],
            endpoint: Some("http://127.0.0.1:9".to_owned()),
            session_file: Some(path.to_owned()),
            ..Call::default()
        };
        let report = run(&definition("nina"), &call, &Made, &Open::new(), &mut io::sink());
        let told = report.outcome.unwrap_err().to_string();
        assert!(told.ends_with("it is no file of sessions"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_not_used() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let file = Own::new("others");
    seen("nina auth/clientLogin s=chuck devId=dev", &file, Some(server.origin())).unwrap();
    fs::set_permissions(&file.0, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let told = seen("nina auth/getInfo devId=dev", &file, None).unwrap_err();
    assert!(told.contains("its mode is 640") && told.contains("`chmod 600 "), "{told}");
    fs::set_permissions(&file.0, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    seen("nina auth/logout devId=dev", &file, None).unwrap();
}

/// A link to the file stays a link, and the file itself is what is written and what goes.
#[cfg(unix)]
#[test]
fn a_file_is_reached_through_a_link() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let (file, link) = (Own::new("linked"), Own::new("link"));
    seen("nina auth/clientLogin s=chuck devId=dev", &file, Some(server.origin())).unwrap();
    std::os::unix::fs::symlink(&file.0, &link.0).unwrap();
    seen("nina aim/startSession k=dev", &link, None).unwrap();
    assert!(file.text().contains("\"kind\":\"aim\"") && link.0.is_symlink());
    seen("nina aim/endSession k=dev", &link, None).unwrap();
    seen("nina auth/logout devId=dev", &link, None).unwrap();
    assert!(!file.0.exists());
    assert_eq!(server.mock().sessions(), 0);
}

/// Of two calls that open a session at once one is refused before anything is sent: no session stays open that nobody keeps.
#[test]
fn two_logins_at_once_leave_no_session_behind() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let file = Own::new("twice");
    let login = "nina auth/clientLogin s=chuck devId=dev";
    let outcomes: Vec<_> = thread::scope(|scope| {
        let logins = [(); 4].map(|()| {
            scope.spawn(|| {
                let call = call(login, &file, Some(server.origin()));
                run(&definition("nina"), &call, &Made, &Open::new(), &mut io::sink()).outcome.is_ok()
            })
        });
        logins.into_iter().map(|login| login.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|opened| **opened).count(), 1, "{outcomes:?}");
    assert_eq!((server.mock().sessions(), server.mock().opened()), (1, 1));
    seen("nina auth/logout devId=dev", &file, None).unwrap();
    assert!(file.is_gone());
}

/// An operation that takes several kinds of session is called in the first of them that the file keeps, in the order of the definition.
#[test]
fn of_two_sessions_in_a_file_the_definition_s_order_says_which() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let file = Own::new("order");
    seen("nina auth/clientLogin s=chuck devId=dev", &file, Some(server.origin())).unwrap();
    seen("nina aim/startSession k=dev", &file, None).unwrap();
    // presence/get: `sessions = ["aim", "client", "web"]`.
    let called = seen("nina presence/get k=dev t=bob", &file, None).unwrap();
    assert!(called.contains("aimsid=[redacted]") && !called.contains("sig_sha256"), "{called}");
    let chosen = seen("nina presence/get k=dev t=bob --session=client", &file, None).unwrap();
    assert!(chosen.contains("sig_sha256=[redacted]"), "{chosen}");
    seen("nina aim/endSession k=dev", &file, None).unwrap();
    seen("nina auth/logout devId=dev", &file, None).unwrap();
}
