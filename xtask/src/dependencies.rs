//! The policy on dependencies: `cargo deny` holds every workspace of this repository against `deny.toml`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::{Failure, say};
use crate::process;

/// The version that the policy is written for.
const CARGO_DENY: &str = "0.20.2";

/// The workspaces, and what is asked of each: benchmarks are not what anyone builds on, but nothing unknown comes into them.
const WORKSPACES: [(&str, &[&str]); 3] = [
    // What need not be skipped any more is a fault as well.
    ("Cargo.toml", &["bans", "licenses", "sources", "--deny", "unmatched-skip"]),
    ("benches/peers/Cargo.toml", &["sources"]),
    ("benches/tables/Cargo.toml", &["sources"]),
];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let program = cargo_deny(root)?;
    for (manifest, checks) in WORKSPACES {
        let mut command = Command::new(&program);
        command.current_dir(root).args(["--config", "deny.toml", "--manifest-path", manifest, "--locked"]);
        command.args(["check", "--hide-inclusion-graph", "--allow", "license-exception-not-encountered"]);
        process::run(
            command.args(checks),
            &format!("cargo deny --manifest-path {manifest} check {}", checks.join(" ")),
        )?;
    }
    Ok(())
}

/// The one on the PATH, or one of this repository's own, which is built at need.
fn cargo_deny(root: &Path) -> Result<PathBuf, Failure> {
    let tools = root.join("target/tools");
    let own = tools.join("bin/cargo-deny");
    for program in [PathBuf::from("cargo-deny"), own.clone()] {
        let version = Command::new(&program).arg("--version").output();
        if version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(CARGO_DENY)) {
            return Ok(program);
        }
    }
    say(&format!("building cargo-deny {CARGO_DENY}: it is not on the PATH"));
    // Not optimised: it is built in a minute and a half that way, and runs for a second.
    let arguments =
        ["install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--debug", "--no-default-features"];
    let mut command = process::cargo(root, &arguments);
    let shown = format!("cargo {}", arguments.join(" "));
    process::run(command.arg("--root").arg(&tools), &shown)?;
    Ok(own)
}
