//! For build scripts: a vendor as a module of one's own crate, generated while it is built.
//!
//! ```no_run
//! // build.rs
//! use wirewright_codegen::build_script::{BuildError, Module};
//!
//! fn main() -> Result<(), BuildError> {
//!     Module::of("protocol-defs/parcels").server(true).generate()
//! }
//! ```
//!
//! The crate that has this build script includes the module wherever it is to be, and depends on `wirewright` and `http`. A vendor's dates
//! need the feature `time` of `wirewright`, its signatures `hashes` or `legacy-hashes`, its files `multipart`, its charset `charsets`;
//! where one is missing the compiler names it.
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/parcels.rs"));
//!
//! use parcels::Client;
//! ```
//!
//! A crate of its own, which `cargo xtask codegen` writes, is the better choice where others use it, or review what changes: it has the
//! tests, the snapshots and the documentation that a module does not have.

use std::env;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::Faults;
use crate::emit::{self, ModuleFeature};
use crate::load::load;
use crate::write;

/// A module to be generated from a definition, by a build script.
#[derive(Debug, Clone)]
#[must_use = "nothing is generated until it is said"]
pub struct Module {
    definition: PathBuf,
    features: Vec<ModuleFeature>,
}

impl Module {
    /// The module of the definition in this folder, as seen from the package's own. The module is called as the folder.
    pub fn of(definition: impl Into<PathBuf>) -> Self {
        Self { definition: definition.into(), features: vec![ModuleFeature::Rows] }
    }

    /// Whether replies and requests of rows are streams as well, where the vendor has any. They are unless this is said; `wirewright`
    /// needs its feature `rows` for them.
    pub fn rows(self, rows: bool) -> Self {
        self.with(ModuleFeature::Rows, rows)
    }

    /// Whether the types have serde's traits; `wirewright` needs its feature `serde` for them.
    pub fn serde(self, serde: bool) -> Self {
        self.with(ModuleFeature::Serde, serde)
    }

    /// Whether there is the vendor's side, the module `server`; `wirewright` needs its feature `server` for it.
    pub fn server(self, server: bool) -> Self {
        self.with(ModuleFeature::Server, server)
    }

    /// Whether there is the module `operations`, for tests and tools; `wirewright` needs its feature `testing` for it.
    pub fn testing(self, testing: bool) -> Self {
        self.with(ModuleFeature::Testing, testing)
    }

    fn with(mut self, feature: ModuleFeature, is_on: bool) -> Self {
        self.features.retain(|other| *other != feature);
        self.features.extend(is_on.then_some(feature));
        self
    }

    /// Generates the module into the folder that cargo has for what a build script makes, and tells cargo to run the script again when
    /// a file of the definition changes, comes or goes.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the definition, each at its place; files that cannot be read or written.
    pub fn generate(self) -> Result<(), BuildError> {
        let folder = env::var_os("OUT_DIR").ok_or(BuildError(Cause::NoBuildScript))?;
        let package = env::var_os("CARGO_MANIFEST_DIR").ok_or(BuildError(Cause::NoBuildScript))?;
        let watched = self.generate_into(Path::new(&package), Path::new(&folder))?;
        let mut told = io::stdout().lock();
        watched
            .iter()
            .try_for_each(|path| writeln!(told, "cargo:rerun-if-changed={}", path.display()))
            .map_err(|error| BuildError(Cause::Unusable { path: PathBuf::from("stdout"), error }))
    }

    /// Generates the module into the folder `out`, for a package in the folder `package`. What it was generated from: the files of the
    /// definition and its folder, as seen from the package's.
    ///
    /// # Errors
    ///
    /// See [`generate`](Self::generate).
    pub fn generate_into(&self, package: &Path, out: &Path) -> Result<Vec<PathBuf>, BuildError> {
        let folder = package.join(&self.definition);
        let watched = self.watched(&folder)?;
        let vendor = load(&folder).map_err(|faults| BuildError(Cause::Faults(faults.in_folder(&folder))))?;
        let shown: Vec<_> = self.definition.iter().map(|part| part.to_string_lossy()).collect();
        for file in emit::module(&vendor, &shown.join("/"), &self.features) {
            let path = out.join(&file.path);
            write::put(&path, &file.text).map_err(|error| BuildError(Cause::Unusable { path, error }))?;
        }
        Ok(watched)
    }

    /// The folder, so that a file which comes or goes is seen, and each of its files.
    fn watched(&self, folder: &Path) -> Result<Vec<PathBuf>, BuildError> {
        let failed = |error| BuildError(Cause::Unusable { path: folder.to_path_buf(), error });
        let mut watched = vec![self.definition.clone()];
        for entry in fs::read_dir(folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            if Path::new(&name).extension().is_some_and(|extension| extension == "toml") {
                watched.push(self.definition.join(name));
            }
        }
        watched.sort();
        Ok(watched)
    }
}

/// Why a build script cannot generate a module. It is shown as well by `{:?}`, which is what a `main` that returns it prints.
pub struct BuildError(Cause);

enum Cause {
    Faults(Faults),
    Unusable { path: PathBuf, error: io::Error },
    NoBuildScript,
}

impl BuildError {
    /// What is wrong with the definition, if that is it.
    pub fn faults(&self) -> Option<&Faults> {
        match &self.0 {
            Cause::Faults(faults) => Some(faults),
            _ => None,
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Faults(faults) => write!(f, "the definition has faults\n\n{faults}"),
            Cause::Unusable { path, error } => write!(f, "{}: {error}", path.display()),
            Cause::NoBuildScript => f.write_str(
                "`OUT_DIR` or `CARGO_MANIFEST_DIR` is not set: this is for build scripts, which cargo runs",
            ),
        }
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Cause::Faults(faults) => Some(faults),
            Cause::Unusable { error, .. } => Some(error),
            Cause::NoBuildScript => None,
        }
    }
}
