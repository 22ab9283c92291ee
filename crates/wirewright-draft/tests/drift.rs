//! A definition has what its own samples show, and lacks what they were given beside it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use wirewright_codegen::load;
use wirewright_draft::{Exchange, FindingKind, drift, printed};

fn definitions() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("protocol.toml").exists());
    folders.sort();
    folders
}

#[test]
fn the_samples_of_a_definition_show_nothing_beyond_it() {
    let mut told = Vec::new();
    for folder in definitions() {
        let vendor = load(&folder).unwrap();
        let name = vendor.package.clone();
        let exchanges = printed(&vendor);
        told.extend(drift(vendor, &exchanges).iter().map(|finding| format!("{name}: {finding}")));
    }
    // What is left: samples that a page has wrong, and members that a definition leaves out on purpose.
    insta::assert_snapshot!(told.join("\n"));
}

/// Each kind of finding, by what was put into a sample.
#[test]
fn what_is_new_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs/subsonic");
    let exchanges = printed(&load(&folder).unwrap());
    for (from, to, kind, place) in [
        ("songCount=", "songNumber=\"7\" songCount=", FindingKind::Member, "songNumber"),
        ("duration=\"", "duration=\"x", FindingKind::Type, "duration"),
        ("created=\"2", "created=\"on 2", FindingKind::Type, "created"),
        ("code=\"70\"", "code=\"71\"", FindingKind::Error, "xml"),
        ("</subsonic-response>", "</subsonic>", FindingKind::Reply, "xml"),
    ] {
        let changed: Vec<Exchange> = exchanges
            .iter()
            .cloned()
            .map(|mut exchange| {
                for (_, text) in &mut exchange.replies {
                    *text = text.replace(from, to);
                }
                exchange
            })
            .collect();
        assert_ne!(changed, exchanges, "{from}");
        let found = drift(load(&folder).unwrap(), &changed);
        let hit = found.iter().any(|finding| finding.kind == kind && finding.place.ends_with(place));
        assert!(hit, "{to}: {found:#?}");
    }
}
