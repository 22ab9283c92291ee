//! `wirewright completions`

use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};
use clap_complete::env::Shells;

use super::failed::{Done, Failed, PROGRAM};

pub(super) fn command() -> Command {
    Command::new("completions")
        .about("Writes what a shell evaluates to complete commands, vendors, operations and parameters")
        .long_about(
            "Writes what a shell evaluates to complete commands, vendors, operations and parameters. At each TAB the shell asks this \
             program, which reads the definition that the line names: private vendors are completed as well.\n\n\
             bash: source <(wirewright completions bash)\n\
             zsh:  source <(wirewright completions zsh)\n\
             fish: wirewright completions fish | source",
        )
        .arg(
            Arg::new("SHELL")
                .required(true)
                .value_parser(PossibleValuesParser::new(Shells::builtins().names().collect::<Vec<_>>())),
        )
}

pub(super) fn run(matches: &ArgMatches) -> Done {
    let shell: &String = matches.get_one("SHELL").ok_or_else(|| Failed::usage("no shell"))?;
    let shells = Shells::builtins();
    let completer = shells.completer(shell).ok_or_else(|| Failed::usage("there is no such shell"))?;
    let program = env::current_exe().ok().and_then(|path| path.into_os_string().into_string().ok());
    let program = program.as_deref().unwrap_or(PROGRAM);
    let mut script = Vec::new();
    completer
        .write_registration("COMPLETE", PROGRAM, PROGRAM, program, &mut script)
        .map_err(|error| Failed::other(error.to_string()))?;
    let _ = io::stdout().lock().write_all(&script);
    Ok(ExitCode::SUCCESS)
}
