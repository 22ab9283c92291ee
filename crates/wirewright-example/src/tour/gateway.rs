//! Responses that are not the vendor's, or not in the format that was asked for: a gateway's web page, an empty body.

use std::io;

use http::StatusCode;
use nina::{ClientSession, Config, Error, Format};
use wirewright::describe::Class;

use super::{equipment::Tour, nina::client};
use crate::nina::{PASSWORD, USER};

/// A web page, as a gateway sends it.
const PAGE: &str = "<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>";
/// A refusal in JSON.
const JSON: &str = r#"{"response":{"statusCode":430,"statusText":"Rate limit"}}"#;

pub(super) fn run(tour: &mut Tour<'_>) -> io::Result<()> {
    tour.report.part("Responses that nobody asked for");
    let table = [
        ("A web page where JSON was promised", StatusCode::OK, "text/html", PAGE, Class::GiveUp),
        ("A web page, and a gateway's error", StatusCode::BAD_GATEWAY, "text/html", PAGE, Class::Retry),
        ("An empty body", StatusCode::OK, "application/json", "", Class::GiveUp),
        ("A success without the vendor's status", StatusCode::OK, "application/json", "{}", Class::GiveUp),
    ];
    for (title, status, content_type, body, class) in table {
        let origin = tour.loopback.canned(status, content_type, body)?;
        tour.report.step(title);
        let outcome =
            client(tour, Config::new().with_endpoint(&origin)).client_login(USER, PASSWORD).send_blocking();
        let expected = format!("an HTTP error: {class}");
        tour.report.holds(&outcome.as_ref().map(ClientSession::answer), &expected, |outcome| {
            matches!(outcome, Err(error @ Error::Http(http)) if http.status == status && error.class() == class)
        });
    }

    let origin = tour.loopback.canned(StatusCode::OK, "text/xml", JSON)?;
    tour.report.step("JSON, called XML, where XML was asked for: read all the same");
    let outcome = client(tour, Config::new().with_endpoint(&origin).with_format(Format::Xml))
        .client_login(USER, PASSWORD)
        .send_blocking();
    let outcome = outcome.as_ref().map(ClientSession::answer);
    tour.report.refused(&outcome, &nina::ErrorCode::SourceRateLimit);
    Ok(())
}
