//! From text to a tree: nested names become branches.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    Options,
    error::Fault,
    scalar::parts,
    tree::{Id, ItemKind, Tree},
    wire::TextRef,
};

pub(super) fn parse<'de>(text: &'de str, options: &Options) -> Result<Tree<'de>, Fault> {
    let limits = options.limits;
    if text.len() > limits.max_bytes() {
        return Err(Fault::limit(limits.max_bytes(), "bytes", limits.max_bytes()));
    }
    let mut tree = Tree::of(text);
    tree.add(None, ItemKind::Branch, Cow::Borrowed(""), Cow::Borrowed(""), 0);
    let mut branches: BTreeMap<Id, BTreeMap<Cow<'de, str>, Id>> = BTreeMap::new();
    let mut start = 0;
    for pair in text.split('&') {
        let offset = start;
        start += pair.len() + 1;
        let Some((name, value)) = form_urlencoded::parse(pair.as_bytes()).next() else { continue };
        let mut parent = Tree::ROOT;
        let mut levels = 0;
        let mut segments = parts(&name, options.nested).peekable();
        tree.check(limits.max_elements(), offset)?;
        while let Some((from, to)) = segments.next() {
            levels += 1;
            if levels > limits.max_depth() {
                return Err(Fault::limit(offset, "levels", limits.max_depth()));
            }
            let segment = TextRef::from(&name).part(from, to).to_cow();
            if segments.peek().is_none() {
                tree.add(Some(parent), ItemKind::Leaf, segment, value, offset);
                break;
            }
            let known = branches.entry(parent).or_default();
            parent = if let Some(id) = known.get(&*segment) {
                *id
            } else {
                let key = match &segment {
                    Cow::Borrowed(text) => Cow::Borrowed(*text),
                    Cow::Owned(text) => Cow::Owned(text.to_owned()),
                };
                let id = tree.add(Some(parent), ItemKind::Branch, segment, Cow::Borrowed(""), offset);
                known.insert(key, id);
                id
            };
        }
    }
    tree.check(limits.max_elements(), text.len())?;
    Ok(tree)
}
