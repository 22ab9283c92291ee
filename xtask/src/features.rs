//! Every choice of features compiles by itself, and without a warning, and so does the documentation of vendors' crates: a build of the
//! whole workspace has them all at once.

use std::path::Path;

use crate::output::Failure;
use crate::process;

/// Packages with choices of their features, the defaults left out: each feature alone, and those together that meet in the code. The
/// vendor is the stress definition's, which has all that a vendor's crate can have.
const CHOICES: &[(&str, &[&str])] = &[
    (
        "wirewright",
        &[
            "",
            "rows",
            "multipart",
            "server",
            "multipart,rows",
            "multipart,server",
            "rows,server",
            "testing",
            "multipart,rows,testing",
            "catalog",
            "charsets",
            "hashes",
            "legacy-hashes",
            "serde",
            "stream",
            "system",
            "time",
            "tracing",
        ],
    ),
    ("course", &["", "rows", "server", "testing", "serde"]),
    // It has files.
    ("quay", &["", "server"]),
    // Its clients sign, by old hashes too.
    ("tide", &["", "server"]),
    ("wirewright-tower", &["", "server"]),
];

/// Those whose documentation is made with each choice: no link leads to what a feature adds.
const DOCUMENTED: &[&str] = &["course", "quay"];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    for (package, choices) in CHOICES {
        for features in *choices {
            let arguments = [
                "clippy",
                "-p",
                package,
                "--no-default-features",
                "--features",
                features,
                // What it depends on is looked at by itself, with each of its own choices.
                "--no-deps",
                "--",
                "-D",
                "warnings",
            ];
            let shown = arguments.map(|argument| if argument.is_empty() { "''" } else { argument }).join(" ");
            process::run(&mut process::cargo(root, &arguments), &format!("cargo {shown}"))?;
            if DOCUMENTED.contains(package) {
                document(root, package, features)?;
            }
        }
    }
    Ok(())
}

fn document(root: &Path, package: &str, features: &str) -> Result<(), Failure> {
    let arguments = ["doc", "--no-deps", "-p", package, "--no-default-features", "--features", features];
    let mut command = process::cargo(root, &arguments);
    command.env("RUSTDOCFLAGS", "-D warnings");
    process::run(&mut command, &format!("RUSTDOCFLAGS=\"-D warnings\" cargo {}", arguments.join(" ")))
}
