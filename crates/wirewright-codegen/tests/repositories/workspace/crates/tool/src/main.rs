//! What uses the ledger by a module of its own, in another module, and not all of it.

mod vendors {
    include!(concat!(env!("OUT_DIR"), "/ledger.rs"));
}

use vendors::ledger::{PROTOCOL, entries::List};

fn main() {
    let list = List::default();
    println!("{:?}: {list:?}", PROTOCOL.formats.len());
}
