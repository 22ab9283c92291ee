//! The heads of the impl blocks: generic parameters, their bounds, the lifetime of what is read.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericParam, Lifetime, punctuated::Punctuated};

use crate::ast::Item;

/// Writes the heads of an item's impl blocks.
pub(crate) struct Header<'a> {
    item: &'a Item<'a>,
    own_lifetime: Option<&'a Lifetime>,
}

impl<'a> Header<'a> {
    pub(crate) fn new(item: &'a Item<'a>) -> Self {
        Self { item, own_lifetime: item.generics.lifetimes().next().map(|parameter| &parameter.lifetime) }
    }

    /// The lifetime of what is read: the type's own, when it borrows.
    pub(crate) fn input(&self) -> Lifetime {
        self.own_lifetime.cloned().unwrap_or_else(|| Lifetime::new("'__de", Span::call_site()))
    }

    /// `impl Trait for Type where T: ToWire`.
    pub(crate) fn writing(&self, name: &str) -> TokenStream {
        let name = format_ident!("{name}");
        self.head(None, &quote!(__wire::#name), &quote!(__wire::ToWire))
    }

    /// `impl<'de> Trait<'de> for Type where T: FromWire<'de>`.
    pub(crate) fn reading(&self, name: &str) -> TokenStream {
        let (name, input) = (format_ident!("{name}"), self.input());
        let added = self.own_lifetime.is_none().then_some(&input);
        self.head(added, &quote!(__wire::#name<#input>), &quote!(__wire::FromWire<#input>))
    }

    fn head(&self, added: Option<&Lifetime>, of: &TokenStream, bound: &TokenStream) -> TokenStream {
        let (ident, generics) = (self.item.ident, self.item.generics);
        if generics.params.is_empty() && added.is_none() && generics.where_clause.is_none() {
            return quote!(#[automatically_derived] impl #of for #ident);
        }
        let added = added.into_iter();
        let parameters = generics.params.iter().map(|parameter| match parameter {
            GenericParam::Lifetime(lifetime) => quote!(#lifetime),
            GenericParam::Type(ty) => {
                let (ident, colon, bounds) = (&ty.ident, &ty.colon_token, &ty.bounds);
                quote!(#ident #colon #bounds)
            }
            GenericParam::Const(constant) => {
                let (ident, ty) = (&constant.ident, &constant.ty);
                quote!(const #ident: #ty)
            }
        });
        let (_, arguments, _) = generics.split_for_impl();
        let written = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        let types: Punctuated<&Ident, syn::Token![,]> = generics.type_params().map(|ty| &ty.ident).collect();
        let types = types.iter();
        quote! {
            #[automatically_derived]
            impl<#(#added,)* #(#parameters,)*> #of for #ident #arguments
            where #(#written,)* #(#types: #bound,)*
        }
    }
}
