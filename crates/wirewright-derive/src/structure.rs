//! What is written for a struct.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Type, spanned::Spanned};

use crate::{
    ast::{Item, ListForm, MapForm, Member, Name, Place, Structure},
    header::Header,
};

/// The impls of a struct with named fields.
pub(crate) fn expand(item: &Item<'_>, structure: &Structure<'_>) -> TokenStream {
    let header = Header::new(item);
    let [to_wire, message, record] = ["ToWire", "Message", "Record"].map(|name| header.writing(name));
    let [from_wire, fill] = ["FromWire", "Fill"].map(|name| header.reading(name));
    let (input, runtime) = (header.input(), &item.runtime);
    let shape = shape(structure);
    // Each call stands at its member's type, so that the compiler points there when the type is not of the wire.
    let each = |call: fn(&Member<'_>, Span) -> TokenStream| -> Vec<TokenStream> {
        structure.members.iter().map(|member| call(member, at(member.ty))).collect()
    };
    let values = each(|member, span| {
        let ident = member.ident;
        quote_spanned!(span=> __wire::ToWire::value(&self.#ident))
    });
    let empties = each(|member, span| {
        let ident = member.ident;
        quote_spanned!(span=> #ident: __wire::FromWire::empty())
    });
    let slots = each(|member, span| {
        let ident = member.ident;
        quote_spanned!(span=> __wire::FromWire::slot(&mut self.#ident))
    });
    quote! {
        use #runtime::DecodeError as __DecodeError;
        #message {
            const SHAPE: &'static __wire::Shape = #shape;
        }
        #record {
            fn put(&self, encoder: &mut dyn __wire::Encoder) {
                encoder.record(<Self as __wire::Message>::SHAPE, &[#(#values),*]);
            }
        }
        #fill {
            fn fill(&mut self, decoder: &mut dyn __wire::Decoder<#input>) -> ::core::result::Result<(), __DecodeError> {
                decoder.record(<Self as __wire::Message>::SHAPE, &mut [#(#slots),*])
            }
            fn clear(&mut self) {
                *self = __wire::FromWire::empty();
            }
        }
        #to_wire {
            fn value(&self) -> __wire::Value<'_> {
                __wire::Value::Record(self)
            }
        }
        #from_wire {
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
    let value = quote_spanned!(span=> __wire::ToWire::value(&self.0));
    let empty = quote_spanned!(span=> __wire::FromWire::empty());
    let slot = quote_spanned!(span=> __wire::FromWire::slot(&mut self.0));
    quote! {
        #to_wire {
            const OPTIONAL: bool = #optional;
            fn value(&self) -> __wire::Value<'_> {
                #value
            }
        }
        #from_wire {
            fn empty() -> Self {
                Self(#empty)
            }
            fn slot(&mut self) -> __wire::Slot<'_, #input> {
                #slot
            }
        }
    }
}

/// The place of a type in the source, with the hygiene of what is written here.
fn at(ty: &Type) -> Span {
    Span::call_site().located_at(ty.span())
}

fn shape(structure: &Structure<'_>) -> TokenStream {
    let root = &structure.root.text;
    let json_root = option(structure.json_root.as_ref().map(|name| &name.text));
    let namespace = option(structure.namespace.as_ref().map(|name| &name.text));
    let members = structure.members.iter().map(member);
    quote! {
        &__wire::Shape {
            root: #root,
            json_root: #json_root,
            namespace: #namespace,
            members: &[#(#members),*],
        }
    }
}

/// Only what differs from a plain element is written.
fn member(member: &Member<'_>) -> TokenStream {
    let mut said = TokenStream::new();
    let ty = member.ty;
    let mut say = |tokens: TokenStream| said.extend(tokens);
    if member.may_be_missing {
        say(quote!(required: false,));
    } else {
        let optional = quote_spanned!(at(ty)=> <#ty as __wire::ToWire>::OPTIONAL);
        say(quote!(required: !#optional,));
    }
    let [xml, json, query] = [&member.xml, &member.json, &member.query].map(|name| &name.text);
    if xml != json || xml != query {
        say(quote!(names: __wire::Names { xml: #xml, json: #json, query: #query },));
    }
    match member.place {
        Place::Element => {}
        Place::Attribute => say(quote!(place: __wire::Place::Attribute,)),
        Place::Text => say(quote!(place: __wire::Place::Text,)),
        Place::Flatten => say(quote!(place: __wire::Place::Flatten,)),
    }
    if member.empty_is_absent {
        say(quote!(empty_is_absent: true,));
    }
    if let Some(boolean) = &member.boolean {
        let (yes, no) = (&boolean.yes, option(boolean.no.as_ref()));
        let boolean = option(Some(quote!(&__wire::Booleans { yes: #yes, no: #no })));
        say(quote!(boolean: #boolean,));
    }
    if let Some(list) = &member.list {
        let list = list_form(list);
        say(quote!(list: #list,));
    }
    match &member.map {
        Some(MapForm::Entries { entry, key, value }) => {
            let (entry, key, value) = (option(entry.as_ref().map(|name| &name.text)), &key.text, &value.text);
            say(quote!(map: __wire::MapForm { entry: #entry, key: #key, value: #value },));
        }
        // The entries of a flattened map are members: they are named by their keys.
        None if member.place != Place::Flatten => {}
        Some(MapForm::Keyed) | None => say(quote!(map: __wire::MapForm::KEYED,)),
    }
    quote!(__wire::Member { #said ..__wire::Member::named(#xml) })
}

fn list_form(list: &ListForm) -> TokenStream {
    let item = option(list.item.as_ref().map(|name: &Name| &name.text));
    let joined = option(list.joined.as_ref());
    let numbered = option(
        list.numbered
            .as_ref()
            .map(|(infix, first)| quote!(__wire::Numbered { infix: #infix, first: #first })),
    );
    quote!(__wire::ListForm { item: #item, joined: #joined, numbered: #numbered })
}

/// An `Option` as source text, whatever `Some` and `None` mean where it is put.
pub(crate) fn option(value: Option<impl ToTokens>) -> TokenStream {
    let none = || quote!(::core::option::Option::None);
    value.map_or_else(none, |value| quote!(::core::option::Option::Some(#value)))
}
