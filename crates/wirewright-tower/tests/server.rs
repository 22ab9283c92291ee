//! A vendor's server as a tower service: what of a request is refused, and how. 405, 404 and the vendor's errors are those of
//! Videntity's definition.

use std::{convert::Infallible, io};

use bytes::Bytes;
use futures_util::stream;
use http::{Method, StatusCode, header};
use http_body::Frame;
use http_body_util::{BodyExt as _, Full, StreamBody};
use tower::ServiceExt as _;
use videntity::{
    Answer, ErrorCode, Failure, SessionParameters, SessionState,
    server::{Received, Server},
    session,
    types::Timestamp,
};
use wirewright_tower::Service;

const ORIGIN: &str = "https://vidapi.com";
const LOGOUT: &str = "session_key=a-key&api_method=/session/logout";

/// Knows one session.
struct Accounts;

impl videntity::server::Service for Accounts {
    async fn session(&self, parameters: &SessionParameters) -> Result<SessionState, Failure> {
        match parameters.session_key.expose().as_str() {
            "a-key" => Ok(SessionState::new("a-key")),
            _ => Err(Failure::new(ErrorCode::SessionDoesNotExist)),
        }
    }

    async fn logout(
        &self,
        _: SessionState,
        _: Received<session::Logout>,
    ) -> Result<Answer<session::LogoutReply>, Failure> {
        let time = Timestamp::new(jiff::civil::date(2008, 9, 30).at(15, 56, 42, 0));
        Ok(Answer::new(session::LogoutReply::new("a-key"), 58_768, "you logged out successfully", time))
    }
}

async fn ask<B>(
    service: Service<Server<Accounts>>,
    request: http::Request<B>,
) -> (StatusCode, String, http::HeaderMap)
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<wirewright_tower::BoxError>,
{
    let Ok(response) = service.oneshot(request).await;
    let (parts, body) = response.into_parts();
    let Ok(body) = body.collect().await;
    (parts.status, String::from_utf8_lossy(&body.to_bytes()).into_owned(), parts.headers)
}

#[tokio::test]
async fn a_request_is_answered_or_refused_as_the_vendor_does() {
    let table = [
        ("the call", Method::POST, "/session/logout", LOGOUT, StatusCode::OK, "<status>SUCCESS</status>"),
        (
            "no such session",
            Method::POST,
            "/session/logout",
            "session_key=b&api_method=/session/logout",
            StatusCode::OK,
            "<error_number>",
        ),
        ("an unknown path", Method::POST, "/session/dance", LOGOUT, StatusCode::NOT_FOUND, "<error_number>"),
        (
            "another method",
            Method::PUT,
            "/session/logout",
            LOGOUT,
            StatusCode::METHOD_NOT_ALLOWED,
            "<error_number>",
        ),
    ];
    for (what, method, path, body, status, holds) in table {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{ORIGIN}{path}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(body)))
            .expect("a request");
        let (told, text, _) = ask(Service::new(Server::new(Accounts, ORIGIN)), request).await;
        assert_eq!(told, status, "{what}: {text}");
        assert!(text.contains(holds), "{what}: {text}");
    }
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_is_refused_and_the_connection_closed() {
    let pieces = |pieces: Vec<Result<&'static str, io::Error>>| {
        StreamBody::new(stream::iter(
            pieces.into_iter().map(|piece| piece.map(|piece| Frame::data(Bytes::from(piece)))),
        ))
    };
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    let table = [
        ("as long as it may be", pieces(vec![Ok(LOGOUT)]), StatusCode::OK, None),
        ("a byte more", pieces(vec![Ok(LOGOUT), Ok("&")]), StatusCode::PAYLOAD_TOO_LARGE, Some("close")),
        (
            "broken off",
            pieces(vec![Ok("session_key=a"), Err(broken)]),
            StatusCode::BAD_REQUEST,
            Some("close"),
        ),
    ];
    for (what, body, status, connection) in table {
        let request = http::Request::post(format!("{ORIGIN}/session/logout"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .expect("a request");
        let service = Service::new(Server::new(Accounts, ORIGIN)).with_max_bytes(LOGOUT.len());
        let (told, text, headers) = ask(service, request).await;
        assert_eq!(told, status, "{what}: {text}");
        let closed = headers.get(header::CONNECTION).map(http::HeaderValue::as_bytes);
        assert_eq!(closed, connection.map(str::as_bytes), "{what}");
        assert!(status == StatusCode::OK || !text.contains("a-key"), "{what}: {text}");
    }
}

/// A function around a server is one as well.
#[tokio::test]
async fn a_function_responds_too() {
    let service = Service::new(|request: http::Request<Vec<u8>>| async move {
        http::Response::new(request.into_body().into_iter().rev().collect())
    });
    let request =
        http::Request::new(Full::new(Bytes::from("abc")).map_err(|never: Infallible| match never {}));
    let Ok(response) = service.oneshot(request).await;
    let Ok(body) = response.into_body().collect().await;
    assert_eq!(body.to_bytes(), "cba");
}
