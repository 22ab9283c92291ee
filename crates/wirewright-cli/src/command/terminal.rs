//! The shell's environment, terminal and files.

use std::{
    env, fs,
    io::{self, IsTerminal as _, Read as _},
    path::Path,
};

use wirewright_cli::call::System;

pub(super) struct Terminal;

impl System for Terminal {
    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok()
    }

    fn ask(&self, question: &str) -> Option<String> {
        if !io::stdin().is_terminal() {
            return None;
        }
        rpassword::prompt_password(question).ok()
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        read(Path::new(path))
    }
}

/// How much is read at most of what is no file, in bytes: a device may have no end.
const MOST: u64 = 64 << 20;

/// The content of a file; `-` is what comes in.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        return bounded(io::stdin().lock());
    }
    let file = fs::File::open(path)?;
    if file.metadata()?.is_file() { fs::read(path) } else { bounded(file) }
}

fn bounded(source: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        let told = format!("it is no file, and has more than {} MiB: put it into a file", MOST >> 20);
        return Err(io::Error::other(told));
    }
    Ok(bytes)
}
