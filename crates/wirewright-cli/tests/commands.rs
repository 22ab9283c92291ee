//! The program itself: a mock and a call as two processes, and completions in a shell.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    io::{self, BufRead as _, BufReader, Write as _},
    process::{self, Child, Command, Output, Stdio},
};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_wirewright-cli"))
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn text(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_call_reaches_a_mock() {
    let mut mock =
        program().args(["mock", "nina", "--fault", "http=500@2"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(mock.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let _running = Running(mock);
    let origin = line.trim_end().strip_prefix("NINA WebAPI at ").unwrap();
    let call = |arguments: &[&str]| {
        let mut call = program();
        call.args(["call", "nina", "auth/clientLogin", "s=chuck", "devId=dev", "--endpoint", origin])
            .args(arguments);
        call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null()).output().unwrap()
    };
    let output = call(&["--format", "xml"]);
    let (answer, exchange) = text(&output);
    assert!(output.status.success(), "{exchange}");
    assert!(exchange.contains("> POST ") && exchange.contains("pwd=[redacted]"), "{exchange}");
    assert!(answer.starts_with("Answer {") && !answer.contains("mock-client-1"), "{answer}");
    assert!(!exchange.contains("hunter2") && !exchange.contains("mock-client-1"), "{exchange}");
    // The second call has the fault.
    let output = call(&["--quiet"]);
    let (answer, failure) = text(&output);
    assert_eq!((output.status.code(), answer.as_str()), (Some(1), ""));
    assert!(
        failure.starts_with("error: no reply of this vendor") && failure.contains("HTTP 500"),
        "{failure}"
    );
}

/// Each call is a process of its own: the session is in the file alone.
#[test]
fn a_file_keeps_a_session_from_one_process_to_the_next() {
    let mut mock = program().args(["mock", "nina"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(mock.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let _running = Running(mock);
    let origin = line.trim_end().strip_prefix("NINA WebAPI at ").unwrap();
    let file = env::temp_dir().join(format!("wirewright-session-of-processes-{}", process::id()));
    let call = |arguments: &[&str]| {
        let mut call = program();
        call.args(["call", "nina"]).args(arguments).args(["devId=dev", "--session-file"]).arg(&file);
        call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null());
        let output = call.output().unwrap();
        let (answer, exchange) = text(&output);
        assert!(!format!("{answer}{exchange}").contains("mock-client-1"), "{answer}{exchange}");
        assert!(output.status.success(), "{exchange}");
        exchange
    };
    call(&["auth/clientLogin", "s=chuck", "--endpoint", origin]);
    assert!(fs::read_to_string(&file).unwrap().contains("mock-client-1"));
    let exchange = call(&["auth/getInfo"]);
    assert!(exchange.contains("sig_sha256=[redacted]") && !exchange.contains("clientLogin"), "{exchange}");
    call(&["auth/logout"]);
    assert!(!file.exists());
}

#[test]
fn arguments_that_make_no_sense_are_told_apart() {
    let cases: [(&[&str], i32, &str); 5] = [
        (&["mock", "nina", "--fault", "dropp"], 2, "did you mean `drop`?"),
        (&["mock", "nina", "--fault", "drop@no/where:1"], 1, "`no/where`, which is no operation of nina"),
        (&["mock", "ninna"], 2, "nina"),
        (&["call", "nina", "auth/logot"], 2, "'auth/logout'"),
        (&["call", "nina", "auth/logout", "devId"], 2, "NAME=VALUE"),
    ];
    for (arguments, code, expected) in cases {
        let output = program().args(arguments).stdin(Stdio::null()).output().unwrap();
        let (_, told) = text(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
}

#[test]
fn help_tells_what_the_definition_tells() {
    let output = program().args(["call", "nina", "auth/clientLogin", "--help"]).output().unwrap();
    let (help, _) = text(&output);
    for expected in
        ["Authenticates a user by name and password", "s (required)", "secret: WIREWRIGHT_NINA_PWD"]
    {
        assert!(help.contains(expected), "{expected}: {help}");
    }
}

/// Completions are run in a shell, as their names have slashes and equals signs. Left out where there is no bash.
#[test]
fn bash_completes_vendors_operations_and_parameters() {
    let output = program().args(["completions", "bash"]).output().unwrap();
    let (script, _) = text(&output);
    let mut named =
        script.lines().filter_map(|line| line.trim().strip_prefix("complete -F ")?.split_once(' '));
    let (function, options) = named.next_back().unwrap();
    assert!(options.ends_with(" wirewright-cli"), "{options}");
    let cases =
        [("call nin", "nina"), ("call nina auth/logo", "auth/logout"), ("call nina auth/logout ", "devId=")];
    for (line, expected) in cases {
        let words: Vec<&str> = line.split(' ').collect();
        let ask = format!(
            "{script}\nCOMP_WORDS=(wirewright-cli {line}{}); COMP_CWORD={}; \
             {function} wirewright-cli \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            if line.ends_with(' ') { "''" } else { "" },
            words.len()
        );
        // As an argument it would be longer than systems take.
        let bash =
            Command::new("bash").args(["--norc", "-s"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut bash = match bash {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return eprintln!("left out: no bash"),
            bash => bash.unwrap(),
        };
        bash.stdin.take().unwrap().write_all(ask.as_bytes()).unwrap();
        let output = bash.wait_with_output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
        let (completed, complaint) = text(&output);
        assert!(completed.lines().any(|word| word == expected), "{line}: {completed}{complaint}");
    }
}
