//! NINA: in and out in every format, by POST and by GET.

use std::io;

use nina::{
    CallOptions, Format, Settings,
    auth::logout,
    blocking::{Client, ClientSession},
};
use wirewright::call::Verb;

use super::{Tour, Wire};
use crate::nina::{DEVELOPER, PASSWORD, USER};

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    let server = tour.loopback.nina()?;
    tour.report
        .part("NINA WebAPI: a form or a query string in; XML, JSON, JSONP or a query string out; signed");
    let formats = [
        ("XML", Settings::new().format(Format::Xml)),
        ("JSON", Settings::new().format(Format::Json)),
        ("JSONP", Settings::new().callback("app.onReply")),
        ("a query string", Settings::new().format(Format::Query)),
    ];
    for (format, settings) in formats {
        for verb in [Verb::Post, Verb::Get] {
            let settings = settings.clone().endpoint(&server.origin).verb(verb);
            in_and_out(tour, format, settings, verb);
        }
    }
    Ok(())
}

fn in_and_out(tour: &mut Tour<'_>, format: &str, settings: Settings, verb: Verb) {
    // Whatever is asked for, login goes by POST: it is not offered otherwise.
    let client = client(tour, settings);
    let Some(session) = log_in(tour, &format!("Log in, answered in {format}"), &client) else { return };
    tour.report.step(&format!("Log out by {}, answered in {format}", verb.as_str()));
    let request = logout::Request::new().with_screen_name(USER);
    let request_id = format!("logout-{}", verb.as_str());
    let outcome = session.logout_with(&request, &CallOptions::new().with_request_id(&request_id));
    tour.report.holds(&outcome, "an answer that echoes the request's ID", |outcome| {
        outcome.as_ref().is_ok_and(|answer| answer.request_id.as_deref() == Some(&request_id))
    });
}

/// A client whose exchanges are shown.
pub(super) fn client(tour: &Tour<'_>, settings: Settings) -> Client<Wire> {
    Client::new(tour.wire.clone(), DEVELOPER).with_settings(settings)
}

/// A step that logs in.
pub(super) fn log_in(tour: &mut Tour<'_>, title: &str, client: &Client<Wire>) -> Option<ClientSession<Wire>> {
    tour.report.step(title);
    let outcome = client.client_login(USER, PASSWORD);
    tour.report.opened(&outcome.as_ref().map(ClientSession::answer));
    outcome.ok()
}
