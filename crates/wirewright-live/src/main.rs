//! Generated crates against servers that were not written here, and client libraries that were not written here against our servers.
//!
//! `cargo xtask live` installs the Python packages and runs this with their interpreter:
//!
//! ```text
//! wirewright-live PYTHON FOLDER
//! ```
//!
//! All sockets are on the loopback interface, on ports that the system chooses.

#![allow(clippy::print_stdout, reason = "it tells what it does")]

mod moto;
mod oauth;
mod outcome;
mod python;
mod supysonic;

use std::{env, path::Path, process::ExitCode, time::Instant};

use wirewright::Secret;
use wirewright_cli::mock::{Mock, Server};
use wirewright_codegen::Faults;

use self::{outcome::Outcome, python::Python};

/// The name of a check, and what it does.
type Check = (&'static str, fn(&Python) -> Outcome);

const CHECKS: &[Check] = &[
    ("the client of Subsonic, against supysonic", |python| supysonic::run(python.server("supysonic")?.url())),
    ("the clients of AWS STS, SNS and SQS, against moto, which checks their signatures", |python| {
        moto::run(&python.server("moto")?)
    }),
    ("the client of NINA, against oauthlib's signatures", |python| oauth::run(python.server("oauth")?.url())),
    ("py-sonic, against the mock of Subsonic", |python| {
        python.client("libsonic", Server::start(mock("protocol-defs/subsonic")?, 0)?.origin())
    }),
    ("boto3, against the mock of AWS SNS, which checks its signatures", |python| {
        let secrets = [("secret".to_owned(), Secret::from("secret"))];
        let mock = mock("protocol-defs/aws-sns")?.with_client_secrets(secrets);
        python.client("boto3", Server::start(mock, 0)?.origin())
    }),
    ("oauthlib and a JavaScript client's requests, against the mock of NINA", |python| {
        python.client("oauthlib", Server::start(mock("protocol-defs/nina")?, 0)?.origin())
    }),
];

/// The mock of a definition of this repository.
fn mock(definition: &str) -> Result<Mock, Faults> {
    Mock::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(definition))
}

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(interpreter), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!("wirewright-live PYTHON FOLDER");
        return ExitCode::FAILURE;
    };
    let python = match Python::new(interpreter.into(), folder.into()) {
        Ok(python) => python,
        Err(error) => {
            eprintln!("the folder cannot be written: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut failed = 0;
    for (name, check) in CHECKS {
        let started = Instant::now();
        match check(&python) {
            Ok(()) => println!("ok      {:>5.1} s  {name}", started.elapsed().as_secs_f64()),
            Err(error) => {
                failed += 1;
                println!("FAILED  {:>5.1} s  {name}: {error}", started.elapsed().as_secs_f64());
            }
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
