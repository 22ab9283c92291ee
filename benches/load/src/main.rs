//! Thousands of logins and logouts over real sockets, by both client edges: whether all succeed, whether memory and descriptors grow,
//! and what the time is to the same exchange written by hand on the same HTTP library.
//!
//! `benches/README.md` has the command and the figures. The server is a process of its own, and so is each client, so that the
//! figures of a client are its own.

mod blocking;
mod concurrent;
mod handwritten;
mod process;
mod report;

use std::{
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use axum::routing::get;
use clap::{Parser, ValueEnum};
use tokio::sync::Barrier;
use wirewright_example::{loopback::Loopback, videntity};

use self::{
    process::{Footprint, Server},
    report::Measured,
};

/// What fails a run: a text for whoever started it.
type Failure = String;

/// Logs in and out over real sockets, by both client edges.
#[derive(Parser)]
struct Arguments {
    /// How many sessions are opened and closed, in the run that looks at memory and descriptors.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    sessions: usize,
    /// After how many of them memory and descriptors are looked at for the first time.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    first: usize,
    /// How many at the same time.
    #[arg(long, value_name = "N", default_value_t = 64)]
    at_once: usize,
    /// How many pairs of runs are timed: the client, and the same written by hand.
    #[arg(long, value_name = "N", default_value_t = 21)]
    pairs: usize,
    /// How many sessions each of such runs has.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    per_run: usize,
    /// Writes the table into this file, between the marks that are there.
    #[arg(long, value_name = "FILE")]
    write: Option<std::path::PathBuf>,
    /// Fails only when a call does: a bar that is missed on a busy machine is no fault.
    #[arg(long)]
    check: bool,
    /// Serves until its input ends.
    #[arg(long, hide = true)]
    serve: bool,
    /// Measures this client with the server at `origin`.
    #[arg(long, hide = true, requires = "origin")]
    client: Option<Client>,
    #[arg(long, hide = true)]
    origin: Option<String>,
    /// Looks at memory and descriptors of the same exchange written by hand, and at nothing else.
    #[arg(long, hide = true, requires = "client")]
    by_hand: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Client {
    Ureq,
    Reqwest,
}

impl Client {
    const ALL: [Self; 2] = [Self::Ureq, Self::Reqwest];

    const fn name(self) -> &'static str {
        match self {
            Self::Ureq => "ureq",
            Self::Reqwest => "reqwest",
        }
    }
}

/// What opens and closes sessions.
trait Runner {
    /// Makes as many calls as there are at the same time, which the server answers when all have come: there are as many connections
    /// then as there will ever be.
    fn connect(&self, by: By) -> Outcome;
    /// Opens and closes so many sessions; gives how many failed, and why the first one did.
    fn run(&self, by: By, sessions: usize) -> Outcome;
}

/// Who makes the calls.
#[derive(Clone, Copy)]
enum By {
    /// A generated client.
    Generated,
    /// The same written by hand, on the same HTTP library.
    Hand,
}

/// How many sessions failed, and why the first one did.
type Outcome = Result<(), (usize, String)>;

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

/// Where the server answers calls that have come together.
const TOGETHER: &str = "/together";

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
