//! The program itself: a mock and a call as two processes, and completions in a shell.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    io::{self, BufRead as _, BufReader, Write as _},
    process::{self, Child, Command, Output, Stdio},
};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_wirewright"))
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

/// A mock that runs as a process of its own, and where it is.
fn mock(arguments: &[&str]) -> (Running, String) {
    let mut mock =
        program().arg("mock").args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(mock.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let (_, origin) = line.trim_end().split_once(" at ").unwrap();
    (Running(mock), origin.to_owned())
}

#[test]
fn a_call_reaches_a_mock() {
    let (_running, origin) = mock(&["nina", "--fault", "http=500@2"]);
    let call = |arguments: &[&str]| {
        let mut call = program();
        call.args(["call", "nina", "auth/clientLogin", "s=chuck", "devId=dev", "--endpoint", &origin])
            .args(arguments);
        call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null()).output().unwrap()
    };
    let output = call(&["--format", "xml", "-v"]);
    let (answer, exchange) = text(&output);
    assert!(output.status.success(), "{exchange}");
    assert!(exchange.contains("> POST ") && exchange.contains("pwd=[redacted]"), "{exchange}");
    assert!(answer.starts_with(r#"{"statusCode":200,"#) && !answer.contains("mock-client-1"), "{answer}");
    assert!(!exchange.contains("hunter2") && !exchange.contains("mock-client-1"), "{exchange}");
    // The second call has the fault.
    let output = call(&[]);
    let (answer, failure) = text(&output);
    assert_eq!((output.status.code(), answer.as_str()), (Some(7), ""));
    assert!(
        failure.starts_with("error: no reply of this vendor") && failure.contains("HTTP 500"),
        "{failure}"
    );
}

/// What is written, and with which exit code the program ends.
#[test]
fn answers_and_refusals_are_written_as_asked() {
    let (_running, origin) = mock(&["nina", "--fault", "error=430@auth/getInfo"]);
    let call = |arguments: &[&str]| {
        let mut call = program();
        call.args(["call", "nina"]).args(arguments).args(["devId=dev", "--endpoint", &origin]);
        call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null());
        let output = call.output().unwrap();
        let (answer, told) = text(&output);
        (answer, told, output.status.code().unwrap())
    };
    let login = ["auth/clientLogin", "s=chuck"];
    let (json, told, code) = call(&login);
    assert_eq!((json.lines().count(), told.as_str(), code), (1, "", 0));
    assert!(json.contains(r#""sessionSecret":"[redacted]""#), "{json}");
    let (exposed, ..) = call(&[&login[..], &["--expose", "sessionSecret"]].concat());
    assert!(exposed.contains(r#""sessionSecret":"sessionSecret""#), "{exposed}");
    let (raw, ..) = call(&[&login[..], &["--output", "raw", "--format", "xml", "--include"]].concat());
    assert!(raw.starts_with("HTTP 200 OK\ncontent-type: text/xml; charset=utf-8\n\n<response "), "{raw}");
    let (debug, ..) = call(&[&login[..], &["--output", "debug"]].concat());
    assert!(debug.contains("session_secret: [redacted]"), "{debug}");
    // The envelope of a refusal is written as well, and says why in words.
    let (json, told, code) = call(&["auth/getInfo", "--login", "s=chuck"]);
    assert!(json.starts_with(r#"{"statusCode":430,"#), "{json}");
    assert!(told.starts_with("error: the vendor refused auth/getInfo (POST) with code 430"), "{told}");
    assert_eq!(code, 5);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.json");
    let (nothing, _, code) = call(&[&login[..], &["-o", file.to_str().unwrap()]].concat());
    assert_eq!((nothing.as_str(), code), ("", 0));
    assert!(fs::read_to_string(&file).unwrap().starts_with(r#"{"statusCode":200,"#));
    let (nothing, told, code) = call(&[&login[..], &["-o", "/no/such/folder/answer"]].concat());
    assert_eq!((nothing.as_str(), code), ("", 1), "{told}");
}

/// A reply that is no envelope is what it is: a picture goes to a file.
#[test]
fn pictures_are_saved() {
    let (_running, origin) = mock(&["subsonic"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cover");
    let mut call = program();
    call.args([
        "call",
        "subsonic",
        "media/getCoverArt",
        "id=1",
        "u=me",
        "c=cli",
        "--endpoint",
        &origin,
        "-o",
    ])
    .arg(&file);
    call.env("WIREWRIGHT_SUBSONIC_T", "t")
        .env("WIREWRIGHT_SUBSONIC_S", "s")
        .env("WIREWRIGHT_SUBSONIC_P", "p");
    let output = call.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{:?}", text(&output));
    assert_eq!(fs::read_to_string(&file).unwrap(), "a mock's reply");
}

/// A vendor that nobody but a temporary folder knows: no compiler is between its definition and its mock and calls.
#[test]
fn a_private_vendor_is_mocked_and_called() {
    let folder = tempfile::tempdir().unwrap();
    let vendor = folder.path().join("ledgerline");
    fs::create_dir(&vendor).unwrap();
    fs::write(
        vendor.join("protocol.toml"),
        r#"title = "Ledgerline"
doc = "Invoices."
source = "a test"
endpoint = "https://api.ledgerline.example"
methods = { GET = "query" }

[formats]
json = {}

[envelope]
rc   = { is = "status", type = "integer", success = [0], doc = "0, or what went wrong." }
body = { is = "data" }
"#,
    )
    .unwrap();
    fs::write(
        vendor.join("invoice.toml"),
        r#"[find]
path  = "/invoice/find"
doc   = "Finds an invoice."
request = { number = { type = "integer", required = true, doc = "Its number." } }
reply = { customer = { required = true, doc = "Who pays." }, cents = { type = "integer", required = true, doc = "How much." } }
"#,
    )
    .unwrap();
    let path = vendor.to_str().unwrap();
    let (_running, origin) = mock(&[path]);
    let output =
        program().args(["call", path, "invoice/find", "number=7", "--endpoint", &origin]).output().unwrap();
    let (answer, told) = text(&output);
    assert_eq!(answer, "{\"rc\":0,\"body\":{\"customer\":\"customer\",\"cents\":1}}\n", "{told}");
    // The same by its name below a folder of definitions.
    let definitions = folder.path().to_str().unwrap();
    let mut call = program();
    call.args([
        "call",
        "ledgerline",
        "invoice/find",
        "number=7",
        "--endpoint",
        &origin,
        "--definitions",
        definitions,
    ]);
    assert!(call.output().unwrap().status.success());
    // What is wrong with it is told as the generator tells it.
    fs::write(vendor.join("invoice.toml"), "[find]\npath = \"/invoice/find\"\nreqest = {}\n").unwrap();
    for command in ["call", "mock"] {
        let mut faulty = program();
        faulty.args([command, path]);
        if command == "call" {
            faulty.args(["invoice/find", "number=7"]);
        }
        let output = faulty.output().unwrap();
        let (_, told) = text(&output);
        assert_eq!(output.status.code(), Some(2), "{command}: {told}");
        assert!(
            told.contains("invoice.toml:3:1") && told.contains("did you mean `request`?"),
            "{command}: {told}"
        );
    }
}

/// Ctrl-C while the vendor thinks: the session is closed, and no draft of its file stays.
#[cfg(unix)]
#[test]
fn whoever_interrupts_a_call_leaves_no_session_open() {
    let (_running, origin) = mock(&["nina", "--fault", "delay=60s@auth/getInfo"]);
    let mut call = program();
    call.args([
        "call",
        "nina",
        "auth/getInfo",
        "devId=dev",
        "--login",
        "s=chuck",
        "--endpoint",
        &origin,
        "-v",
    ]);
    call.env("WIREWRIGHT_NINA_PWD", "hunter2")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut call = Running(call.spawn().unwrap());
    let mut told = BufReader::new(call.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    // The session is open, and the call on its way.
    told.by_ref().find(|line| line.contains("/auth/getInfo")).unwrap();
    let interrupt = Command::new("kill").args(["-INT", &call.0.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let rest: Vec<String> = told.collect();
    assert!(rest.iter().any(|line| line.contains("/auth/logout")), "{rest:?}");
    assert_eq!(call.0.wait().unwrap().code(), Some(130));
}

/// Each call is a process of its own: the session is in the file alone.
#[test]
fn a_file_keeps_a_session_from_one_process_to_the_next() {
    let (_running, origin) = mock(&["nina"]);
    let file = env::temp_dir().join(format!("wirewright-session-of-processes-{}", process::id()));
    let call = |arguments: &[&str]| {
        let mut call = program();
        call.args(["call", "nina"]).args(arguments).args(["devId=dev", "-v", "--session-file"]).arg(&file);
        call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null());
        let output = call.output().unwrap();
        let (answer, exchange) = text(&output);
        assert!(!format!("{answer}{exchange}").contains("mock-client-1"), "{answer}{exchange}");
        assert!(output.status.success(), "{exchange}");
        exchange
    };
    call(&["auth/clientLogin", "s=chuck", "--endpoint", &origin]);
    assert!(fs::read_to_string(&file).unwrap().contains("mock-client-1"));
    let exchange = call(&["auth/getInfo"]);
    assert!(exchange.contains("sig_sha256=[redacted]") && !exchange.contains("clientLogin"), "{exchange}");
    call(&["auth/logout"]);
    assert!(!file.exists());
}

#[test]
fn arguments_that_make_no_sense_are_told_apart() {
    let cases: [(&[&str], i32, &str); 9] = [
        (&["mock", "nina", "--fault", "dropp"], 2, "did you mean `drop`?"),
        (&["mock", "nina", "--fault", "drop@no/where:1"], 2, "there is no operation of nina `no/where`"),
        (&["mock", "nina", "--fault", "error=999"], 2, "there is no error code of nina `999`"),
        (&["mock", "nina", "--fault", "error=nosuch"], 2, "there is no error code of nina `nosuch`"),
        (&["mock", "ninna"], 2, "there is no vendor `ninna`: did you mean `nina`?"),
        (&["mock", "src"], 2, "src has no definition: there is no protocol.toml in it"),
        (&["call", "ninna", "auth/logout"], 2, "there is no vendor `ninna`: did you mean `nina`?"),
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

/// Completions are run in a shell, as their names have slashes and equals signs. Left out where there is no such shell.
#[test]
fn shells_complete_vendors_operations_and_parameters() {
    let cases = [
        ("ca", "call"),
        ("call nin", "nina"),
        ("call nina auth/logo", "auth/logout"),
        ("call nina auth/logout dev", "devId="),
        ("call nina auth/logout --end", "--endpoint"),
        ("mock sub", "subsonic"),
    ];
    let shells: [(&str, &[&str], fn(&str, &str, usize) -> String); 3] = [
        ("bash", &["--norc", "-s"], |script, line, words| {
            format!(
                "{script}\nCOMP_WORDS=(wirewright {line}); COMP_CWORD={words}; COMP_TYPE=9; \
                 _clap_complete_wirewright wirewright \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
                 printf '%s\\n' \"${{COMPREPLY[@]}}\""
            )
        }),
        ("zsh", &["-f", "-s"], |script, line, words| {
            format!(
                "compdef() {{ :; }}; _describe() {{ shift 2; print -rl -- \"${{(@P)1}}\"; print -rl -- \"${{(@P)2}}\"; }}\n\
                 compadd() {{ print -rl -- \"$@\"; }}\n{script}\nwords=(wirewright {line}); CURRENT={current}; \
                 _clap_dynamic_completer_wirewright",
                current = words + 1
            )
        }),
        ("fish", &["--no-config"], |script, line, _| {
            format!("{script}\ncomplete --do-complete 'wirewright {line}'")
        }),
    ];
    for (shell, arguments, ask) in shells {
        let output = program().args(["completions", shell]).output().unwrap();
        let (script, _) = text(&output);
        for (line, expected) in cases {
            let ask = ask(&script, line, line.split(' ').count());
            let started =
                Command::new(shell).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
            let mut started = match started {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    eprintln!("left out: no {shell}");
                    break;
                }
                started => started.unwrap(),
            };
            started.stdin.take().unwrap().write_all(ask.as_bytes()).unwrap();
            let output = started.wait_with_output().unwrap();
            let (completed, complaint) = text(&output);
            assert!(
                completed.lines().any(|word| word.split(['\t', ':']).next() == Some(expected)),
                "{shell}, {line}: {completed}{complaint}"
            );
        }
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let output = program().arg("man").arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{:?}", text(&output));
    let page = fs::read_to_string(folder.path().join("wirewright-call.1")).unwrap();
    for expected in ["[OPTIONS] VENDOR OPERATION", "session\\-file", "Exit codes:"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(folder.path().join("wirewright-mock.1").exists());
    let (page, _) = text(&program().arg("man").output().unwrap());
    assert!(page.contains(".TH wirewright 1"), "{page}");
}
