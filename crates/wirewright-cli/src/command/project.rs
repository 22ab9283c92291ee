//! `wirewright generate` and `wirewright check`

use std::{
    collections::BTreeMap,
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::{Duration, SystemTime},
};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, builder::PossibleValuesParser, value_parser};
use wirewright_codegen::{
    Faults, MessageFormat, Severity, check_as,
    project::{Choices, Problem, Project},
    write::Mode,
};

use super::{
    arguments,
    definitions::current,
    failed::{Done, Failed},
    output::{complain, say},
};

/// How long after a change it is looked for the next one.
const PAUSE: Duration = Duration::from_millis(300);

pub(super) fn generate_command() -> Command {
    Command::new("generate")
        .about("Writes the crates of definitions, or with --check says how they differ")
        .arg(arguments::vendors("The vendors, by the names of their folders. All when none is named"))
        .arg(arguments::definitions())
        .arg(
            Arg::new("output")
                .long("output")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("The folder that gets a crate per vendor [default: what the nearest wirewright.toml says]"),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help("Compare only, write nothing, and fail with what differs"),
        )
        .arg(
            Arg::new("inherit-workspace")
                .long("inherit-workspace")
                .action(ArgAction::SetTrue)
                .help("Let all crates take versions, edition, licence and lints from the workspace around them"),
        )
        .arg(message_format())
}

pub(super) fn check_command() -> Command {
    Command::new("check")
        .about("Says what is wrong with definitions, each fault at its place and with what to do")
        .arg(arguments::vendors(
            "Folders of definitions, or vendors by their names. All of the project when none is named",
        ))
        .arg(arguments::definitions())
        .arg(message_format())
        .arg(
            Arg::new("watch")
                .long("watch")
                .action(ArgAction::SetTrue)
                .help("Checks again whenever a file changes, until somebody ends the program"),
        )
}

fn message_format() -> Arg {
    let formats = PossibleValuesParser::new(MessageFormat::ALL.iter().map(|(name, _)| *name));
    Arg::new("message-format")
        .long("message-format")
        .value_name("FORMAT")
        .value_parser(formats)
        .default_value("human")
        .help(
            "How faults are told: to people, as JSON in lines, or as annotations of a pull request on GitHub",
        )
}

fn format_of(matches: &ArgMatches) -> MessageFormat {
    let wanted = matches.get_one::<String>("message-format").map(String::as_str);
    let found = MessageFormat::ALL.iter().find(|(name, _)| Some(*name) == wanted);
    found.map(|(_, format)| *format).unwrap_or_default()
}

/// Tells faults: people on standard error, programs on standard output.
fn tell(faults: &Faults, format: MessageFormat) {
    match format {
        MessageFormat::Human => complain(&faults.render(io::stderr().is_terminal())),
        format => say(&faults.write(format, false)),
    }
}

pub(super) fn generate(matches: &ArgMatches) -> Done {
    let mode = if matches.get_flag("check") { Mode::Check } else { Mode::Write };
    let choices = Choices {
        definitions: matches.get_one::<PathBuf>("definitions").cloned(),
        output: matches.get_one::<PathBuf>("output").cloned(),
        inherit_workspace: matches.get_flag("inherit-workspace"),
        ..Choices::default()
    };
    let format = format_of(matches);
    let told = |problem: Problem| {
        if let Problem::Faults(faults) = &problem {
            for faults in faults {
                tell(faults, format);
            }
        }
        let code = if matches!(problem, Problem::Unwritable { .. }) { 1 } else { 2 };
        let missing = match &problem {
            Problem::Unreadable { error, .. } => error.kind() == io::ErrorKind::NotFound,
            Problem::NoVendor { .. } => true,
            _ => false,
        };
        let next = if missing { "; `wirewright new` makes a definition" } else { "" };
        Failed { text: format!("{problem}{next}"), code }
    };
    let vendors: Vec<String> = matches.get_many("VENDOR").into_iter().flatten().cloned().collect();
    let project = Project::find(&current(), &choices).map_err(told)?;
    let loaded = project.load(&vendors).map_err(told)?;
    loaded
        .iter()
        .map(|one| &one.warnings)
        .filter(|warnings| !warnings.is_empty())
        .for_each(|one| tell(one, format));
    let outcome = project.write(&loaded, mode).map_err(told)?;
    for name in &outcome.abandoned {
        let what = if mode == Mode::Write { "removed" } else { "left over" };
        say(&format!("{name}: {what}, it has no definition any more\n"));
    }
    outcome.crates.iter().for_each(|one| say(&format!("{}\n", one.summary(mode))));
    if mode == Mode::Write || outcome.is_up_to_date() {
        return Ok(ExitCode::SUCCESS);
    }
    let found: Vec<String> = outcome.differences().collect();
    complain(&format!("\n{}", found.concat()));
    let files = if found.len() == 1 { "1 file is".to_owned() } else { format!("{} files are", found.len()) };
    Err(Failed::other(format!("{files} not as the definitions say; run `wirewright generate`")))
}

pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

pub(super) fn check(matches: &ArgMatches) -> Done {
    let format = format_of(matches);
    let mut folders = wanted(matches)?;
    if !matches.get_flag("watch") {
        let errors = check_all(&folders, format);
        return if errors == 0 { Ok(ExitCode::SUCCESS) } else { Ok(2.into()) };
    }
    let mut seen = BTreeMap::new();
    loop {
        let now = files(&folders);
        if now == seen {
            thread::sleep(PAUSE);
            // A vendor may be new, or gone.
            match wanted(matches) {
                Ok(wanted) => folders = wanted,
                Err(failed) if !folders.is_empty() => {
                    complain(&format!("error: {}\n", failed.text));
                    (folders, seen) = (Vec::new(), BTreeMap::new());
                }
                Err(_) => {}
            }
            continue;
        }
        seen = now;
        if format == MessageFormat::Human && io::stderr().is_terminal() {
            complain("\x1b[2J\x1b[H");
        }
        check_all(&folders, format);
    }
}

/// The folders of the definitions that are meant.
pub(super) fn wanted(matches: &ArgMatches) -> Result<Vec<PathBuf>, Failed> {
    let definitions = arguments::definitions_of(matches);
    let named: Vec<&String> = matches.get_many("VENDOR").into_iter().flatten().collect();
    if !named.is_empty() {
        return named.into_iter().map(|name| definitions.find(name)).collect();
    }
    let known = definitions.names();
    if known.is_empty() {
        return Err(Failed::usage(
            "there are no definitions here: name the folder of one, or make one with `wirewright new`",
        ));
    }
    known.iter().map(|name| definitions.find(name)).collect()
}

/// How many errors there are.
fn check_all(folders: &[PathBuf], format: MessageFormat) -> usize {
    let mut errors = 0;
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let checked = check_as(folder, &name);
        errors += checked.faults.count(Severity::Error);
        if !checked.faults.is_empty() {
            tell(&checked.faults.in_folder(folder), format);
        }
        if let (Some(vendor), MessageFormat::Human) = (&checked.vendor, format) {
            let operations = count(vendor.operations().count(), "operation");
            say(&format!("{name}: {operations}, {}, no fault\n", count(vendor.types.len(), "type")));
        }
    }
    errors
}

/// Each file of the definitions with what tells that it has changed.
fn files(folders: &[PathBuf]) -> BTreeMap<PathBuf, Option<(u64, SystemTime)>> {
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let definitions = paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let state = |path: &Path| {
        let described = fs::metadata(path).ok()?;
        Some((described.len(), described.modified().ok()?))
    };
    definitions.map(|path| (path.clone(), state(&path))).collect()
}
