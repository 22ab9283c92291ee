//! Which definition is meant: a folder, or a vendor by its name.

use std::{
    env, fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use wirewright_codegen::{PROTOCOL, nearest};
use wirewright_interpret::Definition;

use super::{Failed, output::complain};

/// Where definitions are, in a repository.
const FOLDER: &str = "protocol-defs";

/// The folder that has a folder of definitions per vendor.
pub(super) struct Definitions(Option<PathBuf>);

impl Definitions {
    /// This folder, or the nearest one from the current folder upwards.
    pub(super) fn new(given: Option<PathBuf>) -> Self {
        let nearest = || {
            let current = env::current_dir().ok()?;
            let mut folders = current.ancestors().map(|folder| folder.join(FOLDER));
            folders.find(|folder| folder.is_dir())
        };
        Self(given.or_else(nearest))
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
        let is_name = !named.is_empty() && !named.contains(['/', '\\']) && !matches!(named, "." | "..");
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
        let names = self.names();
        let known = match (&self.0, nearest(named, &names)) {
            (Some(_), Some(near)) => format!(": did you mean `{near}`?"),
            (Some(folder), None) if names.is_empty() => format!(": {} has no definitions", folder.display()),
            (Some(folder), None) => format!("; {} has {}", folder.display(), names.join(", ")),
            (None, _) => format!(
                ": name the folder of its definition, or with `--definitions` the one that has a folder per vendor; there is no {FOLDER} \
                 here or above"
            ),
        };
        Err(Failed::usage(format!("there is no vendor `{named}`{known}")))
    }

    /// Reads a definition, or tells what is wrong with it.
    pub(super) fn load(&self, named: &str) -> Result<Definition, Failed> {
        let folder = self.find(named)?;
        Definition::load(&folder).map_err(|faults| {
            let faults = faults.in_folder(&folder);
            complain(&faults.render(io::stderr().is_terminal()));
            Failed::usage(format!("{} cannot be used: its definition has faults", folder.display()))
        })
    }
}

fn is_definition(folder: &Path) -> bool {
    folder.join(PROTOCOL).is_file()
}
