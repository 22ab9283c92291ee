//! TOML's own faults.

use toml::de::DeTable;

use crate::diagnostic::{Code, Fault, Report};
use crate::source::{Sources, Span};

/// The parsed files; `None` when one of them is not TOML, so that what was recovered of it would give faults of its own.
pub(crate) fn documents<'a>(sources: &'a Sources, report: &Report) -> Option<Vec<DeTable<'a>>> {
    let files = sources.iter().enumerate();
    // All of them, so that all faults are told.
    let documents: Vec<_> = files.map(|(file, (_, text))| document(file, text, sources, report)).collect();
    documents.into_iter().collect()
}

/// The same of one file.
pub(super) fn document<'a>(
    file: usize,
    text: &'a str,
    sources: &Sources,
    report: &Report,
) -> Option<DeTable<'a>> {
    let mut whole = true;
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut last_line = None;
    let headers = if errors.is_empty() { Vec::new() } else { headers(text) };
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(file, range);
        if error.message() == "duplicate key" {
            report.add(twice(text, &headers, span));
            continue;
        }
        whole = false;
        // Behind the first error of a line, the parser has lost its way.
        let line = sources.position(span).0;
        if last_line.replace(line) != Some(line) {
            let message = error.message();
            let (problem, expected) =
                message.split_once(", expected ").map_or((message, None), |(a, b)| (a, Some(b)));
            let fault = Fault::new(Code::Syntax, span, format!("not TOML: {problem}"));
            report.add(match expected {
                Some(expected) => fault.label("here").expected(expected),
                None => fault.label("here"),
            });
        }
    }
    whole.then(|| document.into_inner())
}

/// Where the lines that begin with a bracket do.
fn headers(text: &str) -> Vec<usize> {
    let mut start = 0;
    let mut headers = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with('[') {
            headers.push(start + line.len() - trimmed.len());
        }
        start += line.len();
    }
    headers
}

/// A key that is twice in one table; in the table of errors this is an error with two meanings.
fn twice(text: &str, headers: &[usize], span: Span) -> Fault {
    let key = text.get(span.start()..span.end()).unwrap_or_default();
    let before = headers.partition_point(|header| *header < span.start());
    let header = before.checked_sub(1).and_then(|last| headers.get(last));
    let header = header.and_then(|header| text.get(*header..span.start())).unwrap_or_default();
    if header.starts_with("[errors") {
        return Fault::new(Code::ErrorTwice, span, format!("the error `{key}` is given twice"))
            .label("the second time")
            .expected("each error once")
            .help("if the vendor gives one number two meanings, say so in its `doc`");
    }
    Fault::new(Code::DuplicateKey, span, format!("the key `{key}` is given twice"))
        .label("the second time")
        .expected("each key once in its table")
        .help("remove one of the two")
}
