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

/// A length that is too large is refused before anything has come of the body.
#[tokio::test]
async fn a_length_that_is_told_is_looked_at_first() {
    struct Endless;

    impl http_body::Body for Endless {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            panic!("the body was asked for")
        }

        fn size_hint(&self) -> http_body::SizeHint {
            http_body::SizeHint::with_exact(1 << 40)
        }
    }

    let request = http::Request::post(format!("{ORIGIN}/session/logout")).body(Endless).expect("a request");
    let (told, text, headers) = ask(Service::new(Server::new(Accounts, ORIGIN)), request).await;
    assert_eq!((told, &*text), (StatusCode::PAYLOAD_TOO_LARGE, "more than 1048576 bytes"));
    assert_eq!(headers.get(header::CONNECTION).map(http::HeaderValue::as_bytes), Some(&b"close"[..]));
}

/// A chunk of one byte may be a view of a whole buffer: what is kept is the byte.
#[tokio::test]
async fn memory_is_in_proportion_to_what_has_come() {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    static HELD: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);

    /// A buffer of a connection, which counts.
    struct Buffer([u8; 4096]);

    impl AsRef<[u8]> for Buffer {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }

    impl Drop for Buffer {
        fn drop(&mut self) {
            HELD.fetch_sub(1, SeqCst);
        }
    }

    let chunks = (0..1000).map(|_| {
        MOST.fetch_max(HELD.fetch_add(1, SeqCst) + 1, SeqCst);
        Ok::<_, Infallible>(Frame::data(Bytes::from_owner(Buffer([b'a'; 4096])).slice(..1)))
    });
    let request = http::Request::new(StreamBody::new(stream::iter(chunks)));
    let service = Service::new(|request: http::Request<Vec<u8>>| async move {
        http::Response::new(request.body().len().to_string().into_bytes())
    });
    let Ok(response) = service.oneshot(request).await;
    let Ok(body) = response.into_body().collect().await;
    assert_eq!((&*body.to_bytes(), MOST.load(SeqCst)), (&b"1000"[..], 1));
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
