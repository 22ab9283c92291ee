//! The definitions of this repository, drafted anew from their own samples: what the benchmark measures does not get worse unseen.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use wirewright_codegen::{load, load_sources};
use wirewright_draft::{Inputs, Options, draft, printed, recognise};

#[test]
fn every_vendor_is_drafted_from_its_samples() {
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs");
    let (mut vendors, mut right, mut all, mut roles, mut told) = (0, 0, 0, 0, 0);
    let mut contradictions = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(definitions).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("protocol.toml").exists()) {
        let hand = load(folder).unwrap();
        let inputs = Inputs { exchanges: printed(&hand), ..Inputs::default() };
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let drafted =
            draft(&inputs, &Options::new(name.as_str())).unwrap_or_else(|error| panic!("{name}: {error}"));
        contradictions.extend(drafted.contradictions.iter().map(|one| format!("{name}: {one}")));
        let files = drafted.files.into_iter().map(|file| (file.name, file.text)).collect();
        let machine = load_sources(&name, files).unwrap();
        for exchange in &inputs.exchanges {
            let (ours, theirs) =
                (recognise(&hand, exchange).unwrap(), recognise(&machine, exchange).unwrap());
            for (shown_path, ours) in ours.shown_members {
                let Some(ours) = ours else { continue };
                let theirs = theirs.shown_members.get(&shown_path).cloned().flatten();
                all += 1;
                right += usize::from(theirs.as_ref().is_some_and(|theirs| theirs.scope == ours.scope));
                if let Some(role) = ours.role {
                    told += 1;
                    roles += usize::from(theirs.and_then(|theirs| theirs.role) == Some(role));
                }
            }
        }
        vendors += 1;
    }
    assert!(vendors >= 15 && all > 1000, "{vendors} vendors, {all} things");
    assert!(right * 100 >= all * 98, "{right} of {all} in their place");
    assert!(roles * 100 >= told * 98, "{roles} of {told} roles");
    // One line for each sample that a draft does not agree with.
    insta::assert_snapshot!(contradictions.join("\n"));
}
