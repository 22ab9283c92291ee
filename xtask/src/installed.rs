//! The command as somebody has it who installed it, and a vendor of theirs.

use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::output::{Failure, say};
use crate::{process, workspace};

/// A vendor that nobody but a temporary folder knows.
const PROTOCOL: &str = r#"title = "Ledgerline"
doc = "Invoices."
source = "https://ledgerline.example/api"
endpoint = "https://api.ledgerline.example"
methods = { GET = "query" }

[formats]
json = {}

[envelope]
rc   = { is = "status", type = "integer", success = [0], doc = "0, or what went wrong." }
body = { is = "data" }
"#;
const INVOICE: &str = r#"[find]
path  = "/invoice/find"
doc   = "Finds an invoice."
request = { number = { type = "integer", required = true, doc = "Its number." } }
reply = { customer = { required = true, doc = "Who pays." }, cents = { type = "integer", required = true, doc = "How much." } }
"#;
/// What its mock answers, who has nothing but types to go by.
const ANSWER: &str = "{\"rc\":0,\"body\":{\"customer\":\"customer\",\"cents\":1}}\n";

/// Installs the command as `cargo install` does, unoptimised and from what is built already, into a folder that is this checkout's. The
/// program itself.
pub(crate) fn install(root: &Path) -> Result<PathBuf, Failure> {
    let target = workspace::target(root);
    let place = target.join("installed");
    let arguments =
        ["install", "--path", "crates/wirewright-cli", "--locked", "--debug", "--force", "--quiet"];
    let mut command = process::cargo(root, &arguments);
    command.arg("--root").arg(&place).arg("--target-dir").arg(&target);
    process::run(&mut command, &format!("cargo {} --root {}", arguments.join(" "), place.display()))?;
    Ok(place.join("bin").join(format!("wirewright{}", env::consts::EXE_SUFFIX)))
}

/// Installs the command, and lets it mock and call a vendor that is in a temporary folder.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let program = install(root)?;
    let folder = env::temp_dir().join(format!("wirewright-installed-{}", std::process::id()));
    let result = write(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))
        .and_then(|()| mock_and_call(&program, &folder));
    match (result, fs::remove_dir_all(&folder)) {
        (Ok(()), Err(error)) => Err(format!("{} cannot be removed: {error}", folder.display())),
        (result, _) => result,
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let vendor = folder.join("ledgerline");
    fs::create_dir_all(&vendor)?;
    fs::write(vendor.join("protocol.toml"), PROTOCOL)?;
    fs::write(vendor.join("invoice.toml"), INVOICE)
}

fn mock_and_call(program: &Path, folder: &Path) -> Result<(), Failure> {
    say("$ wirewright mock ./ledgerline & wirewright call ./ledgerline invoice/find number=7");
    let unstarted = |error: io::Error| format!("{} could not be started: {error}", program.display());
    let command = |arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).stdin(Stdio::null());
        command
    };
    let mock = command(&["mock", "./ledgerline", "--quiet"]).stdout(Stdio::piped()).spawn();
    let mut mock = Running(mock.map_err(unstarted)?);
    let origin = origin(&mut mock.0)?;
    let call = ["call", "./ledgerline", "invoice/find", "number=7", "--endpoint", &origin];
    let called = command(&call).stderr(Stdio::inherit()).output().map_err(unstarted)?;
    let answer = String::from_utf8_lossy(&called.stdout);
    if !called.status.success() || answer != ANSWER {
        return Err(format!("the call ended with {}, and answered {answer:?}", called.status));
    }
    say(answer.trim_end());
    Ok(())
}

/// Where a mock is that has been started.
fn origin(mock: &mut Child) -> Result<String, Failure> {
    let mut line = String::new();
    let told = mock.stdout.take().map(|out| BufReader::new(out.take(1 << 10)).read_line(&mut line));
    match (told, line.trim_end().split_once(" at ")) {
        (Some(Ok(_)), Some((_, origin))) => Ok(origin.to_owned()),
        _ => Err(format!("the mock does not say where it is: {line:?}")),
    }
}

/// A program that ends with the step.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
