//! `wirewright man`

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_mangen::Man;

use super::failed::{Done, Failed, PROGRAM};

pub(super) fn command() -> Command {
    Command::new("man").about("Writes the manual page, or with a folder the pages of all commands").arg(
        Arg::new("DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .help("The folder that gets a page per command, as in share/man/man1"),
    )
}

/// Writes the manual of the whole command line.
pub(super) fn run(matches: &ArgMatches, command: Command) -> Done {
    let failed = |error: io::Error| Failed::other(format!("the manual cannot be written: {error}"));
    let command = command.mut_subcommand("call", |call| {
        let mut plain = Command::new("call")
            .override_usage(format!("{PROGRAM} call [OPTIONS] VENDOR OPERATION [NAME=VALUE]..."));
        plain = call.get_about().cloned().into_iter().fold(plain, Command::about);
        plain = call.get_after_long_help().cloned().into_iter().fold(plain, Command::after_help);
        plain.args(call.get_arguments().cloned())
    });
    if let Some(folder) = matches.get_one::<PathBuf>("DIR") {
        fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(command, folder).map_err(failed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut page = Vec::new();
    Man::new(command).render(&mut page).map_err(failed)?;
    let _ = io::stdout().lock().write_all(&page);
    Ok(ExitCode::SUCCESS)
}
