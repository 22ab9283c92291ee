//! What is before and behind the rows that are written.

use super::lex::{self, Markup};
use crate::text::xml::local;

/// A document in two parts, between which rows are.
pub(super) struct Frame {
    pub(super) before: String,
    pub(super) behind: String,
}

/// A place for what is still missing on the way to the rows.
struct Insertion {
    /// How far on the way it is: the root is one.
    depth: usize,
    /// What is before it, and what is behind.
    ends: usize,
    begins: usize,
    /// The name of an element whose empty tag is opened up.
    opened: Option<usize>,
}

impl Frame {
    /// Takes a document apart at the end of the element that `path` leads to from below the root. Elements of the path that are
    /// not there are made. The document is well-formed.
    pub(super) fn around(document: &str, path: &[&str]) -> Self {
        let place = find(document, path);
        let mut before = String::from(document.get(..place.ends).unwrap_or_default());
        let mut behind = String::new();
        let missing = path.get(place.depth.saturating_sub(1)..).unwrap_or_default();
        if let Some(start) = place.opened {
            before.push('>');
            behind.push_str("</");
            behind.push_str(name(document.get(start..).unwrap_or_default()));
            behind.push('>');
        }
        for name in missing {
            before.push('<');
            before.push_str(name);
            before.push('>');
        }
        let closed: Vec<_> = missing.iter().rev().flat_map(|name| ["</", name, ">"]).collect();
        behind.insert_str(0, &closed.concat());
        behind.push_str(document.get(place.begins..).unwrap_or_default());
        Self { before, behind }
    }
}

/// The name in a tag.
fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    inside.split([' ', '\t', '\n', '\r', '/', '>']).next().unwrap_or_default()
}

fn find(document: &str, path: &[&str]) -> Insertion {
    let mut best = Insertion { depth: 0, ends: document.len(), begins: document.len(), opened: None };
    let (mut at, mut open, mut on_path) = (0, 0_usize, 0_usize);
    while let Some(next) = document.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + next;
        let Ok(Some((markup, length))) = lex::markup(document.get(start..).unwrap_or_default()) else {
            break;
        };
        at = start + length;
        let tag = document.get(start..at).unwrap_or_default();
        let wanted = on_path.checked_sub(1).and_then(|below| path.get(below));
        let fits = on_path == open
            && on_path <= path.len()
            && wanted.is_none_or(|wanted| local(name(tag)) == *wanted);
        match markup {
            Markup::Start => {
                on_path += usize::from(fits);
                open += 1;
            }
            Markup::Empty if fits && on_path + 1 > best.depth => {
                let slash = tag.rfind('/').unwrap_or(tag.len());
                best = Insertion { depth: on_path + 1, ends: start + slash, begins: at, opened: Some(start) };
            }
            Markup::End => {
                if on_path == open && on_path > best.depth {
                    best = Insertion { depth: on_path, ends: start, begins: start, opened: None };
                }
                open = open.saturating_sub(1);
                on_path = on_path.min(open);
            }
            Markup::Empty | Markup::Comment | Markup::Other => {}
        }
    }
    best
}
