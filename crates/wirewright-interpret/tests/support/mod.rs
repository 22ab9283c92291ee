//! What the tests share: all definitions of this repository, and their snapshots.

#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part, and fails by panicking")]

pub(crate) mod mutate;
pub(crate) mod vendors;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use wirewright::{Format, client::Environment};
use wirewright_codegen::{model::FormatKind, plan::context::Context};
use wirewright_interpret::Definition;

/// Where definitions are: those of vendors, and the generator's hardest.
const ROOTS: [&str; 2] = ["protocol-defs", "crates/wirewright-codegen/tests/golden/protocol-defs"];

/// The folder of each definition.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let entries = ROOTS.iter().flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("protocol.toml").exists())
        .collect();
    folders.sort();
    assert!(folders.len() >= 11, "{folders:?}");
    folders
}

/// A definition of this repository.
pub(crate) fn load(folder: &Path) -> Definition {
    Definition::load(folder).unwrap_or_else(|faults| panic!("{}", faults.render(false)))
}

/// What is decided about the names of its operations, snapshots among them.
pub(crate) fn plan(definition: &Definition) -> Context<'static> {
    Context::new(definition.vendor())
}

/// The runtime's name of a format.
pub(crate) fn format(kind: FormatKind) -> Format {
    match kind {
        FormatKind::Xml => Format::Xml,
        FormatKind::Json => Format::Json,
        FormatKind::Query => Format::Query,
    }
}

/// A snapshot that is read from its beginning.
pub(crate) struct Snapshot {
    name: String,
    text: String,
    at: usize,
}

impl Snapshot {
    /// That of this name; `None`: there is none.
    pub(crate) fn find(folder: &Path, name: &str) -> Option<Self> {
        let path = folder.join(format!("snapshots/{name}.snap"));
        let file = fs::read_to_string(&path).ok()?;
        let text = file.splitn(3, "---\n").nth(2)?.to_owned();
        Some(Self { name: path.display().to_string(), text, at: 0 })
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// This is what comes next.
    pub(crate) fn is(&mut self, expected: &str) {
        // A snapshot has no carriage returns, and ends without white space.
        let expected = expected.replace('\r', "");
        let (rest, name) = (self.rest(), &self.name);
        if !rest.starts_with(&expected) && rest.trim_end() != expected.trim_end() {
            let shown: String = rest.chars().take(expected.chars().count() + 200).collect();
            panic!("{name}:\n--- the generated crate\n{shown}\n--- the interpreter\n{expected}");
        }
        self.at += expected.len().min(rest.len());
    }

    /// Leaves out how values of generated types are shown: all until the next heading.
    pub(crate) fn skip_dump(&mut self, start: &str) {
        let rest = self.rest();
        assert!(rest.starts_with(start), "{}: {start} is expected, and it is\n{rest}", self.name);
        let next = rest.find("\n# ").map_or(rest.len(), |at| at + 1);
        self.at += next;
    }

    /// The next line.
    pub(crate) fn line(&mut self) -> String {
        let line = self.rest().lines().next().unwrap_or_default().to_owned();
        self.at += (line.len() + 1).min(self.rest().len());
        line
    }

    /// Nothing more comes.
    pub(crate) fn ends(&self) {
        assert_eq!(self.rest().trim(), "", "{} has more", self.name);
    }
}

/// The environment of the snapshots: 2008-09-30 15:56:42 UTC, and bytes that count.
pub(crate) struct SampleEnvironment;

impl Environment for SampleEnvironment {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_millis(1_222_790_202_500))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some(std::array::from_fn(|index| u8::try_from(index).unwrap()))
    }
}
