//! Words that are unknown, misplaced, repeated, or of the wrong kind.

use wirewright::{Wire, wire::Document};

#[derive(Wire)]
#[wire(roots = "response", tag = "type", rename_all = "CamelCase")]
#[wire(namespace)]
struct Reply {
    #[wire(nmae = "id", atribute, mandatory)]
    id: String,
    #[wire(name = "store", name = "shop", name = 3)]
    store: String,
    #[wire(list(itme = "user", first = "1"), map)]
    users: Vec<String>,
    #[wire(root = "x", also = ["y"])]
    other: String,
    #[wire]
    nothing: String,
    #[wire(json = name)]
    last: String,
}

#[derive(Wire)]
#[wire(root = "locale")]
struct Locale(#[wire(name = "x")] String);

#[derive(Wire)]
#[wire(content = "data", tag = "type")]
enum Status {
    #[wire(also = "OK", xml = "ok")]
    Success,
}

#[derive(Wire)]
#[wire(number, tag = "type")]
enum Event {
    Sent(#[wire(text)] String),
    #[wire(other, name = "x")]
    Other(String, Document),
}

fn main() {}
