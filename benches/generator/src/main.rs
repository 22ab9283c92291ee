//! How long the generator takes for very large definitions, and whether its time grows linearly.
//!
//! `benches/README.md` has the commands and the figures.

mod definition;

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{self, ExitCode},
    time::{Duration, Instant},
};

use clap::Parser;
use wirewright_codegen::{
    emit, load_sources,
    packaging::Packaging,
    write::{self, Mode},
};

/// Measures the generator with definitions of many operations.
#[derive(Parser)]
struct Arguments {
    /// How many operations; a row for each.
    #[arg(long, value_name = "N", num_args = 1.., default_values_t = [1_000, 10_000])]
    operations: Vec<usize>,
    /// How often each is measured; the fastest counts.
    #[arg(long, value_name = "N", default_value_t = 5)]
    times: usize,
    /// Measures nothing: writes the definition, with the last number of operations, to a folder `synthetic` in this one, for
    /// `cargo xtask codegen --definitions DIR --output OTHER`.
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// What is measured, in the order of the table.
const STAGES: [&str; 5] = ["read and check", "emit", "write, fresh", "write, unchanged", "together"];

/// The time of each stage.
type Times = [Duration; STAGES.len()];

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    if let Some(folder) = &arguments.write {
        let operations = arguments.operations.last().copied().unwrap_or_default();
        return write_definition(&folder.join(definition::PACKAGE), operations)
            .map_err(|error| format!("{}: {error}", folder.display()));
    }
    // A file system may be slow to use again what was freed a moment ago: all goes at the end.
    let root = env::temp_dir().join(format!("wirewright-bench-generator-{}", process::id()));
    let measured = measure_all(arguments, &root);
    if root.exists() {
        fs::remove_dir_all(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    }
    show(&measured?).map_err(|error| error.to_string())
}

fn measure_all(arguments: &Arguments, root: &Path) -> Result<Vec<(usize, Times)>, String> {
    let mut measured = Vec::new();
    for &operations in &arguments.operations {
        let files = definition::files(operations);
        let mut best = [Duration::MAX; STAGES.len()];
        for round in 0..arguments.times.max(1) {
            let times = measure(&files, &root.join(format!("{operations}-{round}")))?;
            for (best, time) in best.iter_mut().zip(times) {
                *best = time.min(*best);
            }
        }
        measured.push((operations, best));
    }
    Ok(measured)
}

fn write_definition(folder: &Path, operations: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in definition::files(operations) {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

fn measure(files: &[(String, String)], root: &Path) -> Result<Times, String> {
    let copy = files.to_vec();
    let started = Instant::now();
    let vendor = load_sources(definition::PACKAGE, copy).map_err(|faults| faults.render(false))?;
    let read = started.elapsed();

    let packaging = Packaging::new(&vendor.package);
    let started = Instant::now();
    let generated = emit::files(&vendor, &packaging);
    let emitted = started.elapsed();

    let write = || {
        let started = Instant::now();
        let outcome = write::write(&root.join(definition::PACKAGE), &generated, Mode::Write);
        outcome.map(|outcome| (started.elapsed(), outcome.written()))
    };
    let outcome = write().and_then(|fresh| Ok((fresh, write()?)));
    let ((fresh, _), (unchanged, written)) = outcome.map_err(|error| error.to_string())?;
    if written > 0 {
        return Err(format!("{written} files were written again"));
    }
    Ok([read, emitted, fresh, unchanged, read + emitted + fresh])
}

fn show(measured: &[(usize, Times)]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "| stage, ms |")?;
    for (operations, _) in measured {
        write!(out, " {operations} operations | per 1000 |")?;
    }
    let growth = measured.len() > 1;
    writeln!(out, "{}", if growth { " growth per operation |" } else { "" })?;
    writeln!(out, "|---|{}{}", "---:|---:|".repeat(measured.len()), if growth { "---:|" } else { "" })?;
    for (index, stage) in STAGES.iter().enumerate() {
        write!(out, "| {stage} |")?;
        let mut costs = Vec::new();
        for (operations, times) in measured {
            let time = times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
            let count = u32::try_from(*operations).map_or(f64::INFINITY, f64::from);
            let cost = time / count * 1000.0;
            costs.push(cost);
            write!(out, " {time:.1} | {cost:.1} |")?;
        }
        if let ([first, .., last], true) = (&costs[..], growth) {
            write!(out, " {:.2} |", last / first)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
