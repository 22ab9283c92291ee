//! A session of one kind has no calls of another: a guest cannot close the watch, nor a keeper turn a lamp.

use lighthouse::blocking::Client;
use wirewright::client::blocking::Transport;

fn close(client: &Client<impl Transport + Clone>) {
    let Ok(guest) = client.visit() else { return };
    let _ = guest.close();
    let Ok(watch) = client.open("ada", "phrase") else { return };
    let _ = watch.turn(10);
}

fn main() {}
