//! What a path means in a module.

use syn::{Ident, Item, ItemUse, UseTree};

use super::{
    items,
    tree::{Crate, Id, MODULE_SEPARATOR, join},
};

/// What a name stands for, when it is the crate's own.
pub(super) enum Found {
    Item(Id),
    Module(String),
}

/// One name of a `use`.
#[derive(Clone)]
pub(super) struct Leaf<'u> {
    pub(super) path: Vec<&'u Ident>,
    /// `None`: all names of the path.
    pub(super) name: Option<&'u Ident>,
}

impl Leaf<'_> {
    /// The `use` with nothing but this name.
    pub(super) fn alone(&self, item: &ItemUse) -> ItemUse {
        let path = &self.path;
        let conditions = items::cfg(&item.attrs);
        match self.name {
            None => syn::parse_quote!(#(#conditions)* pub use #(#path)::*::*;),
            Some(name) if self.path.last() == Some(&name) => {
                syn::parse_quote!(#(#conditions)* pub use #(#path)::*;)
            }
            Some(name) => syn::parse_quote!(#(#conditions)* pub use #(#path)::* as #name;),
        }
    }
}

pub(super) fn leaves(tree: &UseTree) -> Vec<Leaf<'_>> {
    fn add<'u>(tree: &'u UseTree, path: &[&'u Ident], found: &mut Vec<Leaf<'u>>) {
        let with = |name| [path, &[name]].concat();
        match tree {
            UseTree::Path(step) => add(&step.tree, &with(&step.ident), found),
            UseTree::Group(group) => group.items.iter().for_each(|tree| add(tree, path, found)),
            // `use some::module::{self}` is the module.
            UseTree::Name(name) if name.ident == "self" => {
                found.push(Leaf { path: path.to_vec(), name: path.last().copied() });
            }
            UseTree::Name(name) => found.push(Leaf { path: with(&name.ident), name: Some(&name.ident) }),
            UseTree::Rename(name) => found.push(Leaf { path: with(&name.ident), name: Some(&name.rename) }),
            UseTree::Glob(_) => found.push(Leaf { path: path.to_vec(), name: None }),
        }
    }
    let mut found = Vec::new();
    add(tree, &[], &mut found);
    found
}

/// How many `use` may be behind one another. A circle of them, as that of `use serde;`, leads to nothing of this crate.
const MOST_STEPS: usize = 16;

impl Crate {
    /// All that has this path in a module: a type and a function may have one name. Nothing, when it is another crate's.
    pub(super) fn resolve(&self, module: &str, path: &[&Ident]) -> Vec<Found> {
        self.steps(module, path, MOST_STEPS)
    }

    fn steps(&self, module: &str, path: &[&Ident], left: usize) -> Vec<Found> {
        let Some((first, rest)) = path.split_first() else { return vec![Found::Module(module.to_owned())] };
        if left == 0 {
            return Vec::new();
        }
        if *first == "crate" {
            return self.steps("", rest, left);
        }
        if *first == "self" {
            return self.steps(module, rest, left);
        }
        if *first == "super" {
            let outer = module.rsplit_once(MODULE_SEPARATOR).map_or("", |(outer, _)| outer);
            return self.steps(outer, rest, left);
        }
        let mut found = Vec::new();
        let mut behind_globs = Vec::new();
        for (index, item) in self.modules[module].items.iter().enumerate() {
            match item {
                Item::Use(item) => {
                    for leaf in leaves(&item.tree) {
                        match leaf.name {
                            Some(name) if name == *first => {
                                found.extend(self.steps(module, &[&leaf.path, rest].concat(), left - 1));
                            }
                            None => behind_globs.push(leaf.path),
                            Some(_) => {}
                        }
                    }
                }
                Item::Mod(item) if item.ident == **first => {
                    found.extend(self.steps(&join(module, first), rest, left));
                }
                Item::Mod(_) => {}
                item if rest.is_empty() && items::name(item) == Some(first) => {
                    found.push(Found::Item((module.to_owned(), index)));
                }
                _ => {}
            }
        }
        if found.is_empty() {
            found.extend(
                behind_globs.iter().flat_map(|glob| self.steps(module, &[glob, path].concat(), left - 1)),
            );
        }
        found
    }
}
