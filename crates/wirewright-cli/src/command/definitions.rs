//! Which definition is meant: a folder, or a vendor by its name.

use std::{
    env, fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use wirewright_codegen::{
    PROTOCOL, nearest,
    project::{Choices, Problem, Project},
};
use wirewright_interpret::Definition;

use super::{failed::Failed, output::complain};

/// The folder that has a folder of definitions per vendor.
pub(super) struct Definitions(Option<PathBuf>);

impl Definitions {
    /// This folder, or that of the project around the current folder.
    pub(super) fn new(given: Option<PathBuf>) -> Self {
        let of_project = || match Project::find(&current(), &Choices::default()) {
            Ok(project) => Some(shown(project.definitions())),
            // It may get its first vendor.
            Err(Problem::NoVendor { definitions }) => Some(shown(&definitions)),
            Err(_) => None,
        };
        Self(given.or_else(of_project))
    }

    /// This folder.
    pub(super) fn at(folder: PathBuf) -> Self {
        Self(Some(folder))
    }

    /// The folder, if there is one.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// The names of the vendors.
    pub(super) fn names(&self) -> Vec<String> {
        let folders = self.0.as_ref().and_then(|folder| fs::read_dir(folder).ok());
        let folders = folders.into_iter().flatten().flatten();
        let mut names: Vec<String> = folders
            .filter(|entry| is_definition(&entry.path()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The folder of a definition that is named by its path, or as a vendor's.
    pub(super) fn find(&self, named: &str) -> Result<PathBuf, Failed> {
        let is_name = is_name(named);
        if let Some(folder) = self.0.as_ref().filter(|_| is_name) {
            let own = folder.join(named);
            if is_definition(&own) {
                return Ok(own);
            }
        }
        let path = PathBuf::from(named);
        if is_definition(&path) {
            return Ok(path);
        }
        if !is_name || path.is_dir() {
            return Err(Failed::usage(format!("{named} has no definition: there is no {PROTOCOL} in it")));
        }
        let vendors = self.names();
        let known = match (&self.0, nearest(named, &vendors)) {
            (Some(_), Some(near)) => format!(": did you mean `{near}`?"),
            (Some(folder), None) if vendors.is_empty() => {
                format!(": {} has no definitions", folder.display())
            }
            (Some(folder), None) => format!("; {} has {}", folder.display(), vendors.join(", ")),
            (None, _) => ": name the folder of its definition, or with `--definitions` the one that has a folder per vendor; there is no project \
                          here or above"
                .to_owned(),
        };
        Err(Failed::usage(format!("there is no vendor `{named}`{known}")))
    }

    /// The folder of a definition that is named so, or of one that is no more.
    pub(super) fn find_or_place(&self, named: &str) -> Result<PathBuf, Failed> {
        self.find(named).or_else(|failed| match &self.0 {
            Some(folder) if is_name(named) => Ok(folder.join(named)),
            _ => Err(failed),
        })
    }

    /// Reads a definition, or tells what is wrong with it.
    pub(super) fn load(&self, named: &str) -> Result<Definition, Failed> {
        load_from(&self.find(named)?)
    }
}

/// Reads the definition in a folder, or tells what is wrong with it.
pub(super) fn load_from(folder: &Path) -> Result<Definition, Failed> {
    Definition::load(folder).map_err(|faults| {
        let faults = faults.in_folder(folder);
        complain(&faults.render(io::stderr().is_terminal()));
        Failed::usage(format!("{} cannot be used: its definition has faults", folder.display()))
    })
}

/// Whether it is a vendor's name, and no path.
fn is_name(named: &str) -> bool {
    !named.is_empty() && !named.contains(['/', '\\']) && !matches!(named, "." | "..")
}

/// A path as a person in the current folder would write it.
fn shown(path: &Path) -> PathBuf {
    path.strip_prefix(current()).unwrap_or(path).to_owned()
}

/// Whether a path is there at all.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The folder that the person is in.
pub(super) fn current() -> PathBuf {
    env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

fn is_definition(folder: &Path) -> bool {
    folder.join(PROTOCOL).is_file()
}
