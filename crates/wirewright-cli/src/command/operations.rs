//! The command line of `wirewright call`: its options, and the operations of the vendor that it names.

use std::{ffi::OsString, fmt::Write as _, path::PathBuf};

use clap::{
    Arg, ArgAction, Command, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser},
    error::{ContextKind, ContextValue, ErrorKind},
    value_parser,
};
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use http::{HeaderName, HeaderValue};
use wirewright::{
    catalog::{Facts, Parameter, Vendor},
    describe::{Operation, ParameterSource},
};
use wirewright_cli::call::{FailureKind, variable};
use wirewright_interpret::Definition;

use super::{arguments, definitions::Definitions};

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
        PossibleValue::new("arrow")
            .help("The rows of the reply while they come, as a file of Arrow's IPC format (feature `arrow`)"),
        PossibleValue::new("parquet")
            .help("The rows of the reply while they come, as a Parquet file (feature `parquet`)"),
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
        .arg(
            option("header", "NAME: VALUE", "A header that the definition does not tell of, a User-Agent say, on every call")
                .short('H')
                .action(ArgAction::Append)
                .value_parser(ValueParser::new(header)),
        )
        .arg(
            option("parameter", "NAME=VALUE", "A parameter of the call that the definition does not tell of")
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
            option("timeout", "SECONDS", "How long an exchange may take, beside what the vendor holds on purpose [default: 30]")
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

/// A header as curl takes it.
fn header(text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let (name, value) = text.split_once(':').ok_or("expected NAME: VALUE")?;
    let name = name.trim().parse().map_err(|_| "expected the name of a header before the colon")?;
    let value = value.trim().parse().map_err(|_| "expected visible ASCII behind the colon")?;
    Ok((name, value))
}

/// How many pages: `None` is all of them.
fn pages(text: &str) -> Result<Option<u64>, String> {
    if text == "all" {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| *number > 0);
    number.map(Some).ok_or_else(|| "expected a number from 1 on, or `all`".to_owned())
}
