//! A logout takes the session: nothing can be called after it.

use nina::Client;
use wirewright::client::blocking::Transport;

fn after_logout(client: &Client<impl Transport + Clone>) {
    let Ok(login) = client.client_login("chattingchuck", "password").send_blocking() else { return };
    let _ = login.logout();
    let _ = login.get_info();
}

fn main() {}
