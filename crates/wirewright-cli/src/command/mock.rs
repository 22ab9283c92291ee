//! `wirewright mock`

use std::{process::ExitCode, thread};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use wirewright::Secret;
use wirewright_cli::{
    call::{System as _, variable},
    mock::{Fault, Mock, Rule, Server, ServerConfig},
};

use super::{
    arguments,
    failed::{Done, Failed},
    output::{complain, say},
    terminal::Terminal,
};

pub(super) fn command() -> Command {
    let faults = format!(
        "How calls fail: {}. Which ones is said behind an `@`: `drop@3` is the third call, `drop@3+` every one from there on, and \
         `drop@auth/logout:1` the first call of that operation. The first fault that fits a call goes before the others",
        Fault::FORMS.join(", ")
    );
    Command::new("mock")
        .about("Serves a vendor on 127.0.0.1: answers with the examples of its pages, keeps sessions, and fails on demand")
        .arg(arguments::vendors("The folder of a definition, or a vendor's name").num_args(1).required(true))
        .arg(arguments::definitions())
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
        .arg(
            Arg::new("verbose")
                .short('v')
                .long("verbose")
                .action(ArgAction::SetTrue)
                .conflicts_with("quiet")
                .help("Shows headers and bodies of every exchange as well, without secrets"),
        )
        .arg(
            Arg::new("quiet")
                .short('q')
                .long("quiet")
                .action(ArgAction::SetTrue)
                .help("Shows no requests"),
        )
}

/// Serves until somebody ends the program.
pub(super) fn run(matches: &ArgMatches) -> Done {
    let vendor: &String = matches.get_one("VENDOR").ok_or_else(|| Failed::usage("no vendor"))?;
    let mock = Mock::new(arguments::definitions_of(matches).load(vendor)?);
    // As a call of it looks for them.
    let name = mock.vendor().name;
    let secrets: Vec<_> = mock
        .client_secrets()
        .filter_map(|secret| {
            let value = Terminal.variable(&variable(name, secret))?;
            Some((secret.to_owned(), Secret::from(value)))
        })
        .collect();
    let mock = mock.with_client_secrets(secrets);
    let rules: Vec<Rule> = matches.get_many("fault").into_iter().flatten().cloned().collect();
    mock.faults().set(rules).map_err(|error| Failed::usage(error.to_string()))?;
    let port: u16 = matches.get_one("port").copied().unwrap_or_default();
    let below = matches.get_one::<String>("below").map_or("", String::as_str);
    let mut config = ServerConfig::new().with_port(port).with_path(below);
    if !matches.get_flag("quiet") {
        config = config.with_log(complain);
    }
    if matches.get_flag("verbose") {
        config = config.with_exchanges();
    }
    let server =
        Server::with_config(mock, config).map_err(|error| Failed::other(format!("port {port}: {error}")))?;
    // Whoever started this reads where it is.
    say(&format!(
        "{} at {}\nits pages at {}\n",
        server.mock().vendor().title,
        server.origin(),
        server.docs()
    ));
    loop {
        thread::park();
    }
    #[expect(unreachable_code, reason = "the commands have one type")]
    Ok(ExitCode::SUCCESS)
}
