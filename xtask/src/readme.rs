//! `cargo xtask readme`: what the README shows is true, and so is what the pages show that it leads to.
//!
//! Blocks of `console` are run: each line that begins with `$ `. (A block of `sh` is not.) Where a label has a word `in:`, that is done
//! in a temporary folder, in one shell for all of them. A block whose label names a file after a comma must be an excerpt of that file.
//! See [`crate::fences`].

use std::fs;
use std::path::Path;

use crate::fences::{Block, blocks};
use crate::output::{Failure, complain, say};
use crate::scratch::Scratch;
use crate::{excerpt, process, workspace};

pub(crate) const README: &str = "README.md";

/// The pages, in the order in which somebody follows them.
const PAGES: [&str; 5] = [
    README,
    "docs/guide.md",
    "crates/wirewright-cli/MANUAL.md",
    "crates/wirewright-cli/DRAFT.md",
    "CONTRIBUTING.md",
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A command that has been run already, exactly as the page writes it, and is not run again. May be given several times.
    #[arg(long, value_name = "COMMAND")]
    already: Vec<String>,
    /// Compare the excerpts only.
    #[arg(long)]
    excerpts: bool,
}

impl Arguments {
    /// A command has been run already.
    pub(crate) fn already(command: &str) -> Self {
        Self { already: vec![command.to_owned()], excerpts: false }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let mut all = Vec::new();
    let mut untrue = 0;
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).map_err(|error| format!("{page}: {error}"))?;
        let blocks = blocks(page, &text)?;
        untrue += compare(root, page, &blocks);
        all.extend(blocks);
    }
    if untrue > 0 {
        return Err(format!("{untrue} excerpts are not true to their files"));
    }
    if arguments.excerpts {
        return Ok(());
    }
    let here = all.iter().filter(|block| block.place().is_none());
    let commands: Vec<String> = here.flat_map(Block::commands).map(|command| command.line).collect();
    if commands.is_empty() {
        return Err("the pages show no command".to_owned());
    }
    if let Some(stranger) = arguments.already.iter().find(|command| !commands.contains(command)) {
        return Err(format!("no page shows the command `{stranger}`"));
    }
    for command in &commands {
        if arguments.already.contains(command) {
            say(&format!("$ {command}\n(has been run)"));
        } else {
            process::run(&mut process::shell(root, command), command)?;
        }
    }
    follow(root, &all)
}

/// Follows what is to be done in a folder of one's own.
fn follow(root: &Path, blocks: &[Block]) -> Result<(), Failure> {
    let mut scratch = Scratch::new(root, "readme")?;
    for block in blocks.iter().filter(|block| block.place().is_some()) {
        scratch.add(block, |_| true)?;
    }
    let installed = scratch.installed();
    let mut command = scratch.command(&installed.join("bin"))?;
    command
        .env("CARGO_INSTALL_ROOT", &installed)
        // Dependencies have been built there.
        .env("CARGO_TARGET_DIR", workspace::target(root))
        // What is installed need not be quick here.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    process::run(&mut command, "sh # in a temporary folder")
}

/// How many excerpts are wrong.
fn compare(root: &Path, page: &str, blocks: &[Block]) -> usize {
    let mut excerpts = 0;
    let mut faults = 0;
    for block in blocks {
        let Some(file) = block.excerpt_of() else { continue };
        excerpts += 1;
        let result = fs::read_to_string(root.join(file))
            .map_err(|error| error.to_string())
            .and_then(|text| excerpt::check(&block.text, &text));
        if let Err(fault) = result {
            faults += 1;
            complain(&format!("{page}:{}: not an excerpt of {file}: {fault}", block.line));
        }
    }
    say(&format!("{page}: {excerpts} excerpts, {faults} of them wrong"));
    faults
}
