//! Every call that the example shows, one file a vendor.

mod asynchronous;
mod equipment;
mod gateway;
mod nina;
mod nina_refusals;
mod ten_ten_data;
mod videntity;

use std::io;

use wirewright_ureq::{Transport, ureq::Agent};

use self::equipment::{Tour, Wire};
use crate::{loopback::Loopback, report::Report, transcript::Shown};

/// Starts the servers, calls them, and reports what happened.
///
/// # Errors
///
/// When a server cannot be started.
pub fn run(report: &mut Report) -> io::Result<()> {
    let loopback = Loopback::new()?;
    let transcript = report.transcript().clone();
    let wire = |vendor| -> io::Result<Wire> {
        let vendor = catalog::vendor(vendor).ok_or(io::ErrorKind::NotFound)?;
        Ok(Shown::new(transport(), vendor, transcript.clone()))
    };
    let mut tour = Tour { loopback: &loopback, wire: wire("nina")?, report };
    nina::run(&mut tour)?;
    nina_refusals::run(&mut tour)?;
    tour.wire = wire("videntity")?;
    videntity::run(&mut tour)?;
    tour.wire = wire("ten-ten-data")?;
    ten_ten_data::run(&mut tour)?;
    tour.wire = wire("nina")?;
    asynchronous::run(&mut tour)?;
    gateway::run(&mut tour)
}

/// ureq without the proxy that the environment may name: the servers are on this machine.
pub fn transport() -> Transport {
    let config = Agent::config_builder().proxy(None);
    Transport::over(config.build().new_agent())
}
