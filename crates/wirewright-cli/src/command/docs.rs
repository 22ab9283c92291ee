//! `wirewright docs`

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use wirewright_interpret::Definition;

use super::{
    arguments,
    definitions::load_from,
    failed::{Done, Failed},
    output::say,
    project::{count, wanted},
    site_folder::write,
};

pub(super) fn command() -> Command {
    Command::new("docs")
        .about("Writes a site about definitions: operations, types, errors, sessions, signatures, samples, and calls to copy")
        .long_about(
            "Writes a site about definitions: an overview of each vendor, and a page for each operation with its parameters and replies, \
             its samples in every format, and the call as curl, as `wirewright call` and in Rust.\n\n\
             The pages need no server and no scripts, and load nothing from elsewhere. The same definitions give the same bytes.",
        )
        .arg(arguments::vendors(
            "Folders of definitions, or vendors by their names. All of the project when none is named",
        ))
        .arg(arguments::definitions())
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("SITE")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .required(true)
                .help(
                    "The folder of the site. What this command has written there before is written anew, or removed where it is not needed any \
                     more; what else is there stays as it is, and where a page would have to take its place nothing is written",
                ),
        )
}

pub(super) fn run(matches: &ArgMatches) -> Done {
    let folder: &PathBuf = matches.get_one("output").ok_or_else(|| Failed::usage("no `--output`"))?;
    // What is wrong with any of them is told before something is written.
    let loaded: Vec<Result<Definition, Failed>> =
        wanted(matches)?.iter().map(|vendor| load_from(vendor)).collect();
    let loaded = loaded.into_iter().collect::<Result<Vec<Definition>, Failed>>()?;
    let files = wirewright_docs::site(&loaded);
    let outcome = write(folder, &files)?;
    say(&format!(
        "{}: {} of {}, {} written, {} removed\n",
        shown(folder),
        count(files.len(), "file"),
        count(loaded.len(), "vendor"),
        outcome.written,
        outcome.removed
    ));
    Ok(ExitCode::SUCCESS)
}

/// The page to open.
fn shown(folder: &Path) -> String {
    folder.join("index.html").display().to_string()
}
