//! The peers and this project in one process: `cargo run --release [-- [--check] [--rounds N] [FILTER]]`.
//!
//! Candidates of a group take turns of about two milliseconds, so that a machine that changes its pace does so for all of
//! them. A ratio is the median over the rounds of this project's time to that of the fastest other candidate.

mod allocations;
mod calls;
mod documents;
mod model;
mod peers;
mod signing;
mod suite;
mod workloads;

use std::time::{Duration, Instant};

use suite::{Case, Group, OURS};

#[global_allocator]
static COUNTING: allocations::Counting = allocations::Counting;

const TURN: Duration = Duration::from_millis(2);

fn main() {
    let mut rounds = 41;
    let (mut filter, mut check) = (String::new(), false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--check" => check = true,
            "--rounds" => {
                rounds = arguments.next().and_then(|count| count.parse().ok()).expect("a number of rounds")
            }
            _ => filter = argument,
        }
    }
    let groups: Vec<Group> =
        workloads::all().into_iter().filter(|group| group.title.contains(&filter)).collect();
    let refused: Vec<&String> = groups.iter().flat_map(|group| &group.refused).collect();
    for line in &refused {
        eprintln!("{line}");
    }
    if check {
        let left_out: Vec<&String> = groups.iter().flat_map(|group| &group.left_out).collect();
        for line in &left_out {
            println!("left out: {line}");
        }
        let taking_part: usize = groups.iter().map(|group| group.cases.len()).sum();
        println!(
            "{} groups; {taking_part} candidates made the same value, {} cannot, {} should have",
            groups.len(),
            left_out.len(),
            refused.len()
        );
        std::process::exit(i32::from(!refused.is_empty()));
    }
    println!("| workload | ours | fastest other | its time | ratio | bar | | allocations, ours | its |");
    println!("|---|--:|---|--:|--:|--:|---|--:|--:|");
    for group in &groups {
        row(group, rounds);
    }
    if !refused.is_empty() {
        std::process::exit(1);
    }
}

fn row(group: &Group, rounds: usize) {
    let times = measure(&group.cases, rounds);
    let Some(ours) = group.cases.iter().position(|case| case.name == OURS) else { return };
    let medians: Vec<f64> = times.iter().map(|times| median(times.clone())).collect();
    let others = (0..medians.len()).filter(|index| *index != ours);
    let Some(other) = others.min_by(|one, two| medians[*one].total_cmp(&medians[*two])) else { return };
    let ratios = times[ours].iter().zip(&times[other]).map(|(ours, other)| ours / other).collect();
    // As it is shown, so that nobody has to guess at what is behind it.
    let ratio = (median(ratios) * 100.0).round() / 100.0;
    let met = if ratio <= group.bar * 1.05 { "met" } else { "**missed**" };
    println!(
        "| {} | {} | {} | {} | {ratio:.2} | {:.2} | {met} | {} | {} |",
        group.title,
        shown(medians[ours]),
        group.cases[other].name,
        shown(medians[other]),
        group.bar,
        allocations::of(&group.cases[ours].run),
        allocations::of(&group.cases[other].run),
    );
}

/// Nanoseconds for each case and round.
fn measure(cases: &[Case], rounds: usize) -> Vec<Vec<f64>> {
    let repeats: Vec<u64> = cases.iter().map(repeats).collect();
    let mut times = vec![Vec::with_capacity(rounds); cases.len()];
    for round in 0..rounds {
        for turn in 0..cases.len() {
            let index = (turn + round) % cases.len();
            let start = Instant::now();
            (cases[index].run)(repeats[index]);
            times[index].push(start.elapsed().as_secs_f64() * 1e9 / repeats[index] as f64);
        }
    }
    times
}

/// How often a case runs in one turn.
fn repeats(case: &Case) -> u64 {
    (case.run)(1);
    let mut count = 1;
    loop {
        let start = Instant::now();
        (case.run)(count);
        let elapsed = start.elapsed();
        if elapsed * 4 > TURN {
            let one = elapsed.as_secs_f64() / count as f64;
            return ((TURN.as_secs_f64() / one) as u64).max(1);
        }
        count *= 4;
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        small if small < 1e4 => format!("{small:.0} ns"),
        medium if medium < 1e7 => format!("{:.0} µs", medium / 1e3),
        large => format!("{:.1} ms", large / 1e6),
    }
}
