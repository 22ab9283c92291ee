//! The commands of `wirewright-cli`: what they do is in the library.

mod arguments;

use std::{
    env, fs,
    io::{self, IsTerminal as _, Read as _, Write as _},
    process::ExitCode,
    thread,
};

use clap::ArgMatches;
use clap_complete::Shell;
use wirewright_cli::{
    call::{self, Surroundings},
    mock::{Mock, Rule, Server},
};

fn main() -> ExitCode {
    let matches = arguments::command().get_matches();
    let done = match matches.subcommand() {
        Some(("mock", matches)) => mock(matches),
        Some(("call", matches)) => call(matches),
        Some(("completions", matches)) => completions(matches),
        _ => Err("no command".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr().lock(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until somebody ends the program.
fn mock(matches: &ArgMatches) -> Result<(), String> {
    let vendor: &String = matches.get_one("VENDOR").ok_or("no vendor")?;
    let port: u16 = matches.get_one("port").copied().unwrap_or_default();
    let mock = Mock::of(vendor).ok_or_else(|| format!("there is no vendor `{vendor}`"))?;
    let rules: Vec<Rule> = matches.get_many("fault").into_iter().flatten().cloned().collect();
    for rule in &rules {
        let known = |name: &str| mock.vendor().operation(name).is_some();
        if let Some(operation) = rule.operation().filter(|operation| !known(operation)) {
            return Err(format!(
                "the fault `{rule}` is about `{operation}`, which is no operation of {vendor}"
            ));
        }
    }
    mock.faults().set(rules);
    let below = matches.get_one("below").map_or("", String::as_str);
    let server = Server::start_below(mock, port, below).map_err(|error| format!("port {port}: {error}"))?;
    // Whoever started this reads where it is; nobody may be reading.
    let _ = writeln!(io::stdout().lock(), "{} at {}", server.mock().vendor().title, server.origin());
    loop {
        thread::park();
    }
}

fn call(matches: &ArgMatches) -> Result<(), String> {
    let call = arguments::call(matches)?;
    let mut exchanges: Box<dyn io::Write> =
        if matches.get_flag("quiet") { Box::new(io::sink()) } else { Box::new(io::stderr()) };
    let answer = call::run(&call, &Terminal, &mut *exchanges).map_err(|failure| failure.to_string())?;
    let _ = writeln!(io::stdout().lock(), "{answer}");
    Ok(())
}

fn completions(matches: &ArgMatches) -> Result<(), String> {
    let shell: Shell = matches.get_one("SHELL").copied().ok_or("no shell")?;
    let mut script = Vec::new();
    // The script for bash has two names for a program with a dash in its own, and completes nothing (clap_complete 4.6): it is written
    // for one without, and completes the program all the same.
    let name = if shell == Shell::Bash { "wirewright" } else { PROGRAM };
    clap_complete::generate(shell, &mut arguments::command(), name, &mut script);
    if shell == Shell::Bash {
        let text = String::from_utf8(script).map_err(|error| error.to_string())?;
        script = text.replace(" default wirewright\n", &format!(" default {PROGRAM}\n")).into_bytes();
    }
    let _ = io::stdout().lock().write_all(&script);
    Ok(())
}

/// What the program is called.
const PROGRAM: &str = "wirewright-cli";

/// The shell's environment, terminal and files.
struct Terminal;

impl Surroundings for Terminal {
    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok()
    }

    fn ask(&self, question: &str) -> Option<String> {
        if !io::stdin().is_terminal() {
            return None;
        }
        rpassword::prompt_password(question).ok()
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        fs::read(path)
    }
}
