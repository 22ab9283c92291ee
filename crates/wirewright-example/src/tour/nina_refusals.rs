//! NINA: calls that fail, and what can be done about them.

use std::io;

use http::Method;
use nina::{
    CallOptions, Client, ClientSession, ClientSessionState, Config, Error, ErrorCode, Format,
    auth::{ClientLogin, Logout},
    types::Locale,
};
use wirewright::{exchange::RequestError, session::SessionCloseError};

use super::{
    equipment::{Tour, Wire},
    nina::{client, log_in},
};
use crate::{
    loopback::Server,
    nina::{DEVELOPER, Service, USER},
    raw,
};

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    let server = tour.loopback.nina()?;
    tour.report.part("NINA WebAPI: calls that fail");
    let client = client(tour, Config::new().with_endpoint(&server.origin));
    wrong_password(tour, &client);
    sessions(tour, &server, &client);
    retry(tour, &server, &client);
    raw_requests(tour, &server, &client);
    callbacks(tour, &server);
    Ok(())
}

fn wrong_password(tour: &mut Tour<'_>, client: &Client<Wire>) {
    tour.report.step("Log in with a wrong password, and have the reason in German");
    let options = CallOptions::default().with_language(Locale::from("de-de")).with_request_id("login-7");
    let outcome = client.client_login(USER, "not the password").with_options(options.clone()).send_blocking();
    let outcome = outcome.as_ref().map(ClientSession::answer);
    tour.report.refused(&outcome, &ErrorCode::MoreAuthenticationRequired);
}

fn sessions(tour: &mut Tour<'_>, server: &Server<Service>, client: &Client<Wire>) {
    tour.report.step("Log out of a session that never was");
    let outcome =
        client.resume(ClientSessionState::new("no-such-token", "no-such-key")).logout().send_blocking();
    tour.report.refused(&outcome.as_ref().map_err(|unclosed| &unclosed.error), &ErrorCode::Unauthorized);

    let Some(session) = log_in(tour, "Log in, and let the session expire", client) else { return };
    server.service.sessions().expire_all();
    tour.report.step("Log out of the expired session");
    let outcome = session.logout().send_blocking();
    tour.report.refused(&outcome.as_ref().map_err(|unclosed| &unclosed.error), &ErrorCode::Unauthorized);
}

fn retry(tour: &mut Tour<'_>, server: &Server<Service>, client: &Client<Wire>) {
    let Some(session) = log_in(tour, "Log in, and let the server break once", client) else { return };
    server.service.break_once();
    tour.report.step("Log out of the broken server");
    let outcome = session.logout().send_blocking();
    tour.report.refused(&outcome.as_ref().map_err(|unclosed| &unclosed.error), &ErrorCode::ServerError);
    if let Err(SessionCloseError { session, .. }) = outcome {
        tour.report.step("Log out again: the failure gave the session back");
        let outcome = session.logout().send_blocking();
        tour.report.answered(&outcome);
    }
}

/// What the types do not allow, written by hand.
fn raw_requests(tour: &mut Tour<'_>, server: &Server<Service>, client: &Client<Wire>) {
    let origin = &server.origin;
    tour.report.step("A login without a password, sent raw");
    let request = raw::form(origin, "/auth/clientLogin", &format!("devId={DEVELOPER}&f=json&s={USER}"));
    let outcome = raw::call::<ClientLogin>(&tour.wire, request, Format::Json);
    tour.report.refused(&outcome.as_ref(), &ErrorCode::MissingParameter);

    let Some(session) = log_in(tour, "Log in, for a call with a wrong signature", client) else { return };
    tour.report.step("A logout with a wrong signature, sent raw");
    // A token of this vendor holds `%`, `+`, `/` and `=`.
    let token = session.state().token.expose().replace('%', "%25").replace('+', "%2B");
    let target = format!("/auth/logout?devId={DEVELOPER}&f=xml&r=forged-1&a={token}&sig_sha256=Zm9yZ2Vk");
    let request = raw::query(Method::GET, origin, &target);
    let outcome = raw::call::<Logout>(&tour.wire, request, Format::Xml);
    tour.report.refused(&outcome.as_ref(), &ErrorCode::Unauthorized);

    tour.report.step("Log out with the right one");
    tour.report.answered(&session.logout().send_blocking());
}

fn callbacks(tour: &mut Tour<'_>, server: &Server<Service>) {
    tour.report.step("Ask for a callback that is no name: nothing is sent");
    let settings = Config::new().with_endpoint(&server.origin).with_callback("alert(1)//");
    let outcome =
        client(tour, settings).resume(ClientSessionState::new("token", "key")).logout().send_blocking();
    tour.report.holds(&outcome, "an error before anything is sent", |outcome| {
        let error = outcome.as_ref().map_err(|unclosed| &unclosed.error);
        matches!(error, Err(Error::Request(RequestError::InvalidCallback)))
    });

    tour.report.step("The same callback, sent raw: the server refuses it, and does not echo it");
    let target = format!("/auth/logout?devId={DEVELOPER}&f=json&c=alert(1)//&a=token");
    let request = raw::query(Method::GET, &server.origin, &target);
    let outcome = raw::call::<Logout>(&tour.wire, request, Format::Json);
    tour.report.refused(&outcome.as_ref(), &ErrorCode::ParameterError);
}
