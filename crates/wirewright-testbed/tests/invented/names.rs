//! Vendors whose names are as long and as short as can be, and of which as little is told as can be: a user can name what it takes to
//! call them, and each operation is reached.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use strait::{
    Answer, CallOptions, CallOptionsRequired, Client, ClientParameters, ClientParametersRequired, ErrorCode,
    Failure, KSessionState, KSessionStateRequired,
    letters::{D, DReply},
    server::{AnySession, Claims, Received, Server, Service},
    types,
};
use wirewright::wire::Document;

/// Answers one operation.
struct Lighthouse;

impl Service for Lighthouse {
    async fn session(&self, _: &Claims, _: &CallOptions) -> Result<AnySession, Failure> {
        Err(Failure::new(ErrorCode::F))
    }

    async fn d(&self, call: Received<D>) -> Result<Answer<DReply>, Failure> {
        assert_eq!((call.client.client_integer, call.options.option_integer), (5, 6));
        let mut reply = DReply::default();
        reply.d = Some(call.request.d);
        Ok(Answer::new(reply, "a", "b", "c", "d", "e", "f", "g"))
    }
}

/// What is required goes in by name where it is much: of clients, of calls, of sessions.
#[test]
fn what_goes_in_by_name_can_be_named() {
    let text = || "x".to_owned();
    let parameters = ClientParameters::new(ClientParametersRequired {
        c: text(),
        client_of_long_nam: text(),
        client_of_long_names_that_nobody_would_say_twice: text(),
        client_of_long_names_that_nobody_would_say_twice_in_one_breath_or_ever_write_down_by_hand_long_names_that_nobody_would_say_t: text(),
        client_integer: 5,
    });
    let options = CallOptions::new(CallOptionsRequired {
        option_of_long_nam: text(),
        option_of_long_names_that_nobody_would_say_twice: text(),
        option_of_long_names_that_nobody_would_say_twice_in_one_breath_or_ever_write_down_by_hand_long_names_that_nobody_would_say_t: text(),
        o: text(),
        option_integer: 6,
    });
    let state = KSessionState::new(KSessionStateRequired {
        s: "s".into(),
        session_of_long_na: "s".into(),
        session_of_long_names_that_nobody_would_say_twic: "s".into(),
        session_of_long_names_that_nobody_would_say_twice_in_one_breath_or_ever_write_down_by_hand_long_names_that_nobody_would_say: "s".into(),
        session_fifth: "s".into(),
    });
    assert_eq!(state.session_fifth.expose(), "s");
    let client = Client::new(Server::new(Lighthouse, "https://strait.example"), parameters);
    let value = || types::D::default();
    let answer = client.d(value(), options).send_blocking().unwrap();
    assert_eq!(answer.data.d, Some(value()));
}

/// Two operations at one path, each by its method.
struct Buoy;

impl buoy::server::Service for Buoy {
    async fn session(&self, _: &buoy::SessionParameters) -> Result<buoy::SessionState, buoy::Failure> {
        Err(buoy::Failure::new(buoy::ErrorCode::Refused))
    }

    async fn show(
        &self,
        _: buoy::server::Received<buoy::light::Show>,
    ) -> Result<buoy::Answer<buoy::light::ShowReply>, buoy::Failure> {
        Ok(buoy::Answer::new(buoy::light::ShowReply::default()))
    }

    async fn add(
        &self,
        _: buoy::server::Received<buoy::light::Add>,
    ) -> Result<buoy::Answer<wirewright::exchange::Nothing>, buoy::Failure> {
        Err(buoy::Failure::new(buoy::ErrorCode::Other("full".to_owned())).with_data(Document::Null))
    }
}

#[test]
fn two_operations_at_one_path_are_reached() {
    let client = buoy::Client::new(buoy::server::Server::new(Buoy, "https://buoy.example"));
    assert!(client.login("k").send_blocking().unwrap().answer().unwrap().ok);
    assert!(client.add().send_blocking().unwrap_err().to_string().contains("full"));
}
