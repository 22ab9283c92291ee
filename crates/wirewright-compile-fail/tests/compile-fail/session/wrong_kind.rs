//! A session of one kind has no calls of another: a guest cannot close the watch, nor a keeper turn a lamp.

use lighthouse::Client;
use wirewright::client::blocking::Transport;

fn close(client: &Client<impl Transport + Clone>) {
    let Ok(guest) = client.visit().send_blocking() else { return };
    let _ = guest.close().send_blocking();
    let Ok(watch) = client.open("ada", "phrase").send_blocking() else { return };
    let _ = watch.turn(10).send_blocking();
}

fn main() {}
