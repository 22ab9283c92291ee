//! Members whose attributes exclude one another, or whose names clash or cannot be.

use std::collections::BTreeMap;

use wirewright::{Wire, wire::Document};

#[derive(Wire)]
struct Places {
    #[wire(attribute, text)]
    place: String,
    #[wire(flatten, name = "x", default, list(item = "y"))]
    inner: Option<Inner>,
    #[wire(text, xml = "content")]
    content: String,
    #[wire(attribute, map(keyed), list(item = "z"))]
    entries: BTreeMap<String, String>,
    #[wire(rest, name = "more", required, list(item = "z"))]
    more: Document,
    #[wire(rest, flatten)]
    still_more: Document,
    #[wire(required, default)]
    torn: Document,
    #[wire(required_in_requests, required, map(keyed))]
    half: BTreeMap<String, String>,
}

#[derive(Wire)]
struct Inner {}

#[derive(Wire)]
struct Forms {
    #[wire(list(joined = ",", item = "item"))]
    joined: Vec<String>,
    #[wire(list(joined = ""))]
    unjoined: Vec<String>,
    #[wire(list(first = 0))]
    first: Vec<String>,
    #[wire(list(numbered, first = 300000000000000000000))]
    large: Vec<String>,
    #[wire(map(keyed, key = "k"))]
    keyed: BTreeMap<String, String>,
    #[wire(map(flat, entry = "e", key = "same", value = "same"))]
    flat: BTreeMap<String, String>,
    #[wire(boolean = "1")]
    one: bool,
    #[wire(boolean = "y/y")]
    equal: bool,
    #[wire(boolean = "/0")]
    no_yes: bool,
}

#[derive(Wire)]
#[wire(root = "two words", json_root = "", namespace = "")]
struct Names {
    #[wire(name = "")]
    empty: String,
    #[wire(name = "1st")]
    digit: String,
    #[wire(name = "ns:local")]
    prefixed: String,
    #[wire(name = "items[]", xml = "items")]
    bracket: Vec<String>,
    #[wire(list(item = "an item"), json = "")]
    item: Vec<String>,
    #[wire(map(entry = "<", key = ""))]
    map: BTreeMap<String, String>,
}

#[derive(Wire)]
#[wire(rename_all = "camelCase")]
struct Clashes {
    screen_name: String,
    #[wire(name = "screenName")]
    name: String,
    #[wire(attribute, name = "screenName")]
    attribute: String,
    #[wire(query = "screenName")]
    only_query: String,
    #[wire(json = "onlyQuery", query = "name2")]
    mixed: String,
    #[wire(text)]
    text: String,
    #[wire(text)]
    more: String,
}

#[derive(Wire)]
struct Words {
    #[wire(list(always))]
    repeated: Vec<String>,
    #[wire(text, list(joined = " ", always))]
    text: Vec<String>,
    #[wire(also = ["", "text"])]
    named: String,
    #[wire(flatten, also = ["other"])]
    flat: BTreeMap<String, String>,
}

#[derive(Wire)]
struct Formats {
    #[wire(list(columns))]
    unnumbered: Vec<String>,
    #[wire(list(numbered = "[]", columns, always))]
    always: Vec<String>,
    #[wire(map(between = "_"))]
    between: BTreeMap<String, String>,
    #[wire(flatten_in = ["yaml"], only_in = ["xml"])]
    inner: String,
    #[wire(flatten, only_in = ["json"])]
    flat: BTreeMap<String, String>,
}

fn main() {}
