//! Thousands of logins and logouts over real sockets, by both client edges: whether all succeed, whether memory and descriptors grow,
//! and what the time is to the same exchange written by hand on the same HTTP library.
//!
//! `benches/README.md` has the command and the figures. The server is a process of its own, and so is each client, so that the
//! figures of a client are its own.

mod arguments;
mod blocking;
mod concurrent;
mod handwritten;
mod process;
mod report;
mod runner;

use std::{
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use axum::routing::get;
use clap::Parser as _;
use tokio::sync::Barrier;
use wirewright_example::{loopback::Loopback, videntity};

use self::{
    arguments::{Arguments, Client, Failure},
    process::{Footprint, Server},
    report::Measured,
    runner::{By, Outcome, Runner, TOGETHER},
};

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.serve {
        return serve(arguments.at_once);
    }
    if let (Some(client), Some(origin)) = (arguments.client, &arguments.origin) {
        let measured = measure(arguments, client, origin)?;
        return say(&measured.to_line());
    }
    let server = Server::start(arguments.at_once)?;
    let mut all = Vec::new();
    for client in Client::ALL {
        let measured = |by| {
            let line = server.measure(client, by, arguments)?;
            Measured::from_line(&line).ok_or_else(|| format!("what is `{line}`?"))
        };
        all.push((client, measured(By::Generated)?, measured(By::Hand)?));
    }
    let table = report::table(arguments, &all)?;
    say(&table)?;
    if let Some(file) = &arguments.write {
        report::write(file, &table)?;
    }
    report::judge(arguments, &all)
}

/// The vendor's server, which tells its origin on a line.
fn serve(at_once: usize) -> Result<(), Failure> {
    let failed = |error: io::Error| format!("the server: {error}");
    let loopback = Loopback::new().map_err(failed)?;
    let all = Arc::new(Barrier::new(at_once));
    let together = get(move || async move {
        all.wait().await;
    });
    let router = |origin: &str| videntity::router(Arc::default(), origin).route(TOGETHER, together);
    let origin = loopback.serve(router).map_err(failed)?;
    say(&origin)?;
    io::copy(&mut io::stdin(), &mut io::sink()).map_err(failed)?;
    Ok(())
}

/// Runs in the process of the client.
fn measure(arguments: &Arguments, client: Client, origin: &str) -> Result<Measured, Failure> {
    let runner: Box<dyn Runner> = match client {
        Client::Ureq => Box::new(blocking::Ureq::new(origin, arguments.at_once)),
        Client::Reqwest => Box::new(concurrent::Reqwest::new(origin, arguments.at_once)?),
    };
    let all = |outcome: Outcome| {
        outcome.map_err(|(failed, why)| format!("{}: {failed} sessions failed, {why}", client.name()))
    };
    let by = if arguments.by_hand { By::Hand } else { By::Generated };
    all(runner.connect(by))?;
    all(runner.run(by, arguments.first))?;
    let first = Footprint::now()?;
    all(runner.run(by, arguments.sessions.saturating_sub(arguments.first)))?;
    let last = Footprint::now()?;
    if arguments.by_hand {
        return Ok(Measured::new(first, last, &[], 0));
    }

    let time = |by| {
        let started = Instant::now();
        all(runner.run(by, arguments.per_run)).map(|()| started.elapsed().as_secs_f64())
    };
    // Both are warm by then, and take turns in going first.
    all(runner.run(By::Hand, arguments.per_run))?;
    let mut pairs = Vec::new();
    for pair in 0..arguments.pairs {
        pairs.push(if pair % 2 == 0 {
            let generated = time(By::Generated)?;
            (generated, time(By::Hand)?)
        } else {
            let by_hand = time(By::Hand)?;
            (time(By::Generated)?, by_hand)
        });
    }
    Ok(Measured::new(first, last, &pairs, arguments.per_run))
}

fn say(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| format!("the output: {error}"))
}
