//! The command line: a module for each command.

mod call;
mod completions;
mod definitions;
mod diff;
mod interrupt;
mod man;
mod mock;
mod new;
mod output;
mod project;
mod schema;
mod terminal;

use std::{env, ffi::OsString, process::ExitCode};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_complete::{ArgValueCandidates, CompleteEnv, CompletionCandidate};

/// What the program is called.
const PROGRAM: &str = "wirewright";

/// Why a command failed, and with which exit code.
struct Failed {
    text: String,
    code: u8,
}

impl Failed {
    /// What was asked for makes no sense.
    fn usage(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 2 }
    }

    fn other(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 1 }
    }
}

/// What a command ended with.
type Done = Result<ExitCode, Failed>;

/// Runs the command that the program was started with.
pub(crate) fn run() -> ExitCode {
    // A shell that completes a line asks the program, which reads the definition that the line names.
    CompleteEnv::with_factory(|| tree(&behind_dashes(env::args_os()))).complete();
    let words: Vec<OsString> = env::args_os().collect();
    let matches = tree(&words).get_matches_from(words);
    let done = match matches.subcommand() {
        Some(("new", matches)) => new::run(matches),
        Some(("check", matches)) => project::check(matches),
        Some(("generate", matches)) => project::generate(matches),
        Some(("diff", matches)) => diff::run(matches),
        Some(("mock", matches)) => mock::run(matches),
        Some(("call", matches)) => call::run(matches),
        Some(("schema", matches)) => schema::run(matches),
        Some(("completions", matches)) => completions::run(matches),
        Some(("man", matches)) => man::run(matches),
        _ => Err(Failed::usage("no command")),
    };
    done.unwrap_or_else(|failed| {
        output::complain(&format!("error: {}\n", failed.text));
        failed.code.into()
    })
}

/// The words of the line that a shell completes: it gives them behind `--`.
fn behind_dashes(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    words.skip_while(|word| word != "--").skip(1).collect()
}

/// The whole command line. The vendor that `call` names among `words` is part of it, so that help and completions know its operations
/// and their parameters.
fn tree(words: &[OsString]) -> Command {
    Command::new(PROGRAM)
        .about("Typed crates, mock servers and calls from a vendor's definition")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(new::command())
        .subcommand(project::check_command())
        .subcommand(project::generate_command())
        .subcommand(diff::command())
        .subcommand(mock::command())
        .subcommand(call::command(words))
        .subcommand(schema::command())
        .subcommand(completions::command())
        .subcommand(man::command())
}

/// `VENDOR…`
fn vendors_argument(help: &'static str) -> Arg {
    let vendors = || -> Vec<CompletionCandidate> {
        definitions::Definitions::new(None).names().into_iter().map(CompletionCandidate::new).collect()
    };
    Arg::new("VENDOR")
        .num_args(0..)
        .value_hint(ValueHint::DirPath)
        .add(ArgValueCandidates::new(vendors))
        .help(help)
}

/// `--definitions DIR`
fn definitions_argument() -> Arg {
    Arg::new("definitions")
        .long("definitions")
        .value_name("DIR")
        .value_parser(value_parser!(std::path::PathBuf))
        .value_hint(ValueHint::DirPath)
        .help("The folder with a folder of definitions per vendor [default: what the nearest wirewright.toml says, or the nearest protocol-defs]")
}

/// The folder with the definitions that was given.
fn definitions_folder(matches: &ArgMatches) -> definitions::Definitions {
    definitions::Definitions::new(matches.get_one::<std::path::PathBuf>("definitions").cloned())
}
