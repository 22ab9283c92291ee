//! `cargo xtask readme`: what the README shows is true.
//!
//! Blocks of `console` are run: each line that begins with `$ `. (A block of `sh` is not.) A block whose label names a file after a
//! comma, as in `toml,protocol-defs/nina/auth.toml`, must be an excerpt of that file.

use std::fs;
use std::path::Path;

use crate::output::{Failure, complain, say};
use crate::{excerpt, process};

const README: &str = "README.md";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A command that has been run already, exactly as the README writes it, and is not run again. May be given several times.
    #[arg(long, value_name = "COMMAND")]
    already: Vec<String>,
    /// Compare the excerpts only.
    #[arg(long)]
    excerpts: bool,
}

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    /// Of the opening fence, counted from 1.
    line: usize,
    label: String,
    text: String,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let text = fs::read_to_string(root.join(README)).map_err(|error| format!("{README}: {error}"))?;
    let blocks = blocks(&text)?;
    compare(root, &blocks)?;
    if arguments.excerpts {
        return Ok(());
    }
    let commands: Vec<String> = blocks.iter().flat_map(commands).collect();
    if commands.is_empty() {
        return Err(format!("{README} shows no command"));
    }
    if let Some(stranger) = arguments.already.iter().find(|command| !commands.contains(command)) {
        return Err(format!("{README} does not show the command `{stranger}`"));
    }
    for command in &commands {
        if arguments.already.contains(command) {
            say(&format!("$ {command}\n(has been run)"));
        } else {
            process::run(&mut process::shell(root, command), command)?;
        }
    }
    Ok(())
}

fn compare(root: &Path, blocks: &[Block]) -> Result<(), Failure> {
    let mut excerpts = 0;
    let mut faults = 0;
    for block in blocks {
        let Some(file) = file(&block.label) else { continue };
        excerpts += 1;
        let result = fs::read_to_string(root.join(file))
            .map_err(|error| error.to_string())
            .and_then(|text| excerpt::check(&block.text, &text));
        if let Err(fault) = result {
            faults += 1;
            complain(&format!("{README}:{}: not an excerpt of {file}: {fault}", block.line));
        }
    }
    say(&format!("{README}: {excerpts} excerpts, {faults} of them wrong"));
    if faults == 0 { Ok(()) } else { Err(format!("{README} is not true to its files")) }
}

/// The file that a block's label names. Words without a dot or a slash are for rustdoc and for highlighting.
fn file(label: &str) -> Option<&str> {
    label.split(',').skip(1).map(str::trim).find(|word| word.contains(['.', '/']))
}

/// The commands that a block shows. One that ends in a backslash goes on in the next line.
fn commands(block: &Block) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    if block.label.split(',').next() != Some("console") {
        return commands;
    }
    let mut lines = block.text.lines();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("$ ") else { continue };
        let mut command = first.trim_end().to_owned();
        while let Some(part) = command.strip_suffix('\\') {
            let next = lines.next().unwrap_or_default();
            command = format!("{} {}", part.trim_end(), next.trim_start_matches("> ").trim());
        }
        commands.push(command);
    }
    commands
}

fn blocks(text: &str) -> Result<Vec<Block>, Failure> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some((fence, label)) = opening(line) else { continue };
        let mut block = Block { line: index + 1, label: label.to_owned(), text: String::new() };
        loop {
            let Some((_, line)) = lines.next() else {
                return Err(format!("{README}:{}: the block is not closed", block.line));
            };
            if line.trim_start().starts_with(fence) && line.trim().trim_start_matches(fence).is_empty() {
                break;
            }
            block.text.push_str(line);
            block.text.push('\n');
        }
        blocks.push(block);
    }
    Ok(blocks)
}

/// The fence that opens a block, and the block's label.
fn opening(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let label = line.trim_start_matches(mark);
    let fence = &line[..line.len() - label.len()];
    (fence.len() >= 3 && !label.contains('`')).then(|| (fence, label.trim()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{Block, blocks, commands, file};

    #[test]
    fn blocks_and_commands() {
        let text = "# Title\n\n```console\n$ cargo test\nok\n$ cargo run \\\n>   -p x\n```\n\ntext ```inline``` text\n\n\
                    ````toml,protocol-defs/nina/auth.toml\n```\na = 1\n````\n";
        let found = blocks(text).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(commands(&found[0]), ["cargo test", "cargo run -p x"]);
        assert_eq!(
            found[1],
            Block {
                line: 12,
                label: "toml,protocol-defs/nina/auth.toml".to_owned(),
                text: "```\na = 1\n".to_owned()
            }
        );
        assert_eq!(commands(&found[1]), [""; 0]);
        assert!(blocks("```\nopen").is_err());
    }

    #[test]
    fn labels() {
        for (label, named) in [
            ("toml,protocol-defs/nina/auth.toml", Some("protocol-defs/nina/auth.toml")),
            ("toml, Cargo.toml", Some("Cargo.toml")),
            ("rust,no_run", None),
            ("rust,ignore,crates/x/src/lib.rs", Some("crates/x/src/lib.rs")),
            ("console", None),
            ("", None),
        ] {
            assert_eq!(file(label), named, "{label}");
        }
    }
}
