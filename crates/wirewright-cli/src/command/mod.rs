//! The command line: a module for each command.

mod arguments;
mod call;
mod completions;
mod definitions;
mod diff;
mod docs;
mod draft;
mod failed;
mod interrupt;
mod man;
mod mock;
mod new;
mod operations;
mod out;
mod output;
mod project;
mod schema;
mod site_folder;
mod terminal;

use std::{env, ffi::OsString, process::ExitCode};

use clap::Command;
use clap_complete::CompleteEnv;

use self::failed::{Failed, PROGRAM};

/// Runs the command that the program was started with.
pub(crate) fn run() -> ExitCode {
    // A shell that completes a line asks the program, which reads the definition that the line names.
    CompleteEnv::with_factory(|| tree(&behind_dashes(env::args_os()))).complete();
    let words: Vec<OsString> = env::args_os().collect();
    let matches = tree(&words).get_matches_from(words);
    let done = match matches.subcommand() {
        Some(("new", matches)) => new::run(matches),
        Some(("draft", matches)) => draft::run(matches),
        Some(("check", matches)) => project::check(matches),
        Some(("generate", matches)) => project::generate(matches),
        Some(("diff", matches)) => diff::run(matches),
        Some(("docs", matches)) => docs::run(matches),
        Some(("mock", matches)) => mock::run(matches),
        Some(("call", matches)) => call::run(matches),
        Some(("schema", matches)) => schema::run(matches),
        Some(("completions", matches)) => completions::run(matches),
        // No vendor: what there is in one folder is nothing for a manual.
        Some(("man", matches)) => man::run(matches, tree(&[])),
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
        .subcommand(draft::command())
        .subcommand(project::check_command())
        .subcommand(project::generate_command())
        .subcommand(diff::command())
        .subcommand(docs::command())
        .subcommand(mock::command())
        .subcommand(operations::command(words))
        .subcommand(schema::command())
        .subcommand(completions::command())
        .subcommand(man::command())
}
