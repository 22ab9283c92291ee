//! NINA: in and out in every format, by POST and by GET.

use std::io;

use http::Method;
use nina::{CallOptions, Client, ClientSession, Config, Format};

use super::equipment::{Tour, Wire};
use crate::nina::{DEVELOPER, PASSWORD, USER};

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    let server = tour.loopback.nina()?;
    tour.report
        .part("NINA WebAPI: a form or a query string in; XML, JSON, JSONP or a query string out; signed");
    let formats = [
        ("XML", Config::new().with_format(Format::Xml)),
        ("JSON", Config::new().with_format(Format::Json)),
        ("JSONP", Config::new().with_callback("app.onReply")),
        ("a query string", Config::new().with_format(Format::Query)),
    ];
    for (format, settings) in formats {
        for method in [Method::POST, Method::GET] {
            let settings = settings.clone().with_endpoint(&server.origin).with_method(method.clone());
            in_and_out(tour, format, settings, &method);
        }
    }
    Ok(())
}

fn in_and_out(tour: &mut Tour<'_>, format: &str, settings: Config, method: &Method) {
    // Whatever is asked for, login goes by POST: it is not offered otherwise.
    let client = client(tour, settings);
    let Some(session) = log_in(tour, &format!("Log in, answered in {format}"), &client) else { return };
    tour.report.step(&format!("Log out by {}, answered in {format}", method.as_str()));
    let request_id = format!("logout-{}", method.as_str());
    let outcome = session
        .logout()
        .screen_name(USER)
        .with_options(CallOptions::default().with_request_id(&request_id))
        .send_blocking();
    tour.report.holds(&outcome, "an answer that echoes the request's ID", |outcome| {
        outcome.as_ref().is_ok_and(|answer| answer.request_id.as_deref() == Some(&request_id))
    });
}

/// A client whose exchanges are shown.
pub(super) fn client(tour: &Tour<'_>, settings: Config) -> Client<Wire> {
    Client::new(tour.wire.clone(), DEVELOPER).with_config(settings)
}

/// A step that logs in.
pub(super) fn log_in(tour: &mut Tour<'_>, title: &str, client: &Client<Wire>) -> Option<ClientSession<Wire>> {
    tour.report.step(title);
    let outcome = client.client_login(USER, PASSWORD).send_blocking();
    tour.report.opened(&outcome.as_ref().map(ClientSession::answer));
    outcome.ok()
}
