//! What was saved of one kind of session is not taken up as another.

use lighthouse::Client;
use wirewright::client::blocking::Transport;

fn resume(client: &Client<impl Transport + Clone>, guest: lighthouse::GuestSessionState) {
    let _: lighthouse::KeeperSession<_> = client.resume(guest);
}

fn main() {}
