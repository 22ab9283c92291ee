//! A web page's token has no key: what must be signed takes a client's.

use nina::{WebSessionState, Client};
use wirewright::client::blocking::Transport;

fn web_token(client: &Client<impl Transport + Clone>) {
    let Ok(page) = client.get_token().send_blocking() else { return };
    let _ = page.start_oscar_session();
    let _ = client.resume(WebSessionState::new("token"));
}

fn main() {}
