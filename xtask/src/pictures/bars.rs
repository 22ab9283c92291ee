//! The times of `benches/README.md` as bars.

use std::fs;
use std::path::Path;

use super::svg::Picture;
use crate::output::Failure;

const PAGE: &str = "benches/README.md";

/// What the table begins with.
const HEAD: &str = "| workload | ours | fastest other | its time | ratio |";

/// Where the bars begin.
const LEFT: u32 = 300;
/// How long a bar of 1.00 is.
const ONE: u32 = 140;
/// Where the ratios end.
const RATIOS: u32 = LEFT + 3 * ONE + 40;
const TOP: u32 = 62;
const STEP: u32 = 22;

/// A line of the table.
#[derive(Debug, PartialEq)]
struct Row {
    workload: String,
    ours: String,
    other: String,
    its: String,
    ratio: f64,
}

pub(super) fn draw(root: &Path) -> Result<String, Failure> {
    let text = fs::read_to_string(root.join(PAGE)).map_err(|error| format!("{PAGE}: {error}"))?;
    let rows = rows(&text)?;
    Ok(picture(&rows))
}

/// The rows of the table that name a program of somebody else's: the others compare one spelling of a reply with another.
fn rows(page: &str) -> Result<Vec<Row>, Failure> {
    let table = page.lines().skip_while(|line| !line.starts_with(HEAD)).skip(2);
    let mut rows = Vec::new();
    for line in table.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [workload, ours, other, its, ratio, ..] = cells[..] else {
            return Err(format!("{PAGE}: this line of the table is too short: {line}"));
        };
        if other == "in documented order" {
            continue;
        }
        let ratio = ratio.parse().map_err(|_| format!("{PAGE}: `{ratio}` is no ratio"))?;
        let [workload, ours, other, its] = [workload, ours, other, its].map(str::to_owned);
        rows.push(Row { workload, ours, other, its, ratio });
    }
    if rows.is_empty() { Err(format!("{PAGE} has no table that begins with `{HEAD}`")) } else { Ok(rows) }
}

fn picture(rows: &[Row]) -> String {
    let mut picture = Picture::new();
    picture.text("text", 0, 18, "Wirewright's time, as a part of that of the fastest other library");
    picture.text(
        "quiet",
        0,
        38,
        "Shorter is faster; the dashed line is the other library, whose time is on the right",
    );
    // Behind the bars.
    picture.rule(LEFT + ONE, TOP - 6, TOP + STEP * u32::try_from(rows.len()).unwrap_or_default());
    let mut y = TOP;
    for Row { workload, ours, other, its, ratio } in rows {
        let class = if *ratio > 1.0 { "over" } else { "bar" };
        let length = length(*ratio);
        picture.text_to("text", LEFT - 10, y + 13, workload);
        picture.rectangle(class, [LEFT, y + 2, length, 14], 2);
        picture.text_to("text", RATIOS, y + 13, &format!("{ratio:.2}"));
        picture.text("quiet", RATIOS + 16, y + 13, &format!("{ours} to {its}, {other}"));
        y += STEP;
    }
    let described: Vec<String> =
        rows.iter().map(|row| format!("{}: {:.2} of {}", row.workload, row.ratio, row.other)).collect();
    picture.finish(
        [RATIOS + 280, y + 8],
        "13px system-ui, sans-serif",
        "Run time against the fastest other library",
        &format!("Wirewright's time as a part of the other's. {}.", described.join("; ")),
    )
}

/// The length of a bar, which is short enough for the cast.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a ratio is not negative, and small"
)]
fn length(ratio: f64) -> u32 {
    (ratio * f64::from(ONE)).round().min(f64::from(3 * ONE)) as u32
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{length, rows};

    #[test]
    fn the_table_is_read() {
        let page = "# B\n\n| workload | ours | fastest other | its time | ratio | bar |\n|---|--:|---|--:|--:|--:|\n\
                    | XML, decode | 451 ns | instant-xml | 2005 ns | 0.22 | 0.18 |\n\
                    | XML, pretty | 526 µs | in documented order | 487 µs | 1.08 | 2.00 |\n\nmore\n";
        let found = rows(page).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].workload.as_str(), found[0].other.as_str()), ("XML, decode", "instant-xml"));
        assert_eq!(
            (found[0].ours.as_str(), found[0].its.as_str(), length(found[0].ratio)),
            ("451 ns", "2005 ns", 31)
        );
        for (from, to, said) in [
            ("| workload |", "| work |", "has no table"),
            ("0.22 |", "none |", "`none` is no ratio"),
            ("| XML, decode | 451 ns | instant-xml | 2005 ns | 0.22 | 0.18 |", "| a | b |", "too short"),
        ] {
            let fault = rows(&page.replace(from, to)).unwrap_err();
            assert!(fault.contains(said), "{fault}");
        }
    }
}
