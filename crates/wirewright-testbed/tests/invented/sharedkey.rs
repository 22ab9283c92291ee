//! Signatures of Azure Queue: the client makes those of vectors that its vendor's SDK made, and a server takes them and no others.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{sync::Arc, time::Duration};

use azure_queue::{
    CallOptions, ClientParameters,
    message::{Delete, Put, PutBody},
    queue::{Create, List},
    server::OPERATIONS,
    types::Include,
};
use http::{HeaderValue, Request, header};
use wirewright::{
    Limits,
    client::{Config, Environment},
    exchange::{self, CallContext, Request as Typed},
    server::{Secrets, receive},
    wire::Record,
};

/// The key that azurite and its documentation have for everybody.
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
const ORIGIN: &str = "https://{account}.queue.core.windows.net";

/// Fri, 26 Jun 2015 23:39:12 GMT.
struct Then;

impl Environment for Then {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_secs(1_435_361_952))
    }
}

fn written<R: Typed + Record>(request: &R) -> Request<Vec<u8>> {
    let client = ClientParameters::new("myaccount", KEY);
    let options = CallOptions::default();
    let settings = Config::new().with_environment(Arc::new(Then));
    exchange::write_request(
        R::OPERATION,
        request,
        &CallContext { client: &client, options: &options, ..settings.context() },
    )
    .unwrap()
}

/// The inputs and signatures are those of `vector-sharedkey-*`, which azure-storage-queue 12.18.1 made and azurite took.
#[test]
fn requests_are_signed_as_the_vendors_sdk_signs_them() {
    let mut list = List::default();
    (list.include, list.limit) = (Some(Include::Metadata), Some(3));
    let mut create = Create::new("queue1");
    create.metadata.insert("owner".into(), "alice".into());
    let mut put = Put::new("queue1", PutBody::new("hi"));
    (put.time_to_live, put.visibility_timeout) = (Some(3600), Some(0));
    let delete =
        Delete::new("queue1", "40fc1b19-398e-468e-99ac-afa4feade400", "MjhOb3YyMDI2MjI6MDU6NTZlMDRl");
    for (request, method, path, signature) in [
        (written(&list), "GET", "/", "BG2Bo4DPkVCEIOsTCRTeKD7AJ2Nk4WpU7hlZg85lHag="),
        (written(&create), "PUT", "/queue1", "qPeoptDYTJ4FxJLWBuLEKWL2tPg03wvfvBGEqjMncfM="),
        (written(&put), "POST", "/queue1/messages", "QgsOqrWYSD1zmAAn23nPTMphmfxpYmUJ+9cxucd20ms="),
        (
            written(&delete),
            "DELETE",
            "/queue1/messages/40fc1b19-398e-468e-99ac-afa4feade400",
            "Aigz4XkImqu4hXv3zD1EXv4OBIZ1VbDpX8ATVBfTEJI=",
        ),
    ] {
        assert_eq!((request.method().as_str(), request.uri().path()), (method, path));
        assert_eq!(request.uri().host(), Some("myaccount.queue.core.windows.net"));
        assert_eq!(request.headers()["x-ms-date"], "Fri, 26 Jun 2015 23:39:12 GMT");
        let authorization = request.headers()[header::AUTHORIZATION].to_str().unwrap();
        assert_eq!(authorization, format!("SharedKey myaccount:{signature}"), "{method} {path}");

        assert!(is_taken(&request), "{method} {path}");
        for change in changes() {
            let mut changed = request.clone();
            change(&mut changed);
            let same = changed.uri() == request.uri()
                && changed.method() == request.method()
                && changed.headers() == request.headers();
            assert!(same || !is_taken(&changed), "{changed:?}");
        }
    }
}

fn is_taken(request: &Request<Vec<u8>>) -> bool {
    let client = ClientParameters::new("myaccount", KEY);
    let received = receive(&OPERATIONS, ORIGIN, request, &Limits::new());
    received.is_ok_and(|incoming| incoming.verify(&Secrets::none().of_client(&client)).is_ok())
}

type Change = fn(&mut Request<Vec<u8>>);

/// What nobody may do to a signed request.
fn changes() -> [Change; 6] {
    [
        |request| *request.method_mut() = http::Method::HEAD,
        |request| {
            drop(
                request
                    .headers_mut()
                    .insert("x-ms-date", HeaderValue::from_static("Fri, 26 Jun 2015 23:39:13 GMT")),
            );
        },
        |request| drop(request.headers_mut().insert("x-ms-meta-owner", HeaderValue::from_static("eve"))),
        |request| drop(request.headers_mut().remove(header::AUTHORIZATION)),
        |request| {
            let with = if request.uri().query().is_some() { "&" } else { "?" };
            *request.uri_mut() = format!("{}{with}timeout=1", request.uri()).parse().unwrap();
        },
        |request| {
            *request.uri_mut() =
                request.uri().to_string().replace("queue1", "queue2").replace("limit", "x").parse().unwrap();
        },
    ]
}
