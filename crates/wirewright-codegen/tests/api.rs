//! The public interface of each crate, as a snapshot: what breaks its users shows in review. That of a crate which people wrote is
//! beside its manifest; that of a vendor's crate is beside its definition, where the generator writes it.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

mod api_support;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use api_support::{Crate, released};
use syn::Item;
use wirewright_codegen::project::{Choices, Project};
use wirewright_codegen::{emit, interface};

/// What users depend on besides the vendors' crates.
const CRATES: &[&str] = &[
    "wirewright",
    "wirewright-arrow",
    "wirewright-axum",
    "wirewright-cli",
    "wirewright-derive",
    "wirewright-docs",
    "wirewright-draft",
    "wirewright-interpret",
    "wirewright-reqwest",
    "wirewright-tower",
    "wirewright-ureq",
];

/// What the generator says of the interface of a crate is Rust, and has all that a parser of Rust finds in it.
#[test]
fn generated_interfaces_are_what_a_parser_finds() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut compared = 0;
    for folder in ["../..", "tests/golden"] {
        let project = Project::find(&here.join(folder), &Choices::default()).unwrap();
        for loaded in project.load(&[]).unwrap_or_else(|problem| panic!("{problem:?}")) {
            let files = emit::files(&loaded.vendor, &project.packaging(&loaded.name));
            let own = flat(syn::parse_file(&interface(&files)).unwrap().items);
            let files: BTreeMap<String, String> =
                files.into_iter().map(|file| (file.path, file.text)).collect();
            let read = |path: &str| files.get(&format!("src/{path}")).cloned();
            let parsed = flat(Crate::read(&read).interface().items);
            let lacks: Vec<&String> = parsed.difference(&own).collect();
            assert!(lacks.is_empty(), "{}: {lacks:#?}", loaded.name);
            assert!(parsed.len() > 5, "{}: {parsed:?}", loaded.name);
            compared += 1;
        }
    }
    assert!(compared > 8, "{compared}");
}

/// All items but uses, those of modules among them, each as text without its conditions.
fn flat(items: Vec<Item>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for item in items {
        match item {
            Item::Mod(module) => all.extend(flat(module.content.map(|(_, items)| items).unwrap_or_default())),
            Item::Use(_) => {}
            item => {
                let file =
                    syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
                let text = prettyplease::unparse(&file);
                all.insert(text.lines().filter(|line| !line.starts_with("#[cfg(")).collect());
            }
        }
    }
    all
}

#[test]
fn public_interfaces_of_crates_that_people_wrote() {
    for name in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        let read = |path: &str| fs::read_to_string(folder.join("src").join(path)).ok();
        check(&folder, &Crate::read(&read));
    }
}

/// The interface of the last release is `api.released` beside the snapshot: there is none before the first one. Whoever publishes writes
/// them anew, with `UPDATE_RELEASED=1`.
#[test]
fn what_was_released_is_broken_only_by_a_version_that_says_so() {
    for name in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        let read = |path: &str| fs::read_to_string(folder.join("src").join(path)).ok();
        let current = prettyplease::unparse(&Crate::read(&read).interface());
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        // Without a version of its own a crate has the workspace's, as this one has.
        let own = manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
        let version = own.unwrap_or(env!("CARGO_PKG_VERSION"));
        let file = folder.join("api.released");
        if env::var_os("UPDATE_RELEASED").is_some() {
            fs::write(&file, format!("// {version}\n{current}")).unwrap();
        }
        let Ok(released) = fs::read_to_string(&file) else { continue };
        let broken = released::broken(&released, version, &current);
        assert!(
            broken.is_empty(),
            "{name} {version} breaks what was released. Keep these, or raise the major version (the minor one of 0.x):\n{}",
            broken.join("\n")
        );
    }
}

/// The snapshot is `api.snap` of this folder.
fn check(folder: &Path, source: &Crate) {
    insta::with_settings!({
        snapshot_path => folder,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("api", prettyplease::unparse(&source.interface()));
    });
}
