//! What is written for a tagged union.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ast::{Item, Name, Union, Variant},
    enumeration::expected,
    header::Header,
    structure::secret,
    tokens::option,
};

/// The impls of an enum whose variants have payloads.
pub(crate) fn expand(item: &Item<'_>, union: &Union<'_>) -> TokenStream {
    let header = Header::new(item);
    let [to_wire, variant] = ["ToWire", "UnionValue"].map(|name| header.writing(name));
    let [from_wire, choice] = ["FromWire", "UnionSlot"].map(|name| header.reading(name));
    let input = header.input();

    let shape = shape(union);
    let empty = match (union.other, union.start(item.ident)) {
        (Some(other), _) => quote!(Self::#other(::core::convert::From::from(""), __wire::FromWire::empty())),
        (None, Some(start)) => made(start),
        (None, None) => TokenStream::new(),
    };
    let picks = union.variants.iter().map(|variant| {
        let (texts, made) = (variant.texts().map(|name| &name.text), made(variant));
        quote!(#(#texts)|* => #made,)
    });
    let unknown = match union.other {
        Some(other) => quote!(Self::#other(::core::convert::From::from(tag), __wire::FromWire::empty())),
        None => expected("one of", &union.variants),
    };
    let tags = union.variants.iter().map(|Variant { ident, payload, text, .. }| {
        let (pattern, text) = (payload.map(|_| quote!((..))), &text.text);
        quote!(Self::#ident #pattern => #text,)
    });
    let (full, bare): (Vec<_>, Vec<_>) = union.variants.iter().partition(|variant| variant.payload.is_some());
    let [full, bare] =
        [full, bare].map(|variants| variants.iter().map(|variant| variant.ident).collect::<Vec<_>>());
    let payloads = union.variants.iter().filter_map(|variant| variant.payload);
    let secrets: Vec<_> = payloads.map(|payload| secret(payload, item.ident)).collect();
    let other: Vec<_> = union.other.into_iter().collect();
    quote! {
        const SHAPE: &__wire::UnionShape = #shape;
        #to_wire {
            const SECRET: bool = false #(|| #secrets)*;
            fn value(&self) -> __wire::Value<'_> {
                __wire::Value::Union(self)
            }
        }
        #from_wire {
            const SLOT_KIND: __wire::SlotKind = __wire::SlotKind::Union(SHAPE);
            fn empty() -> Self {
                #empty
            }
            fn slot(&mut self) -> __wire::Slot<'_, #input> {
                __wire::Slot::Union(self)
            }
        }
        #choice {
            fn shape(&self) -> &'static __wire::UnionShape {
                SHAPE
            }
            fn clear(&mut self) {
                *self = __wire::FromWire::empty();
            }
            fn pick(&mut self, tag: &str) -> ::core::result::Result<__wire::Slot<'_, #input>, __wire::Expected> {
                *self = match tag {
                    #(#picks)*
                    _ => #unknown,
                };
                ::core::result::Result::Ok(match self {
                    #(Self::#full(payload) => __wire::FromWire::slot(payload),)*
                    #(Self::#bare => __wire::Slot::Ignore,)*
                    #(Self::#other(_, payload) => __wire::FromWire::slot(payload),)*
                })
            }
        }
        #variant {
            fn shape(&self) -> &'static __wire::UnionShape {
                SHAPE
            }
            fn tag(&self) -> &str {
                match self {
                    #(#tags)*
                    #(Self::#other(tag, _) => ::core::convert::AsRef::as_ref(tag),)*
                }
            }
            fn payload(&self) -> __wire::Value<'_> {
                match self {
                    #(Self::#full(payload) => __wire::ToWire::value(payload),)*
                    #(Self::#bare => __wire::Value::Absent,)*
                    #(Self::#other(_, payload) => __wire::ToWire::value(payload),)*
                }
            }
        }
    }
}

/// The variant with an empty payload.
fn made(variant: &Variant<'_>) -> TokenStream {
    let ident = variant.ident;
    let payload = variant.payload.map(|_| quote!((__wire::FromWire::empty())));
    quote!(Self::#ident #payload)
}

fn shape(union: &Union<'_>) -> TokenStream {
    let [tag, content] = [&union.tag, &union.content].map(|name| {
        option(
            name.as_ref()
                .map(|Name { text, .. }| quote!(__wire::Names { xml: #text, json: #text, query: #text })),
        )
    });
    let variants = union.variants.iter().flat_map(Variant::texts).map(|name| &name.text);
    let keeps_unknown = union.other.is_some();
    quote! {
        &__wire::UnionShape {
            tag: #tag,
            content: #content,
            variants: &[#(#variants),*],
            keeps_unknown: #keeps_unknown,
        }
    }
}
