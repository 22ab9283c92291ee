//! A terminal, from a new definition to its first call: the README's own commands, and what they say.

use std::fs;
use std::path::Path;

use super::svg::Picture;
use crate::fences::blocks;
use crate::output::Failure;
use crate::readme::README;
use crate::scratch::Scratch;
use crate::{process, programs};

/// What is shown ends with the first of these.
const LAST: &str = "wirewright call ";

const LINE: u32 = 18;
const LEFT: u32 = 16;
const TOP: u32 = 28;
/// How wide a character is at most, in tenths: fonts differ.
const CHARACTER: u32 = 80;

pub(super) fn draw(root: &Path) -> Result<String, Failure> {
    let page = fs::read_to_string(root.join(README)).map_err(|error| format!("{README}: {error}"))?;
    Ok(picture(&said(root, &page)?))
}

/// What the commands say, and the commands.
fn said(root: &Path, page: &str) -> Result<String, Failure> {
    let blocks = blocks(README, page)?;
    let begins = |line: &str| line.starts_with("wirewright new ");
    let block = blocks.iter().find(|block| {
        block.place().is_some() && block.commands().iter().any(|command| begins(&command.line))
    });
    let block = block.ok_or_else(|| format!("{README} shows no `wirewright new` in a folder"))?;
    let commands: Vec<String> = block.commands().into_iter().map(|command| command.line).collect();
    let last = commands.iter().position(|line| line.starts_with(LAST));
    let last = last.ok_or_else(|| format!("{README} shows no `{LAST}` behind `wirewright new`"))?;

    let program = programs::program(root, "wirewright")?;
    let folder = program.parent().unwrap_or(root);
    let mut scratch = Scratch::new(root, "pictures")?;
    scratch.join_streams();
    scratch.add(block, |line| {
        line.starts_with("wirewright ") && commands.iter().take(last + 1).any(|wanted| wanted == line)
    })?;
    process::output(&mut scratch.command(folder)?, "sh # in a temporary folder")
}

fn picture(said: &str) -> String {
    let mut picture = Picture::new();
    let lines: Vec<&str> = said.trim_end().lines().collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let [width, height] = [u32::try_from(longest).unwrap_or(u32::MAX / CHARACTER), lines_high(lines.len())];
    let width = 2 * LEFT + width * CHARACTER / 10;
    picture.rectangle("ground", [1, 1, width - 2, height - 2], 8);
    let mut y = TOP;
    let mut goes_on = false;
    for line in &lines {
        let first = line.strip_prefix("$ ");
        if first.is_some() {
            picture.text("prompt", LEFT, y, "$");
        }
        match first {
            Some(command) => picture.text("text", LEFT + 2 * CHARACTER / 10, y, command),
            None if goes_on => picture.text("text", LEFT, y, line),
            None if line.is_empty() => {}
            None => picture.text("quiet", LEFT, y, line),
        }
        goes_on = (first.is_some() || goes_on) && line.ends_with('\\');
        y += LINE;
    }
    picture.finish(
        [width, height],
        "13px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
        "A terminal, from a new definition to its first call",
        said.trim_end(),
    )
}

fn lines_high(lines: usize) -> u32 {
    TOP + LINE * u32::try_from(lines).unwrap_or_default()
}
