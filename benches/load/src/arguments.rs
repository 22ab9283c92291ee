//! What is measured, and how often.

use clap::{Parser, ValueEnum};

/// What fails a run: a text for whoever started it.
pub(crate) type Failure = String;

/// Logs in and out over real sockets, by both client edges.
#[derive(Parser)]
pub(crate) struct Arguments {
    /// How many sessions are opened and closed, in the run that looks at memory and descriptors.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) sessions: usize,
    /// After how many of them memory and descriptors are looked at for the first time.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) first: usize,
    /// How many at the same time.
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub(crate) at_once: usize,
    /// How many pairs of runs are timed: the client, and the same written by hand.
    #[arg(long, value_name = "N", default_value_t = 21)]
    pub(crate) pairs: usize,
    /// How many sessions each of such runs has.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) per_run: usize,
    /// Writes the table into this file, between the marks that are there.
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<std::path::PathBuf>,
    /// Fails only when a call does: a bar that is missed on a busy machine is no fault.
    #[arg(long)]
    pub(crate) check: bool,
    /// Serves until its input ends.
    #[arg(long, hide = true)]
    pub(crate) serve: bool,
    /// Measures this client with the server at `origin`.
    #[arg(long, hide = true, requires = "origin")]
    pub(crate) client: Option<Client>,
    #[arg(long, hide = true)]
    pub(crate) origin: Option<String>,
    /// Looks at memory and descriptors of the same exchange written by hand, and at nothing else.
    #[arg(long, hide = true, requires = "client")]
    pub(crate) by_hand: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Client {
    Ureq,
    Reqwest,
}

impl Client {
    pub(crate) const ALL: [Self; 2] = [Self::Ureq, Self::Reqwest];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ureq => "ureq",
            Self::Reqwest => "reqwest",
        }
    }
}
