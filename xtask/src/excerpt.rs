//! Whether a text is an excerpt of a file.
//!
//! An excerpt is one or more runs of the file's lines, in the file's order. A line of three dots, alone or as a comment, is
//! between runs. A run may be indented by less or more than in the file, as a whole. White space at the ends of lines and empty
//! lines at the ends of runs do not count.

/// `Err` tells the first run that is not where it should be.
pub(crate) fn check(excerpt: &str, file: &str) -> Result<(), String> {
    let lines: Vec<&str> = file.lines().map(str::trim_end).collect();
    let mut from = 0;
    let mut runs = runs(excerpt).peekable();
    if runs.peek().is_none() {
        return Err("the excerpt is empty".to_owned());
    }
    for run in runs {
        match find(&run, &lines[from..]) {
            Some(at) => from += at + run.len(),
            None => return Err(explain(&run, &lines, from)),
        }
    }
    Ok(())
}

fn runs(excerpt: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines: Vec<&str> = excerpt.lines().map(str::trim_end).collect();
    let runs: Vec<Vec<&str>> = lines.split(|line| is_gap(line)).map(|run| trimmed(run).to_vec()).collect();
    runs.into_iter().filter(|run| !run.is_empty())
}

fn is_gap(line: &str) -> bool {
    let line = line.trim_start();
    let text = ["//", "#", "--"].iter().find_map(|comment| line.strip_prefix(comment)).unwrap_or(line);
    matches!(text.trim(), "..." | "…")
}

fn trimmed<'l, 't>(mut run: &'l [&'t str]) -> &'l [&'t str] {
    while let [first, rest @ ..] = run
        && first.is_empty()
    {
        run = rest;
    }
    while let [rest @ .., last] = run
        && last.is_empty()
    {
        run = rest;
    }
    run
}

fn find(run: &[&str], lines: &[&str]) -> Option<usize> {
    let run = outdented(run);
    lines.windows(run.len()).position(|window| outdented(window) == run)
}

/// The lines without the indentation that all have in common.
fn outdented<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let indentation = |line: &&&str| line.len() - line.trim_start_matches(' ').len();
    let common =
        lines.iter().filter(|line| !line.is_empty()).map(|line| indentation(&line)).min().unwrap_or(0);
    lines.iter().map(|line| line.get(common..).unwrap_or_default()).collect()
}

fn explain(run: &[&str], lines: &[&str], from: usize) -> String {
    let stranger = run.iter().find(|line| !lines.iter().any(|other| other.trim_start() == line.trim_start()));
    match stranger {
        Some(line) => format!("the file has no line `{}`", line.trim_start()),
        None if find(run, lines).is_some_and(|at| at < from) => {
            format!("the lines from `{}` are further up in the file", run[0].trim_start())
        }
        None => format!("the lines from `{}` do not follow each other so in the file", run[0].trim_start()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    const FILE: &str = "mod one {\n    fn first() {\n        work();  \n    }\n\n    fn second() {}\n}\n";

    #[test]
    fn excerpts() {
        for (excerpt, complaint) in [
            (FILE, ""),
            ("    fn first() {\n        work();\n    }", ""),
            ("fn first() {\n    work();\n}", ""),
            ("\n\nfn first() {\n    work();\n}\n\nfn second() {}\n", ""),
            ("mod one {\n    // ...\n    fn second() {}\n}", ""),
            ("fn first() {\n...\n\nfn second() {}\n# …\n", ""),
            (
                "fn first() {\nwork();\n}",
                "the lines from `fn first() {` do not follow each other so in the file",
            ),
            ("fn first() {\n}", "the lines from `fn first() {` do not follow each other so in the file"),
            ("fn second() {}\n...\nfn first() {", "the lines from `fn first() {` are further up in the file"),
            ("fn first() {\n    rest();\n}", "the file has no line `rest();`"),
            ("...", "the excerpt is empty"),
            ("", "the excerpt is empty"),
        ] {
            assert_eq!(check(excerpt, FILE).err().unwrap_or_default(), complaint, "{excerpt}");
        }
    }
}
