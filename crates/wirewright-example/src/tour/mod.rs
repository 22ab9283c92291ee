//! Every call that the example shows, one file a vendor.

mod asynchronous;
mod gateway;
mod nina;
mod nina_refusals;
mod ten_ten_data;
mod videntity;

use std::{io, time::Duration};

use wirewright_ureq::{Transport, ureq::Agent};

use crate::{loopback::Loopback, report::Report, transcript::Shown};

/// What the tour's clients send with: ureq, written down.
type Wire = Shown<Transport>;

/// What every part of the tour works with.
struct Tour<'a> {
    loopback: &'a Loopback,
    wire: Wire,
    report: &'a mut Report,
}

/// Starts the servers, calls them, and reports what happened.
///
/// # Errors
///
/// When a server cannot be started.
pub fn run(report: &mut Report) -> io::Result<()> {
    let loopback = Loopback::new()?;
    let wire = Shown::new(transport(), report.transcript().clone());
    let mut tour = Tour { loopback: &loopback, wire, report };
    nina::run(&mut tour)?;
    nina_refusals::run(&mut tour)?;
    videntity::run(&mut tour)?;
    ten_ten_data::run(&mut tour)?;
    asynchronous::run(&mut tour)?;
    gateway::run(&mut tour)
}

/// ureq without the proxy that the environment may name: the servers are on this machine.
pub fn transport() -> Transport {
    let config = Agent::config_builder().proxy(None).timeout_global(Some(Duration::from_secs(30)));
    Transport::over(config.build().new_agent())
}
