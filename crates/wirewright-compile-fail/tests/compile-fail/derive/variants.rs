//! Variants whose texts clash or cannot be.

use wirewright::{Wire, wire::Document};

#[derive(Wire)]
enum Status {
    #[wire(name = "OK", also = ["SUCCESS", "OK"])]
    Success,
    #[wire(name = "SUCCESS")]
    Succeeded,
    #[wire(name = " padded ")]
    Padded,
    #[wire(other, also = ["x"])]
    Unknown,
    #[wire(other)]
    Pair(String, Document),
}

#[derive(Wire)]
#[wire(number)]
enum Code {
    #[wire(name = "0")]
    Zero,
    #[wire(name = "007")]
    Seven,
    Eight,
}

#[derive(Wire)]
#[wire(tag = "event type", content = "data")]
enum Tagged {
    Sent(String),
    #[wire(also = ["Sent"])]
    Received(String),
    #[wire(name = "", also = ["padded "])]
    Empty,
}

#[derive(Wire)]
#[wire(tag = "type", content = "type")]
enum Same {
    Sent(String),
}

#[derive(Wire)]
#[wire(union, content = "data")]
enum External {
    #[wire(name = "two words")]
    Sent,
    Received,
}

fn main() {}
