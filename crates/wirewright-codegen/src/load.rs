//! From the files of a definition to its model.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Code, Fault, Faults, ReadWord, Report};
use crate::model::Vendor;
use crate::source::Sources;
use crate::{check, read, resolve};

/// Reads and checks the definition in `folder`. The folder's name is the package's.
///
/// # Errors
///
/// Everything that is wrong with the definition, and files that cannot be read.
pub fn load(folder: &Path) -> Result<Vendor, Faults> {
    let package = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    load_sources(&package, read_sources(folder)?)
}

/// The files of the definition in `folder`, by name and text, in no particular order: for [`load_sources`], where the package has
/// another name than the folder.
///
/// # Errors
///
/// Files that cannot be read.
pub fn read_sources(folder: &Path) -> Result<Vec<(String, String)>, Faults> {
    let report = Report::default();
    let mut files = Vec::new();
    match fs::read_dir(folder) {
        Err(error) => report.add(unreadable(&folder.display().to_string(), &error)),
        Ok(entries) => {
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.extension().is_none_or(|extension| extension != "toml") {
                    continue;
                }
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                match fs::read_to_string(&path) {
                    Ok(text) => files.push((name, text)),
                    Err(error) => report.add(unreadable(&name, &error)),
                }
            }
        }
    }
    if report.is_empty() { Ok(files) } else { Err(report.into_faults(Sources::new(files))) }
}

/// A word that a definition uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordUse {
    /// The kind of table that it is in: the [`crate::words::Vocabulary::place`].
    pub place: &'static str,
    /// The word.
    pub word: &'static str,
    /// The name of the file.
    pub file: String,
    /// The line of the file, counted from 1.
    pub line: usize,
}

/// Every word that a definition uses, in the order of the reader.
///
/// # Errors
///
/// Everything that is wrong with the definition.
pub fn words_used(package: &str, mut files: Vec<(String, String)>) -> Result<Vec<WordUse>, Faults> {
    files.sort_by(|left, right| left.0.cmp(&right.0));
    let sources = Sources::new(files);
    let report = Report::with_words();
    if vendor(package, &sources, &report).is_none() || !report.is_empty() {
        return Err(report.into_faults(sources));
    }
    let place = |read: ReadWord| {
        let (line, _) = sources.position(read.span);
        WordUse { place: read.place, word: read.word, file: sources.name(read.span.file).to_owned(), line }
    };
    Ok(report.into_words().into_iter().map(place).collect())
}

/// Reads and checks a definition whose files, by name, are already in memory.
///
/// # Errors
///
/// Everything that is wrong with the definition.
pub fn load_sources(package: &str, mut files: Vec<(String, String)>) -> Result<Vendor, Faults> {
    files.sort_by(|left, right| left.0.cmp(&right.0));
    let sources = Sources::new(files);
    let report = Report::default();
    let vendor = vendor(package, &sources, &report);
    match vendor {
        Some(vendor) if report.is_empty() => Ok(vendor),
        _ => Err(report.into_faults(sources)),
    }
}

fn vendor(package: &str, sources: &Sources, report: &Report) -> Option<Vendor> {
    let documents = read::documents(sources, report)?;
    let definition = read::definition(sources, &documents, report)?;
    let scope = resolve::Scope::new(&definition, report);
    let vendor = resolve::vendor(package, &definition, &scope, report);
    check::all(package, &definition, &scope, report);
    Some(vendor)
}

fn unreadable(name: &str, error: &std::io::Error) -> Fault {
    Fault::nowhere(Code::Unreadable, name, format!("cannot read `{name}`: {error}"))
}
