//! Videntity: in, a ping, and out; and every way to fail.

use std::io;

use videntity::{Client, Config, ErrorCode, Format, Session, SessionState, session::Login};

use super::equipment::{Tour, Wire};
use crate::{
    raw,
    videntity::{ACCOUNT, PASSWORD, USER},
};

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    let server = tour.loopback.videntity()?;
    tour.report.part("Videntity API: a form in, XML out");
    let client = Client::new(tour.wire.clone()).with_config(Config::new().with_endpoint(&server.origin));

    if let Some(session) = log_in(tour, "Log in", &client) {
        tour.report.step("Ping: the session lives on");
        tour.report.answered(&session.ping().send_blocking());
        tour.report.step("Log out");
        tour.report.answered(&session.logout().send_blocking());
    }

    tour.report.step("Log in with a wrong password");
    let outcome = client.login(USER, "not the password", ACCOUNT).send_blocking();
    tour.report.refused(&outcome.as_ref().map(Session::answer), &ErrorCode::AuthenticationError);

    tour.report.step("Ping a session that never was");
    let outcome = client.resume(SessionState::new("no-such-key")).ping().send_blocking();
    tour.report.refused(&outcome.as_ref(), &ErrorCode::SessionDoesNotExist);

    if let Some(session) = log_in(tour, "Log in, and let the session expire", &client) {
        server.service.sessions().expire_all();
        tour.report.step("Log out of the expired session");
        let outcome = session.logout().send_blocking();
        let outcome = outcome.as_ref().map_err(|unclosed| &unclosed.error);
        tour.report.refused(&outcome, &ErrorCode::SessionExpired);
    }

    tour.report.step("A login without a password, sent raw");
    let form = format!("username={USER}&account_number={ACCOUNT}");
    let request = raw::form(&server.origin, "/session/login", &form);
    let outcome = raw::call::<Login>(&tour.wire, request, Format::Xml);
    tour.report.refused(&outcome.as_ref(), &ErrorCode::MissingMandatoryField);
    Ok(())
}

fn log_in(tour: &mut Tour<'_>, title: &str, client: &Client<Wire>) -> Option<Session<Wire>> {
    tour.report.step(title);
    let outcome = client.login(USER, PASSWORD, ACCOUNT).send_blocking();
    tour.report.opened(&outcome.as_ref().map(Session::answer));
    outcome.ok()
}
