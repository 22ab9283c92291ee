//! An item as its users see it.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{
    Attribute, Fields, FnArg, Ident, ImplItem, Item, ItemImpl, Pat, Signature, TraitItem, Visibility,
    parse_quote,
};

/// What an item is called, that can be exported under another name.
pub(super) fn name(item: &Item) -> Option<&Ident> {
    Some(match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    })
}

fn name_mut(item: &mut Item) -> Option<&mut Ident> {
    Some(match item {
        Item::Const(item) => &mut item.ident,
        Item::Enum(item) => &mut item.ident,
        Item::Fn(item) => &mut item.sig.ident,
        Item::Static(item) => &mut item.ident,
        Item::Struct(item) => &mut item.ident,
        Item::Trait(item) => &mut item.ident,
        Item::Type(item) => &mut item.ident,
        _ => return None,
    })
}

fn attributes_mut(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        _ => return None,
    })
}

/// Gives an item the name under which it is exported.
pub(super) fn rename(item: &mut Item, name: &Ident) {
    if let Some(ident) = name_mut(item) {
        ident.clone_from(name);
    }
}

/// Adds what the item's place depends on.
pub(super) fn condition(item: &mut Item, conditions: Vec<Attribute>) {
    if let Some(attributes) = attributes_mut(item) {
        let further: Vec<_> = conditions.into_iter().filter(|one| !attributes.contains(one)).collect();
        attributes.splice(..0, further);
    }
}

/// `None` when users do not see it.
pub(super) fn public(item: &Item) -> Option<Item> {
    let is_seen = match item {
        Item::Const(item) => is_public(&item.vis),
        Item::Enum(item) => is_public(&item.vis),
        Item::Fn(item) => is_public(&item.vis),
        Item::Macro(item) => item.attrs.iter().any(is_export),
        Item::Static(item) => is_public(&item.vis),
        Item::Struct(item) => is_public(&item.vis),
        Item::Trait(item) => is_public(&item.vis),
        Item::Type(item) => is_public(&item.vis),
        _ => false,
    };
    let mut item = item.clone();
    let attributes = attributes_mut(&mut item).filter(|_| is_seen)?;
    if is_hidden(attributes) {
        return None;
    }
    keep(attributes);
    match &mut item {
        Item::Const(item) => item.expr = parse_quote!(_),
        Item::Enum(item) => {
            for variant in &mut item.variants {
                keep(&mut variant.attrs);
                variant.fields.iter_mut().for_each(|field| keep(&mut field.attrs));
            }
        }
        Item::Fn(item) => {
            signature(&mut item.sig);
            item.block = parse_quote!({});
        }
        Item::Macro(item) => item.mac.tokens = rules(item.mac.tokens.clone()),
        Item::Static(item) => item.expr = parse_quote!(_),
        Item::Struct(item) => fields(&mut item.fields),
        Item::Trait(item) => item.items.retain_mut(of_trait),
        _ => {}
    }
    Some(item)
}

/// Whether a function changes what it was given is its own affair.
fn signature(signature: &mut Signature) {
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => receiver.mutability = None,
            FnArg::Typed(input) => {
                if let Pat::Ident(name) = &mut *input.pat {
                    name.mutability = None;
                }
            }
        }
    }
}

/// What a macro takes; what it makes is its own affair.
fn rules(tokens: TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut rules = TokenStream::new();
    while let Some(takes) = tokens.next() {
        // `=>` is two tokens, a body follows it, and perhaps a semicolon.
        tokens.by_ref().nth(2);
        tokens.next_if(|token| matches!(token, TokenTree::Punct(_)));
        rules.extend(quote!(#takes => {};));
    }
    rules
}

/// Whether users see it.
fn of_trait(item: &mut TraitItem) -> bool {
    let attributes = match item {
        TraitItem::Const(item) => &mut item.attrs,
        TraitItem::Fn(item) => {
            signature(&mut item.sig);
            item.default = item.default.take().map(|_| parse_quote!({}));
            &mut item.attrs
        }
        TraitItem::Type(item) => &mut item.attrs,
        _ => return true,
    };
    let is_seen = !is_hidden(attributes);
    keep(attributes);
    is_seen
}

/// Of a type its public functions; of a trait what it is implemented with, and not how. `None` when nothing is left.
pub(super) fn implementation(item: &ItemImpl) -> Option<ItemImpl> {
    let mut item = item.clone();
    let is_trait = item.trait_.is_some();
    if is_hidden(&item.attrs) {
        return None;
    }
    keep(&mut item.attrs);
    item.items.retain_mut(|inner| match inner {
        ImplItem::Fn(inner) => {
            let is_seen = !is_trait && is_public(&inner.vis) && !is_hidden(&inner.attrs);
            keep(&mut inner.attrs);
            inner.block = parse_quote!({});
            signature(&mut inner.sig);
            is_seen
        }
        ImplItem::Const(inner) => {
            let is_seen = is_trait || (is_public(&inner.vis) && !is_hidden(&inner.attrs));
            keep(&mut inner.attrs);
            inner.expr = parse_quote!(_);
            is_seen
        }
        _ => is_trait,
    });
    (is_trait || !item.items.is_empty()).then_some(item)
}

/// The public fields of a structure. Of one that has no names each place counts.
fn fields(fields: &mut Fields) {
    match fields {
        Fields::Named(named) => {
            named.named = std::mem::take(&mut named.named)
                .into_iter()
                .filter(|field| is_public(&field.vis) && !is_hidden(&field.attrs))
                .collect();
        }
        Fields::Unnamed(unnamed) => {
            for field in unnamed.unnamed.iter_mut().filter(|field| !is_public(&field.vis)) {
                field.vis = Visibility::Inherited;
                field.ty = parse_quote!(_);
            }
        }
        Fields::Unit => {}
    }
    fields.iter_mut().for_each(|field| keep(&mut field.attrs));
}

/// Texts and the wire's names are for other snapshots.
fn keep(attributes: &mut Vec<Attribute>) {
    attributes.retain(is_kept);
}

fn is_export(attribute: &Attribute) -> bool {
    attribute.path().is_ident("macro_export")
}

fn is_kept(attribute: &Attribute) -> bool {
    ["cfg", "derive", "deprecated", "macro_export", "non_exhaustive", "proc_macro_derive"]
        .iter()
        .any(|name| attribute.path().is_ident(name))
}

/// The conditions among the attributes.
pub(super) fn cfg(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|one| one.path().is_ident("cfg")).cloned().collect()
}

pub(super) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.contains(&parse_quote!(#[doc(hidden)]))
}

pub(super) fn is_for_tests(item: &Item) -> bool {
    let attributes = match item {
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        _ => return false,
    };
    attributes.contains(&parse_quote!(#[cfg(test)]))
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
