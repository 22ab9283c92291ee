//! The program itself: a mock and a call as two processes, and completions in a shell.

#![allow(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::type_complexity,
    reason = "a test fails by panicking, and may be long-winded"
)]

use std::{
    env, fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::TcpListener,
    process::{self, Child, Command, Output, Stdio},
    thread,
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

/// What the definition does not tell of goes out as it is given, and is not shown.
#[test]
fn headers_and_parameters_of_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
        let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").unwrap();
        head
    });
    let call = |more: &[&str]| {
        let mut call = program();
        call.args([
            "call",
            "subsonic",
            "system/ping",
            "u=me",
            "c=here",
            "--endpoint",
            &origin,
            "--method",
            "get",
        ])
        .args(more)
        .env("WIREWRIGHT_SUBSONIC_SECRET", "sesame");
        text(&call.stdin(Stdio::null()).output().unwrap()).1
    };
    let told = call(&[
        "-v",
        "-H",
        "User-Agent: records/1.0",
        "--header=X-Token: hunter2",
        "--parameter",
        "later=hunter2 x",
    ]);
    let head = server.join().unwrap();
    assert!(head[0].contains("later=hunter2+x"), "{head:?}");
    let has = |line: &str| head.iter().any(|one| one.eq_ignore_ascii_case(line));
    assert!(has("user-agent: records/1.0") && has("x-token: hunter2"), "{head:?}");
    assert!(told.contains("later=") && told.contains("x-token") && !told.contains("hunter2"), "{told}");

    for (more, said) in [
        (&["-H", "User-Agent"][..], "expected NAME: VALUE"),
        (&["-H", "a b: c"], "expected the name of a header before the colon"),
        (
            &["-H", "Content-Length: 1"],
            "the header `content-length` belongs to the message itself, and cannot be added",
        ),
        (&["--parameter", "u=you"], "`u` is given by name, and the request carries a parameter of that name"),
    ] {
        let told = call(more);
        assert!(told.contains(said), "{told}");
    }
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

/// What a mock sends for a picture, a page and the like is one.
#[test]
fn a_mock_sends_what_programs_take() {
    let folder = tempfile::tempdir().unwrap();
    let vendor = folder.path().join("kiosk");
    fs::create_dir(&vendor).unwrap();
    let cases: [(&str, &[u8]); 8] = [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/gif", b"GIF89a"),
        ("image/jpeg", b"\xff\xd8\xff"),
        ("image/svg+xml", b"<svg "),
        ("text/html", b"<!DOCTYPE html>"),
        ("application/json", b"{"),
        ("application/problem+json", b"{"),
        ("audio/mpeg", b"a mock's reply"),
    ];
    let mut operations = String::new();
    for (index, (media, _)) in cases.iter().enumerate() {
        operations.push_str(&format!(
            "[r{index}]\npath = \"/r{index}\"\ndoc = \"A reply.\"\nraw = {{ media = [\"{media}\"] }}\n"
        ));
    }
    fs::write(vendor.join("raw.toml"), operations).unwrap();
    fs::write(
        vendor.join("protocol.toml"),
        "title = \"Kiosk\"\ndoc = \"Pictures.\"\nsource = \"a test\"\nendpoint = \"https://kiosk.example\"\n\
         methods = { GET = \"query\" }\n[formats]\njson = {}\n[envelope]\nrc = { is = \"status\", type = \"integer\", success = [0], \
         doc = \"0.\" }\n",
    )
    .unwrap();
    let path = vendor.to_str().unwrap();
    let (_running, origin) = mock(&[path]);
    for (index, (media, begins)) in cases.iter().enumerate() {
        let operation = format!("raw/r{index}");
        let file = folder.path().join("reply");
        let mut call = program();
        call.args(["call", path, &operation, "--endpoint", &origin, "-o"]).arg(&file);
        let output = call.output().unwrap();
        assert!(output.status.success(), "{media}: {:?}", text(&output));
        assert!(fs::read(&file).unwrap().starts_with(begins), "{media}");
    }
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
    let output = call.output().unwrap();
    assert!(output.status.success(), "{:?}", text(&output));
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

/// Ctrl-C, or another program that ends this one, amid a login: the vendor opens the session all the same, and it is closed.
#[cfg(unix)]
#[test]
fn whoever_interrupts_a_login_leaves_no_session_open() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("session");
    let (operation, file) = (["auth/getInfo", "auth/clientLogin"], kept.to_str().unwrap());
    let (_running, origin) = mock(&["nina", "--fault", "delay=1s@auth/clientLogin"]);
    for (signal, operation, others) in [
        ("-INT", operation[0], vec!["--login", "s=chuck"]),
        ("-TERM", operation[0], vec!["--login", "s=chuck"]),
        ("-INT", operation[1], vec!["s=chuck", "--session-file", file]),
    ] {
        let mut call = program();
        call.args(["call", "nina", operation, "devId=dev", "--endpoint", &origin, "-v"]).args(others);
        call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null()).stdout(Stdio::null());
        let mut call = Running(call.stderr(Stdio::piped()).spawn().unwrap());
        let mut told = BufReader::new(call.0.stderr.take().unwrap()).lines().map(Result::unwrap);
        told.by_ref().find(|line| line.contains("/auth/clientLogin")).unwrap();
        assert!(Command::new("kill").args([signal, &call.0.id().to_string()]).status().unwrap().success());
        let rest: Vec<String> = told.collect();
        assert!(rest.iter().any(|line| line.contains("/auth/logout")), "{signal} {operation}: {rest:?}");
        assert!(!rest.iter().any(|line| line.contains("/auth/getInfo")), "{signal} {operation}: {rest:?}");
        assert_eq!(call.0.wait().unwrap().code(), Some(130), "{signal} {operation}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{signal} {operation}");
    }
}

/// Files that answers go to are what files of other programs are.
#[cfg(unix)]
#[test]
fn answers_go_where_they_are_sent() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};

    let (_running, origin) = mock(&["nina"]);
    let folder = tempfile::tempdir().unwrap();
    let call = |out: &str, output: Stdio| {
        let mut call = program();
        call.args(["call", "nina", "auth/getInfo", "devId=dev", "--login", "s=chuck", "--endpoint", &origin]);
        if !out.is_empty() {
            call.args(["-o", out]);
        }
        let called =
            call.env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null()).stdout(output).output().unwrap();
        (called.status.code(), text(&called).1)
    };
    let place = |name: &str| folder.path().join(name);
    let named = |name: &str| place(name).to_str().unwrap().to_owned();
    // Others may do with it what they may do with any new file.
    fs::write(place("usual"), "").unwrap();
    assert_eq!(call(&named("new"), Stdio::null()), (Some(0), String::new()));
    let mode = |name: &str| fs::metadata(place(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("new"), mode("usual"));
    // One that is there keeps what it allows, and a link stays one.
    fs::set_permissions(place("usual"), std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(place("usual"), place("link")).unwrap();
    assert_eq!(call(&named("link"), Stdio::null()), (Some(0), String::new()));
    assert_eq!(mode("usual"), 0o640);
    assert!(fs::symlink_metadata(place("link")).unwrap().is_symlink());
    assert!(fs::read_to_string(place("usual")).unwrap().starts_with("{\"statusCode\":200"));
    // A device is written, and stays one.
    assert_eq!(call("/dev/null", Stdio::null()), (Some(0), String::new()));
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    // What cannot be written is told.
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for (out, output) in [("/dev/full", Stdio::null()), ("", full().into())] {
        let (code, told) = call(out, output);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("cannot be written: No space left"), "{told}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

/// Page after page, each as a line when it comes; nobody has to read to the end.
#[test]
fn pages_are_written_one_by_one() {
    let (_running, origin) = mock(&["nina"]);
    let call = |operation: &'static str, arguments: &[&str]| {
        let mut call = program();
        call.args(["call", "nina", operation, "devId=dev", "--login", "s=chuck", "--endpoint", &origin]);
        call.args(arguments).env("WIREWRIGHT_NINA_PWD", "hunter2").stdin(Stdio::null());
        let output = call.output().unwrap();
        let (pages, told) = text(&output);
        (pages.lines().count(), told, output.status.code().unwrap())
    };
    for (pages, expected) in [("all", 4), ("2", 2), ("100", 4)] {
        assert_eq!(call("aim/fetchEvents", &["--pages", pages]), (expected, String::new(), 0), "{pages}");
    }
    let cases: [(&str, &[&str], &str); 4] = [
        ("aim/fetchEvents", &["--pages", "0"], "expected a number from 1 on, or `all`"),
        ("aim/fetchEvents", &["--pages", "some"], "expected a number from 1 on, or `all`"),
        ("aim/fetchEvents", &["--pages", "all", "--include"], "cannot be used with"),
        ("auth/getInfo", &["--pages", "all"], "the reply of auth/getInfo is a page of a whole"),
    ];
    for (operation, arguments, expected) in cases {
        let (lines, told, code) = call(operation, arguments);
        assert_eq!((lines, code), (0, 2), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
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
    let cases: [(&[&str], i32, &str); 13] = [
        (&["mock", "nina", "--fault", "dropp"], 2, "did you mean `drop`?"),
        (&["mock", "nina", "--fault", "drop@no/where:1"], 2, "there is no operation of nina `no/where`"),
        (&["mock", "nina", "--fault", "error=999"], 2, "there is no error code of nina `999`"),
        (&["mock", "nina", "--fault", "error=nosuch"], 2, "there is no error code of nina `nosuch`"),
        (&["mock", "ninna"], 2, "there is no vendor `ninna`: did you mean `nina`?"),
        (&["mock", "src"], 2, "src has no definition: there is no protocol.toml in it"),
        (&["call", "ninna", "auth/logout"], 2, "there is no vendor `ninna`: did you mean `nina`?"),
        (&["call", "nina", "auth/logot"], 2, "'auth/logout'"),
        (&["call", "nina", "auth/logout", "devId"], 2, "NAME=VALUE"),
        // What is not known is told before what is missing, and what is missing before a password is asked for.
        (
            &["call", "nina", "auth/getInfo", "k=d", "--login", "user=chuck"],
            2,
            "there is no parameter of auth/clientLogin `user`",
        ),
        (&["call", "nina", "auth/getInfo", "k=d"], 2, "auth/clientLogin cannot be called without\n  s: "),
        // What has no end is not read to it.
        (
            &["call", "nina", "auth/logout", "k=@/dev/zero"],
            2,
            "/dev/zero cannot be read: it is no file, and has more than",
        ),
        (
            &["call", "ten-ten-data", "query/query", "--document", "/dev/zero"],
            2,
            "/dev/zero cannot be read: it is no file",
        ),
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
