//! The definition reader and the emitter: any text as one file of a definition.

use std::{collections::BTreeSet, path::Path};

use wirewright_codegen::{Faults, Place, emit, load_sources, packaging::Packaging};

use crate::{
    Outcome,
    corpus::{Definitions, definitions},
};

/// The first byte chooses a file of the vendors' definitions, and the others are in its place.
///
/// # Panics
///
/// When a fault has no place in the text, or the Rust of a crate is none.
pub fn definition(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let Some((vendor, files)) = changed(definitions(), data) else { return outcome };
    match load_sources(vendor, files.clone()) {
        Ok(vendor) => {
            let packaging = Packaging::new(&vendor.package);
            let generated = emit::files(&vendor, &packaging);
            let mut paths = BTreeSet::new();
            for file in &generated {
                assert!(paths.insert(&*file.path), "{} was generated twice", file.path);
                let is_rust = Path::new(&file.path).extension().is_some_and(|extension| extension == "rs");
                if is_rust && let Err(error) = syn::parse_file(&file.text) {
                    panic!("{} is no Rust: {error}\n{}", file.path, file.text);
                }
            }
            assert!(emit::files(&vendor, &packaging) == generated, "the same model gives the same bytes");
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

/// The definition one of whose files the first byte chooses: its name, and its files with the other bytes in the place of that one.
pub(super) fn changed(
    definitions: &'static Definitions,
    data: &[u8],
) -> Option<(&'static str, Vec<(String, String)>)> {
    let (choice, text) = data.split_first()?;
    let count = definitions.values().map(Vec::len).sum::<usize>();
    let mut index = usize::from(*choice).checked_rem(count)?;
    for (vendor, files) in definitions {
        if index < files.len() {
            let mut files = files.clone();
            files.get_mut(index)?.1 = String::from_utf8_lossy(text).into_owned();
            return Some((vendor, files));
        }
        index -= files.len();
    }
    None
}

/// Every fault can be shown, at a place that is in a file.
fn places(faults: &Faults, files: &[(String, String)]) {
    assert!(!faults.diagnostics().is_empty(), "a definition is refused without a word");
    assert!(!faults.render(false).is_empty());
    // One line each, whatever is quoted.
    for text in [faults.to_json_lines(), faults.to_github()] {
        assert_eq!(text.lines().count(), faults.diagnostics().len(), "{text}");
    }
    for each in faults.diagnostics() {
        let Some((_, text)) = files.iter().find(|(name, _)| *name == each.file) else { continue };
        let Some(Place { line, column, end_line, end_column }) = each.place else { continue };
        for (line, column) in [(line, column), (end_line, end_column)] {
            let text = text.split('\n').nth(line.saturating_sub(1));
            let Some(text) = text else { panic!("{}:{line} is no line: {}", each.file, each.message) };
            assert!(column <= text.chars().count() + 1, "{}:{line}:{column}", each.file);
        }
        assert!((line, column) <= (end_line, end_column), "{}:{line}:{column}", each.file);
    }
}

/// The files as they are.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    files(definitions())
}

/// Every file of these definitions, with the byte that chooses it.
pub(super) fn files(definitions: &'static Definitions) -> Vec<Vec<u8>> {
    let files = definitions.values().flatten();
    let choose = |index: usize| u8::try_from(index).unwrap_or_default();
    files.enumerate().map(|(index, (_, text))| [&[choose(index)], text.as_bytes()].concat()).collect()
}
