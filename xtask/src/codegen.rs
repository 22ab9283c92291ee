//! `cargo xtask codegen`

use std::env;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use wirewright_codegen::emit::{self, GeneratedFile};
use wirewright_codegen::model::Vendor;
use wirewright_codegen::write::{self, Mode};
use wirewright_codegen::{CATALOG, nearest};

use crate::output::{Failure, complain, say};

/// Where the definitions are, in the workspace.
const DEFINITIONS: &str = "protocol-defs";
/// Where the generated crates are, in the workspace.
const OUTPUT: &str = "crates/vendors";

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// The vendors, by the names of their folders. All, and the catalog of all, when none is named.
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// Compare only, write nothing, and fail with what differs.
    #[arg(long)]
    check: bool,
    /// The folder that has a folder of definitions per vendor [default: protocol-defs in the workspace].
    #[arg(long, value_name = "DIR")]
    definitions: Option<PathBuf>,
    /// The folder that gets a crate per vendor [default: crates/vendors in the workspace].
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Arguments {
    /// Compare all vendors.
    pub(crate) fn check() -> Self {
        Self { check: true, ..Self::default() }
    }
}

/// A definition without a fault, and how long it took to read.
struct Loaded {
    vendor: Vendor,
    time: Duration,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let definitions = arguments.definitions.clone().unwrap_or_else(|| root.join(DEFINITIONS));
    let output = arguments.output.clone().unwrap_or_else(|| root.join(OUTPUT));
    let mode = if arguments.check { Mode::Check } else { Mode::Write };

    let folders = select(vendors(&definitions)?, &arguments.vendors)?;
    let loaded = load(&definitions, &folders)?;

    let mut found = Vec::new();
    if arguments.vendors.is_empty() {
        clear(&output, &definitions, mode, &mut found)?;
    }
    for vendor in &loaded {
        one(vendor, &output, mode, &mut found)?;
    }
    // It knows all vendors, or is left as it is.
    if arguments.vendors.is_empty() {
        catalog(&loaded, &output, mode, &mut found)?;
    }
    // The language's reference, and what a change of a definition is, are beside the definitions of this workspace.
    if arguments.definitions.is_none() {
        page(&definitions.join("README.md"), &wirewright_codegen::reference(), mode, &mut found)?;
        page(&definitions.join("CHANGES.md"), &wirewright_codegen::diff::page(), mode, &mut found)?;
    }
    if mode == Mode::Write || found.is_empty() {
        return Ok(());
    }
    complain(&format!("\n{}", found.concat()));
    Err(format!(
        "{} not as the definitions say; run `cargo xtask codegen`",
        match found.len() {
            1 => "1 file is".to_owned(),
            many => format!("{many} files are"),
        }
    ))
}

/// A page that is written from the tables of the generator.
fn page(file: &Path, text: &str, mode: Mode, found: &mut Vec<String>) -> Result<(), Failure> {
    if fs::read_to_string(file).is_ok_and(|written| written == text) {
        return Ok(());
    }
    if mode == Mode::Check {
        found.push(format!("{} is not what the tables of the generator say\n", file.display()));
        return Ok(());
    }
    fs::write(file, text).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

/// The vendors that have a folder of definitions, in the order of names.
fn vendors(definitions: &Path) -> Result<Vec<String>, Failure> {
    let unreadable = |error: io::Error| format!("{} cannot be read: {error}", definitions.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(definitions).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    if names.is_empty() { Err(format!("{} has no vendor", definitions.display())) } else { Ok(names) }
}

/// Those of `known` that are `wanted`, or all.
fn select(known: Vec<String>, wanted: &[String]) -> Result<Vec<String>, Failure> {
    let unknown: Vec<String> = wanted
        .iter()
        .filter(|name| !known.contains(name))
        .map(|name| match nearest(name, &known) {
            Some(near) => format!("there is no vendor `{name}`: did you mean `{near}`?"),
            None => format!("there is no vendor `{name}`; there are {}", known.join(", ")),
        })
        .collect();
    if !unknown.is_empty() {
        return Err(unknown.join("\nerror: "));
    }
    Ok(known.into_iter().filter(|name| wanted.is_empty() || wanted.contains(name)).collect())
}

/// A path as a person in the current folder would write it.
fn shown(path: &Path) -> &Path {
    env::current_dir().ok().and_then(|current| path.strip_prefix(current).ok()).unwrap_or(path)
}

/// All definitions, or all faults of all of them. Whoever writes one down wants to see everything at once.
fn load(definitions: &Path, names: &[String]) -> Result<Vec<Loaded>, Failure> {
    let mut loaded = Vec::new();
    let mut faults = 0;
    for name in names {
        let started = Instant::now();
        let folder = definitions.join(name);
        match wirewright_codegen::load(&folder) {
            Ok(vendor) => loaded.push(Loaded { vendor, time: started.elapsed() }),
            Err(found) => {
                faults += found.diagnostics().len();
                let found = found.in_folder(shown(&folder));
                complain(&found.render(io::stderr().is_terminal()));
            }
        }
    }
    match faults {
        0 => Ok(loaded),
        1 => Err("nothing was written: the definitions have 1 fault".to_owned()),
        _ => Err(format!("nothing was written: the definitions have {faults} faults")),
    }
}

/// Generated crates whose definition is gone go too.
fn clear(output: &Path, definitions: &Path, mode: Mode, found: &mut Vec<String>) -> Result<(), Failure> {
    let failed = |error: io::Error| format!("{}: {error}", output.display());
    for name in write::abandoned(output, definitions).map_err(failed)? {
        if mode == Mode::Write {
            write::remove(&output.join(&name)).map_err(failed)?;
            say(&format!("{name}: removed, it has no definition any more"));
        } else {
            say(&format!("{name}: left over, it has no definition any more"));
            found.push(format!("{name}: left over: the whole crate\n"));
        }
    }
    Ok(())
}

fn one(loaded: &Loaded, output: &Path, mode: Mode, found: &mut Vec<String>) -> Result<(), Failure> {
    let Loaded { vendor, time } = loaded;
    let started = Instant::now();
    let files = emit::files(vendor);
    let did = write(&vendor.package, &files, output, mode, found)?;
    say(&format!(
        "{}: {}, {}, {} ({did}), {} ms",
        vendor.package,
        count(vendor.operations().count(), "operation"),
        count(vendor.types.len(), "type"),
        count(files.len(), "file"),
        (*time + started.elapsed()).as_millis()
    ));
    Ok(())
}

/// The crate that knows all vendors.
fn catalog(loaded: &[Loaded], output: &Path, mode: Mode, found: &mut Vec<String>) -> Result<(), Failure> {
    let started = Instant::now();
    let vendors: Vec<&Vendor> = loaded.iter().map(|loaded| &loaded.vendor).collect();
    let files = emit::catalog(CATALOG, &vendors);
    let did = write(CATALOG, &files, output, mode, found)?;
    let (vendors, files) = (count(vendors.len(), "vendor"), count(files.len(), "file"));
    say(&format!("{CATALOG}: {vendors}, {files} ({did}), {} ms", started.elapsed().as_millis()));
    Ok(())
}

/// Brings a crate up to date, or says how it differs; what was done, in words.
fn write(
    package: &str,
    files: &[GeneratedFile],
    output: &Path,
    mode: Mode,
    found: &mut Vec<String>,
) -> Result<String, Failure> {
    let outcome = write::write(&output.join(package), files, mode);
    let outcome = outcome.map_err(|error| format!("{package}: {error}"))?;
    found.extend(outcome.differences.iter().map(|difference| format!("{package}: {difference}")));
    Ok(match mode {
        Mode::Write => format!("{} written, {} removed", outcome.written(), outcome.removed()),
        Mode::Check => format!("{} different", outcome.differences.len()),
    })
}

fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
