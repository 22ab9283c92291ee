//! Nobody is online who has not started a session: a client has neither messages to send nor events to fetch.

use nina::Client;
use wirewright::client::blocking::Transport;

fn before_login(client: &Client<impl Transport + Clone>) {
    let _ = client.send_im("chattingchuck", "hello").send_blocking();
    let Ok(login) = client.client_login("chattingchuck", "password").send_blocking() else { return };
    let _ = login.fetch_events();
}

fn main() {}
