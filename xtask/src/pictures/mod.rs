//! `cargo xtask pictures`: the README's pictures, made of what they show.

mod bars;
mod svg;
mod terminal;

use std::fs;
use std::path::Path;

use crate::output::{Failure, complain, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare only, write nothing, and fail if a picture is not as it would be made.
    #[arg(long)]
    check: bool,
}

impl Arguments {
    pub(crate) const fn check() -> Self {
        Self { check: true }
    }
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let pictures = [("docs/run-time.svg", bars::draw(root)?), ("docs/terminal.svg", terminal::draw(root)?)];
    let mut outdated = 0;
    for (name, picture) in pictures {
        let path = root.join(name);
        if fs::read_to_string(&path).is_ok_and(|kept| kept == picture) {
            say(&format!("{name}: up to date"));
        } else if arguments.check {
            outdated += 1;
            complain(&format!("{name}: not as it would be made now"));
        } else {
            let folder = path.parent().unwrap_or(root);
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, picture))
                .map_err(|error| format!("{}: {error}", path.display()))?;
            say(&format!("{name}: written"));
        }
    }
    if outdated == 0 {
        Ok(())
    } else {
        Err("run `cargo xtask pictures`, and look at what changed".to_owned())
    }
}
