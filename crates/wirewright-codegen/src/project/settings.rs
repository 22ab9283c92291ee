//! What a project's file says.

use std::fs;
use std::path::Path;

use super::{places::shown, problem::Problem};
use crate::diagnostic::{Code, Fault, Report};
use crate::packaging::{Dependency, Packaging};
use crate::read;
use crate::read::project::{Package, Project};
use crate::source::Sources;

/// The name of a project's file.
pub const FILE: &str = "wirewright.toml";

/// What a project's file says, and what is wrong with it as far as that is known.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) said: Project,
    report: Report,
    /// The file's folder as people write it, a slash behind it, and its text.
    file: Option<(std::path::PathBuf, Sources)>,
}

impl Read {
    pub(super) fn of(file: &Path) -> Result<Self, Problem> {
        let text = fs::read_to_string(file)
            .map_err(|error| Problem::Unreadable { path: file.to_path_buf(), error })?;
        let name =
            file.file_name().map_or_else(|| FILE.to_owned(), |name| name.to_string_lossy().into_owned());
        let sources = Sources::new(vec![(name, text)]);
        let report = Report::default();
        let documents = read::documents(&sources, &report).unwrap_or_default();
        let said = documents.first().map(|document| read::project::project(document, &report));
        let said = said.unwrap_or_default();
        drop(documents);
        let folder = file.parent().map(|folder| shown(folder).to_path_buf()).unwrap_or_default();
        Ok(Self { said, report, file: Some((folder, sources)) })
    }

    /// What is said of vendors that there are not is a fault.
    pub(super) fn hold_to(&self, vendors: &[String]) {
        for (name, span, _) in self.said.vendors.iter().filter(|(name, ..)| !vendors.contains(name)) {
            let fault = Fault::new(Code::UnknownReference, *span, format!("there is no vendor `{name}`"))
                .label("no folder of definitions has this name")
                .expected("the name of a folder of definitions")
                .did_you_mean(&self.report, name, vendors);
            self.report.add(fault);
        }
    }

    /// What was said, without a fault.
    pub(super) fn finish(self, inherit: bool) -> Result<Settings, Problem> {
        match self.file {
            Some((folder, sources)) if self.report.has_errors() => {
                Err(Problem::Faults(vec![self.report.into_faults(sources).in_folder(&folder)]))
            }
            _ => Ok(Settings { said: self.said, inherit }),
        }
    }
}

/// How the crates of a project are packaged.
#[derive(Debug)]
pub(super) struct Settings {
    said: Project,
    /// Whether all inherit, whatever the file says.
    inherit: bool,
}

impl Settings {
    fn own(&self, vendor: &str) -> Option<&Package> {
        self.said.vendors.iter().find(|(name, ..)| name == vendor).map(|(.., own)| own)
    }

    /// What a vendor's package is called.
    pub(super) fn package<'n>(&'n self, vendor: &'n str) -> &'n str {
        self.own(vendor).and_then(|own| own.name.as_deref()).unwrap_or(vendor)
    }

    /// How a vendor's crate is packaged; `path` is a path of the file's as the crate sees it.
    pub(super) fn packaging(
        &self,
        vendor: &str,
        definition: String,
        snapshots: String,
        path: impl Fn(&str) -> String,
    ) -> Packaging {
        let all = &self.said.package;
        let none = Package::default();
        let own = self.own(vendor).unwrap_or(&none);
        let seen = |dependency: &Dependency| Dependency {
            words: dependency.words.clone(),
            path: dependency.path.as_deref().map(&path),
        };
        Packaging {
            definition,
            snapshots,
            inherit: self.inherit || own.inherit.or(all.inherit).unwrap_or_default(),
            version: own.version.clone().or_else(|| all.version.clone()),
            edition: own.edition.or(all.edition).map(str::to_owned),
            rust_version: own.rust_version.clone().or_else(|| all.rust_version.clone()),
            license: own.license.clone().or_else(|| all.license.clone()),
            publish: own.publish.clone().or_else(|| all.publish.clone()),
            features: own.features.clone().or_else(|| all.features.clone()),
            runtime: own.runtime.as_ref().or(all.runtime.as_ref()).map(seen),
        }
    }
}
