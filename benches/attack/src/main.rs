//! A long attack on every server edge, and its figures.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use wirewright_bench_attack::{Plan, Report, attack, targets};

/// Attacks every server edge with valid, malformed and hostile requests at once.
#[derive(Parser)]
struct Arguments {
    /// For how many seconds each of them.
    #[arg(long, value_name = "N", default_value_t = 30)]
    seconds: u64,
    /// Over how many connections at the same time.
    #[arg(long, value_name = "N", default_value_t = 64)]
    connections: usize,
    /// What the hostile requests are made from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Writes the table into this file, between the marks that are there.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

const MARKS: [&str; 2] = ["<!-- attack: begin -->\n", "<!-- attack: end -->"];

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(faults) => fail(&format!("{faults} faults")),
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(why: &str) -> ExitCode {
    let _ = writeln!(io::stderr().lock(), "error: {why}");
    ExitCode::FAILURE
}

/// How much was not as it must be.
fn run(arguments: &Arguments) -> Result<u64, Box<dyn std::error::Error>> {
    let Arguments { seconds, connections, seed, write } = arguments;
    let plan = Plan { connections: *connections, time: Duration::from_secs(*seconds), seed: *seed };
    let mut table = String::from(
        "| vendor, edge | requests | answered | refused | connections ended | valid, all answered | half within | 99 % within | slowest | memory early, late | panics, 5xx, others |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut faults = 0;
    for target in targets()? {
        let report = attack(&target, plan);
        faults += report.faults.len() as u64 + report.panics;
        for fault in report.faults.iter().take(10) {
            writeln!(io::stderr().lock(), "{fault}")?;
        }
        row(&mut table, target.name, &report);
    }
    write!(io::stdout().lock(), "{table}")?;
    if let Some(file) = write {
        let text = fs::read_to_string(file)?;
        let [begin, end] = MARKS;
        let (before, rest) = text.split_once(begin).ok_or("the file has no mark where the table begins")?;
        let (_, after) = rest.split_once(end).ok_or("the file has no mark where the table ends")?;
        fs::write(file, format!("{before}{begin}{table}{end}{after}"))?;
    }
    Ok(faults)
}

fn row(table: &mut String, name: &str, report: &Report) {
    let sum = |of: fn(&wirewright_bench_attack::Counts) -> u64| report.kinds.values().map(of).sum::<u64>();
    let time = |share| format!("{:.1} ms", report.quantile(share).as_secs_f64() * 1000.0);
    let memory = report.memory.map_or_else(
        || "unknown".to_owned(),
        |(early, late)| format!("{} MiB, {} MiB", early >> 10, late >> 10),
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        table,
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {memory} | {} |",
        report.requests(),
        sum(|counts| counts.answered),
        sum(|counts| counts.refused),
        sum(|counts| counts.closed),
        report.valid.len(),
        time(0.5),
        time(0.99),
        time(1.0),
        report.faults.len() as u64 + report.panics,
    );
}
