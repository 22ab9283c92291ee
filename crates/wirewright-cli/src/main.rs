//! The command `wirewright`: what its commands do is in the library.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
