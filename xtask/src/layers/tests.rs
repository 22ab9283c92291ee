//! Small crates that nobody wrote.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use super::{Checked, check};

/// The crate of these files, whose root is `lib.rs`.
fn checked(files: &[(&str, &str)], order: Option<&str>) -> Checked {
    let read = |wanted: &Path| {
        let (_, text) = files.iter().find(|(name, _)| Path::new(name) == wanted)?;
        Some((*text).to_owned())
    };
    check(Path::new("lib.rs"), order, &read).unwrap()
}

/// `a.rs:1 b.rs`: a file, the line of the first path in it that leads to another, and that one.
fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let checked = checked(files, None);
    let name = |file: usize| checked.source.files[file].0.display().to_string();
    let all = checked.arrows.iter().enumerate().flat_map(|(file, used)| {
        used.iter().map(move |(other, arrow)| format!("{}:{} {}", name(file), arrow.line, name(*other)))
    });
    all.collect()
}

#[test]
fn a_path_leads_to_the_file_that_defines_what_it_names() {
    for (what, files, expected) in [
        (
            "an item",
            &[("lib.rs", "mod a;\nmod b;"), ("a.rs", "use crate::b::B;"), ("b.rs", "struct B;")][..],
            &["a.rs:1 b.rs"][..],
        ),
        (
            "a path in a function, in a macro, in an attribute",
            &[
                ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;"),
                (
                    "a.rs",
                    "fn f() {\n crate::b::f();\n print!(\"{}\", super::c::C);\n}\n\
#[derive(crate::d::D)]\nstruct A;",
                ),
                ("b.rs", ""),
                ("c.rs", ""),
                ("d.rs", ""),
            ],
            &["a.rs:2 b.rs", "a.rs:3 c.rs", "a.rs:5 d.rs"],
        ),
        (
            "through a parent that hands it on",
            &[
                ("lib.rs", "mod m;"),
                ("m/mod.rs", "mod a;\nmod b;\npub use b::B;"),
                ("m/a.rs", "use super::B;"),
                ("m/b.rs", "struct B;"),
            ],
            &["m/a.rs:1 m/b.rs"],
        ),
        (
            "through a parent that imports it for itself, under another name",
            &[
                ("lib.rs", "mod m;"),
                ("m.rs", "mod a;\nmod b;\nuse b::B as Other;"),
                ("m/a.rs", "use super::Other;"),
                ("m/b.rs", "struct B;"),
            ],
            &["m.rs:3 m/b.rs", "m/a.rs:1 m/b.rs"],
        ),
        (
            "a module that is imported, and what is named by it",
            &[
                ("lib.rs", "mod a;\nmod b;\nmod c;"),
                ("a.rs", "use super::{b, c};\nfn f() { b::g() }"),
                ("b.rs", ""),
                ("c.rs", ""),
            ],
            &["a.rs:2 b.rs"],
        ),
        (
            "names from a glob",
            &[
                ("lib.rs", "mod a;\nmod b;\nmod c;"),
                ("a.rs", "use crate::b::*;\nfn f(c: C) -> Local {}\nstruct Local;"),
                ("b.rs", "pub use crate::c::C;\nstruct Local;"),
                ("c.rs", "struct C;"),
            ],
            &["a.rs:2 c.rs", "b.rs:1 c.rs"],
        ),
        (
            "a function that is called as its module",
            &[
                ("lib.rs", "mod a;\nmod b;\npub use b::b;"),
                ("a.rs", "use crate::b;\nfn f() { b() }"),
                ("b.rs", "fn b() {}"),
            ],
            &["a.rs:1 b.rs"],
        ),
        (
            "modules in a file, with files of their own",
            &[
                ("lib.rs", "mod m {\n mod a;\n pub(super) fn f() {}\n}\nmod b;"),
                ("m/a.rs", "use super::f;\nuse super::super::b::B;"),
                ("b.rs", ""),
            ],
            &["m/a.rs:1 lib.rs", "m/a.rs:2 b.rs"],
        ),
        (
            "globs of one another come to an end",
            &[
                ("lib.rs", "mod a;\nmod b;"),
                ("a.rs", "pub use crate::b::*;\nfn f(x: X) {}"),
                ("b.rs", "pub use crate::a::*;\nstruct Y;\n"),
            ],
            &[],
        ),
    ] {
        assert_eq!(arrows(files), expected, "{what}");
    }
}

#[test]
fn macros() {
    for (what, files, expected) in [
        (
            "what a macro made",
            &[("lib.rs", "mod a;\nmod b;"), ("a.rs", "use crate::b::Made;"), ("b.rs", "make! { Made }")][..],
            &["a.rs:1 b.rs"][..],
        ),
        (
            "macros by the order of the text, and exported ones",
            &[
                ("lib.rs", "macro_rules! m { () => {} }\nmod a;\nmod b;"),
                ("a.rs", "m!();\ncrate::e!();"),
                ("b.rs", "#[macro_export]\nmacro_rules! e { () => { $crate::a::f() } }"),
            ],
            &["a.rs:1 lib.rs", "a.rs:2 b.rs", "b.rs:2 a.rs"],
        ),
    ] {
        assert_eq!(arrows(files), expected, "{what}");
    }
}

#[test]
fn what_is_no_use() {
    for (what, files) in [
        (
            "a declaration",
            &[("lib.rs", "mod a;\npub(in crate::a) mod b;"), ("a.rs", "pub(super) fn f() {}"), ("b.rs", "")]
                [..],
        ),
        (
            "to hand on what is one's own",
            &[("lib.rs", "mod a;\npub use a::{A, B};"), ("a.rs", "struct A;\nstruct B;")],
        ),
        (
            "tests",
            &[
                ("lib.rs", "mod a;"),
                (
                    "a.rs",
                    "#[cfg(test)]\nuse crate::X;\n#[cfg(all(test, unix))]\nmod tests {\n use crate::X;\n}\n\
                     enum E {\n #[cfg(test)]\n A(crate::X),\n}\n\
                     impl E {\n #[cfg(test)]\n fn f<A, B>() { crate::f() }\n}",
                ),
            ],
        ),
        (
            "another crate",
            &[
                ("lib.rs", "mod a;\nmod http;"),
                ("a.rs", "use ::http::Method;\nuse std::fmt;\nfn f() { fmt::x(); ::http::f() }"),
                ("http.rs", ""),
            ],
        ),
        (
            "another crate's, through a module",
            &[
                ("lib.rs", "mod a;\nuse std::fmt;\nuse std::io::Error;"),
                ("a.rs", "use super::{Error, fmt};\nfn f() { fmt::x() }"),
            ],
        ),
        (
            "a quotation",
            &[
                ("lib.rs", "mod a;\nmod name;"),
                (
                    "a.rs",
                    "fn f() { quote! { crate::name::f() #name::f() } other! { #name::f() $name::f() <T>::name::f() } }",
                ),
                ("name.rs", ""),
            ],
        ),
        (
            "text",
            &[
                ("lib.rs", "mod a;"),
                ("a.rs", "/// See [`crate::X`].\nconst A: &str = \"crate::X\"; // crate::X"),
            ],
        ),
        (
            "captured lifetimes",
            &[("lib.rs", "mod a;"), ("a.rs", "fn f() -> impl Sized + use<'static> { 1 }")],
        ),
    ] {
        assert_eq!(arrows(files), [""; 0], "{what}");
    }
}

#[test]
fn cycles() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\nmod e;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c::C;\nuse crate::d::D;"),
        ("c.rs", "use crate::a::A;"),
        ("d.rs", "use crate::b::{\n B,\n};\nuse crate::e::E;"),
        ("e.rs", "use crate::E;"),
    ];
    let found = checked(&files, None);
    let shown: Vec<String> = found.cycles.iter().map(|cycle| found.shown(cycle)).collect();
    assert_eq!(
        shown,
        ["a cycle of 4 files:\n  b.rs:2 uses d.rs: crate::d::D\n  \
          d.rs:2 uses b.rs: crate::b::B\n  and with them a.rs, c.rs"]
    );
}

#[test]
fn layers() {
    let files = [
        ("lib.rs", "mod wire;\nmod call;\nmod other;\npub use call::client::C;"),
        ("wire.rs", "use crate::call::client::C;\nuse crate::R;"),
        ("call/mod.rs", "pub mod client;\nuse crate::wire::W;\nuse client::C;"),
        ("call/client.rs", "use super::X;"),
        ("other.rs", ""),
    ];
    for (order, expected) in [
        (
            "wire # the lowest\n\n# nothing\ncall call::client other",
            &[
                "wire.rs:1: module `wire` uses `call::client`, which is above it: crate::call::client::C",
                "wire.rs:2: module `wire` uses `crate`, which is above it: crate::R",
            ][..],
        ),
        (
            "call\ncall::client\nwire gone",
            &[
                "layers.txt: there is no module `gone`",
                "call/mod.rs:2: module `call` uses `wire`, which is above it: crate::wire::W",
                "call/mod.rs:3: module `call` uses `call::client`, which is above it: client::C",
                "wire.rs:2: module `wire` uses `crate`, which is above it: crate::R",
                "other.rs: module `other` is in no layer",
            ],
        ),
        ("wire\ncall wire", &["lib.rs: layers.txt: `wire` is in two layers, or twice in one"]),
    ] {
        let mut faults = checked(&files, Some(order)).faults;
        let mut expected = expected.to_vec();
        faults.sort();
        expected.sort_unstable();
        assert_eq!(faults, expected, "{order}");
    }
}

#[test]
fn what_cannot_be_read() {
    for (text, expected) in [("mod a;", "module `a` is in neither of a.rs, a/mod.rs"), ("fn (", "lib.rs: ")] {
        let failed =
            check(Path::new("lib.rs"), None, &|file| file.ends_with("lib.rs").then(|| text.to_owned()));
        assert!(failed.err().unwrap().starts_with(expected), "{text}");
    }
}
