//! The fenced blocks of a page in Markdown, and what their labels say.
//!
//! The words of a label are between commas. One with a dot or a slash in it names the file that the block is an excerpt of, as in
//! `toml,protocol-defs/nina/auth.toml`. One that begins with `in:` is about a temporary folder (see [`crate::scratch`]): the commands of
//! `console,in:shop` are run in its folder `shop`, and `toml,in:shop/wirewright.toml` is the whole of that file.

use crate::output::Failure;

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Of the opening fence, counted from 1.
    pub(crate) line: usize,
    pub(crate) label: String,
    pub(crate) text: String,
}

/// A command that a block shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    /// As it is shown, without what is in front of the first line.
    pub(crate) shown: String,
    /// In one line.
    pub(crate) line: String,
}

impl Block {
    /// Whether it shows commands that are run.
    pub(crate) fn is_console(&self) -> bool {
        self.label.split(',').next() == Some("console")
    }

    /// The file that it is an excerpt of. Words without a dot or a slash are for rustdoc and for highlighting.
    pub(crate) fn excerpt_of(&self) -> Option<&str> {
        self.words().find(|word| word.contains(['.', '/']) && !word.starts_with("in:"))
    }

    /// The place in a temporary folder.
    pub(crate) fn place(&self) -> Option<&str> {
        self.words().find_map(|word| word.strip_prefix("in:"))
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.label.split(',').skip(1).map(str::trim)
    }

    /// The commands of a console. One that ends in a backslash goes on in the next line.
    pub(crate) fn commands(&self) -> Vec<Command> {
        let mut commands = Vec::new();
        if !self.is_console() {
            return commands;
        }
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            let Some(first) = line.strip_prefix("$ ") else { continue };
            let mut shown = first.trim_end().to_owned();
            let mut line = shown.clone();
            while let Some(part) = line.strip_suffix('\\') {
                let next = lines.next().unwrap_or_default();
                shown = format!("{shown}\n{}", next.trim_end());
                line = format!("{} {}", part.trim_end(), next.trim_start_matches("> ").trim());
            }
            commands.push(Command { shown, line });
        }
        commands
    }
}

/// The blocks of `text`, which is the page `name`.
pub(crate) fn blocks(name: &str, text: &str) -> Result<Vec<Block>, Failure> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some((fence, label)) = opening(line) else { continue };
        let mut block = Block { line: index + 1, label: label.to_owned(), text: String::new() };
        loop {
            let Some((_, line)) = lines.next() else {
                return Err(format!("{name}:{}: the block is not closed", block.line));
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
    use super::{Block, blocks};

    fn lines(block: &Block) -> Vec<String> {
        block.commands().into_iter().map(|command| command.line).collect()
    }

    #[test]
    fn blocks_and_commands() {
        let text = "# Title\n\n```console\n$ cargo test\nok\n$ cargo run \\\n>   -p x\n```\n\ntext ```inline``` text\n\n\
                    ````toml,protocol-defs/nina/auth.toml\n```\na = 1\n````\n";
        let found = blocks("README.md", text).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(lines(&found[0]), ["cargo test", "cargo run -p x"]);
        assert_eq!(found[0].commands()[1].shown, "cargo run \\\n>   -p x");
        assert_eq!(
            found[1],
            Block {
                line: 12,
                label: "toml,protocol-defs/nina/auth.toml".to_owned(),
                text: "```\na = 1\n".to_owned()
            }
        );
        assert_eq!(lines(&found[1]), [""; 0]);
        let open = blocks("README.md", "```\nopen").unwrap_err();
        assert_eq!(open, "README.md:1: the block is not closed");
    }

    #[test]
    fn labels() {
        for (label, excerpt_of, place) in [
            ("toml,protocol-defs/nina/auth.toml", Some("protocol-defs/nina/auth.toml"), None),
            ("toml, Cargo.toml", Some("Cargo.toml"), None),
            ("rust,no_run", None, None),
            ("rust,ignore,crates/x/src/lib.rs", Some("crates/x/src/lib.rs"), None),
            ("rust,in:music/src/main.rs", None, Some("music/src/main.rs")),
            ("console,in:.", None, Some(".")),
            ("console", None, None),
            ("", None, None),
        ] {
            let block = Block { line: 1, label: label.to_owned(), text: String::new() };
            assert_eq!((block.excerpt_of(), block.place()), (excerpt_of, place), "{label}");
        }
    }
}
