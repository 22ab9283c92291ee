//! From a project's definitions to its crates.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Loaded, Problem, Project, SNAPSHOTS, workspace};
use crate::emit::{self, GeneratedFile};
use crate::interface::interface;
use crate::model::Vendor;
use crate::packaging::Packaging;
use crate::plan::{context::Context, operations::Named};
use crate::write::{self, Difference, DifferenceKind, Mode};

/// What was done, or what would have to be.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// A vendor each, in the order of names.
    pub crates: Vec<CrateOutcome>,
    /// Generated crates that have no definition any more, by the names of their folders. [`Mode::Write`] has removed them.
    pub abandoned: Vec<String>,
}

/// The same of one vendor's crate.
#[derive(Debug)]
#[non_exhaustive]
pub struct CrateOutcome {
    /// The name of the definition's folder, and of the crate's.
    pub vendor: String,
    /// The name of the package.
    pub package: String,
    /// Where the crate is.
    pub folder: PathBuf,
    /// How many operations it has.
    pub operations: usize,
    /// How many types of the definition it has.
    pub types: usize,
    /// How many files it has, that of its interface beside the definition among them.
    pub files: usize,
    /// How its folder differed.
    pub code: write::Outcome,
    /// How the folder of its snapshots differed, seen from the definition's folder: [`INTERFACE`], and snapshots that no operation and
    /// no example has any more. Those of the wire are written by the crate's tests.
    pub snapshots: Vec<Difference>,
    /// How long reading, checking and writing took.
    pub time: Duration,
}

impl CrateOutcome {
    /// A line about it, as in `parcels: 3 operations, 2 types, 14 files (1 written, 0 removed), 5 ms`.
    pub fn summary(&self, mode: Mode) -> String {
        let did = match mode {
            Mode::Write => format!("{} written, {} removed", self.written(), self.removed()),
            Mode::Check => format!("{} different", self.written() + self.removed()),
        };
        format!(
            "{}: {}, {}, {} ({did}), {} ms",
            self.vendor,
            count(self.operations, "operation"),
            count(self.types, "type"),
            count(self.files, "file"),
            self.time.as_millis()
        )
    }

    /// How many files are, or were, missing or changed.
    pub fn written(&self) -> usize {
        self.differences().count() - self.removed()
    }

    /// How many files are, or were, left over.
    pub fn removed(&self) -> usize {
        self.differences().filter(|difference| difference.kind == DifferenceKind::LeftOver).count()
    }

    /// What differed.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.code.differences.iter().chain(&self.snapshots)
    }
}

impl Outcome {
    /// Whether everything is, or was, as the definitions say.
    pub fn is_up_to_date(&self) -> bool {
        self.differences().next().is_none()
    }

    /// Everything that differs, or differed, for people: one or more lines each.
    pub fn differences(&self) -> impl Iterator<Item = String> {
        let abandoned = self.abandoned.iter().map(|name| format!("{name}: left over: the whole crate\n"));
        let of_crates = self
            .crates
            .iter()
            .flat_map(|one| one.differences().map(move |difference| format!("{}: {difference}", one.vendor)));
        abandoned.chain(of_crates)
    }
}

impl Project {
    /// Brings the crates of the vendors that are `wanted`, or of all where none is, up to date, or tells how they differ. Where it is
    /// all, crates that have no definition any more go as well.
    ///
    /// # Errors
    ///
    /// See [`load`](Self::load) and [`write`](Self::write). Nothing is written where a definition has a fault.
    pub fn generate(&self, wanted: &[String], mode: Mode) -> Result<Outcome, Problem> {
        self.write(&self.load(wanted)?, mode)
    }

    /// The same for definitions that have been read.
    ///
    /// # Errors
    ///
    /// What the file system answers, and what the workspace lacks that crates inherit; a crate that people wrote is not touched.
    pub fn write(&self, loaded: &[Loaded], mode: Mode) -> Result<Outcome, Problem> {
        let packaged: Vec<Packaging> = loaded.iter().map(|one| self.packaging(&one.name)).collect();
        workspace::check(self.output(), &packaged)?;
        let mut outcome = Outcome::default();
        if self.vendors().iter().all(|name| loaded.iter().any(|one| one.name == *name)) {
            outcome.abandoned = self.abandoned(mode)?;
        }
        for (one, packaging) in loaded.iter().zip(&packaged) {
            outcome.crates.push(self.one(one, packaging, mode)?);
        }
        Ok(outcome)
    }

    /// Generated crates whose definition is gone go too.
    fn abandoned(&self, mode: Mode) -> Result<Vec<String>, Problem> {
        let failed = |error| Problem::Unwritable { path: self.output().to_path_buf(), error };
        let abandoned = write::abandoned(self.output(), self.definitions()).map_err(failed)?;
        if mode == Mode::Write {
            abandoned.iter().try_for_each(|name| write::remove(&self.output().join(name))).map_err(failed)?;
        }
        Ok(abandoned)
    }

    fn one(&self, loaded: &Loaded, packaging: &Packaging, mode: Mode) -> Result<CrateOutcome, Problem> {
        let Loaded { name, vendor, time, .. } = loaded;
        let started = Instant::now();
        let files = emit::files(vendor, packaging);
        let folder = self.output().join(name);
        let code = write::write(&folder, &files, mode)
            .map_err(|error| Problem::Unwritable { path: folder.clone(), error })?;
        let reviewed = self.definitions().join(name).join(SNAPSHOTS);
        let snapshots = snapshots(&reviewed, vendor, &files, mode)
            .map_err(|error| Problem::Unwritable { path: reviewed, error })?;
        Ok(CrateOutcome {
            vendor: name.clone(),
            package: vendor.package.clone(),
            folder,
            operations: vendor.operations().count(),
            types: vendor.types.len(),
            files: files.len() + 1,
            code,
            snapshots,
            time: *time + started.elapsed(),
        })
    }
}

/// The snapshot of a crate's public interface, among those of the wire.
pub const INTERFACE: &str = "api.snap";

/// Brings what people review up to date, as far as it is not the crate's tests that write it.
fn snapshots(
    folder: &Path,
    vendor: &Vendor,
    files: &[GeneratedFile],
    mode: Mode,
) -> io::Result<Vec<Difference>> {
    let name = |file: &str| format!("{SNAPSHOTS}/{file}");
    let interface = write::one(&folder.join(INTERFACE), &name(INTERFACE), &interface(files), mode)?;
    let context = Context::new(vendor);
    let of_wire = context.operations.iter().flat_map(Named::snapshots);
    let known: HashSet<String> =
        of_wire.map(|name| format!("{name}.snap")).chain([INTERFACE.to_owned()]).collect();
    let left_over = write::left_over(folder, "snap", &known, mode)?.into_iter();
    let left_over = left_over.map(|file| Difference { path: name(&file), kind: DifferenceKind::LeftOver });
    Ok(interface.into_iter().chain(left_over).collect())
}

/// `1 file`, `2 files`
fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
