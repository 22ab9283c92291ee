//! Which elements may be rows, or on the way to them, by their namespaces.

use crate::{
    text::xml::declarations,
    tree::{Bindings, Namespaces},
};

/// The prefixes that a start tag binds.
pub(super) fn declared(tag: &str) -> Vec<(String, String)> {
    if tag.contains("xmlns") { declarations(tag) } else { Vec::new() }
}

fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    let end = inside.find([' ', '\t', '\n', '\r', '/', '>']).unwrap_or(inside.len());
    inside.get(..end).unwrap_or_default()
}

/// How likely the element that starts with `tag` inside those that are open is to be what its local name says.
pub(super) fn rank(bindings: &Bindings, open: &[String], tag: &str) -> u8 {
    let own = declared(tag);
    let prefixed = |name: &str| name.contains(':');
    let parent = open.last().map_or("", String::as_str);
    if own.is_empty() && !prefixed(name(tag)) && !prefixed(parent) {
        return 0;
    }
    let mut namespaces = Namespaces::within(bindings);
    let outer = namespaces.of_element(parent);
    for (prefix, name) in &own {
        namespaces.bind(1, prefix, name.as_str().into());
    }
    match namespaces.of_element(name(tag)) {
        inner if inner == outer => 0,
        Namespaces::NONE => 1,
        _ => 2,
    }
}
