//! Futures of the async clients can move between threads.

use wirewright::client::{Transport, TransportError, TransportErrorKind};

#[derive(Clone, Debug)]
struct Unreachable;

impl Transport for Unreachable {
    async fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        Err(TransportError::new(TransportErrorKind::Connect, "there is nobody"))
    }
}

fn is_send<T: Send>(future: T) -> T {
    future
}

#[tokio::test]
async fn a_login_can_move_between_threads() {
    let client = nina::Client::new(Unreachable, "dev");
    let error = is_send(client.client_login("user", "password").send()).await.unwrap_err();
    assert_eq!(error.to_string(), "the connection to the vendor could not be made");
    let client = videntity::Client::new(Unreachable);
    assert!(is_send(client.login("user", "password", "123456789012345").send()).await.is_err());
}
