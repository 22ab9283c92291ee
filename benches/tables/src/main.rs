//! Rows per second and peak memory of tables of 10 MB, 100 MB and 1 GB.
//!
//! Every measurement is a process of its own, so that its peak memory is its own. Candidates take turns.

mod candidates;
mod command;
mod source;

use std::{env, error::Error, fs, process::Command};

use candidates::{Outcome, Sums};
use source::Source;

struct Candidate {
    name: &'static str,
    run: fn(Source) -> Outcome,
    /// The largest table in MB that it is measured with: what holds the whole table needs more memory than there may be.
    largest: u64,
}

const CANDIDATES: &[Candidate] = &[
    Candidate { name: "cells", run: candidates::cells, largest: u64::MAX },
    Candidate { name: "structs", run: candidates::structs, largest: u64::MAX },
    Candidate { name: "arrow", run: candidates::arrow, largest: u64::MAX },
    Candidate { name: "quick-xml events", run: candidates::events, largest: u64::MAX },
    Candidate { name: "quick-xml serde", run: candidates::serde, largest: 100 },
    Candidate { name: "whole codec", run: candidates::whole, largest: 100 },
];

const SIZES: [u64; 3] = [10, 100, 1000];
const MEGABYTE: u64 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--one", name, size] => one(name, size.parse()?),
        ["--command", size] => command(size.parse()?),
        ["--rounds", rounds] => table(rounds.parse()?),
        [] => table(3),
        _ => Err("arguments: none, --rounds <number>, or --command <MB>".into()),
    }
}

/// The time that this process has had a CPU: other processes change it less than the time on the clock.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = status.split_whitespace().next().ok_or("an empty schedstat")?.parse()?;
    Ok(nanoseconds / 1e9)
}

/// One measurement: seconds, rows, bytes, peak memory in KB.
fn one(name: &str, size: u64) -> Result<(), Box<dyn Error>> {
    let candidate = CANDIDATES.iter().find(|candidate| candidate.name == name).ok_or("no such candidate")?;
    let source = Source::new(size * MEGABYTE);
    let (rows, bytes) = (source.rows(), source.bytes());
    let started = cpu_seconds()?;
    let sums = (candidate.run)(source)?;
    let seconds = cpu_seconds()? - started;
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    same(name, sums, rows)?;
    println!("{seconds} {rows} {bytes} {}", peak.trim().trim_end_matches(" kB"));
    Ok(())
}

/// The command as a person starts it, over a socket: a row for the table.
fn command(size: u64) -> Result<(), Box<dyn Error>> {
    let source = Source::new(size * MEGABYTE);
    let (rows, bytes) = (source.rows(), source.bytes());
    let command::Figures { sums, seconds, peak } = command::measure(size * MEGABYTE)?;
    same("command", sums, rows)?;
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let [rows, bytes, peak] = [rows as f64, bytes as f64, peak as f64];
    println!(
        "| {size} MB | `call --output csv` | {:.2} M | {:.0} | {:.1} |",
        rows / seconds / 1e6,
        bytes / seconds / 1e6,
        peak / 1024.0
    );
    Ok(())
}

/// That all candidates read the same of a table, as of a small one.
fn same(name: &str, sums: Sums, rows: u64) -> Result<(), Box<dyn Error>> {
    let known = candidates::events(Source::new(1))?;
    let blocks = i64::try_from(rows / source::BLOCK_ROWS)?;
    let same = Sums { floats: 0.0, ..sums }
        == Sums {
            rows: known.rows * blocks.unsigned_abs(),
            integers: known.integers * blocks,
            floats: 0.0,
            bytes: known.bytes * usize::try_from(blocks)?,
            absent: known.absent * blocks.unsigned_abs(),
        };
    #[expect(clippy::cast_precision_loss, reason = "a sum that is held against another")]
    let floats = (sums.floats / (known.floats * blocks as f64) - 1.0).abs() < 1e-9;
    if !same || !floats {
        return Err(format!("{name} has read something else: {sums:?}, {known:?} in a block").into());
    }
    Ok(())
}

fn table(rounds: u32) -> Result<(), Box<dyn Error>> {
    println!("| table | reader | rows/s | MB/s | to quick-xml's events | peak memory, MB |");
    println!("|---|---|--:|--:|--:|--:|");
    for size in SIZES {
        let mut best: Vec<Option<[f64; 4]>> = vec![None; CANDIDATES.len()];
        for _ in 0..rounds {
            for (candidate, best) in CANDIDATES.iter().zip(&mut best) {
                if candidate.largest >= size {
                    let now = measure(candidate.name, size)?;
                    let before = best.get_or_insert(now);
                    if now[0] < before[0] {
                        *before = now;
                    }
                }
            }
        }
        let by_hand = CANDIDATES.iter().position(|candidate| candidate.name == "quick-xml events");
        let by_hand = by_hand.and_then(|index| best[index]).map_or(f64::NAN, |figures| figures[0]);
        for (candidate, best) in CANDIDATES.iter().zip(best) {
            let Some([seconds, rows, bytes, peak]) = best else { continue };
            println!(
                "| {size} MB | {} | {:.2} M | {:.0} | {:.1} | {:.1} |",
                candidate.name,
                rows / seconds / 1e6,
                bytes / seconds / 1e6,
                by_hand / seconds,
                peak / 1024.0
            );
        }
    }
    Ok(())
}

fn measure(name: &str, size: u64) -> Result<[f64; 4], Box<dyn Error>> {
    let output = Command::new(env::current_exe()?).args(["--one", name, &size.to_string()]).output()?;
    if !output.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let figures: Result<Vec<f64>, _> = text.split_whitespace().map(str::parse).collect();
    Ok(figures?.try_into().map_err(|_| "four figures are due")?)
}
