//! `wirewright schema`

use std::{fs, path::PathBuf, process::ExitCode};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser};
use wirewright_codegen::schema;

use super::{
    arguments,
    failed::{Done, Failed},
    output::say,
};

pub(super) fn command() -> Command {
    Command::new("schema")
        .about("Writes the JSON Schemas of the definition language, so that editors complete and check it")
        .arg(
            Arg::new("FILE")
                .value_parser(PossibleValuesParser::new(["protocol", "group", "project"]))
                .required_unless_present("write")
                .help("Which: that of protocol.toml, of a file with operations, or of wirewright.toml"),
        )
        .arg(Arg::new("write").long("write").action(ArgAction::SetTrue).help(
            "Writes all beside the vendors' folders, where the first line of each definition names them",
        ))
        .arg(arguments::definitions())
}

pub(super) fn run(matches: &ArgMatches) -> Done {
    if matches.get_flag("write") {
        let Some(folder) = arguments::definitions_of(matches).folder().map(PathBuf::from) else {
            return Err(Failed::usage(
                "there are no definitions here: name their folder with `--definitions`",
            ));
        };
        for (name, text) in schema::files() {
            let path = folder.join(name);
            fs::write(&path, text)
                .map_err(|error| Failed::other(format!("{} cannot be written: {error}", path.display())))?;
            say(&format!("{}\n", path.display()));
        }
        return Ok(ExitCode::SUCCESS);
    }
    say(&match matches.get_one::<String>("FILE").map(String::as_str) {
        Some("group") => schema::group(),
        Some("project") => schema::project(),
        _ => schema::protocol(),
    });
    Ok(ExitCode::SUCCESS)
}
