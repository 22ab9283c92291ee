//! Every call that the example shows, one file a vendor.

mod asynchronous;
mod equipment;
mod gateway;
mod nina;
mod nina_refusals;
mod ten_ten_data;
mod videntity;

use std::{io, path::Path};

use wirewright_interpret::Definition;
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
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs").join(vendor);
        // What is a secret the definition tells.
        let definition = Definition::load(&folder).map_err(io::Error::other)?;
        Ok(Shown::new(transport(), definition.catalog(), transcript.clone()))
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
