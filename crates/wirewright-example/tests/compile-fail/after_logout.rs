//! A logout takes the session: nothing can be called after it.

use nina::blocking::Client;
use wirewright::client::blocking::Transport;

fn after_logout(client: &Client<impl Transport + Clone>) {
    let Ok(login) = client.client_login("chattingchuck", "password") else { return };
    let _ = login.logout();
    let _ = login.get_info();
}

fn main() {}
