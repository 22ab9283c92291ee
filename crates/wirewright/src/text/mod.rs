//! What is in the formats' texts, before any value is made of it: their characters, names and escapes.

pub(crate) mod charset;
pub(crate) mod escape;
pub(crate) mod form;
pub(crate) mod jsonp;
pub(crate) mod lines;
pub(crate) mod scan;
pub(crate) mod xml;

use std::fmt::{self, Write as _};

use crate::{Format, mask::is_invisible};

/// The format that a text looks like, by its first letters. `None`: it is empty. What is nothing else may be a query string.
pub(crate) fn sniff(text: &str) -> Option<Format> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    Some(match start.as_bytes().first()? {
        b'<' => Format::Xml,
        b'{' | b'[' => Format::Json,
        // Scalars are JSON too, but no vendor's envelope; a callback's name starts JSONP.
        _ if jsonp::strip_callback(start).0.is_some() => Format::Json,
        _ => Format::Query,
    })
}

/// A stranger's text on one line: characters that would not be seen, or would move others, are shown as spaces.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(if is_invisible(c) { ' ' } else { c }))
    }
}
