//! What the catalog tells of a vendor.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use wirewright_codegen::{emit, load_sources};

const PROTOCOL: &str = r#"
title    = "Ferry API"
doc      = "An invented vendor."
source   = "ferry.example, which nobody offers"
endpoint = "https://ferry.example"
methods  = { POST = "form" }
path     = "/{group}/{operation}"

[formats]
json = { value = "json" }

[parameters]
"*" = { from = "request" }

[envelope]
code = { is = "status", type = "integer", success = [0], doc = "How the call went." }
data = { is = "data" }

[errors]
1 = { name = "Full", class = "retry", doc = "The ferry is full." }

[types.Class]
doc    = "Where a passenger sits."
values = { deck = "On deck.", cabin = "In a cabin." }
"#;

const TRIP: &str = r#"
doc = "Trips of the ferry."

[book]
doc = "Books a trip."
[book.request]
class  = { type = "Class", doc = "Where to sit." }
vendor = { required = true, doc = "Who sells it." }
pin    = { required = true, secret = true, doc = "The number of the card." }
once   = { doc = "Stands nowhere else." }

[change]
doc = "Changes a trip."
[change.request]
pin    = { required = true, secret = true, doc = "The number of the card." }
vendor = { required = true, doc = "Who sells it." }
class  = { type = "Class", doc = "Where to sit." }

[cancel]
doc = "Cancels a trip."
[cancel.request]
class  = { type = "Class", doc = "Where the passenger sat." }
pin    = { secret = true, doc = "The number of the card." }

[refund]
doc = "Pays back what a trip cost."
[refund.request]
class  = { type = "Class", doc = "Where the passenger sat." }
"#;

/// A parameter that several operations take alike is written once. One that says something else of the same name, or is required
/// elsewhere, is another.
#[test]
fn parameters_of_several_operations() {
    let files = [("protocol.toml", PROTOCOL), ("trip.toml", TRIP)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    let vendor = load_sources("ferry", files).unwrap_or_else(|faults| panic!("{faults}"));
    let files = emit::catalog("catalog", &[&vendor]);
    let about = files.iter().find(|file| file.path == "src/about_ferry.rs").unwrap();
    insta::assert_snapshot!(about.text);
}
