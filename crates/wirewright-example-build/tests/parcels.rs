//! The generated module, called from both sides.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use wirewright_example_build::{
    parcels::{
        Answer, ErrorCode, Failure,
        parcels::{Find, FindReply},
        server::{Received, Server, Service},
        types::Parcel,
    },
    place,
};

/// It has one parcel.
#[derive(Clone)]
struct Depot;

impl Service for Depot {
    async fn find(&self, received: Received<Find>) -> Result<Answer<FindReply>, Failure> {
        if received.request.number != "123" {
            return Err(Failure::new(ErrorCode::NoSuchParcel));
        }
        let mut parcel = Parcel::new("123");
        parcel.place = Some("Oslo".to_owned());
        Ok(Answer::new(FindReply::new(parcel)))
    }
}

#[test]
fn the_module_calls_and_serves() {
    let server = || Server::new(Depot, "https://api.parcels.example");
    assert_eq!(place(server(), "k", "123").unwrap().as_deref(), Some("Oslo"));
    let refused = place(server(), "k", "124").unwrap_err();
    assert_eq!(refused.code(), Some(&ErrorCode::NoSuchParcel));
}
