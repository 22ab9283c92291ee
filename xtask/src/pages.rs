//! The programs on the front pages of vendors' crates compile. They need a transport, which no vendor's crate depends on, so that no
//! doctest of a crate can have them: here they are modules of one package that has them all.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::output::{Failure, say};
use crate::{process, workspace};

/// Where the crates of vendors are: those in the box, and what the generator makes of its hardest definitions.
const CRATES: &[&str] = &["crates/vendors", "crates/wirewright-codegen/tests/golden/crates/vendors"];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let target = workspace::target(root);
    let folder = target.join("pages");
    let place = root.display().to_string().replace('\\', "/");
    let mut manifest = String::from(
        "[workspace]\n\n[package]\nname = \"pages\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n",
    );
    let mut source = String::from("#![deny(warnings)]\n#![allow(dead_code)]\n");
    // Writing to a string cannot fail.
    for edge in ["wirewright-ureq", "wirewright-reqwest"] {
        let _ = writeln!(manifest, "{edge} = {{ path = \"{place}/crates/{edge}\" }}");
    }
    let mut count = 0;
    for vendors in CRATES {
        for name in packages(&root.join(vendors))? {
            let page = root.join(vendors).join(&name).join("src/lib.rs");
            let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
            let _ = writeln!(manifest, "{name} = {{ path = \"{place}/{vendors}/{name}\" }}");
            for program in programs(&text) {
                count += 1;
                let _ = writeln!(source, "mod program_{count} {{\n// {name}\n{program}}}");
            }
        }
    }
    if count == 0 {
        return Err("no front page has a program: is it still between ```ignore and ```?".to_owned());
    }
    let context = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder.join("src")).map_err(context)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(context)?;
    fs::write(folder.join("src/lib.rs"), source).map_err(context)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(context)?;
    let arguments = ["check", "--offline"];
    let mut command = process::cargo(&folder, &arguments);
    // Dependencies have been built there.
    command.env("CARGO_TARGET_DIR", &target);
    process::run(&mut command, &format!("cargo {} # in target/pages", arguments.join(" ")))?;
    say(&format!("{count} programs on front pages compile"));
    Ok(())
}

/// The packages in a folder, by name.
fn packages(folder: &Path) -> Result<Vec<String>, Failure> {
    let context = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(context)? {
        let entry = entry.map_err(context)?;
        if entry.path().join("Cargo.toml").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// The programs in the doc comment of a module.
fn programs(text: &str) -> Vec<String> {
    let mut programs = Vec::new();
    let mut program: Option<String> = None;
    let comment = text.lines().filter_map(|line| line.strip_prefix("//!"));
    for line in comment.map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match (&mut program, line) {
            (None, "```ignore") => program = Some(String::new()),
            (Some(_), "```") => programs.extend(program.take()),
            (Some(program), line) => {
                program.push_str(line);
                program.push('\n');
            }
            (None, _) => {}
        }
    }
    programs
}
