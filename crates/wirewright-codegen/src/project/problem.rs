//! Why nothing was generated.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Faults;

/// Why nothing was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// The faults of definitions, or of the project's file: those of a folder together. They render themselves.
    Faults(Vec<Faults>),
    /// A file or folder that cannot be read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no vendor.
    NoVendor {
        /// The folder that has none.
        definitions: PathBuf,
    },
    /// Vendors were named that there are not.
    UnknownVendors {
        /// Each with the one that was probably meant.
        unknown: Vec<(String, Option<String>)>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Crates inherit, and no workspace is around them.
    NoWorkspace {
        /// Where the crates are.
        output: PathBuf,
    },
    /// The workspace lacks what crates inherit.
    NothingToInherit {
        /// The workspace's manifest.
        manifest: PathBuf,
        /// What could be written there: the table, and the line in it.
        lacks: Vec<String>,
    },
    /// A crate, or what is beside its definition, cannot be brought up to date or looked at.
    Unwritable {
        /// Its folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl Problem {
    /// How many faults definitions and the project's file have.
    pub fn faults(&self) -> usize {
        match self {
            Self::Faults(faults) => faults.iter().map(|faults| faults.diagnostics().len()).sum(),
            _ => 0,
        }
    }
}

/// A sentence; for faults it is how many there are, as each of them renders itself.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faults(_) => match self.faults() {
                1 => write!(f, "nothing was written: there is 1 fault"),
                many => write!(f, "nothing was written: there are {many} faults"),
            },
            Self::Unreadable { path, error } => write!(f, "{} cannot be read: {error}", path.display()),
            Self::NoVendor { definitions } => write!(
                f,
                "{} has no vendor: expected a folder for each, with a `protocol.toml`",
                definitions.display()
            ),
            Self::UnknownVendors { unknown, known } => {
                for (index, (name, near)) in unknown.iter().enumerate() {
                    let line = if index == 0 { "" } else { "\n" };
                    write!(f, "{line}there is no vendor `{name}`")?;
                    match near {
                        Some(near) => write!(f, ": did you mean `{near}`?")?,
                        None => write!(f, "; there are {}", known.join(", "))?,
                    }
                }
                Ok(())
            }
            Self::NoWorkspace { output } => write!(
                f,
                "crates in {} are to inherit, and no workspace is around them; `inherit-workspace = false` lets them have their own",
                output.display()
            ),
            Self::NothingToInherit { manifest, lacks } => write!(
                f,
                "{} lacks what crates inherit:\n  {}\nwrite it there, or what a crate has of its own in `wirewright.toml`; \
                 `inherit-workspace = false` lets it have all",
                manifest.display(),
                lacks.join("\n  ")
            ),
            Self::Unwritable { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } | Self::Unwritable { error, .. } => Some(error),
            _ => None,
        }
    }
}
