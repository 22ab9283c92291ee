//! The command line, made from the catalog: a command for each vendor and each operation, so that help and completions know them.

use std::{fmt::Write as _, fs, io, io::Read as _, path::PathBuf, time::Duration};

use clap::{
    Arg, ArgAction, ArgMatches, Command,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser},
    error::{ContextKind, ContextValue, ErrorKind},
    value_parser,
};
use clap_complete::Shell;
use http::Method;
use wirewright::{
    Format,
    catalog::{Facts, Parameter, Vendor},
    describe::{Operation, ParameterSource},
};
use wirewright_cli::{
    call::Call,
    mock::{Fault, Rule},
};

/// The whole command line.
pub(crate) fn command() -> Command {
    Command::new("wirewright-cli")
        .about("Mock servers of every vendor, and calls from the shell")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(mock())
        .subcommand(calls())
        .subcommand(
            Command::new("completions")
                .about(
                    "Writes a script that completes commands, vendors, operations and parameters in a shell",
                )
                .arg(Arg::new("SHELL").required(true).value_parser(value_parser!(Shell))),
        )
}

fn mock() -> Command {
    let vendors = catalog::VENDORS.map(|vendor| PossibleValue::new(vendor.name).help(vendor.title));
    let faults = format!(
        "How calls fail: {}. Behind an `@` stands which ones: `drop@3` is the third call, `drop@3+` every one from there on, and \
         `drop@auth/logout:1` the first call of that operation. The first fault that fits a call goes before the others",
        Fault::FORMS.join(", ")
    );
    Command::new("mock")
        .about("Serves a vendor on 127.0.0.1: answers with the examples of its pages, keeps sessions, and fails on demand")
        .arg(Arg::new("VENDOR").required(true).value_parser(PossibleValuesParser::new(vendors)))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .value_parser(value_parser!(u16))
                .default_value("0")
                .help("The port; 0 is one that the system chooses"),
        )
        .arg(
            Arg::new("below")
                .long("below")
                .value_name("PATH")
                .help("A path in front of every operation's, as behind a proxy: /music"),
        )
        .arg(
            Arg::new("fault")
                .long("fault")
                .value_name("FAULT")
                .action(ArgAction::Append)
                .value_parser(|text: &str| text.parse::<Rule>())
                .help(faults),
        )
}

/// `call VENDOR OPERATION NAME=VALUE…`
fn calls() -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).global(true).help(help)
    };
    let formats = PossibleValuesParser::new(["xml", "json", "query"]);
    let methods = PossibleValuesParser::new(["get", "post"]);
    let mut command = Command::new("call")
        .about("Calls an operation, in a session that is opened for it and closed again, or that a file keeps")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("VENDOR")
        .subcommand_help_heading("Vendors")
        .arg(option("format", "FORMAT", "The format to ask for").value_parser(formats))
        .arg(option("method", "METHOD", "The HTTP method to use").value_parser(methods))
        .arg(option("endpoint", "URL", "Scheme and host to call, instead of the vendor's own, and a path to stand in front of the operation's"))
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
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("sign", "", "In a session that signs its calls, where the operation can do without")
                .action(ArgAction::SetTrue),
        )
        .arg(
            option(
                "document",
                "FILE",
                "The body of an operation that takes one beside its parameters; - is what comes in",
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("timeout", "SECONDS", "How long an exchange may take [default: 30]")
                .value_parser(value_parser!(u64).range(1..=86_400)),
        )
        .arg(
            option("quiet", "", "Shows the answer alone, and not what went over the wire")
                .action(ArgAction::SetTrue),
        );
    for vendor in catalog::VENDORS {
        command = command.subcommand(of_vendor(vendor));
    }
    command
}

fn of_vendor(vendor: &'static Vendor) -> Command {
    let mut command = Command::new(vendor.name)
        .about(vendor.title)
        .long_about(vendor.doc)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("OPERATION")
        .subcommand_help_heading("Operations");
    for (operation, facts) in vendor.operations.iter().zip(vendor.facts) {
        command = command.subcommand(of_operation(vendor, operation, facts));
    }
    command
}

fn of_operation(vendor: &'static Vendor, operation: &'static Operation, facts: &'static Facts) -> Command {
    let taken = taken(vendor, operation, facts);
    let names = taken.iter().map(|parameter| parameter.name).collect();
    let first = facts.doc.split_once(". ").map_or(facts.doc, |(first, _)| first);
    Command::new(operation.name)
        .about(first.trim_end_matches('.'))
        .long_about(facts.doc)
        .after_long_help(told(vendor, &taken))
        .arg(
            Arg::new("PARAMETERS")
                .value_name("NAME=VALUE")
                .num_args(0..)
                .value_parser(Pairs { names })
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
fn told(vendor: &Vendor, parameters: &[&Parameter]) -> String {
    if parameters.is_empty() {
        return "It has no parameters.".to_owned();
    }
    let mut text = String::from("Parameters:");
    for Parameter { name, doc, required, secret, file, values, .. } in parameters {
        let mut marks = Vec::new();
        marks.extend(required.then(|| "required".to_owned()));
        marks.extend(file.then(|| "a file".to_owned()));
        let variable = wirewright_cli::call::variable(vendor.name, name);
        marks.extend(secret.then(|| format!("secret: {variable}")));
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        let values =
            if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {name}{marks}\n      {doc}{values}");
    }
    text
}

/// Reads `NAME=VALUE`, and offers the names that there are.
#[derive(Clone)]
struct Pairs {
    names: Vec<&'static str>,
}

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

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names.iter().map(|name| PossibleValue::new(format!("{name}=")))))
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

/// What is called.
pub(crate) fn call(matches: &ArgMatches) -> Result<Call, String> {
    let (vendor, of_vendor) = matches.subcommand().ok_or("no vendor")?;
    let (operation, of_operation) = of_vendor.subcommand().ok_or("no operation")?;
    // Options that are global are known to the innermost command.
    let text = |name: &str| of_operation.get_one::<String>(name);
    let pairs = |name: &str| of_operation.get_many(name).into_iter().flatten().cloned().collect();
    let document = of_operation.get_one::<PathBuf>("document").map(read).transpose()?;
    Ok(Call {
        vendor: vendor.to_owned(),
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
        sign: of_operation.get_flag("sign"),
        session_file: of_operation.get_one::<PathBuf>("session-file").cloned(),
        timeout: of_operation.get_one("timeout").map(|seconds| Duration::from_secs(*seconds)),
    })
}

fn read(path: &PathBuf) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.map_err(|error| format!("{} cannot be read: {error}", path.display()))
}
