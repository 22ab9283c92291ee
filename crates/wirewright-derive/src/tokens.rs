//! Pieces of source text that every form of item is written with.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Type, spanned::Spanned};

/// The place of a type in the source, with the hygiene of what is written here.
pub(crate) fn at(ty: &Type) -> Span {
    Span::call_site().located_at(ty.span())
}

/// An `Option` as source text, whatever `Some` and `None` mean where it is put.
pub(crate) fn option(value: Option<impl ToTokens>) -> TokenStream {
    let none = || quote!(::core::option::Option::None);
    value.map_or_else(none, |value| quote!(::core::option::Option::Some(#value)))
}
