//! The same calls with `async`: the transport differs, and nothing else.

use std::io;

use nina::{Client, ClientSession, Config};

use super::equipment::Tour;
use crate::{
    nina::{DEVELOPER, PASSWORD, USER},
    spawned::Spawned,
};

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    let server = tour.loopback.nina()?;
    tour.report.part("NINA WebAPI, asynchronously");
    let client = Client::new(Spawned(tour.wire.clone()), DEVELOPER)
        .with_config(Config::new().with_endpoint(&server.origin));
    let loopback = tour.loopback;
    loopback.block_on(async {
        tour.report.step("Log in and await");
        let outcome = client.client_login(USER, PASSWORD).send().await;
        tour.report.opened(&outcome.as_ref().map(ClientSession::answer));
        if let Ok(session) = outcome {
            tour.report.step("Log out and await");
            tour.report.answered(&session.logout().send().await);
        }
    });
    Ok(())
}
