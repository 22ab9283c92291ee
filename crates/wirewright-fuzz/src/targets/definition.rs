//! The definition reader and the emitter: any text as one file of a definition.

use std::{collections::BTreeSet, path::Path};

use wirewright_codegen::{Faults, emit, load_sources};

use crate::{Outcome, corpus::definitions};

/// The first byte chooses a file of the vendors' definitions, and the others are in its place.
///
/// # Panics
///
/// When a fault has no place in the text, or the Rust of a crate is none.
pub fn definition(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let Some((choice, text)) = data.split_first() else { return outcome };
    let text = String::from_utf8_lossy(text);
    let count = definitions().values().map(Vec::len).sum::<usize>().max(1);
    let Some((vendor, mut files, index)) = choose(usize::from(*choice) % count) else { return outcome };
    if let Some(file) = files.get_mut(index) {
        file.1 = text.into_owned();
    }
    match load_sources(vendor, files.clone()) {
        Ok(vendor) => {
            let generated = emit::files(&vendor);
            let mut paths = BTreeSet::new();
            for file in &generated {
                assert!(paths.insert(&*file.path), "{} was generated twice", file.path);
                let is_rust = Path::new(&file.path).extension().is_some_and(|extension| extension == "rs");
                if is_rust && let Err(error) = syn::parse_file(&file.text) {
                    panic!("{} is no Rust: {error}\n{}", file.path, file.text);
                }
            }
            assert!(emit::files(&vendor) == generated, "the same model gives the same bytes");
            outcome.take(generated.len());
        }
        Err(faults) => {
            places(&faults, &files);
            let codes: Vec<&str> = faults.diagnostics().iter().map(|each| each.code.text()).collect();
            outcome.refuse(codes.iter().collect::<BTreeSet<_>>());
        }
    }
    outcome
}

/// A vendor's name, its files, and which of them is changed.
type Choice = (&'static str, Vec<(String, String)>, usize);

fn choose(index: usize) -> Option<Choice> {
    let mut index = index;
    for (vendor, files) in definitions() {
        if index < files.len() {
            return Some((vendor, files.clone(), index));
        }
        index -= files.len();
    }
    None
}

/// Every fault can be shown, at a place that is in a file.
fn places(faults: &Faults, files: &[(String, String)]) {
    assert!(!faults.diagnostics().is_empty(), "a definition is refused without a word");
    assert!(!faults.render(false).is_empty());
    for each in faults.diagnostics() {
        let Some((_, text)) = files.iter().find(|(name, _)| *name == each.file) else { continue };
        let line = text.split('\n').nth(each.line.saturating_sub(1));
        let Some(line) = line else { panic!("{}:{} is no line: {}", each.file, each.line, each.message) };
        assert!(each.column <= line.chars().count() + 1, "{}:{}:{}", each.file, each.line, each.column);
    }
}

/// The files as they are.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let files = definitions().values().flatten();
    let choose = |index: usize| u8::try_from(index).unwrap_or_default();
    files.enumerate().map(|(index, (_, text))| [&[choose(index)], text.as_bytes()].concat()).collect()
}
