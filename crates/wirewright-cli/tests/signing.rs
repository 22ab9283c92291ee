//! A mock of a vendor whose clients sign with a secret that is never sent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::cell::Cell;

use http::{Request, Response};
use support::mock;
use tide::{Client, Config, ErrorCode};
use wirewright::{
    Secret,
    client::{Environment, RetryPolicy, TransportError, blocking},
};
use wirewright_cli::mock::Server;
use wirewright_ureq::Transport;

const SECRET: &str = "c2VjcmV0IG9mIGEgc3RhdGlvbg==";
const OTHER: &str = "YW5vdGhlcg==";

#[test]
fn a_mock_checks_what_its_client_signs() {
    let knows = [("secret".to_owned(), Secret::from(SECRET))];
    let knowing = Server::start(mock("tide").with_client_secrets(knows), 0).unwrap();
    let asking = Server::start(mock("tide"), 0).unwrap();
    // One that knows no secret takes whatever is signed, and cannot sign what it answers.
    for secret in [SECRET, OTHER] {
        let config = Config::new().with_endpoint(asking.origin());
        let client = Client::new(Transport::new(), "st-1", secret).with_config(config);
        let error = client.level("g").send_blocking().unwrap_err();
        assert!(error.to_string().contains("its signature is missing"), "{error}");
    }
    for (server, secret, taken) in [(&knowing, SECRET, true), (&knowing, OTHER, false)] {
        let config = Config::new().with_endpoint(server.origin());
        let client = Client::new(Transport::new(), "st-1", secret).with_config(config);
        match client.level("g").send_blocking() {
            Ok(_) => assert!(taken, "{secret}"),
            Err(error) => {
                assert!(!taken, "{error}");
                assert_eq!(error.code(), Some(&ErrorCode::Forged), "{error}");
                continue;
            }
        }
        // The watch signs with its own key, whatever the mock knows of the client.
        let state = client.login("1234").send_blocking().unwrap().state().clone();
        let forged = client.clone().resume({
            let mut forged = state.clone();
            forged.key = Secret::from("another key");
            forged
        });
        assert!(forged.logout().send_blocking().is_err());
        assert!(client.resume(state).logout().send_blocking().is_ok());
    }
}

/// A transport that changes one byte of each reply.
struct Spoiling {
    transport: Transport,
    at: Cell<usize>,
    /// How many bytes the last reply had.
    length: Cell<usize>,
}

impl blocking::Transport for Spoiling {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let mut response = blocking::Transport::send(&self.transport, request)?;
        self.length.set(response.body().len());
        let at = self.at.get();
        if let Some(byte) = response.body_mut().get_mut(at) {
            *byte ^= 1;
        }
        Ok(response)
    }

    fn environment(&self) -> &dyn Environment {
        blocking::Transport::environment(&self.transport)
    }
}

/// Yubico's servers sign their replies with the client's key: what is signed otherwise, or not at all, is no success.
#[test]
fn a_client_takes_no_reply_that_is_not_signed() {
    const KEY: &str = "Eibja2kRFXXoW6hjZaiyBtWnCBA=";
    let knows = [("key".to_owned(), Secret::from(KEY))];
    let knowing = Server::start(mock("yubicloud").with_client_secrets(knows), 0).unwrap();
    let asking = Server::start(mock("yubicloud"), 0).unwrap();
    let otp = "ccccccbteuddjivcnlfefefrccdcjrfjfvgjnfkcklge";
    let verify = |server: &Server, key: &str| {
        let config = yubicloud::Config::new().with_endpoint(server.origin());
        let client = yubicloud::Client::new(Transport::new(), "15618", key).with_config(config);
        client.verify(otp).with_retry_policy(RetryPolicy::none()).send_blocking()
    };
    let answer = verify(&knowing, KEY).unwrap();
    assert_eq!(answer.status, "OK");
    let forged = verify(&knowing, "b3RoZXIga2V5").unwrap_err();
    assert_eq!(forged.code(), Some(&yubicloud::ErrorCode::BadSignature), "{forged}");
    // Who does not know the key cannot sign with it.
    let unsigned = verify(&asking, KEY).unwrap_err().to_string();
    assert!(unsigned.contains("its signature is missing, or is none of the vendor's"), "{unsigned}");

    let config = yubicloud::Config::new().with_endpoint(knowing.origin());
    let spoiling = Spoiling { transport: Transport::new(), at: Cell::new(usize::MAX), length: Cell::new(0) };
    let client = yubicloud::Client::new(&spoiling, "15618", KEY).with_config(config);
    let client = || client.verify(otp).with_retry_policy(RetryPolicy::none()).send_blocking();
    assert!(client().is_ok());
    let length = spoiling.length.get();
    assert!(length > 100, "{length}");
    for at in 0..length {
        spoiling.at.set(at);
        let spoiled = client();
        // The last line may end as it likes.
        let is_end = at + 1 == length;
        assert!(
            spoiled.is_err() || is_end,
            "byte {at} of {length} was changed, and the reply is taken: {spoiled:?}"
        );
    }
}
