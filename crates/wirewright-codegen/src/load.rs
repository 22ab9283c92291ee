//! From the files of a definition to its model.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Code, Fault, Faults, ReadWord, Report};
use crate::model::Vendor;
use crate::source::Sources;
use crate::{read, resolve};

/// What a definition is, and what there is to say of it.
#[derive(Debug)]
pub struct Checked {
    /// What it says; `None` where there is an error in it.
    pub vendor: Option<Vendor>,
    /// Everything that is wrong with it, and the warnings, which a correct definition may have as well.
    pub faults: Faults,
}

impl Checked {
    /// What it says, without the warnings.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the definition, and the warnings.
    pub fn into_result(self) -> Result<Vendor, Faults> {
        self.vendor.ok_or(self.faults)
    }
}

/// Reads and checks the definition in `folder`. The folder's name is the package's.
///
/// # Errors
///
/// Everything that is wrong with the definition, and files that cannot be read. Who wants to hear of warnings as well asks
/// [`check`].
pub fn load(folder: &Path) -> Result<Vendor, Faults> {
    check(folder).into_result()
}

/// Reads and checks the definition in `folder`, as [`load`] does, and keeps the warnings.
///
/// ```
/// use std::path::Path;
/// use wirewright_codegen::{Severity, check};
///
/// let checked = check(Path::new("nowhere"));
/// assert!(checked.vendor.is_none());
/// assert_eq!(checked.faults.count(Severity::Error), 1);
/// assert!(checked.faults.render(false).contains("cannot read `nowhere`"));
/// ```
pub fn check(folder: &Path) -> Checked {
    check_as(folder, &folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}

/// The same for a package of another name than the folder's.
pub fn check_as(folder: &Path, package: &str) -> Checked {
    match read_sources(folder) {
        Ok(files) => check_sources(package, files),
        Err(faults) => Checked { vendor: None, faults },
    }
}

/// The files of the definition in `folder`, by name and text, in no particular order: for [`check_sources`].
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
    if report.has_errors() { Err(report.into_faults(Sources::new(files))) } else { Ok(files) }
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
    let report = Report::new(true);
    if vendor(package, &sources, &report).is_none() || report.has_errors() {
        return Err(report.into_faults(sources));
    }
    let place = |read: ReadWord| {
        let (line, _) = sources.position(read.span);
        WordUse { place: read.place, word: read.word, file: sources.name(read.span.file()).to_owned(), line }
    };
    Ok(report.into_words().into_iter().map(place).collect())
}

/// Reads and checks a definition whose files, by name, are already in memory.
///
/// # Errors
///
/// Everything that is wrong with the definition. Who wants to hear of warnings as well asks [`check_sources`].
pub fn load_sources(package: &str, files: Vec<(String, String)>) -> Result<Vendor, Faults> {
    check_sources(package, files).into_result()
}

/// Reads and checks a definition whose files, by name, are already in memory, and keeps the warnings.
pub fn check_sources(package: &str, mut files: Vec<(String, String)>) -> Checked {
    files.sort_by(|left, right| left.0.cmp(&right.0));
    let sources = Sources::new(files);
    let report = Report::default();
    let vendor = vendor(package, &sources, &report).filter(|_| !report.has_errors());
    Checked { vendor, faults: report.into_faults(sources) }
}

fn vendor(package: &str, sources: &Sources, report: &Report) -> Option<Vendor> {
    let kept = read::Kept::new(sources.iter().count());
    let definition = read::definition(sources, &kept, report)?;
    let scope = resolve::Scope::new(&definition, report);
    let vendor = resolve::vendor(package, &definition, &scope, sources, report);
    crate::check::all(package, &definition, &scope, sources, report);
    Some(vendor)
}

fn unreadable(name: &str, error: &std::io::Error) -> Fault {
    Fault::nowhere(Code::Unreadable, name, format!("cannot read `{name}`: {error}"))
}
