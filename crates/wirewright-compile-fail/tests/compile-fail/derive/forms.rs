//! Items that have no form on the wire.

use wirewright::{Wire, wire::Document};

#[derive(Wire)]
struct Pair(String, String);

#[derive(Wire)]
struct Unit();

#[derive(Wire)]
union Both {
    number: u32,
    text: [u8; 4],
}

#[derive(Wire)]
struct Borrowed<'a, 'b> {
    first: std::borrow::Cow<'a, str>,
    second: std::borrow::Cow<'b, str>,
}

#[derive(Wire)]
struct Tree {
    left: Option<Box<Tree>>,
    right: Box<Tree>,
    #[wire(default)]
    parent: std::boxed::Box<Self>,
}

#[derive(Wire)]
struct Chain(Box<Chain>);

#[derive(Wire)]
enum Never {}

#[derive(Wire)]
enum Endless {
    Again(Box<Endless>),
}

#[derive(Wire)]
#[wire(crate = "not a path")]
enum Generic<T> {
    A,
    #[wire(other)]
    Other(T),
}

#[derive(Wire)]
enum Payloads {
    One(String),
    Two(String, String),
    Named { text: String },
    None(),
    #[wire(other)]
    Other(String),
    #[wire(other)]
    More(String, Document),
}

fn main() {}
