//! Drives the targets with mutated examples, for a bounded time, on any toolchain.

mod mutate;
mod run;

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, builder::PossibleValuesParser};
use wirewright_fuzz::{TARGETS, Target};

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
    input: Vec<PathBuf>,
    /// Writes each input to a file before it is run, slowly: for one that ends the process. The file stays.
    #[arg(long)]
    note: bool,
    /// Writes what each target begins with to a folder of its name in this one, for another fuzzer, and runs nothing.
    #[arg(long, value_name = "FOLDER")]
    corpus: Option<PathBuf>,
    /// The targets. All when none is named.
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(TARGETS.iter().map(|target| target.name)))]
    targets: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let wanted = TARGETS.iter().filter(|target| {
        arguments.targets.is_empty() || arguments.targets.iter().any(|name| name == target.name)
    });
    if let Some(folder) = &arguments.corpus {
        return match write_corpora(folder, wanted) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                say(&format!("{}: {error}", folder.display()));
                ExitCode::FAILURE
            }
        };
    }
    run::quiet();
    say(&format!(
        "{:<12}{:>12}{:>8}{:>14}{:>14}{:>12}",
        "target", "executions", "kept", "taken", "refused", "slowest"
    ));
    for target in wanted {
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

fn read(files: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let read = |file: &PathBuf| {
        fs::read(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))
    };
    files.iter().map(read).collect()
}

/// Files are named by number: the same ones every time.
fn write_corpora(folder: &Path, targets: impl Iterator<Item = &'static Target>) -> io::Result<()> {
    for target in targets {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder)?;
        let corpus = (target.corpus)();
        for (index, input) in corpus.iter().enumerate() {
            fs::write(folder.join(format!("begin-{index:04}")), input)?;
        }
        say(&format!("{:<12}{:>12} inputs", target.name, corpus.len()));
    }
    Ok(())
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
