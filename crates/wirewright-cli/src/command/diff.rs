//! `wirewright diff`

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};
use wirewright_codegen::{
    PROTOCOL,
    diff::{Changes, Severity, added, diff, git, removed},
    load_sources,
    model::Vendor,
    read_sources,
};

use super::{
    arguments,
    definitions::Definitions,
    failed::{Done, Failed},
    output::{complain, say},
};

pub(super) fn command() -> Command {
    let mut codes = String::from("Exit codes:\n    0  nothing has changed, or nothing that breaks anybody");
    for severity in Severity::ALL.iter().filter(|severity| severity.exit_code() != 0) {
        // Writing to a string cannot fail.
        let _ = write!(codes, "\n  {:>3}  {}", severity.exit_code(), severity.words());
    }
    Command::new("diff")
        .about("Says what changed on the wire and in the crate's interface, and for whom it is breaking")
        .arg(arguments::vendors("Folders of definitions, or vendors by their names. All of the project when none is named"))
        .arg(
            Arg::new("against")
                .long("against")
                .value_name("REF or DIR")
                .default_value("HEAD")
                .help("What it was before: a revision of git, the folder of a definition, or one with a folder per vendor"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(["text", "markdown", "json"]))
                .default_value("text")
                .help("What it is written as: Markdown is for a comment of a pull request"),
        )
        .arg(arguments::definitions())
        .after_help(codes)
}

/// A definition's files.
type Sources = Vec<(String, String)>;

pub(super) fn run(matches: &ArgMatches) -> Done {
    let definitions = arguments::definitions_of(matches);
    let named: Vec<String> = matches.get_many("VENDOR").into_iter().flatten().cloned().collect();
    let against = matches.get_one::<String>("against").map_or("HEAD", String::as_str);
    let format = matches.get_one::<String>("format").map_or("text", String::as_str);
    let vendors = vendors(&definitions, &named, against)?;
    let (mut worst, mut json) = (0, Vec::new());
    for (name, folder) in vendors {
        let new = if folder.join(PROTOCOL).is_file() { Some(sources(&folder)?) } else { None };
        let old = before(&folder, &name, against)?;
        let changes = compare(&name, old, new)?;
        worst = worst.max(changes.exit_code());
        match format {
            "markdown" => say(&format!("## {name}\n\n{}\n", changes.to_markdown())),
            "json" => json.push(format!("{}:{}", quoted(&name), changes.to_json().trim_end())),
            _ => say(&format!("{name}: {changes}\n")),
        }
    }
    if format == "json" {
        say(&format!("{{{}}}\n", json.join(",")));
    }
    Ok(worst.into())
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

/// The vendors that are compared, each with the folder that its definition has, or had.
fn vendors(
    definitions: &Definitions,
    named: &[String],
    against: &str,
) -> Result<Vec<(String, PathBuf)>, Failed> {
    let with_name = |folder: PathBuf| {
        // The folder that somebody is in has a name as well.
        let named = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        (named.file_name().unwrap_or_default().to_string_lossy().into_owned(), folder)
    };
    if !named.is_empty() {
        return named.iter().map(|name| definitions.find_or_place(name).map(with_name)).collect();
    }
    let folder = definitions
        .folder()
        .ok_or_else(|| Failed::usage("there are no definitions here: name the folder of one"))?;
    let mut known = definitions.names();
    // A definition that is gone is a change as well.
    let other = Path::new(against);
    if !other.is_dir() {
        known.extend(git::vendors(folder, against).map_err(|error| Failed::usage(error.to_string()))?);
    } else if !other.join(PROTOCOL).is_file() {
        known.extend(Definitions::at(other.to_owned()).names());
    }
    known.sort();
    known.dedup();
    if known.is_empty() {
        return Err(Failed::usage(format!("{} has no definitions, and had none", folder.display())));
    }
    Ok(known.into_iter().map(|name| (name.clone(), folder.join(name))).collect())
}

/// The definition as it was. `None`: there was none.
fn before(folder: &Path, name: &str, against: &str) -> Result<Option<Sources>, Failed> {
    let other = Path::new(against);
    if other.join(PROTOCOL).is_file() {
        return sources(other).map(Some);
    }
    if other.is_dir() {
        let own = other.join(name);
        return if own.join(PROTOCOL).is_file() { sources(&own).map(Some) } else { Ok(None) };
    }
    git::sources(folder, against).map_err(|error| Failed::usage(error.to_string()))
}

fn sources(folder: &Path) -> Result<Sources, Failed> {
    read_sources(folder).map_err(|faults| Failed::usage(faults.to_string()))
}

fn compare(name: &str, old: Option<Sources>, new: Option<Sources>) -> Result<Changes, Failed> {
    let load = |sources: &Sources, which: &str| -> Result<Vendor, Failed> {
        load_sources(name, sources.clone()).map_err(|faults| {
            complain(&faults.to_string());
            Failed::usage(format!("{name} cannot be compared: {which} has faults"))
        })
    };
    Ok(match (old, new) {
        (Some(old), Some(new)) => {
            let changes = diff(&load(&old, "the definition as it was")?, &load(&new, "the definition")?);
            changes.located(&new)
        }
        (None, Some(new)) => added(&load(&new, "the definition")?).located(&new),
        (Some(old), None) => removed(&load(&old, "the definition as it was")?),
        (None, None) => {
            return Err(Failed::usage(format!("there is no definition {name}, and there was none")));
        }
    })
}
