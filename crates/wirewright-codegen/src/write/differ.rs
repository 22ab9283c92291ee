//! The lines by which a file differs.

use std::fmt::Write as _;

use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

/// How many lines are shown.
const MOST_LINES: usize = 20;
/// How many characters of a line are shown.
const MOST_CHARACTERS: usize = 200;

/// The first lines of the unified diff from what is there to what was generated, indented.
pub(super) fn lines(there: &[u8], generated: &str) -> String {
    let there = String::from_utf8_lossy(there);
    let input = InternedInput::new(&*there, generated);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let mut config = UnifiedDiffConfig::default();
    config.context_len(1);
    let unified = diff.unified_diff(&BasicLineDiffPrinter(&input.interner), config, &input).to_string();
    let mut text = String::new();
    for line in unified.lines().take(MOST_LINES) {
        let shown: String = line.chars().take(MOST_CHARACTERS).collect();
        let cut = if shown.len() < line.len() { "…" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {shown}{cut}");
    }
    match unified.lines().count().saturating_sub(MOST_LINES) {
        0 => {}
        1 => text.push_str("  ... 1 more line\n"),
        more => {
            let _ = writeln!(text, "  ... {more} more lines");
        }
    }
    text
}
