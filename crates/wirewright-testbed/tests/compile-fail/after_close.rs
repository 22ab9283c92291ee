//! What closes a session takes it: nothing can be called after it.

use lighthouse::blocking::Client;
use wirewright::client::blocking::Transport;

fn close_twice(client: &Client<impl Transport + Clone>) {
    let Ok(watch) = client.open("ada", "phrase") else { return };
    let _ = watch.close();
    let _ = watch.log();
}

fn main() {}
