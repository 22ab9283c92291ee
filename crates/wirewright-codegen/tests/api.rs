//! The public interface of each vendor's crate, as a snapshot beside its definition: what breaks its users shows in review.
//!
//! It is read from what the generator writes, and printed as Rust without bodies, values, texts and whatever is private. What a
//! private module has and the crate's root exports stands where users find it: at the root.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{
    Attribute, Fields, File, FnArg, ImplItem, Item, ItemImpl, ItemMod, ItemUse, Type, UseTree, Visibility,
    parse_quote,
};
use wirewright_codegen::{emit, load};

#[test]
fn public_interfaces() {
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs");
    let folders = fs::read_dir(&definitions).unwrap().map(|entry| entry.unwrap().path());
    let mut vendors = 0;
    for folder in folders.filter(|path| path.is_dir()) {
        let vendor = load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        let modules = emit::files(&vendor).into_iter().filter_map(|file| {
            let path = file.path.strip_prefix("src/")?.strip_suffix(".rs")?;
            let path = path.strip_suffix("/mod").unwrap_or(path).to_owned();
            Some((path, syn::parse_file(&file.text).unwrap()))
        });
        let interface = Crate { modules: modules.collect() }.interface();
        insta::with_settings!({
            snapshot_path => folder.join("snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("api", prettyplease::unparse(&interface));
        });
        vendors += 1;
    }
    assert!(vendors > 0, "no vendor in {}", definitions.display());
}

/// The files of a crate, by the path of their module: `lib`, `auth/logout`.
struct Crate {
    modules: BTreeMap<String, File>,
}

impl Crate {
    fn interface(&self) -> File {
        let mut exports = Vec::new();
        let mut items = Vec::new();
        for item in &self.modules["lib"].items {
            match item {
                Item::Use(item) if is_public(&item.vis) => match own(item) {
                    Some(tree) => names(tree, "", &mut exports),
                    None => items.push(Item::Use(item.clone())),
                },
                Item::Mod(item) if is_public(&item.vis) => items.extend(self.module(item, "")),
                other => items.extend(public(other.clone())),
            }
        }
        for (path, file) in &self.modules {
            let exported =
                |name: &str| exports.iter().any(|(module, export)| module == path && export == name);
            let shown = file.items.iter().filter(|item| name(item).is_some_and(|name| exported(&name)));
            items.extend(shown.cloned().filter_map(public));
        }
        File { shebang: None, frontmatter: None, attrs: Vec::new(), items }
    }

    /// A module with what is public in its file; `None` when that is nothing, as in a page of documentation.
    fn module(&self, item: &ItemMod, parent: &str) -> Option<Item> {
        let name = item.ident.to_string();
        let path = format!("{parent}{}", name.trim_start_matches("r#"));
        let inner = self.modules[&path].items.iter().filter_map(|inner| match inner {
            Item::Mod(inner) => {
                is_public(&inner.vis).then(|| self.module(inner, &format!("{path}/"))).flatten()
            }
            other => public(other.clone()),
        });
        let content: Vec<Item> = inner.collect();
        let ident = &item.ident;
        (!content.is_empty()).then(|| parse_quote!(pub mod #ident { #(#content)* }))
    }
}

/// What is behind `pub use self::`.
fn own(item: &ItemUse) -> Option<&UseTree> {
    match &item.tree {
        UseTree::Path(path) if path.ident == "self" => Some(&path.tree),
        _ => None,
    }
}

/// The names of a `use`, each with its module.
fn names(tree: &UseTree, module: &str, found: &mut Vec<(String, String)>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, &path.ident.to_string(), found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, module, found)),
        UseTree::Name(name) => found.push((module.to_owned(), name.ident.to_string())),
        other => panic!("an export that this test does not know: {other:?}"),
    }
}

/// What an item is called, or what an implementation is of.
fn name(item: &Item) -> Option<String> {
    Some(match item {
        Item::Struct(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Impl(item) => match &*item.self_ty {
            Type::Path(path) => path.path.segments.last()?.ident.to_string(),
            _ => return None,
        },
        _ => return None,
    })
}

/// An item as its users see it; `None` when they do not.
fn public(mut item: Item) -> Option<Item> {
    match &mut item {
        Item::Struct(item) if is_public(&item.vis) => {
            keep(&mut item.attrs);
            fields(&mut item.fields);
        }
        Item::Enum(item) if is_public(&item.vis) => {
            keep(&mut item.attrs);
            for variant in &mut item.variants {
                keep(&mut variant.attrs);
                variant.fields.iter_mut().for_each(|field| keep(&mut field.attrs));
            }
        }
        Item::Static(item) if is_public(&item.vis) => {
            keep(&mut item.attrs);
            item.expr = parse_quote!(_);
        }
        Item::Type(item) if is_public(&item.vis) => keep(&mut item.attrs),
        Item::Trait(item) if is_public(&item.vis) => {
            keep(&mut item.attrs);
            for inner in &mut item.items {
                if let syn::TraitItem::Fn(inner) = inner {
                    keep(&mut inner.attrs);
                    inner.default = inner.default.take().map(|_| parse_quote!({}));
                }
            }
        }
        Item::Fn(item) if is_public(&item.vis) => {
            keep(&mut item.attrs);
            item.block = parse_quote!({});
        }
        Item::Use(item) if is_public(&item.vis) => {}
        Item::Impl(item) => return implementation(item).then(|| Item::Impl(item.clone())),
        _ => return None,
    }
    Some(item)
}

/// Of a type its public functions; of a trait what it is implemented with, and not how. Whether anything is left.
fn implementation(item: &mut ItemImpl) -> bool {
    let is_trait = item.trait_.is_some();
    keep(&mut item.attrs);
    item.items.retain_mut(|inner| match inner {
        ImplItem::Fn(inner) => {
            keep(&mut inner.attrs);
            inner.block = parse_quote!({});
            // Whether a function changes what it was given is its own affair.
            if let Some(FnArg::Receiver(receiver)) = inner.sig.inputs.first_mut() {
                receiver.mutability = None;
            }
            !is_trait && is_public(&inner.vis)
        }
        ImplItem::Const(inner) => {
            inner.expr = parse_quote!(_);
            is_trait || is_public(&inner.vis)
        }
        _ => is_trait,
    });
    is_trait || !item.items.is_empty()
}

/// Texts and the wire's names are for other snapshots.
fn keep(attributes: &mut Vec<Attribute>) {
    attributes.retain(|one| {
        ["derive", "non_exhaustive", "deprecated"].iter().any(|name| one.path().is_ident(name))
    });
}

/// The public fields of a structure.
fn fields(fields: &mut Fields) {
    if let Fields::Named(named) = fields {
        named.named =
            std::mem::take(&mut named.named).into_iter().filter(|field| is_public(&field.vis)).collect();
    }
    fields.iter_mut().for_each(|field| keep(&mut field.attrs));
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
