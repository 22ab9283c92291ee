//! Drives the targets with mutated examples, for a bounded time, on any toolchain.

mod mutate;
mod run;

use std::{
    io::{self, Write as _},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, builder::PossibleValuesParser};
use wirewright_fuzz::TARGETS;

use self::run::Report;

/// Drives the targets with mutated examples. The first input that fails is saved, and ends the run with exit code 1.
#[derive(Parser)]
struct Arguments {
    /// Seconds for each target.
    #[arg(long, value_name = "N", default_value_t = 5)]
    seconds: u64,
    /// Where the random numbers begin: the same inputs for the same number, as many as the time allows.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Runs the inputs of these files only, unchanged, through the named target.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "targets")]
    input: Vec<std::path::PathBuf>,
    /// Writes each input to a file before it is run, slowly: for one that ends the process. The file stays.
    #[arg(long)]
    note: bool,
    /// The targets. All when none is named.
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(TARGETS.iter().map(|target| target.name)))]
    targets: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    run::quiet();
    say(&format!(
        "{:<12}{:>12}{:>8}{:>14}{:>14}{:>12}",
        "target", "executions", "kept", "taken", "refused", "slowest"
    ));
    let wanted =
        |name: &str| arguments.targets.is_empty() || arguments.targets.iter().any(|each| each == name);
    for target in TARGETS.iter().filter(|target| wanted(target.name)) {
        let inputs = match read(&arguments.input) {
            Ok(inputs) => inputs,
            Err(error) => {
                say(&error);
                return ExitCode::FAILURE;
            }
        };
        match run::target(
            target,
            Duration::from_secs(arguments.seconds),
            arguments.seed,
            inputs,
            arguments.note,
        ) {
            Ok(report) => show(target.name, &report),
            Err(failure) => {
                say(&format!("{}: {failure}", target.name));
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn read(files: &[std::path::PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let read = |file: &std::path::PathBuf| {
        std::fs::read(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))
    };
    files.iter().map(read).collect()
}

fn show(name: &str, report: &Report) {
    say(&format!(
        "{name:<12}{:>12}{:>8}{:>14}{:>14}{:>9.1} ms",
        report.executions,
        report.kept,
        report.taken,
        report.refused,
        report.slowest.as_secs_f64() * 1000.0
    ));
}

/// Prints a line; whoever closed the output does not want it.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
