//! What is written for a struct.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use crate::{
    ast::{Item, Member, Structure},
    header::Header,
    shape,
    tokens::at,
};

/// The impls of a struct with named fields.
pub(crate) fn expand(item: &Item<'_>, structure: &Structure<'_>) -> TokenStream {
    let header = Header::new(item);
    let [to_wire, message, record] = ["ToWire", "Message", "Record"].map(|name| header.writing(name));
    let [from_wire, fill] = ["FromWire", "Fill"].map(|name| header.reading(name));
    let input = header.input();
    let shape = shape::shape(structure);
    // Each call is at its member's type, so that the compiler points there when the type is not of the wire.
    let value = |member: &Member<'_>| {
        let ident = member.ident;
        quote_spanned!(at(member.ty)=> __wire::ToWire::value(&self.#ident))
    };
    let slot = |member: &Member<'_>| {
        let ident = member.ident;
        quote_spanned!(at(member.ty)=> __wire::FromWire::slot(&mut self.#ident))
    };
    let (values, slots) = (structure.inside().map(value), structure.inside().map(slot));
    let empties = structure.members.iter().map(|member| {
        let ident = member.ident;
        quote_spanned!(at(member.ty)=> #ident: __wire::FromWire::empty())
    });
    let beside = shape::beside(structure);
    let encode_beside = beside.iter().map(|shape| {
        let values = structure.beside().map(value);
        quote!(encoder.beside(const { #shape }, &[#(#values),*]);)
    });
    let decode_beside = beside.iter().map(|shape| {
        let slots = structure.beside().map(slot);
        quote!(?; decoder.beside(const { #shape }, &mut [#(#slots),*]))
    });
    quote! {
        #message {
            const SHAPE: &'static __wire::Shape = #shape;
        }
        #record {
            fn encode_fields(&self, encoder: &mut dyn __wire::Encoder) {
                encoder.record(<Self as __wire::Message>::SHAPE, &[#(#values),*]);
                #(#encode_beside)*
            }
        }
        #fill {
            fn decode_fields(&mut self, decoder: &mut dyn __wire::Decoder<#input>) -> ::core::result::Result<(), __wire::Aborted> {
                decoder.record(<Self as __wire::Message>::SHAPE, &mut [#(#slots),*])#(#decode_beside)*
            }
        }
        #to_wire {
            fn value(&self) -> __wire::Value<'_> {
                __wire::Value::Record(self)
            }
        }
        #from_wire {
            const SLOT_KIND: __wire::SlotKind = __wire::SlotKind::Record;
            fn empty() -> Self {
                Self { #(#empties),* }
            }
            fn slot(&mut self) -> __wire::Slot<'_, #input> {
                __wire::Slot::Record(self)
            }
        }
    }
}

/// The impls of a newtype, which is on the wire what it holds.
pub(crate) fn expand_newtype(item: &Item<'_>, payload: &Type) -> TokenStream {
    let header = Header::new(item);
    let (to_wire, from_wire, input) = (header.writing("ToWire"), header.reading("FromWire"), header.input());
    let span = at(payload);
    let optional = quote_spanned!(span=> <#payload as __wire::ToWire>::OPTIONAL);
    let secret = secret(payload, item.ident);
    let value = quote_spanned!(span=> __wire::ToWire::value(&self.0));
    let empty = quote_spanned!(span=> __wire::FromWire::empty());
    let slot = quote_spanned!(span=> __wire::FromWire::slot(&mut self.0));
    let kind = quote_spanned!(span=> <#payload as __wire::FromWire<#input>>::SLOT_KIND);
    quote! {
        #to_wire {
            const OPTIONAL: bool = #optional;
            const SECRET: bool = #secret;
            fn value(&self) -> __wire::Value<'_> {
                #value
            }
        }
        #from_wire {
            const SLOT_KIND: __wire::SlotKind = #kind;
            fn empty() -> Self {
                Self(#empty)
            }
            fn slot(&mut self) -> __wire::Slot<'_, #input> {
                #slot
            }
        }
    }
}

/// Whether a payload must not be seen. One that leads back to the type itself says nothing of that.
pub(crate) fn secret(payload: &Type, own: &Ident) -> TokenStream {
    fn names(tokens: TokenStream, ident: &dyn Fn(&Ident) -> bool) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(found) => ident(&found),
            TokenTree::Group(group) => names(group.stream(), ident),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    let tokens = || payload.to_token_stream();
    let leads_back = names(tokens(), &|found| found == own || found == "Self" || found == "Box");
    if leads_back && !names(tokens(), &|found| found == "Secret") {
        return quote!(false);
    }
    quote_spanned!(at(payload)=> <#payload as __wire::ToWire>::SECRET)
}
