//! Generated crates against servers that were not written here, and client libraries that were not written here against our servers.
//!
//! `cargo xtask live` installs the Python packages and runs this with their interpreter, and with the programs beside them that it has found:
//!
//! ```text
//! wirewright-live PYTHON FOLDER [azurite=FILE] [mediawiki=FOLDER] [seed=NUMBER] [requests=NUMBER] [record=FOLDER]
//! ```
//!
//! The random requests are always the same ones, unless another seed is given. With `record` all that the clients and the servers say to each other
//! is written into files of raw HTTP, a server a file.
//!
//! All sockets are on the loopback interface, on ports that the system chooses.

#![allow(clippy::print_stdout, reason = "it tells what it does")]

mod azurite;
mod changed;
mod mediawiki;
mod mocks;
mod moto;
mod oauth;
mod outcome;
mod python;
mod random;
mod recorder;
mod supysonic;
mod transcripts;

use std::{collections::BTreeMap, env, error::Error, path::Path, process::ExitCode, time::Instant};

use wirewright::Secret;
use wirewright_cli::mock::Server as Mocked;

use self::{
    mocks::mock,
    outcome::Outcome,
    python::{Python, Server},
    random::Series,
};

/// What the checks need.
struct Live {
    python: Python,
    /// The programs that are not written in Python, by their names, and what was said of the random requests.
    given: BTreeMap<String, String>,
}

impl Live {
    fn server(&self, name: &str) -> Result<Server, Box<dyn Error>> {
        let server = self.python.server(name, self.given.get(name).map(Path::new))?;
        let Some(folder) = self.given.get("record") else { return Ok(server) };
        Ok(server.recorded(&Path::new(folder).join(name).with_extension("http"))?)
    }

    fn series(&self) -> Result<Series, Box<dyn Error>> {
        let number = |name: &str, usual| match self.given.get(name) {
            Some(text) => text.parse().map_err(|_| format!("{name}={text} is no number")),
            None => Ok(usual),
        };
        Ok(Series { requests: number("requests", 1000)?, seed: number("seed", 14)? })
    }
}

/// A check.
struct Check {
    /// What it does.
    name: &'static str,
    /// The program that it needs beside Python's.
    needs: Option<&'static str>,
    run: fn(&Live) -> Outcome,
}

const CHECKS: &[Check] = &[
    Check {
        name: "the client of Subsonic, against supysonic",
        needs: None,
        run: |live| supysonic::run(live.server("supysonic")?.url()),
    },
    Check {
        name: "the clients of AWS STS, SNS and SQS, against moto, which checks their signatures",
        needs: None,
        run: |live| moto::run(&live.server("moto")?),
    },
    Check {
        name: "the client of Azure Queue, against azurite, which checks its signatures",
        needs: Some("azurite"),
        run: |live| azurite::run(&live.server("azurite")?),
    },
    Check {
        name: "the client of MediaWiki, against a wiki",
        needs: Some("mediawiki"),
        run: |live| mediawiki::run(&live.server("mediawiki")?),
    },
    Check {
        name: "the client of NINA, against oauthlib's signatures",
        needs: None,
        run: |live| oauth::run(live.server("oauth")?.url()),
    },
    Check {
        name: "requests of OAuth 1.0a, at random, by oauthlib's judgement and ours",
        needs: None,
        run: |live| random::oauth(live.python.judge()?, live.series()?),
    },
    Check {
        name: "requests of AWS Signature Version 4, at random, by botocore's judgement and ours",
        needs: None,
        run: |live| random::aws(live.python.judge()?, live.series()?),
    },
    Check {
        name: "the clients of Videntity and 1010data, against their mocks, for recordings",
        needs: Some("record"),
        run: |live| transcripts::run(live.given.get("record").map(String::as_str).unwrap_or_default()),
    },
    Check {
        name: "py-sonic, against the mock of Subsonic, which checks its tokens",
        needs: None,
        run: |live| {
            let secrets = [("secret".to_owned(), Secret::from("sesame"))];
            let mock = mock("protocol-defs/subsonic")?.with_client_secrets(secrets);
            live.python.client("libsonic", Mocked::start(mock, 0)?.origin())
        },
    },
    Check {
        name: "boto3, against the mock of AWS SNS, which checks its signatures",
        needs: None,
        run: |live| {
            let secrets = [("secret".to_owned(), Secret::from("secret"))];
            let mock = mock("protocol-defs/aws-sns")?.with_client_secrets(secrets);
            live.python.client("boto3", Mocked::start(mock, 0)?.origin())
        },
    },
    Check {
        name: "oauthlib and a JavaScript client's requests, against the mock of NINA",
        needs: None,
        run: |live| live.python.client("oauthlib", Mocked::start(mock("protocol-defs/nina")?, 0)?.origin()),
    },
];

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(interpreter), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!(
            "wirewright-live PYTHON FOLDER [azurite=FILE] [mediawiki=FOLDER] [seed=NUMBER] [requests=NUMBER] [record=FOLDER]"
        );
        return ExitCode::FAILURE;
    };
    let given = arguments.filter_map(|argument| {
        let (name, value) = argument.to_str()?.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    });
    let given = given.collect();
    let python = match Python::new(interpreter.into(), folder.into()) {
        Ok(python) => python,
        Err(error) => {
            eprintln!("the folder cannot be written: {error}");
            return ExitCode::FAILURE;
        }
    };
    let live = Live { python, given };
    let mut failed = 0;
    for Check { name, needs, run } in CHECKS {
        if let Some(missing) = needs.filter(|needed| !live.given.contains_key(*needed)) {
            println!("left out        {name}: there is no `{missing}`");
            continue;
        }
        let started = Instant::now();
        match run(&live) {
            Ok(()) => println!("ok      {:>5.1} s  {name}", started.elapsed().as_secs_f64()),
            Err(error) => {
                failed += 1;
                println!("FAILED  {:>5.1} s  {name}: {error}", started.elapsed().as_secs_f64());
            }
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
