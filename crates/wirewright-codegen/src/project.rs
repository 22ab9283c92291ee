//! A project: a folder of definitions, what is generated of them, and the file that says where they are, `wirewright.toml`.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use wirewright_codegen::project::{Choices, Project};
//! use wirewright_codegen::write::Mode;
//!
//! let project = Project::find(Path::new("."), &Choices::default())?;
//! let outcome = project.generate(&[], Mode::Check)?;
//! for one in &outcome.crates {
//!     println!("{}: {} operations, {} files", one.vendor, one.operations, one.files);
//! }
//! assert!(outcome.is_up_to_date(), "{}", outcome.differences().collect::<String>());
//! # Ok::<(), wirewright_codegen::project::Problem>(())
//! ```

mod generate;
mod places;
mod problem;
mod settings;
mod workspace;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use self::generate::{CrateOutcome, INTERFACE, Outcome};
pub use self::problem::Problem;
pub use self::settings::FILE;
use self::settings::Settings;
use crate::diagnostic::Faults;
use crate::load::{Checked, check_as};
use crate::model::Vendor;
use crate::nearest::nearest;
use crate::packaging::Packaging;

/// Where definitions are, unless it is said.
pub const DEFINITIONS: &str = "protocol-defs";

/// Where the generated crates are, unless it is said.
pub const OUTPUT: &str = "crates/vendors";

/// What a command line says, which comes before what the project's file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// The project's file. Without it, it is looked for from the definitions' folder upwards, or from where the project is.
    pub file: Option<PathBuf>,
    /// The folder that has a folder of definitions per vendor.
    pub definitions: Option<PathBuf>,
    /// The folder that gets a crate per vendor.
    pub output: Option<PathBuf>,
    /// Whether all crates inherit from the workspace.
    pub inherit_workspace: bool,
}

/// A project: where its definitions are, which vendors there are, and how their crates are packaged.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    definitions: PathBuf,
    output: PathBuf,
    settings: Settings,
    /// The names of the folders of definitions, in order.
    vendors: Vec<String>,
}

/// A definition without a fault.
#[derive(Debug)]
pub struct Loaded {
    /// The name of the definition's folder.
    pub name: String,
    /// The definition. Its package is called as the project says.
    pub vendor: Vendor,
    /// What there is to say of it all the same.
    pub warnings: Faults,
    /// How long it took to read and check it.
    pub time: Duration,
}

impl Project {
    /// The project around the folder `from`: that of the nearest [`FILE`] from there upwards; without one, that of the nearest folder
    /// [`DEFINITIONS`]. Definitions that are chosen are looked around instead of `from`.
    ///
    /// # Errors
    ///
    /// What is wrong with the project's file, and folders that cannot be read. Definitions are not looked into.
    pub fn find(from: &Path, choices: &Choices) -> Result<Self, Problem> {
        let from = places::resolved(choices.definitions.as_deref().unwrap_or(from));
        let around = |has: &dyn Fn(&Path) -> bool| from.ancestors().find(|folder| has(folder));
        let file = match &choices.file {
            Some(file) => Some(places::resolved(file)),
            None => around(&|folder| folder.join(FILE).is_file()).map(|folder| folder.join(FILE)),
        };
        let root = match (&file, &choices.definitions) {
            (Some(file), _) => file.parent(),
            (None, Some(_)) => from.parent(),
            (None, None) => around(&|folder| folder.join(DEFINITIONS).is_dir()),
        };
        Self::new(root.unwrap_or(&from).to_path_buf(), file.as_deref(), choices)
    }

    fn new(root: PathBuf, file: Option<&Path>, choices: &Choices) -> Result<Self, Problem> {
        let read = match file {
            Some(file) => settings::Read::of(file)?,
            None => settings::Read::default(),
        };
        let place = |chosen: &Option<PathBuf>, said: Option<&str>, usual: &str| match chosen {
            Some(chosen) => places::resolved(chosen),
            None => places::resolved(&root.join(said.unwrap_or(usual))),
        };
        let definitions = place(&choices.definitions, read.said.definitions.as_deref(), DEFINITIONS);
        let output = place(&choices.output, read.said.output.as_deref(), OUTPUT);
        let vendors = match vendors(&definitions) {
            Ok(vendors) => vendors,
            Err(error) => return Err(Problem::Unreadable { path: definitions, error }),
        };
        // What is said of vendors is said of those in the definitions that the file means.
        if choices.definitions.is_none() {
            read.hold_to(&vendors);
        }
        let settings = read.finish(choices.inherit_workspace)?;
        if vendors.is_empty() {
            return Err(Problem::NoVendor { definitions });
        }
        Ok(Self { root, definitions, output, settings, vendors })
    }

    /// The folder of the project: that of its file, or the one that the definitions are in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that has a folder of definitions per vendor.
    pub fn definitions(&self) -> &Path {
        &self.definitions
    }

    /// The folder that gets a crate per vendor.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// The vendors, by the names of their folders, in order.
    pub fn vendors(&self) -> &[String] {
        &self.vendors
    }

    /// How a vendor's crate is packaged.
    pub fn packaging(&self, vendor: &str) -> Packaging {
        let definition = self.definitions.join(vendor);
        let folder = self.output.join(vendor);
        self.settings.packaging(
            vendor,
            places::relative(&self.root, &definition).unwrap_or_else(|| vendor.to_owned()),
            places::shown_from(&folder, &definition.join(SNAPSHOTS)),
            |path| places::shown_from(&folder, &places::resolved(&self.root.join(path))),
        )
    }

    /// Those of the vendors that are `wanted`, or all where none is: read and checked.
    ///
    /// # Errors
    ///
    /// Names that no vendor has; else all faults of all definitions, as whoever writes one down wants to see everything at once.
    pub fn load(&self, wanted: &[String]) -> Result<Vec<Loaded>, Problem> {
        let mut loaded = Vec::new();
        let mut all = Vec::new();
        for name in self.select(wanted)? {
            let started = Instant::now();
            let folder = self.definitions.join(name);
            let Checked { vendor, faults } = check_as(&folder, self.settings.package(name));
            let faults = faults.in_folder(places::shown(&folder));
            match vendor {
                Some(vendor) => loaded.push(Loaded {
                    name: name.clone(),
                    vendor,
                    warnings: faults,
                    time: started.elapsed(),
                }),
                None => all.push(faults),
            }
        }
        if all.is_empty() { Ok(loaded) } else { Err(Problem::Faults(all)) }
    }

    fn select(&self, wanted: &[String]) -> Result<Vec<&String>, Problem> {
        let unknown = wanted.iter().filter(|name| !self.vendors.contains(name));
        let unknown: Vec<(String, Option<String>)> =
            unknown.map(|name| (name.clone(), nearest(name, &self.vendors).cloned())).collect();
        if unknown.is_empty() {
            let is_wanted = |name: &&String| wanted.is_empty() || wanted.contains(name);
            Ok(self.vendors.iter().filter(is_wanted).collect())
        } else {
            Err(Problem::UnknownVendors { unknown, known: self.vendors.clone() })
        }
    }
}

/// The folder of a definition that has what people review of it.
const SNAPSHOTS: &str = "snapshots";

/// The folders of definitions, in the order of names.
fn vendors(definitions: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(definitions)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
