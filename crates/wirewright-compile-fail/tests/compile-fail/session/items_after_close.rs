//! The items of paginated calls borrow their session: none is fetched after it is closed.

use harbour::Client;
use wirewright::client::blocking::Transport;

fn fetch_after_the_end(client: &Client<impl Transport + Clone>) {
    let Ok(visit) = client.login().send_blocking() else { return };
    let mut movements = visit.watch().paginate_blocking();
    let _ = visit.logout("b-7").send_blocking();
    let _ = movements.next();
}

fn main() {}
