//! How a vendor's crate is packaged: what its manifest says beyond the definition, and where the definition is seen from it.

/// How a vendor's crate is packaged. What is `None` is inherited from the workspace by a crate that [inherits](Self::inherit),
/// and has a default of its own in one that does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packaging {
    /// Where the definition is, as people are told: `protocol-defs/parcels`. Folders are separated by `/`.
    pub definition: String,
    /// The folder of the snapshots, seen from the crate's folder.
    pub snapshots: String,
    /// Whether the manifest takes from the workspace what it can: versions, edition, licence, lints, dependencies.
    pub inherit: bool,
    /// The version of the package; that of a crate of its own is [`VERSION`].
    pub version: Option<String>,
    /// The edition of Rust; that of a crate of its own is [`EDITION`], which the code is written for.
    pub edition: Option<String>,
    /// The oldest Rust; that of a crate of its own is [`RUST_VERSION`].
    pub rust_version: Option<String>,
    /// The licence, as an SPDX expression. A crate of its own has none unless it is said.
    pub license: Option<String>,
    /// Where the package may be published. A crate of its own is not published unless it is said.
    pub publish: Option<Publish>,
    /// The features that are on by default; those that the crate does not have are left out. `None`: rows, where it has them.
    pub features: Option<Vec<String>>,
    /// How the crate depends on the runtime; a crate of its own asks the registry.
    pub runtime: Option<Dependency>,
}

/// Where a package may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publish {
    /// Nowhere.
    No,
    /// Wherever somebody publishes it.
    Anywhere,
    /// In the registry of this name only.
    Registry(String),
}

/// How a crate depends on another one: the words of a table in Cargo's manifest, each with its value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dependency {
    /// `version`, `registry`, `git`, `branch`, `tag` or `rev`.
    pub words: Vec<(&'static str, String)>,
    /// `path`, seen from the crate's folder.
    pub path: Option<String>,
}

impl Packaging {
    /// A crate of its own, in the folder `crates/vendors/PACKAGE` of a project that has its definition in
    /// `protocol-defs/PACKAGE`.
    ///
    /// ```
    /// use wirewright_codegen::packaging::Packaging;
    ///
    /// let packaging = Packaging::new("parcels");
    /// assert_eq!(packaging.definition, "protocol-defs/parcels");
    /// assert_eq!(packaging.snapshots, "../../../protocol-defs/parcels/snapshots");
    /// assert!(!packaging.inherit);
    /// ```
    #[must_use]
    pub fn new(package: &str) -> Self {
        let definition = format!("protocol-defs/{package}");
        Self {
            snapshots: format!("../../../{definition}/snapshots"),
            definition,
            inherit: false,
            version: None,
            edition: None,
            rust_version: None,
            license: None,
            publish: None,
            features: None,
            runtime: None,
        }
    }
}

impl Packaging {
    /// Whether a feature that a crate has is on by default.
    pub(crate) fn is_on(&self, feature: &str) -> bool {
        match &self.features {
            Some(chosen) => chosen.iter().any(|chosen| chosen == feature),
            None => feature == "rows",
        }
    }
}

/// The version of a crate that says none.
pub const VERSION: &str = "0.1.0";

/// The edition of Rust that generated code is written for; editions before it, down to 2021, take it as well.
pub const EDITION: &str = "2024";

/// The oldest Rust that compiles generated code.
pub const RUST_VERSION: &str = "1.88";

/// The version of the runtime that generated code is written for.
pub const RUNTIME: &str = env!("CARGO_PKG_VERSION");

/// What a generated crate depends on beside the runtime, each as it stands in a manifest.
pub const DEPENDENCIES: &[(&str, &str)] = &[("http", "\"1.5.0\"")];

/// What its tests depend on.
pub const DEV_DEPENDENCIES: &[(&str, &str)] = &[
    ("insta", "\"1.49.0\""),
    ("proptest", "{ version = \"1.12.0\", default-features = false, features = [\"std\"] }"),
];
