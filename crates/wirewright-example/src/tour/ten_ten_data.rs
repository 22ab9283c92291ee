//! 1010data: in and out, the four ways to deal with a session that is open, and every way to fail.

use std::io;

use http::Method;
use ten_ten_data::{
    Client, Config, Error, ErrorCode, Format, SessionOpenOutcome, UserSession, UserSessionState,
    session::Login, types::Kill,
};

use super::equipment::{Tour, Wire};
use crate::{
    loopback::Server,
    raw,
    ten_ten_data::{PASSWORD, Service, USER},
};

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    let server = tour.loopback.ten_ten_data()?;
    tour.report.part("1010data XML API: a query string in, XML out");
    let client = Client::new(tour.wire.clone()).with_config(Config::new().with_endpoint(&server.origin));
    if let Some(session) = log_in(tour, "Log in", &client, Kill::Yes) {
        tour.report.step("Log out");
        tour.report.answered(&session.logout().send_blocking());
    }
    open_sessions(tour, &client);
    refusals(tour, &server, &client);
    Ok(())
}

fn open_sessions(tour: &mut Tour<'_>, client: &Client<Wire>) {
    let Some(first) = log_in(tour, "Log in with kill=no: no session is open", client, Kill::No) else {
        return;
    };

    tour.report.step("Log in with kill=no again: one is open");
    let outcome = opened(client, Kill::No);
    tour.report.refused(&outcome.as_ref().map(UserSession::answer), &ErrorCode::AlreadyLoggedIn);

    tour.report.step("Log in with kill=auth: the credentials are looked at, nothing is opened");
    let outcome = client.login(USER, PASSWORD).kill(Kill::Auth).send_blocking();
    let outcome = outcome.map(SessionOpenOutcome::answer);
    tour.report.opened(&outcome.as_ref().map(Option::as_ref));

    tour.report.step("Log in with kill=possess: the open session is taken over");
    let outcome = opened(client, Kill::Possess);
    let outcome = outcome.as_ref().map(UserSession::state);
    tour.report
        .holds(&outcome, "the session's own ID", |state| state.is_ok_and(|state| state == first.state()));

    tour.report.step("Log in with kill=yes, as without kill: the open session ends, a new one begins");
    let outcome = opened(client, Kill::Yes);
    let outcome = outcome.as_ref().map(UserSession::state);
    tour.report.holds(&outcome, "another ID", |state| state.is_ok_and(|state| state != first.state()));

    tour.report.step("Log out of the session that was ended");
    let outcome = first.logout().send_blocking();
    tour.report.refused(&outcome.as_ref().map_err(|unclosed| &unclosed.error), &ErrorCode::NotLoggedIn);
}

fn refusals(tour: &mut Tour<'_>, server: &Server<Service>, client: &Client<Wire>) {
    tour.report.step("Log in with a wrong password");
    let outcome = client.login(USER, "not the password").send_blocking();
    let outcome = outcome.and_then(SessionOpenOutcome::session);
    tour.report.refused(&outcome.as_ref().map(UserSession::answer), &ErrorCode::InvalidUser);

    tour.report.step("Log out of a session that never was");
    let outcome =
        client.resume(UserSessionState::new(USER, "no-such-password", "123456789")).logout().send_blocking();
    tour.report.refused(&outcome.as_ref().map_err(|unclosed| &unclosed.error), &ErrorCode::NotLoggedIn);

    if let Some(session) = log_in(tour, "Log in, and let the session expire", client, Kill::Yes) {
        server.service.sessions().expire_all();
        tour.report.step("Log out of the expired session");
        let outcome = session.logout().send_blocking();
        tour.report.refused(&outcome.as_ref().map_err(|unclosed| &unclosed.error), &ErrorCode::NotLoggedIn);
    }

    tour.report.step("A login without a password, sent raw");
    let target = format!("/gw.k?api=login&apiversion=3&uid={USER}");
    let request = raw::query(Method::POST, &server.origin, &target);
    let outcome = raw::call::<Login>(&tour.wire, request, Format::Xml);
    tour.report.refused(&outcome.as_ref(), &ErrorCode::MissingUser);

    tour.report.step("A transaction that there is not, sent raw");
    let request = raw::query(Method::POST, &server.origin, "/gw.k?api=lgoin&apiversion=3");
    let outcome = raw::call::<Login>(&tour.wire, request, Format::Xml);
    tour.report.refused(&outcome.as_ref(), &ErrorCode::InvalidTransaction);
}

/// A session that a login opens.
fn opened(client: &Client<Wire>, kill: Kill) -> Result<UserSession<Wire>, Error> {
    client.login(USER, PASSWORD).kill(kill).send_blocking().and_then(SessionOpenOutcome::session)
}

fn log_in(tour: &mut Tour<'_>, title: &str, client: &Client<Wire>, kill: Kill) -> Option<UserSession<Wire>> {
    tour.report.step(title);
    let outcome = opened(client, kill);
    tour.report.opened(&outcome.as_ref().map(UserSession::answer));
    outcome.ok()
}
