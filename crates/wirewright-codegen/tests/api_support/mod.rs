//! The public interface of a crate, from its source: Rust without bodies, values, texts and whatever is private or hidden from the
//! documentation. An item of a private module is where users find it: where it is exported. Behind a type or a trait is what
//! it has been given or is implemented for, wherever in the crate that is written.
//!
//! It is read, not compiled, so that it is the same on every machine and takes no time. What only a compiler knows is not in it: which
//! types are `Send`, and what a derive of somebody else's writes.

mod items;
mod macros;
mod names;
pub(crate) mod released;
mod tree;

use std::collections::HashMap;

use syn::{Attribute, File, Ident, Item, ItemImpl, ItemUse, Type, parse_quote};

pub(crate) use self::tree::Crate;
use self::{
    items::{cfg, condition, implementation, is_hidden, is_public, public, rename},
    names::{Found, Leaf, leaves},
    tree::{Id, join},
};

impl Crate {
    /// As a file that can be printed.
    pub(crate) fn interface(&self) -> File {
        let mut places = Places { source: self, of: HashMap::new(), implementations: HashMap::new() };
        places.reach("", "");
        places.implement();
        let items = places.macros().chain(places.items("", "")).collect();
        File { shebang: None, frontmatter: None, attrs: Vec::new(), items }
    }
}

/// Where users find each item of the crate.
struct Places<'c> {
    source: &'c Crate,
    /// The path of the first place.
    of: HashMap<Id, String>,
    /// What a type has been given, and the types of other crates that have a trait.
    implementations: HashMap<Id, Vec<Item>>,
}

/// What is at a place.
enum Stands<'c> {
    /// An item of the crate, with the name under which it is exported and on which conditions.
    Item(Id, Option<&'c Ident>, Vec<Attribute>),
    /// A module of the crate: its path, its public name.
    Module(String, &'c Ident, Vec<Attribute>),
    /// What other crates have.
    Foreign(&'c ItemUse, Leaf<'c>),
}

impl<'c> Places<'c> {
    /// All that a module has for its users, in order.
    fn members(&self, module: &str) -> Vec<Stands<'c>> {
        let mut members = Vec::new();
        for (index, item) in self.source.modules[module].items.iter().enumerate() {
            match item {
                Item::Mod(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                    members.push(Stands::Module(join(module, &item.ident), &item.ident, cfg(&item.attrs)));
                }
                Item::Use(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                    for leaf in leaves(&item.tree) {
                        self.exported(module, item, leaf, &mut members);
                    }
                }
                // A macro is exported by the crate itself, wherever it is.
                Item::Mod(_) | Item::Use(_) | Item::Impl(_) | Item::Macro(_) => {}
                item if public(item).is_some() => {
                    members.push(Stands::Item((module.to_owned(), index), None, Vec::new()));
                }
                _ => {}
            }
        }
        members
    }

    /// What one name of a `pub use` is.
    fn exported(&self, module: &str, item: &'c ItemUse, leaf: Leaf<'c>, members: &mut Vec<Stands<'c>>) {
        let found = self.source.resolve(module, &leaf.path);
        if found.is_empty() {
            members.push(Stands::Foreign(item, leaf));
        } else if let Some(name) = leaf.name {
            members.extend(found.into_iter().filter_map(|found| match found {
                // A type, a function and a module may have one name, and not all of them be public.
                Found::Item(id) if public(self.source.item(&id)).is_none() => None,
                Found::Module(path) if !self.source.modules[&path].is_public => None,
                Found::Item(id) => Some(Stands::Item(id, Some(name), cfg(&item.attrs))),
                Found::Module(path) => Some(Stands::Module(path, name, cfg(&item.attrs))),
            }));
        } else {
            for found in found {
                if let Found::Module(path) = found {
                    members.extend(self.members(&path));
                }
            }
        }
    }

    fn name<'i>(&'i self, id: &Id, exported: Option<&'i Ident>) -> Option<&'i Ident> {
        exported.or_else(|| items::name(self.source.item(id)))
    }

    /// Notes for each item the first place at which a user finds it, from a module on that users find at `place`.
    fn reach(&mut self, module: &str, place: &str) {
        let members = self.members(module);
        // What a public module has itself comes before what is exported from elsewhere.
        for member in &members {
            if let Stands::Item(id, exported, _) = member {
                let Some(name) = self.name(id, *exported) else { continue };
                let found = join(place, name);
                self.of.entry(id.clone()).or_insert(found);
            }
        }
        for member in members {
            if let Stands::Module(path, name, _) = member {
                self.reach(&path, &join(place, name));
            }
        }
    }

    /// The macros that are exported, which all are in the crate itself.
    fn macros(&self) -> impl Iterator<Item = Item> {
        self.source.items().filter(|(_, item)| matches!(item, Item::Macro(_))).filter_map(|(module, item)| {
            let mut item = public(item)?;
            condition(&mut item, self.source.conditions(module));
            Some(item)
        })
    }

    /// A module as its users see it.
    fn items(&self, module: &str, place: &str) -> Vec<Item> {
        let mut shown = Vec::new();
        for member in self.members(module) {
            match member {
                Stands::Module(path, name, conditions) => {
                    let content = self.items(&path, &join(place, name));
                    // A page of documentation has none.
                    if !content.is_empty() {
                        shown.push(parse_quote!(#(#conditions)* pub mod #name { #(#content)* }));
                    }
                }
                Stands::Foreign(item, leaf) => shown.push(Item::Use(leaf.alone(item))),
                Stands::Item(id, exported, conditions) => {
                    let Some(name) = self.name(&id, exported) else { continue };
                    let here = join(place, name);
                    let first = &self.of[&id];
                    if *first == here {
                        let mut item = public(self.source.item(&id)).expect("it is public");
                        rename(&mut item, name);
                        condition(&mut item, conditions);
                        shown.push(item);
                        shown.extend(self.implementations.get(&id).into_iter().flatten().cloned());
                    } else {
                        let path: syn::Path = syn::parse_str(&format!("crate::{first}")).expect("a path");
                        shown.push(if path.segments.last().is_some_and(|last| last.ident == *name) {
                            parse_quote!(#(#conditions)* pub use #path;)
                        } else {
                            parse_quote!(#(#conditions)* pub use #path as #name;)
                        });
                    }
                }
            }
        }
        shown
    }

    /// Sorts all implementations by what they are shown with.
    fn implement(&mut self) {
        let source = self.source;
        for (module, item) in source.items() {
            let Item::Impl(item) = item else { continue };
            let (Some(with), Some(mut shown)) = (self.belongs(module, item), implementation(item)) else {
                continue;
            };
            let own = source.conditions(&with.0);
            shown.attrs.extend(source.conditions(module).into_iter().filter(|one| !own.contains(one)));
            self.implementations.entry(with).or_default().push(Item::Impl(shown));
        }
    }

    /// The item with which an implementation is shown; `None`: with none.
    fn belongs(&self, module: &str, item: &ItemImpl) -> Option<Id> {
        let local = |path: &syn::Path| {
            let path: Vec<&Ident> = path.segments.iter().map(|segment| &segment.ident).collect();
            self.source.resolve(module, &path).into_iter().find_map(|found| match found {
                Found::Item(id) => Some(id),
                Found::Module(_) => None,
            })
        };
        let of_type = |ty: &Type| match ty {
            Type::Path(ty) => local(&ty.path),
            _ => None,
        };
        let is_shown = |id: &Id| self.of.contains_key(id);
        let own = of_type(&item.self_ty);
        let Some((of_trait, _)) = &item.trait_ else { return own.filter(is_shown) };
        let local_trait = local(of_trait);
        if local_trait.as_ref().is_some_and(|id| !is_shown(id)) {
            return None;
        }
        if own.is_some() {
            return own.filter(is_shown);
        }
        // Of a type of another crate: with the trait, or with what the trait is about, as in `impl From<Ours> for Theirs`.
        local_trait.or_else(|| {
            let syn::PathArguments::AngleBracketed(arguments) = &of_trait.segments.last()?.arguments else {
                return None;
            };
            arguments.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Type(ty) => of_type(ty).filter(is_shown),
                _ => None,
            })
        })
    }
}
