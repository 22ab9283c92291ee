//! The signature vectors of NINA's client sessions, through the generated client: the session key that a login derives, and the
//! signed request that a logout sends.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};

use http::Method;
use nina::{
    Client, ClientSessionState, Config, Format,
    auth::{ClientLogin, ClientLoginReply},
    types,
};
use wirewright::client::blocking;

/// Keeps what is sent, and answers that all is well.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<http::Request<Vec<u8>>>>>);

impl blocking::Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, wirewright::client::TransportError> {
        self.0.lock().unwrap().push(request);
        Ok(http::Response::new(br#"{"response":{"statusCode":200,"statusText":"OK"}}"#.to_vec()))
    }
}

/// The vector of AOL's page "Authentication for Desktop Clients": password `test`, session secret `Olpq7NboSbO0gxym`.
fn vendors_session() -> ClientSessionState {
    ClientSessionState::open(
        &ClientLogin::new("chattingchuck", "test"),
        &ClientLoginReply::new(types::Token::new("TOKEN+1/2="), "Olpq7NboSbO0gxym"),
    )
}

#[test]
fn the_session_key_is_the_vendors() {
    assert_eq!(vendors_session().key.expose(), "pgBumyiK1xwvjLjcDLRCW7/LySPp+DUXQ3PpDU3c84w=");
}

/// Both signatures were computed from the recipe and agree with those of the Python library `oauthlib`.
#[test]
fn a_logout_is_signed_as_the_recipe_says() {
    for (method, signature) in [
        (Method::GET, "mVezlGdyHsxExGlWX2WKhEDAV7ylbfXj1ouQOqdnEWM="),
        (Method::POST, "MxCDCDHy8hJkBbajKneUuGNjtYKJ/mAK4Zgdpmm6s0s="),
    ] {
        let recorder = Recorder::default();
        let settings = Config::new()
            .with_endpoint("http://api.screenname.nina.bz")
            .with_format(Format::Json)
            .with_method(method.clone());
        let client = Client::new(recorder.clone(), "KEY").with_config(settings);
        client.resume(vendors_session()).logout().screen_name("chatting chuck").send_blocking().unwrap();

        let sent = recorder.0.lock().unwrap();
        let parameters = if method == Method::GET {
            sent[0].uri().query().unwrap().to_owned()
        } else {
            String::from_utf8(sent[0].body().clone()).unwrap()
        };
        let signed = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        assert_eq!(
            parameters,
            format!("devId=KEY&f=json&s=chatting+chuck&a=TOKEN%2B1%2F2%3D&sig_sha256={signed}")
        );
    }
}
