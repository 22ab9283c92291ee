//! Values of a vendor's own formats, for samples.

use crate::model::Epoch;
use crate::rules;

/// A moment in a `strftime` format: Tuesday, 30 September 2008, 15:56:42 UTC.
pub fn moment(format: &str) -> String {
    // Every format has been tried.
    rules::sample(format).unwrap_or_default()
}

/// A table with two columns and a row.
pub fn separated(cells: &str, lines: &str) -> String {
    format!("a{cells}b{lines}1{cells}2")
}

/// A text of a form: every digit is 5, as in telephone numbers that nobody has.
pub fn form(form: &str) -> String {
    let mut sample = String::new();
    let mut letters = form.chars();
    while let Some(letter) = letters.next() {
        sample.extend(match letter {
            '0' | '*' => Some('5'),
            '\\' => letters.next(),
            letter => Some(letter),
        });
    }
    sample
}

/// The same moment as a number of units since an epoch.
pub fn counted(epoch: Epoch) -> String {
    rules::counted(epoch)
}
