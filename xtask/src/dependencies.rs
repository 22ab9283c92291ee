//! The policy on dependencies: whose licences, from where, and how often.
//!
//! What `cargo deny` checks of it, without the minutes that building `cargo deny` takes. Known vulnerabilities are not checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::{Failure, complain, process, say};

/// The licences that a dependency may have.
const LICENCES: &[&str] = &[
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-3-Clause",
    // The list of certificate authorities under `webpki-roots`: data.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// What is there in more than one version, and who needs the older one.
const TWICE: &[(&str, &str)] = &[
    ("getrandom", "ring, for TLS"),
    ("hashbrown", "imara-diff"),
    ("syn", "other projects' derives"),
    ("windows-sys", "ring and the terminal's colours, on Windows"),
];

/// The lock files of this repository: the project's own, and those of workspaces beside it.
const LOCKS: [&str; 4] = [
    "Cargo.lock",
    "benches/peers/Cargo.lock",
    "benches/tables/Cargo.lock",
    "crates/wirewright-arrow/Cargo.lock",
];
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let mut faults = Vec::new();
    for lock in LOCKS {
        let text = fs::read_to_string(root.join(lock)).map_err(|error| format!("{lock}: {error}"))?;
        let foreign: BTreeSet<&str> =
            text.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
        let foreign =
            foreign.iter().map(|source| source.trim_matches('"')).filter(|source| *source != CRATES_IO);
        faults.extend(
            foreign.map(|source| format!("{lock}: a crate comes from {source}, and not from crates.io")),
        );
    }
    let packages = packages(root)?;
    for (name, versions) in &packages {
        for (version, licence) in versions {
            if !allowed(licence) {
                let licence = if licence.is_empty() { "no licence" } else { licence };
                faults
                    .push(format!("{name} {version}: {licence} is not among the licences that are allowed"));
            }
        }
        if versions.len() > 1 && !TWICE.iter().any(|(twice, _)| twice == name) {
            let versions: Vec<&str> = versions.keys().map(String::as_str).collect();
            faults.push(format!("{name} is there in {} versions: {}", versions.len(), versions.join(", ")));
        }
    }
    for (name, reason) in TWICE {
        if packages.get(*name).is_none_or(|versions| versions.len() < 2) {
            faults.push(format!("{name} is there once by now: it need not be twice for {reason}"));
        }
    }
    say(&format!("{} crates, {} faults", packages.len(), faults.len()));
    if faults.is_empty() {
        return Ok(());
    }
    for fault in &faults {
        complain(fault);
    }
    Err("the policy is in xtask/src/dependencies.rs".to_owned())
}

/// Every package of the project's lock file by name and version, with its licence.
fn packages(root: &Path) -> Result<BTreeMap<String, BTreeMap<String, String>>, Failure> {
    let tree = ["tree", "--workspace", "--all-features", "--target", "all", "--locked", "--prefix", "none"];
    let arguments = [&tree[..], &["--no-dedupe", "--format", "{p}\t{l}"]].concat();
    let lines = process::output(&mut process::cargo(root, &arguments), "cargo tree")?;
    let mut packages: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for line in lines.lines() {
        let Some((package, licence)) = line.split_once('\t') else { continue };
        let mut words = package.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        // What the tree has shown before it marks, as a crate that its own tests depend on.
        let licence = licence.trim_end_matches("(*)");
        packages.entry(name.to_owned()).or_default().insert(version.to_owned(), licence.trim().to_owned());
    }
    Ok(packages)
}

/// Whether an SPDX expression can be met with licences of the list.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>) -> bool {
    let mut met = all(words);
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words);
    }
    met
}

fn all(words: &mut Words<'_>) -> bool {
    let mut met = one(words);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words);
    }
    met
}

fn one(words: &mut Words<'_>) -> bool {
    match words.next() {
        Some("(") => any(words) & (words.next() == Some(")")),
        Some(licence) => {
            let mut licence = licence.to_owned();
            if words.next_if_eq(&"WITH").is_some() {
                licence = format!("{licence} WITH {}", words.next().unwrap_or_default());
            }
            LICENCES.contains(&licence.as_str())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn expressions() {
        let cases = [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("GPL-3.0-only AND MIT", false),
            ("MIT AND (GPL-3.0-only OR ISC)", true),
            ("(MIT OR Apache-2.0) AND GPL-3.0-only", false),
            ("MIT OR GPL-3.0-only AND GPL-2.0-only", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("MIT WITH LLVM-exception", false),
            ("(MIT", false),
            ("MIT)", false),
            ("", false),
        ];
        for (expression, expected) in cases {
            assert_eq!(allowed(expression), expected, "{expression}");
        }
    }
}
