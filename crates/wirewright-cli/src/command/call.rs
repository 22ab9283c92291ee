//! `wirewright call`

use std::{
    io::{self, IsTerminal as _, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::Duration,
};

use clap::ArgMatches;
use http::Method;
use indicatif::{HumanBytes, HumanCount, ProgressBar};
use wirewright::Format;
use wirewright_cli::call::{
    Answered, Call, Failure, Open, Output, Pages, Progress, Report, Rows, RowsOutput, close_all, run as make,
    run_pages, run_rows, shown_head,
};
use wirewright_interpret::{Answer, Definition, OperationType, Visibility};

use super::{
    arguments,
    failed::{Done, Failed},
    interrupt::interruptible,
    out::{Out, read_by_nobody},
    output::{complain, say},
    terminal::{self, Terminal},
};

pub(super) fn run(matches: &ArgMatches) -> Done {
    let (vendor, of_vendor) = matches.subcommand().ok_or_else(|| Failed::usage("no vendor"))?;
    let Some((operation, matches)) = of_vendor.subcommand() else {
        // What is wrong with the definition, or with its name.
        arguments::definitions_of(of_vendor).load(vendor)?;
        return Err(Failed::usage("no operation"));
    };
    let definition = arguments::definitions_of(matches).load(vendor)?;
    let call = read_call(operation, matches)?;
    let operation = definition
        .operation(operation)
        .ok_or_else(|| Failed::usage(format!("there is no operation `{operation}`")))?;
    let open = Open::new();
    let clean_up = || {
        complain("interrupted\n");
        if let Err(failure) = close_all(&definition, &call, &Terminal, &open, &mut io::stderr()) {
            complain(&format!("error: {failure}\n"));
        }
    };
    let begun = open.clone();
    let rows = rows_output(matches);
    if matches.get_flag("include") && rows.is_some() {
        return Err(Failed::usage("`--include` goes before an answer, and not before rows: leave it out"));
    }
    if rows.is_some_and(|output| !output.is_text())
        && !matches.contains_id("out")
        && io::stdout().is_terminal()
    {
        return Err(Failed::usage("the file would make a mess of a terminal: name one for it with `-o`"));
    }
    // Until the answer is written: a file that was begun goes, whenever the program is ended.
    let work = || match rows {
        Some(_) if matches.contains_id("pages") => Err(Failed::usage(
            "`--pages` are answers, and this `--output` is rows of one: leave one of them out",
        )),
        Some(output) => in_rows(&definition, &call, &open, output, matches),
        _ if matches.contains_id("pages") => in_pages(&definition, operation, &call, &open, matches),
        _ => {
            let report = make(&definition, &call, &Terminal, &open, &mut io::stderr());
            show(&definition, operation, &report, &open, matches)
        }
    };
    interruptible(work, clean_up, move || begun.remove_drafts())
}

/// Writes the rows of the reply while they come.
fn in_rows(
    definition: &Definition,
    call: &Call,
    open: &Open,
    output: RowsOutput,
    matches: &ArgMatches,
) -> Done {
    let mut out = Out::new(matches.get_one::<PathBuf>("out"), open)?;
    let exposed = exposed(matches);
    let max_bytes = matches.get_one("max-bytes").copied();
    let bar = progress_bar(matches);
    let mut progress = |progress: Progress| show_progress(&bar, progress);
    let rows = Rows { output, out: out.writer(), max_bytes, progress: &mut progress, exposed: &exposed };
    let report = run_rows(definition, call, &Terminal, open, &mut io::stderr(), rows);
    bar.finish_and_clear();
    if report.outcome.is_ok()
        && let Err(failed) = out.finish()
    {
        // That the session stayed open is told all the same.
        told(&report, open);
        return Err(failed);
    }
    Ok(told(&report, open))
}

/// Writes page after page while they come.
fn in_pages(
    definition: &Definition,
    operation: &OperationType,
    call: &Call,
    open: &Open,
    matches: &ArgMatches,
) -> Done {
    let exposed = exposed(matches);
    let output = output(matches);
    let most = matches.get_one::<Option<u64>>("pages").copied().flatten();
    let mut out = Out::new(matches.get_one::<PathBuf>("out"), open)?;
    let mut each = |answered: &Answered| {
        let text = output.render(definition, operation, answered, &exposed)?;
        let writer = out.writer();
        match writer.write_all(&text).and_then(|()| writer.flush()) {
            Ok(()) => Ok(ControlFlow::Continue(())),
            // Nobody reads any longer, which is no failure of the call.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
            Err(error) => Err(Failure::unwritten(&error)),
        }
    };
    let pages = Pages { most, each: &mut each };
    let report = run_pages(definition, call, &Terminal, open, &mut io::stderr(), pages);
    match &report.outcome {
        Ok(_) => {
            if let Err(failed) = out.finish() {
                told(&report, open);
                return Err(failed);
            }
        }
        Err(failure) => show_refusal(definition, operation, failure, output, &exposed)?,
    }
    Ok(told(&report, open))
}

/// How far a table has come, on a terminal that does not show the table itself.
fn progress_bar(matches: &ArgMatches) -> ProgressBar {
    let shown = io::stderr().is_terminal() && (matches.contains_id("out") || !io::stdout().is_terminal());
    if shown { ProgressBar::new_spinner() } else { ProgressBar::hidden() }
}

fn show_progress(bar: &ProgressBar, Progress { rows, bytes, total }: Progress) {
    let of = total.map(|total| format!(" of {}", HumanBytes(total))).unwrap_or_default();
    bar.set_message(format!("{} rows, {}{of}", HumanCount(rows), HumanBytes(bytes)));
    bar.tick();
}

/// Says what went wrong, and with which exit code the program ends: unless somebody has ended it, who is told elsewhere.
fn told(report: &Report, open: &Open) -> ExitCode {
    while open.is_stopped() {
        thread::park();
    }
    let failures = [report.outcome.as_ref().err(), report.unclosed.as_ref()];
    for failure in failures.into_iter().flatten() {
        complain(&format!("error: {failure}\n"));
    }
    failures.into_iter().flatten().next().map_or(ExitCode::SUCCESS, Failure::exit_code)
}

/// The names of secrets that are shown.
fn exposed(matches: &ArgMatches) -> Vec<&str> {
    matches.get_many::<String>("expose").into_iter().flatten().map(String::as_str).collect()
}

/// What is called. Options that are global are known to the innermost command.
fn read_call(operation: &str, matches: &ArgMatches) -> Result<Call, Failed> {
    let text = |name: &str| matches.get_one::<String>(name);
    let pairs = |name: &str| matches.get_many(name).into_iter().flatten().cloned().collect();
    let document = matches.get_one::<PathBuf>("document").map(|path| read(path)).transpose()?;
    Ok(Call {
        operation: operation.to_owned(),
        pairs: pairs("PARAMETERS"),
        login: pairs("login"),
        further: pairs("parameter"),
        headers: matches.get_many("header").into_iter().flatten().cloned().collect(),
        document: document.unwrap_or_default(),
        format: text("format").map(|format| match format.as_str() {
            "xml" => Format::Xml,
            "json" => Format::Json,
            _ => Format::Query,
        }),
        method: text("method").map(|method| if method == "get" { Method::GET } else { Method::POST }),
        endpoint: text("endpoint").cloned(),
        session: text("session").cloned(),
        sign: matches.get_flag("sign"),
        session_file: matches.get_one::<PathBuf>("session-file").cloned(),
        timeout: matches.get_one("timeout").map(|seconds| Duration::from_secs(*seconds)),
        verbose: matches.get_flag("verbose"),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Failed> {
    terminal::read(path).map_err(|error| Failed::usage(format!("{} cannot be read: {error}", path.display())))
}

/// Writes the answer, and says what went wrong.
fn show(
    definition: &Definition,
    operation: &OperationType,
    report: &Report,
    open: &Open,
    matches: &ArgMatches,
) -> Done {
    let exposed = exposed(matches);
    let file = matches.get_one::<PathBuf>("out");
    let output = output(matches);
    match &report.outcome {
        Ok(answered) => {
            let rendered = output.render(definition, operation, answered, &exposed);
            let mut text = rendered.map_err(|failure| Failed::other(failure.to_string()))?;
            if matches.get_flag("include") {
                text.splice(0..0, shown_head(definition.catalog(), answered).into_bytes());
            }
            if let Err(failed) = write(file, answered, &text, open) {
                // That the session stayed open is told all the same.
                told(report, open);
                return Err(failed);
            }
        }
        Err(failure) => show_refusal(definition, operation, failure, output, &exposed)?,
    }
    Ok(told(report, open))
}

/// What is behind `--output`.
fn output_word(matches: &ArgMatches) -> Option<&str> {
    matches.get_one::<String>("output").map(String::as_str)
}

/// What rows are written as, where they are asked for.
fn rows_output(matches: &ArgMatches) -> Option<RowsOutput> {
    Some(match output_word(matches)? {
        "csv" => RowsOutput::Csv,
        "ndjson" => RowsOutput::NdJson,
        "arrow" => RowsOutput::Arrow,
        "parquet" => RowsOutput::Parquet,
        _ => return None,
    })
}

/// What the answer is written as: for people in several lines.
fn output(matches: &ArgMatches) -> Output {
    match output_word(matches) {
        Some("raw") => Output::Raw,
        Some("debug") => Output::Debug,
        _ if !matches.contains_id("out") && io::stdout().is_terminal() => Output::PrettyJson,
        _ => Output::Json,
    }
}

/// Writes the envelope of a refusal.
fn show_refusal(
    definition: &Definition,
    operation: &OperationType,
    failure: &Failure,
    output: Output,
    exposed: &[&str],
) -> Result<(), Failed> {
    if let (Some(refused), Output::Json | Output::PrettyJson) = (failure.refused(), output) {
        let visibility = Visibility { secrets: definition.catalog().secrets, exposed };
        let shown = definition.show_failure(operation, refused, visibility);
        let text = output.json(&shown).map_err(|failure| Failed::other(failure.to_string()))?;
        say(&String::from_utf8_lossy(&text));
    }
    Ok(())
}

/// Writes an answer to a file, or to whoever reads: no picture to a terminal.
fn write(file: Option<&PathBuf>, answered: &Answered, text: &[u8], open: &Open) -> Result<(), Failed> {
    if file.is_some() {
        let mut out = Out::new(file, open)?;
        out.writer()
            .write_all(text)
            .map_err(|error| Failed::other(format!("the answer cannot be written: {error}")))?;
        return out.finish();
    }
    let is_text = std::str::from_utf8(text)
        .is_ok_and(|text| !text.contains(|sign: char| sign.is_control() && !sign.is_ascii_whitespace()));
    if matches!(answered.answer, Answer::Raw(_)) && !is_text && io::stdout().is_terminal() {
        return Err(Failed::other(format!(
            "the answer is no text ({} bytes), and would make a mess of a terminal: name a file for it with `-o`",
            text.len()
        )));
    }
    let mut out = io::stdout().lock();
    read_by_nobody(out.write_all(text).and_then(|()| out.flush()))
}
