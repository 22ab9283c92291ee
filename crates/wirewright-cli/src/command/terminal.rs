//! The shell's environment, terminal and files.

use std::{
    env, fs,
    io::{self, IsTerminal as _, Read as _},
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
        if path == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        fs::read(path)
    }
}
