//! What closes a session takes it: nothing can be called after it.

use lighthouse::Client;
use wirewright::client::blocking::Transport;

fn close_twice(client: &Client<impl Transport + Clone>) {
    let Ok(watch) = client.open("ada", "phrase").send_blocking() else { return };
    let _ = watch.close().send_blocking();
    let _ = watch.log().send_blocking();
}

fn main() {}
