//! Texts that outlive the parsed file that they were read from.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::OnceLock;

/// The texts of a definition's files that are in no file as they stand, because they are written with escapes: a list for each file.
/// What is read of a definition lends them, so that the parsed files can go. They take many times as much memory as their text.
#[derive(Debug)]
pub(crate) struct Kept(Vec<Place>);

/// A place for one text, and for those that come after it.
#[derive(Debug, Default)]
pub(super) struct Place(OnceLock<(String, Box<Place>)>);

impl Kept {
    /// Nothing yet, for so many files.
    pub(crate) fn new(files: usize) -> Self {
        Self((0..files).map(|_| Place::default()).collect())
    }

    /// That of each file, in their order.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.iter()
    }
}

/// Where the texts of one file go.
#[derive(Debug)]
pub(super) struct Keeper<'a>(Cell<&'a Place>);

impl<'a> Keeper<'a> {
    pub(super) fn new(place: &'a Place) -> Self {
        Self(Cell::new(place))
    }

    /// A text of a parsed file, as it is in the file itself or else is kept.
    pub(super) fn text(&self, text: &Cow<'a, str>) -> &'a str {
        match text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => {
                let (kept, next) = self.0.get().0.get_or_init(|| (text.clone(), Box::default()));
                self.0.set(next);
                kept
            }
        }
    }
}

impl Drop for Place {
    /// One after the other: a file may have more of them than a stack has room for calls.
    fn drop(&mut self) {
        let mut rest = self.0.take();
        while let Some((_, mut next)) = rest {
            rest = next.0.take();
        }
    }
}
