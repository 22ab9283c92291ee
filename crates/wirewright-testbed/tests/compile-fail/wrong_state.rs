//! What was saved of one kind of session is not taken up as another.

use lighthouse::blocking::Client;
use wirewright::client::blocking::Transport;

fn resume(client: &Client<impl Transport + Clone>, guest: lighthouse::GuestSessionState) {
    let _ = client.resume_keeper(guest);
}

fn main() {}
