//! Arguments that several commands have.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, ValueHint, value_parser};
use clap_complete::{ArgValueCandidates, CompletionCandidate};

use super::definitions::Definitions;

/// `VENDOR…`
pub(super) fn vendors(help: &'static str) -> Arg {
    let vendors = || -> Vec<CompletionCandidate> {
        Definitions::new(None).names().into_iter().map(CompletionCandidate::new).collect()
    };
    Arg::new("VENDOR")
        .num_args(0..)
        .value_hint(ValueHint::DirPath)
        .add(ArgValueCandidates::new(vendors))
        .help(help)
}

/// `--definitions DIR`
pub(super) fn definitions() -> Arg {
    Arg::new("definitions")
        .long("definitions")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath)
        .help("The folder with a folder of definitions per vendor [default: what the nearest wirewright.toml says, or the nearest protocol-defs]")
}

/// The folder with the definitions that was given.
pub(super) fn definitions_of(matches: &ArgMatches) -> Definitions {
    Definitions::new(matches.get_one::<PathBuf>("definitions").cloned())
}
