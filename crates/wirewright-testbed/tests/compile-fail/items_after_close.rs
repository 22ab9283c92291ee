//! The items of calls that continue borrow their session: none is fetched after it is closed.

use harbour::blocking::Client;
use wirewright::client::blocking::Transport;

fn fetch_after_the_end(client: &Client<impl Transport + Clone>) {
    let Ok(visit) = client.login() else { return };
    let mut movements = visit.movements();
    let _ = visit.logout("b-7");
    let _ = movements.next();
}

fn main() {}
