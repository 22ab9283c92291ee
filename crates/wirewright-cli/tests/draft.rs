//! From samples to a call: the guide of `wirewright draft`, followed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use wirewright_cli::mock::{Mock, Server};

fn wirewright(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewright"));
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .env("WIREWRIGHT_PARCELS_PASSWORD", "sesame");
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn given(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draft").join(name)).unwrap()
}

/// A folder with the samples, and the definition that was drafted of them.
fn drafted() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["calls.curl", "answers.toml"] {
        fs::write(folder.path().join(name), given(name)).unwrap();
    }
    let (code, said, problems) = wirewright(
        folder.path(),
        &["draft", "calls.curl", "--answers", "answers.toml", "-o", "defs/parcels"],
    );
    assert_eq!(code, 0, "{problems}");
    assert!(said.starts_with("defs/parcels/protocol.toml\n"), "{said}");
    assert!(problems.contains("8 of 8 tests of samples pass"), "{problems}");
    let definition = folder.path().join("defs/parcels");
    (folder, definition)
}

#[test]
fn samples_become_a_definition_that_is_served_and_called() {
    let (folder, definition) = drafted();
    let (code, _, problems) = wirewright(folder.path(), &["check", "defs/parcels"]);
    assert_eq!(code, 0, "{problems}");
    let text: String = ["protocol.toml", "parcels.toml", "session.toml"]
        .iter()
        .map(|name| fs::read_to_string(definition.join(name)).unwrap())
        .collect();
    insta::assert_snapshot!(text);
    let server = Server::start(Mock::load(&definition).unwrap(), 0).unwrap();
    let call = |number: &str| {
        let origin = server.origin();
        let arguments =
            ["call", "defs/parcels", "parcels/find", number, "--login", "user=ada", "--endpoint", origin];
        wirewright(folder.path(), &arguments)
    };
    let (code, answer, problems) = call("number=17");
    assert_eq!(code, 0, "{problems}");
    assert!(answer.contains("\"place\":\"Oslo\""), "{answer}");
    assert_eq!(server.mock().sessions(), 0);
}

#[test]
fn a_second_run_compares_and_writes_nothing() {
    let (folder, definition) = drafted();
    let before = fs::read_to_string(definition.join("parcels.toml")).unwrap();
    let again = |format: &str| {
        wirewright(folder.path(), &["draft", "calls.curl", "-o", "defs/parcels", "--message-format", format])
    };
    assert_eq!(again("human").0, 0, "{}", again("human").1);
    let changed = given("calls.curl")
        .replace("\"place\": \"Oslo\"", "\"place\": \"Oslo\", \"colour\": \"red\"")
        .replace("\"code\": 2", "\"code\": 3")
        .replace("\"number\": 17", "\"number\": \"17a\"")
        .replace("/session/logout", "/session/goodbye");
    fs::write(folder.path().join("calls.curl"), changed).unwrap();
    let (code, said, _) = again("human");
    assert_eq!(code, 1);
    insta::assert_snapshot!(said);
    let (code, said, _) = again("json");
    let findings: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, findings["findings"].as_array().unwrap().len()), (1, 4));
    assert_eq!(fs::read_to_string(definition.join("parcels.toml")).unwrap(), before);
}

#[test]
fn what_cannot_be_drafted_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("broken.har"), "{\"log\": {\n\"entries\": [{}]}}").unwrap();
    fs::write(folder.path().join("answers.toml"), "common = [\"a\"]\nwhat = 1\n").unwrap();
    fs::write(folder.path().join("calls.curl"), given("calls.curl")).unwrap();
    fs::create_dir(folder.path().join("taken")).unwrap();
    fs::write(folder.path().join("taken/notes.txt"), "mine").unwrap();
    let mut told = String::new();
    for arguments in [
        &["draft", "-o", "new"][..],
        &["draft", "nowhere.har", "-o", "new"],
        &["draft", "broken.har", "-o", "new"],
        &["draft", "calls.curl", "--answers", "answers.toml", "-o", "new"],
        &["draft", "calls.curl", "-o", "taken"],
    ] {
        let (code, _, problems) = wirewright(folder.path(), arguments);
        assert_eq!(code, 2, "{problems}");
        told.push_str(&problems);
        assert!(!folder.path().join("new").exists());
    }
    insta::assert_snapshot!(told);
}
