//! Any tower service as a transport: kinds of errors, limits, times, uploads and streamed bodies.

use std::{
    convert::Infallible,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http_body::Frame;
use http_body_util::{BodyExt as _, Full, StreamBody};
use tower::{
    ServiceBuilder, limit::ConcurrencyLimitLayer, service_fn, timeout::TimeoutLayer, timeout::error::Elapsed,
};
use wirewright::{
    Chunks as _, File,
    client::{AttemptTimeout, StreamingTransport as _, Transport as _, TransportErrorKind},
    multipart::Form,
};
use wirewright_tower::{BoxError, Transport};

type Sent = http::Request<wirewright_tower::Body>;

/// Answers with the body that came.
async fn echo(request: Sent) -> Result<http::Response<Full<Bytes>>, BoxError> {
    let body = request.into_body().collect().await?.to_bytes();
    Ok(http::Response::new(Full::new(body)))
}

/// Answers when it is too late.
async fn late(_: Sent) -> Result<http::Response<Full<Bytes>>, BoxError> {
    tokio::time::sleep(Duration::from_secs(60)).await;
    Ok(http::Response::new(Full::default()))
}

fn request(body: &str) -> http::Request<Vec<u8>> {
    http::Request::new(body.as_bytes().to_vec())
}

#[tokio::test]
async fn bodies_come_and_go() {
    let transport = Transport::new(service_fn(echo));
    let response = transport.send(request("screen_name=chuck")).await.expect("an answer");
    assert_eq!(response.body(), b"screen_name=chuck");

    let form =
        Form::new().text("kind", "greeting").file("voice", File::new("hello.wav", vec![b'x'; 1 << 18]));
    let (_, body) = form.finish("a-boundary").expect("a form");
    let length = body.content_length();
    let response = transport.upload(http::Request::new(body)).await.expect("an answer");
    assert_eq!(Some(response.body().len() as u64), length);
}

#[tokio::test]
async fn an_upload_that_fails_says_so() {
    let broken = File::from_reader("hello.wav", None, io::Read::chain(&b"RIFF"[..], Broken));
    let (_, body) = Form::new().file("voice", broken).finish("a-boundary").expect("a form");
    let error =
        Transport::new(service_fn(echo)).upload(http::Request::new(body)).await.expect_err("no answer");
    assert_eq!(error.kind(), TransportErrorKind::Upload, "{error}");
}

struct Broken;

impl io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[tokio::test]
async fn each_error_has_its_kind() {
    let too_large = Transport::new(service_fn(echo)).with_max_bytes(3);
    assert_eq!(too_large.send(request("abc")).await.expect("an answer").body(), b"abc");
    assert_eq!(
        too_large.send(request("abcd")).await.expect_err("too large").kind(),
        TransportErrorKind::TooLarge
    );

    let layered = ServiceBuilder::new().layer(TimeoutLayer::new(Duration::from_millis(20))).service_fn(late);
    let layered = Transport::new(layered);
    let kind = |error: &BoxError| {
        if error.is::<Elapsed>() { TransportErrorKind::Timeout } else { TransportErrorKind::Other }
    };
    assert_eq!(layered.send(request("")).await.expect_err("late").kind(), TransportErrorKind::Other);
    assert_eq!(
        layered.with_kind(kind).send(request("")).await.expect_err("late").kind(),
        TransportErrorKind::Timeout
    );

    let mut hurried = request("");
    hurried.extensions_mut().insert(AttemptTimeout(Duration::from_millis(20)));
    let error = Transport::new(service_fn(late)).send(hurried).await.expect_err("late");
    assert_eq!(error.kind(), TransportErrorKind::Timeout);

    let refuses = service_fn(async |_: Sent| {
        Err::<http::Response<Full<Bytes>>, _>(BoxError::from(
            "no route to https://api.example.com/login?pwd=hidden",
        ))
    });
    let error = Transport::new(refuses).send(request("")).await.expect_err("refused");
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
}

/// What is not ready has sent nothing.
#[tokio::test]
async fn a_service_that_is_never_ready_is_one_that_is_not_reached() {
    #[derive(Clone)]
    struct Closed;
    impl tower::Service<Sent> for Closed {
        type Response = http::Response<Full<Bytes>>;
        type Error = BoxError;
        type Future = std::future::Ready<Result<Self::Response, BoxError>>;
        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), BoxError>> {
            std::task::Poll::Ready(Err("closed".into()))
        }
        fn call(&mut self, _: Sent) -> Self::Future {
            std::future::ready(Err("called before it was ready".into()))
        }
    }
    let error = Transport::new(Closed).send(request("")).await.expect_err("closed");
    assert_eq!(error.kind(), TransportErrorKind::Connect, "{error}");
}

/// Layers hold for all clones: at most two calls at a time.
#[tokio::test]
async fn a_layer_sees_every_call() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        service_fn(move |_: Sent| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(2)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok::<_, Infallible>(http::Response::new(Full::<Bytes>::default()))
            }
        })
    };
    let transport =
        Transport::new(ServiceBuilder::new().layer(ConcurrencyLimitLayer::new(2)).service(counted));
    let calls = stream::iter(0..16).map(|_| transport.send(request(""))).buffer_unordered(16);
    assert!(calls.all(|outcome| async move { outcome.is_ok() }).await);
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_body_is_read_while_it_comes_and_fails_where_it_breaks_off() {
    let service = service_fn(async |_: Sent| {
        let frames = [Ok("<out>"), Ok("<rc>0"), Err(io::Error::from(io::ErrorKind::UnexpectedEof))];
        let frames = frames.map(|frame| frame.map(|frame| Frame::data(Bytes::from(frame))));
        Ok::<_, Infallible>(http::Response::new(StreamBody::new(stream::iter(frames))))
    });
    let response = Transport::new(service).send_streaming(request("")).await.expect("a head");
    let mut body = response.into_body();
    let mut seen = Vec::new();
    let error = loop {
        match body.next_chunk().await {
            Ok(Some(chunk)) => seen.extend_from_slice(&chunk),
            Ok(None) => panic!("a body that broke off has no end"),
            Err(error) => break error,
        }
    };
    assert_eq!((seen.as_slice(), error.kind()), (&b"<out><rc>0"[..], TransportErrorKind::Other));
}
