//! `cargo xtask codegen`

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use wirewright_codegen::project::{Choices, Problem, Project};
use wirewright_codegen::schema;
use wirewright_codegen::write::Mode;

use crate::output::{Failure, complain, say};

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// The vendors, by the names of their folders. All when none is named.
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// Compare only, write nothing, and fail with what differs.
    #[arg(long)]
    check: bool,
    /// The folder that has a folder of definitions per vendor [default: what the nearest wirewright.toml says].
    #[arg(long, value_name = "DIR")]
    definitions: Option<PathBuf>,
    /// The folder that gets a crate per vendor [default: what the nearest wirewright.toml says].
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Let all crates take versions, edition, licence and lints from the workspace around them.
    #[arg(long)]
    inherit_workspace: bool,
}

impl Arguments {
    /// Compare all vendors.
    pub(crate) fn check() -> Self {
        Self { check: true, ..Self::default() }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    let choices = Choices {
        definitions: arguments.definitions.clone(),
        output: arguments.output.clone(),
        inherit_workspace: arguments.inherit_workspace,
        ..Choices::default()
    };
    let project = Project::find(root, &choices).map_err(|problem| told(&problem))?;
    let loaded = project.load(&arguments.vendors).map_err(|problem| told(&problem))?;
    for warnings in loaded.iter().map(|loaded| &loaded.warnings).filter(|warnings| !warnings.is_empty()) {
        complain(&warnings.render(io::stderr().is_terminal()));
    }
    let outcome = project.write(&loaded, mode).map_err(|problem| told(&problem))?;
    let mut found: Vec<String> = outcome.differences().collect();
    for name in &outcome.abandoned {
        let what = if mode == Mode::Write { "removed" } else { "left over" };
        say(&format!("{name}: {what}, it has no definition any more"));
    }
    for one in &outcome.crates {
        say(&one.summary(mode));
    }
    // The language's reference, its schemas and what a change is are beside the definitions of this workspace.
    if arguments.definitions.is_none() {
        language(project.definitions(), mode, &mut found)?;
    }
    if mode == Mode::Write || found.is_empty() {
        return Ok(());
    }
    complain(&format!("\n{}", found.concat()));
    Err(format!(
        "{} not as the definitions say; run `cargo xtask codegen`",
        match found.len() {
            1 => "1 file is".to_owned(),
            many => format!("{many} files are"),
        }
    ))
}

/// Shows the faults that a problem is made of; the sentence that is left to say.
pub(crate) fn told(problem: &Problem) -> Failure {
    if let Problem::Faults(faults) = problem {
        for faults in faults {
            complain(&faults.render(io::stderr().is_terminal()));
        }
    }
    problem.to_string()
}

/// The reference of the definition language, its schemas for editors, and what a change of a definition is, written from the words and
/// tables of the generator.
fn language(definitions: &Path, mode: Mode, found: &mut Vec<String>) -> Result<(), Failure> {
    let pages =
        [("README.md", wirewright_codegen::reference()), ("CHANGES.md", wirewright_codegen::diff::page())];
    for (name, text) in pages.into_iter().chain(schema::files()) {
        let file = definitions.join(name);
        if fs::read_to_string(&file).is_ok_and(|written| written == text) {
            continue;
        }
        if mode == Mode::Check {
            found.push(format!("{} is not what the words of the language say\n", file.display()));
            continue;
        }
        fs::write(&file, text).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    }
    Ok(())
}
