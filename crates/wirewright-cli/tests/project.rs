//! The commands of a project, as a person uses them in a repository of their own.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use tempfile::TempDir;

/// A repository that nobody has put anything in.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    for name in ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] {
        git.env(name, "somebody@example.org");
    }
    assert!(git.args(arguments).current_dir(folder).status().unwrap().success(), "{arguments:?}");
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "all"]);
}

fn program(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewright"));
    command.args(line.split(' ').filter(|word| !word.is_empty())).current_dir(folder).stdin(Stdio::null());
    command
}

/// The exit code, and what was written.
fn run(folder: &Path, line: &str) -> (i32, String) {
    let output = program(folder, line).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// Runs a row of commands, each with its exit code and a part of what it says.
fn follow(folder: &Path, rows: &[(&str, i32, &str)]) {
    for (line, code, expected) in rows {
        let (ended, told) = run(folder, line);
        assert_eq!(ended, *code, "wirewright {line}: {told}");
        assert!(told.contains(expected), "wirewright {line}: {told}");
    }
}

const NEW: &str = "new ledger --endpoint https://api.ledger.example --operation invoice/find";

#[test]
fn from_nothing_to_a_crate() {
    let repository = repository();
    let folder = repository.path();
    follow(
        folder,
        &[
            (
                "check",
                2,
                "there are no definitions here: name the folder of one, or make one with `wirewright new`",
            ),
            ("generate", 2, "`wirewright new` makes a definition"),
            ("mock ledger", 2, "there is no vendor `ledger`: name the folder"),
            ("new ledger", 2, "`--endpoint` is missing"),
            (
                "new Ledger! --endpoint https://a.example --operation a/b",
                2,
                "`Ledger!` is no name for its crate",
            ),
            ("new ledger --endpoint nonsense --operation a/b", 2, "`nonsense` is no address of a host"),
            (NEW, 0, "wirewright generate ledger"),
            (NEW, 2, "ledger is there already: choose another name, or remove it"),
            ("check", 0, "ledger: 1 operation, 0 types, no fault"),
            ("check ledgr", 2, "there is no vendor `ledgr`: did you mean `ledger`?"),
            ("generate", 0, "ledger: 1 operation, 0 types"),
            ("generate --check", 0, "(0 different)"),
            ("call ledger invoice/find --endpoint http://127.0.0.1:9", 8, "could not be made"),
        ],
    );
    assert!(folder.join("crates/vendors/ledger/src/lib.rs").is_file());
    assert!(folder.join("protocol-defs/ledger/snapshots/api.snap").is_file());
    // What was written by hand is told, and nothing is written over.
    let library = folder.join("crates/vendors/ledger/src/lib.rs");
    let text = fs::read_to_string(&library).unwrap() + "// by hand\n";
    fs::write(&library, &text).unwrap();
    follow(folder, &[("generate --check", 1, "1 file is not as the definitions say")]);
    assert_eq!(fs::read_to_string(&library).unwrap(), text);
    // A fault, for people and programs.
    let group = folder.join("protocol-defs/ledger/invoice.toml");
    let text = fs::read_to_string(&group).unwrap() + "[find.reqest]\n";
    fs::write(&group, text).unwrap();
    follow(
        folder,
        &[
            ("check", 2, "did you mean `request`?"),
            ("check --message-format json", 2, r#""code":"WW002""#),
            ("check --message-format github", 2, "::error file=protocol-defs/ledger/invoice.toml,line="),
            ("generate", 2, "nothing was written"),
        ],
    );
}

#[test]
fn what_changed_is_told_against_revisions_and_folders() {
    let repository = repository();
    let folder = repository.path();
    follow(folder, &[("diff", 2, "there are no definitions here"), (NEW, 0, "")]);
    follow(folder, &[("diff", 2, "there is no revision `HEAD`")]);
    commit(folder);
    let elsewhere = tempfile::tempdir().unwrap();
    let old = elsewhere.path().join("old");
    assert!(
        Command::new("cp").arg("-r").arg(folder.join("protocol-defs")).arg(&old).status().unwrap().success()
    );
    let against_old = format!("diff --against {}", old.display());
    follow(
        folder,
        &[
            ("diff", 0, "ledger: Nothing changed"),
            ("diff --against nosuch", 2, "there is no revision `nosuch`"),
            ("diff ledger --against nosuch", 2, "there is no revision `nosuch`"),
            ("diff --against -x", 2, ""),
            (&against_old, 0, "ledger: Nothing changed"),
        ],
    );
    // A second vendor comes, and the first one goes: without its name as well.
    let definitions = folder.join("protocol-defs");
    fs::rename(definitions.join("ledger"), definitions.join("journal")).unwrap();
    for line in ["diff", &against_old] {
        follow(
            folder,
            &[
                (line, 12, "journal: WD001 compatible"),
                (line, 12, "ledger: WD002 breaking for callers and servers"),
            ],
        );
    }
    follow(
        folder,
        &[
            ("diff journal", 0, "A definition is new"),
            ("diff ledger", 12, "A definition is gone"),
            ("diff nosuch", 2, "there is no definition nosuch, and there was none"),
            ("diff --format markdown", 12, "## ledger"),
            ("diff --format json", 12, r#"{"journal":"#),
        ],
    );
    fs::remove_dir_all(definitions.join("journal")).unwrap();
    follow(folder, &[("diff", 12, "ledger: WD002")]);
    commit(folder);
    follow(folder, &[("diff", 2, "has no definitions, and had none")]);
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_watch_sees_files_and_vendors_come_and_go() {
    let repository = repository();
    let folder = repository.path();
    follow(folder, &[(NEW, 0, "")]);
    let mut watch = program(folder, "check --watch");
    let mut watch = Running(watch.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let (sender, lines) = mpsc::channel();
    let (out, err) = (watch.0.stdout.take().unwrap(), watch.0.stderr.take().unwrap());
    let told = sender.clone();
    thread::spawn(move || {
        BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| told.send(line))
    });
    thread::spawn(move || {
        BufReader::new(err).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    let expect = |expected: &str| {
        let mut seen = Vec::new();
        while let Ok(line) = lines.recv_timeout(Duration::from_secs(20)) {
            if line.contains(expected) {
                return;
            }
            seen.push(line);
        }
        panic!("{expected}: {seen:?}");
    };
    expect("ledger: 1 operation, 0 types, no fault");
    let ledger = folder.join("protocol-defs/ledger");
    fs::write(ledger.join("more.toml"), "broken\n").unwrap();
    expect("error[WW001]");
    fs::write(ledger.join("more.toml"), "[list]\ndoc = \"Lists.\"\n").unwrap();
    expect("ledger: 2 operations, 0 types, no fault");
    fs::rename(&ledger, folder.join("protocol-defs/journal")).unwrap();
    expect("journal: 2 operations, 0 types, no fault");
    fs::rename(folder.join("protocol-defs/journal"), folder.join("elsewhere")).unwrap();
    expect("error: there are no definitions here");
    fs::rename(folder.join("elsewhere"), &ledger).unwrap();
    expect("ledger: 2 operations, 0 types, no fault");
}

/// A person at a terminal is asked, and asked again.
#[test]
fn a_person_is_asked() {
    let repository = repository();
    let folder = repository.path();
    let here = Command::new("script").arg("--version").output().is_ok_and(|output| output.status.success());
    if !here {
        eprintln!("left out: no script");
        return;
    }
    let line = format!(
        "{} new parcels --operation parcel/track --format xml --root parcels --status code --success 0",
        env!("CARGO_BIN_EXE_wirewright")
    );
    // Nonsense is asked for again, nothing is an answer where there is a usual one.
    let mut typed = Command::new("sh");
    typed.args(["-c", "for word in '' nonsense https://api.parcels.example '' bogus form '' '' '' '' '' '' ''; do sleep 0.3; echo \"$word\"; done"]);
    let mut typed = typed.stdout(Stdio::piped()).spawn().unwrap();
    let mut asked = Command::new("script");
    asked.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(folder);
    let output = asked.stdin(typed.stdout.take().unwrap()).output().unwrap();
    let _ = typed.wait();
    let told = String::from_utf8_lossy(&output.stdout).replace('\r', "");
    for expected in [
        "`nonsense` is no address of a host",
        "`bogus` is none of the answers",
        "[https://api.parcels.example]> ",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert!(output.status.success(), "{told}");
    let protocol = fs::read_to_string(folder.join("protocol-defs/parcels/protocol.toml")).unwrap();
    assert!(protocol.contains("POST = \"form\""), "{protocol}");
    follow(folder, &[("check", 0, "parcels: 1 operation")]);
}
