//! A project: `wirewright.toml`.

use super::vocabulary::{Entries, alternatives, vocabulary};

vocabulary! {
    /// `wirewright.toml`
    PROJECT, project: "a project";
    may DEFINITIONS = "definitions", Text,
        "The folder that has a folder of definitions per vendor, seen from this file. The default is `protocol-defs`.";
    may OUTPUT = "output", Text,
        "The folder that gets a crate per vendor, seen from this file. The default is `crates/vendors`.";
    may PACKAGE = "package", Table(&PACKAGE), "What holds for every vendor's crate.";
    may VENDORS = "vendors", Entries(Entries::tables("what holds for the crate of the vendor in this folder", &PACKAGE)),
        "What holds for one vendor's crate: the same words, which come before those of `package`.";
}

vocabulary! {
    /// `[package]`, or an entry of `[vendors]`.
    PACKAGE, package: "a package";
    may NAME = "name", Text, "The package's name, of a vendor's own entry. The default is the name of the definition's folder.";
    may INHERIT = "inherit-workspace", Flag,
        "Whether the manifest takes from the workspace what is not said here: `version`, `edition`, `rust-version`, `license`, `publish`, \
         lints, and the versions of `wirewright`, `http`, `insta` and `proptest`. The default is `false`: it has all of its own.";
    may VERSION = "version", Text, "The package's version. The default is `0.1.0`.";
    may EDITION = "edition", Choice(Editions), "The edition of Rust. The default is `2024`.";
    may RUST_VERSION = "rust-version", Text, "The oldest Rust that the package promises to build with. The default is the oldest that there is for it.";
    may LICENSE = "license", Text, "The licence, as an SPDX expression. The default is none.";
    may PUBLISH = "publish", FlagOrText,
        "Whether the package may be published, or the name of the one registry for it. The default is `false`.";
    may FEATURES = "features", ChoiceOrChoices(DefaultFeatures),
        "The features that are on by default; those that a crate does not have are left out. The default is `rows`.";
    may WIREWRIGHT = "wirewright", TextOrTable(&[], &DEPENDENCY),
        "How the crate depends on the runtime: its version, or a table. The default is the version that the code is generated for.";
}

vocabulary! {
    /// `wirewright` of a package.
    DEPENDENCY, dependency: "a dependency";
    may VERSION = "version", Text, "The version, as in Cargo's manifest.";
    may PATH = "path", Text, "The folder of the package, seen from this file.";
    may GIT = "git", Text, "The address of the repository.";
    may BRANCH = "branch", Text, "The branch of the repository.";
    may TAG = "tag", Text, "The tag in the repository.";
    may REV = "rev", Text, "The commit in the repository.";
    may REGISTRY = "registry", Text, "The name of the registry.";
}

alternatives! {
    /// The editions that generated code compiles in.
    Editions: &'static str;
    "2021" => "2021", "The older one.";
    "2024" => "2024", "The one that it is written for.";
}

alternatives! {
    /// The features of a generated crate.
    DefaultFeatures: &'static str;
    "rows" => "rows", "Replies and requests of rows as streams.";
    "charsets" => "charsets", "Replies in other charsets than UTF-8 and UTF-16.";
    "serde" => "serde", "serde's traits on the types.";
    "server" => "server", "The vendor's side.";
    "testing" => "testing", "Samples of every type, and all operations one after the other.";
}
