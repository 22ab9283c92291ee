//! A mock of a vendor whose clients sign with a secret that is never sent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use support::mock;
use tide::{Client, Config, ErrorCode};
use wirewright::Secret;
use wirewright_cli::mock::Server;
use wirewright_ureq::Transport;

const SECRET: &str = "c2VjcmV0IG9mIGEgc3RhdGlvbg==";
const OTHER: &str = "YW5vdGhlcg==";

#[test]
fn a_mock_checks_what_its_client_signs() {
    let knows = [("secret".to_owned(), Secret::from(SECRET))];
    let knowing = Server::start(mock("tide").with_client_secrets(knows), 0).unwrap();
    let asking = Server::start(mock("tide"), 0).unwrap();
    for (server, secret, taken) in
        [(&knowing, SECRET, true), (&knowing, OTHER, false), (&asking, SECRET, true), (&asking, OTHER, true)]
    {
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
