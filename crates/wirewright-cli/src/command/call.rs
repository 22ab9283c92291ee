//! `wirewright call`

use std::{
    ffi::OsString,
    fmt::Write as _,
    fs,
    io::{self, IsTerminal as _, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::Duration,
};

use clap::{
    Arg, ArgAction, ArgMatches, Command, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser},
    error::{ContextKind, ContextValue, ErrorKind},
    value_parser,
};
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use http::Method;
use indicatif::{HumanBytes, HumanCount, ProgressBar};
use tempfile::NamedTempFile;
use wirewright::{
    Format,
    catalog::{Facts, Parameter, Vendor},
    describe::{Operation, ParameterSource},
};
use wirewright_cli::call::{
    Answered, Call, Failure, FailureKind, Open, Output, Pages, Progress, Report, Rows, RowsOutput, close_all,
    run as make, run_pages, run_rows, shown_head, variable,
};
use wirewright_interpret::{Answer, Definition, OperationType, Visibility};

use super::{
    arguments,
    definitions::Definitions,
    failed::{Done, Failed},
    interrupt::interruptible,
    output::{complain, say},
    terminal::{self, Terminal},
};

/// `call VENDOR OPERATION NAME=VALUE…`; the vendor that `words` name is a command of it.
pub(super) fn command(words: &[OsString]) -> Command {
    let command = options(Command::new("call"))
        .about("Calls an operation, in a session that is opened for it and closed again, or that a file keeps")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("VENDOR")
        .subcommand_help_heading("Vendors")
        .disable_help_subcommand(true)
        .after_help("VENDOR is the folder of a definition, or a vendor's name. `call VENDOR --help` tells of its operations.")
        .after_long_help(exit_codes());
    let Some((definitions, named)) = named(words) else {
        return command.subcommands(Definitions::new(None).names().into_iter().map(Command::new));
    };
    let Some(named) = named else {
        return command.subcommands(definitions.names().into_iter().map(Command::new));
    };
    if let Ok(Ok(definition)) = definitions.find(&named).map(|folder| Definition::load(&folder)) {
        return command.subcommand(of_vendor(named, definition.catalog()));
    }
    // It is told when the command runs; a shell completes the names that there are.
    let any = Arg::new("ANY").num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
    let known = definitions.names().into_iter().filter(|name| *name != named).map(Command::new);
    command.subcommands(known).subcommand(Command::new(named.clone()).hide(true).arg(any))
}

/// The definitions and the vendor that the words of a call name. `None`: it is no call.
fn named(words: &[OsString]) -> Option<(Definitions, Option<String>)> {
    let rest = words.get(1..).filter(|rest| rest.first().is_some_and(|word| word == "call"))?;
    let vendor = Arg::new("VENDOR");
    let rest_of_it = Arg::new("REST").num_args(0..).trailing_var_arg(true).allow_hyphen_values(true);
    let parsed = options(Command::new("call"))
        .disable_help_flag(true)
        .ignore_errors(true)
        .arg(vendor)
        .arg(rest_of_it)
        .try_get_matches_from(rest)
        .ok()?;
    let definitions = match behind_the_vendor(rest) {
        Some(folder) => Definitions::new(Some(folder.into())),
        None => arguments::definitions_of(&parsed),
    };
    Some((definitions, parsed.get_one::<String>("VENDOR").cloned()))
}

/// The folder of `--definitions`, wherever it is among the words: what is behind the vendor is read when it is known what it has.
fn behind_the_vendor(words: &[OsString]) -> Option<OsString> {
    let words: Vec<&OsString> = words.iter().take_while(|word| *word != "--").collect();
    let of_word = |(index, word): (usize, &&OsString)| {
        if *word == "--definitions" {
            return words.get(index + 1).map(|folder| (*folder).clone());
        }
        word.to_str()?.strip_prefix("--definitions=").map(OsString::from)
    };
    words.iter().enumerate().find_map(of_word)
}

fn exit_codes() -> String {
    let mut text = String::from("Exit codes:");
    for (code, meaning) in FailureKind::CODES {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {code:>3}  {meaning}");
    }
    text
}

/// The command with all its options.
fn options(command: Command) -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).global(true).help(help)
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).global(true).action(ArgAction::SetTrue).help(help)
    };
    let formats = PossibleValuesParser::new(["xml", "json", "query"]);
    let methods = PossibleValuesParser::new(["get", "post"]);
    let outputs = PossibleValuesParser::new([
        PossibleValue::new("json").help("The answer in its envelope, in one line; in several for a terminal"),
        PossibleValue::new("raw").help("The body of the response as it came, secrets and all"),
        PossibleValue::new("debug").help("The values as they were read"),
        PossibleValue::new("csv")
            .help("The rows of the reply while they come, the names of their columns first"),
        PossibleValue::new("ndjson")
            .help("The rows of the reply while they come, an object of JSON in each line"),
    ]);
    command
        .arg(arguments::definitions().global(true))
        .arg(option("format", "FORMAT", "The format to ask for").value_parser(formats))
        .arg(option("method", "METHOD", "The HTTP method to use").value_parser(methods))
        .arg(option(
            "endpoint",
            "URL",
            "Scheme and host to call, instead of the vendor's own, and a path in front of the operation's",
        ))
        .arg(
            option("login", "NAME=VALUE", "A parameter of the operation that opens the session")
                .action(ArgAction::Append)
                .value_parser(ValueParser::new(pair)),
        )
        .arg(option("session", "KIND", "The kind of session, where the operation takes several"))
        .arg(
            option(
                "session-file",
                "FILE",
                "Keeps sessions in this file, which is as secret as they are: a call that opens a session writes it, calls of the \
                 session read it, and the call that closes it removes it",
            )
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        )
        .arg(flag("sign", "In a session that signs its calls, where the operation can do without"))
        .arg(
            option(
                "document",
                "FILE",
                "The body of an operation that takes one beside its parameters; - is what comes in",
            )
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        )
        .arg(
            option("timeout", "SECONDS", "How long an exchange may take [default: 30]")
                .value_parser(value_parser!(u64).range(1..=86_400)),
        )
        .arg(option("output", "KIND", "What the answer is written as [default: json]").value_parser(outputs))
        .arg(
            option("out", "FILE", "Writes the answer to this file")
                .short('o')
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
        .arg(
            option("max-bytes", "N", "How many bytes a reply may have whose rows are read while they come")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            option(
                "pages",
                "N",
                "Goes on with the next pages of an operation whose reply is one of several: so many, or `all`. Each is written when it \
                 comes, as a line of JSON",
            )
            .value_parser(ValueParser::new(pages))
            .conflicts_with("include"),
        )
        .arg(
            option("expose", "NAME", "Shows the secret of this name in the answer")
                .action(ArgAction::Append),
        )
        .arg(flag("include", "Writes the response's status and headers before the answer").short('i'))
        .arg(flag("verbose", "Shows what goes over the wire, without secrets").short('v'))
}

fn of_vendor(named: String, vendor: &'static Vendor) -> Command {
    let mut command = Command::new(named)
        .about(vendor.title)
        .long_about(vendor.doc)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("OPERATION")
        .subcommand_help_heading("Operations")
        .disable_help_subcommand(true);
    for (operation, facts) in vendor.operations.iter().zip(vendor.facts) {
        command = command.subcommand(of_operation(vendor, operation, facts));
    }
    command
}

fn of_operation(vendor: &'static Vendor, operation: &'static Operation, facts: &'static Facts) -> Command {
    let taken = taken(vendor, operation, facts);
    let names: Vec<&'static Parameter> = taken.clone();
    let candidates = move || -> Vec<CompletionCandidate> {
        let candidate = |parameter: &&Parameter| {
            let first = parameter.doc.split_once(". ").map_or(parameter.doc, |(first, _)| first);
            CompletionCandidate::new(format!("{}=", parameter.name)).help(Some(first.to_owned().into()))
        };
        names.iter().map(candidate).collect()
    };
    let first = facts.doc.split_once(". ").map_or(facts.doc, |(first, _)| first);
    Command::new(operation.name)
        .about(first.trim_end_matches('.'))
        .long_about(facts.doc)
        .after_long_help(notes(vendor, &taken))
        .arg(
            Arg::new("PARAMETERS")
                .value_name("NAME=VALUE")
                .num_args(0..)
                .value_parser(Pairs)
                .add(ArgValueCandidates::new(candidates))
                .help("Its parameters; NAME=@FILE takes the value from a file"),
        )
}

/// The parameters that a person can give to an operation.
fn taken(vendor: &'static Vendor, operation: &Operation, facts: &'static Facts) -> Vec<&'static Parameter> {
    let common = operation.protocol.parameters.iter().filter(|one| {
        let given = matches!(
            one.source,
            ParameterSource::Client(_)
                | ParameterSource::Options(_)
                | ParameterSource::RequestId(_)
                | ParameterSource::AutoFilled { .. }
        );
        given && one.goes_with(operation)
    });
    let common =
        common.filter_map(|one| vendor.parameters.iter().find(|parameter| parameter.name == one.name));
    facts.parameters.iter().chain(common).collect()
}

/// What the definition tells of parameters.
fn notes(vendor: &Vendor, parameters: &[&Parameter]) -> String {
    if parameters.is_empty() {
        return "It has no parameters.".to_owned();
    }
    let mut text = String::from("Parameters:");
    for Parameter { name, doc, required, secret, file, values, .. } in parameters {
        let mut marks = Vec::new();
        marks.extend(required.then(|| "required".to_owned()));
        marks.extend(file.then(|| "a file".to_owned()));
        marks.extend(secret.then(|| format!("secret: {}", variable(vendor.name, name))));
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        let values =
            if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {name}{marks}\n      {doc}{values}");
    }
    text
}

/// Reads `NAME=VALUE`.
#[derive(Clone)]
struct Pairs;

impl TypedValueParser for Pairs {
    type Value = (String, String);

    fn parse_ref(
        &self,
        command: &Command,
        _arg: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<(String, String), clap::Error> {
        let wrong = |why: String| {
            let mut error = clap::Error::new(ErrorKind::ValueValidation).with_cmd(command);
            error.insert(ContextKind::InvalidArg, ContextValue::String("NAME=VALUE".to_owned()));
            error.insert(ContextKind::InvalidValue, ContextValue::String(why));
            error
        };
        let text = value.to_str().ok_or_else(|| wrong(value.to_string_lossy().into_owned()))?;
        pair(text).map_err(|_| wrong(text.to_owned()))
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

/// How many pages: `None` is all of them.
fn pages(text: &str) -> Result<Option<u64>, String> {
    if text == "all" {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| *number > 0);
    number.map(Some).ok_or_else(|| "expected a number from 1 on, or `all`".to_owned())
}

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
    if matches.get_flag("include") && matches!(output_word(matches), Some("csv" | "ndjson")) {
        return Err(Failed::usage("`--include` goes before an answer, and not before rows: leave it out"));
    }
    // Until the answer is written: a file that was begun goes, whenever the program is ended.
    let work = || match output_word(matches) {
        Some("csv" | "ndjson") if matches.contains_id("pages") => Err(Failed::usage(
            "`--pages` are answers, and `--output csv` and `ndjson` are rows of one: leave one of them out",
        )),
        Some("csv") => in_rows(&definition, &call, &open, RowsOutput::Csv, matches),
        Some("ndjson") => in_rows(&definition, &call, &open, RowsOutput::NdJson, matches),
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

/// Where an answer goes: to whoever reads, or to a file, which is there when it is whole.
enum Out {
    Standard(io::BufWriter<io::Stdout>),
    File(io::BufWriter<NamedTempFile>, PathBuf),
    /// A device, a pipe or the like, whose place no file can take.
    Special(io::BufWriter<fs::File>, PathBuf),
}

impl Out {
    fn new(file: Option<&PathBuf>, open: &Open) -> Result<Self, Failed> {
        let Some(path) = file else { return Ok(Self::Standard(io::BufWriter::new(io::stdout()))) };
        let there = fs::metadata(path).ok();
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let special = fs::OpenOptions::new().write(true).open(path);
            let special = special.map_err(|error| unwritten(path, &error))?;
            return Ok(Self::Special(io::BufWriter::new(special), path.clone()));
        }
        // What a link leads to is written, and the link stays.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        // As every other program makes a file: the one that was there, or what the person lets others do.
        let allowed = there.map_or_else(usual, |there| Some(there.permissions()));
        if let Some(allowed) = allowed {
            builder.permissions(allowed);
        }
        let begun = builder.tempfile_in(folder.unwrap_or(Path::new(".")));
        let begun = begun.map_err(|error| unwritten(path, &error))?;
        open.add_draft(begun.path());
        Ok(Self::File(io::BufWriter::new(begun), target))
    }

    fn writer(&mut self) -> &mut (dyn io::Write + Send) {
        match self {
            Self::Standard(out) => out,
            Self::File(out, _) => out,
            Self::Special(out, _) => out,
        }
    }

    fn finish(self) -> Result<(), Failed> {
        let (out, path) = match self {
            Self::Standard(mut out) => return read_by_nobody(out.flush()),
            Self::Special(mut out, path) => return out.flush().map_err(|error| unwritten(&path, &error)),
            Self::File(out, path) => (out, path),
        };
        let file = out.into_inner().map_err(|error| unwritten(&path, error.error()))?;
        file.persist(&path).map(drop).map_err(|error| unwritten(&path, &error.error))
    }
}

/// What others may do with a new file, before the system takes away what the person keeps from them.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is no such thing")]
fn usual() -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual() -> Option<fs::Permissions> {
    None
}

fn unwritten(path: &Path, error: &io::Error) -> Failed {
    Failed::other(format!("{} cannot be written: {error}", path.display()))
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

/// Nobody may be reading, which is no failure of the call.
fn read_by_nobody(written: io::Result<()>) -> Result<(), Failed> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failed::other(format!("the answer cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
