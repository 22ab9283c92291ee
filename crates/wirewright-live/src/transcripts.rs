//! Sessions from the login to the logout against the mocks of their definitions: what a draft of such a recording has to find.

use std::error::Error;

use ten_ten_data::SessionOpenOutcome;
use wirewright_cli::mock::Server as Mocked;
use wirewright_ureq::Transport;

use crate::{mocks::mock, outcome::Outcome, recorder};

const PASSWORD: &str = "made up for this";

/// Each vendor by itself.
pub(crate) fn run(folder: &str) -> Outcome {
    videntity(folder)?;
    ten_ten_data(folder)
}

/// The mock of a definition behind a recorder, and its URL.
fn recorded(vendor: &str, folder: &str) -> Result<(Mocked, String), Box<dyn Error>> {
    let mock = Mocked::start(mock(&format!("protocol-defs/{vendor}"))?, 0)?;
    let file = std::path::Path::new(folder).join(vendor).with_extension("http");
    let url = recorder::record(mock.origin(), &file)?;
    Ok((mock, url))
}

fn videntity(folder: &str) -> Outcome {
    let (_mock, url) = recorded("videntity", folder)?;
    let config = videntity::Config::new().with_endpoint(url);
    let client = videntity::Client::new(Transport::new()).with_config(config);
    for _ in 0..2 {
        let session = client.login("ada", PASSWORD, "314159265358979").send_blocking()?;
        session.ping().send_blocking()?;
        session.logout().send_blocking().map_err(|unclosed| unclosed.error)?;
    }
    Ok(())
}

fn ten_ten_data(folder: &str) -> Outcome {
    let (_mock, url) = recorded("ten-ten-data", folder)?;
    let config = ten_ten_data::Config::new().with_endpoint(url);
    let client = ten_ten_data::Client::new(Transport::new()).with_config(config);
    for _ in 0..2 {
        let opened = client.login("ada", PASSWORD).send_blocking().and_then(SessionOpenOutcome::session);
        let session = opened?;
        session.getuser().send_blocking()?;
        session.clear().send_blocking()?;
        session.logout().send_blocking().map_err(|unclosed| unclosed.error)?;
    }
    Ok(())
}
