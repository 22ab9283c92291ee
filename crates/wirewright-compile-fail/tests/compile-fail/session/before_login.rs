//! A call of a session cannot be made before there is one.

use lighthouse::Client;
use wirewright::client::blocking::Transport;

fn log(client: &Client<impl Transport + Clone>) {
    let _ = client.log().send_blocking();
}

fn main() {}
