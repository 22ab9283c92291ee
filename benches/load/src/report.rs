//! What was measured, as a table, and against the bars.

use std::{fmt::Write as _, fs, path::Path};

use crate::{
    arguments::{Arguments, Client, Failure},
    process::Footprint,
};

/// How much memory and descriptors may grow.
const GROWTH: f64 = 1.05;
/// What the time may be to that of the same exchange written by hand.
const RATIO: f64 = 1.10;
/// What the table is put between.
const MARKS: [&str; 2] = ["<!-- load: begin -->", "<!-- load: end -->"];

/// The figures of one client.
#[derive(Debug, PartialEq)]
pub(crate) struct Measured {
    first: Footprint,
    last: Footprint,
    /// Sessions opened and closed in a second, by the median run.
    generated: f64,
    by_hand: f64,
    /// The median of the pairs.
    ratio: f64,
}

impl Measured {
    /// `pairs` are the seconds that the runs of so many sessions took.
    pub(crate) fn new(first: Footprint, last: Footprint, pairs: &[(f64, f64)], per_run: usize) -> Self {
        let sessions = u32::try_from(per_run).map_or(f64::NAN, f64::from);
        Self {
            first,
            last,
            generated: sessions / median(pairs.iter().map(|(generated, _)| *generated)),
            by_hand: sessions / median(pairs.iter().map(|(_, by_hand)| *by_hand)),
            ratio: median(pairs.iter().map(|(generated, by_hand)| generated / by_hand)),
        }
    }

    /// As one process tells another.
    pub(crate) fn to_line(&self) -> String {
        let Self { first, last, generated, by_hand, ratio } = self;
        let [(a, b), (c, d)] = [first, last].map(|one| (one.memory, one.descriptors));
        format!("{a} {b} {c} {d} {generated} {by_hand} {ratio}")
    }

    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let [a, b, c, d, generated, by_hand, ratio] = words[..] else { return None };
        let footprint = |memory: &str, descriptors: &str| {
            Some(Footprint { memory: memory.parse().ok()?, descriptors: descriptors.parse().ok()? })
        };
        Some(Self {
            first: footprint(a, b)?,
            last: footprint(c, d)?,
            generated: generated.parse().ok()?,
            by_hand: by_hand.parse().ok()?,
            ratio: ratio.parse().ok()?,
        })
    }

    /// Which bars are missed.
    fn missed(&self) -> Vec<&'static str> {
        let bars = [
            ("memory", growth(self.first.memory, self.last.memory), GROWTH),
            ("descriptors", growth(self.first.descriptors, self.last.descriptors), GROWTH),
            ("time", self.ratio, RATIO),
        ];
        // What is no number has met no bar.
        let missed = |value: f64, bar: f64| value.is_nan() || value > bar;
        bars.into_iter().filter(|(_, value, bar)| missed(*value, *bar)).map(|(name, ..)| name).collect()
    }
}

fn growth(first: u64, last: u64) -> f64 {
    let float = |number: u64| u32::try_from(number).map_or(f64::NAN, f64::from);
    float(last) / float(first)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle.wrapping_sub(1)), values.get(middle)) {
        (Some(low), Some(high)) if values.len().is_multiple_of(2) => f64::midpoint(*low, *high),
        (_, Some(value)) => *value,
        (_, None) => f64::NAN,
    }
}

/// Of each client what was measured, and of the memory of the same exchange by hand.
pub(crate) fn table(arguments: &Arguments, all: &[(Client, Measured, Measured)]) -> Result<String, Failure> {
    let Arguments { sessions, first, .. } = arguments;
    let mut table = format!(
        "| client | memory after {first} and {sessions}, MiB | growth | by hand | descriptors | growth | sessions in a second, by hand | ratio | bars |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---|\n"
    );
    for (client, measured, hand) in all {
        let Measured { first, last, generated, by_hand, ratio } = measured;
        let mebibytes = |one: &Footprint| u32::try_from(one.memory).map_or(f64::NAN, f64::from) / 1024.0;
        let missed = measured.missed();
        let bars =
            if missed.is_empty() { "met".to_owned() } else { format!("**missed**: {}", missed.join(", ")) };
        writeln!(
            table,
            "| {} | {:.1}, {:.1} | {:.2} | {:.2} | {}, {} | {:.2} | {generated:.0}, {by_hand:.0} | {ratio:.2} | {bars} |",
            client.name(),
            mebibytes(first),
            mebibytes(last),
            growth(first.memory, last.memory),
            growth(hand.first.memory, hand.last.memory),
            first.descriptors,
            last.descriptors,
            growth(first.descriptors, last.descriptors),
        )
        .map_err(|error| error.to_string())?;
    }
    Ok(table)
}

/// Puts the table where the last one was.
pub(crate) fn write(file: &Path, table: &str) -> Result<(), Failure> {
    let failed = |error| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(failed)?;
    let [begin, end] = MARKS;
    let (before, rest) =
        text.split_once(begin).ok_or_else(|| format!("{} has no `{begin}`", file.display()))?;
    let (_, after) =
        rest.split_once(end).ok_or_else(|| format!("{} has no `{end}` behind it", file.display()))?;
    fs::write(file, format!("{before}{begin}\n\n{table}\n{end}{after}")).map_err(failed)
}

/// Fails when a bar is missed.
pub(crate) fn judge(arguments: &Arguments, all: &[(Client, Measured, Measured)]) -> Result<(), Failure> {
    let missed: Vec<_> = all
        .iter()
        .flat_map(|(client, measured, _)| {
            measured.missed().into_iter().map(|bar| format!("{}: {bar}", client.name()))
        })
        .collect();
    if missed.is_empty() || arguments.check { Ok(()) } else { Err(format!("missed {}", missed.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_come_over_whole_and_meet_their_bars() {
        let footprint = |memory| Footprint { memory, descriptors: 70 };
        for (last, pairs, missed) in [
            (footprint(10_500), &[(1.0, 1.0), (1.1, 1.0), (9.0, 1.0)][..], &[][..]),
            (footprint(10_501), &[(1.0, 1.0), (1.2, 1.0)], &["memory"]),
            (
                Footprint { memory: 9_000, descriptors: 74 },
                &[(1.0, 1.0), (1.3, 1.0)],
                &["descriptors", "time"],
            ),
            (footprint(10_000), &[], &["time"]),
        ] {
            let measured = Measured::new(footprint(10_000), last, pairs, 1_000);
            assert_eq!(measured.missed(), missed);
            if !pairs.is_empty() {
                assert_eq!(Measured::from_line(&measured.to_line()), Some(measured));
            }
        }
        assert_eq!(Measured::from_line("1 2 3"), None);
    }
}
