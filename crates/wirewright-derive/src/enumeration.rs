//! What is written for an enum of texts.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    ast::{Item, Name, Texts, Variant},
    header::Header,
    text::enumerate,
};

/// The impls of an enum whose variants are texts.
pub(crate) fn expand(item: &Item<'_>, texts: &Texts<'_>) -> TokenStream {
    let header = Header::new(item);
    let [to_wire, from_text, to_text] = ["ToWire", "FromText", "ToText"].map(|name| header.writing(name));
    let (from_wire, input) = (header.reading("FromWire"), header.input());

    let (idents, own): (Vec<_>, Vec<_>) =
        texts.variants.iter().map(|variant| (variant.ident, &variant.text.text)).unzip();
    let other = texts.other.into_iter();
    let text = quote! {
        match self {
            #(Self::#idents => #own,)*
            #(Self::#other(text) => ::core::convert::AsRef::<str>::as_ref(text),)*
        }
    };
    let value = if texts.number { number(texts) } else { quote!(__wire::Value::Str(#text)) };
    let empty = match (texts.other, texts.variants.first()) {
        (Some(other), _) => quote!(Self::#other(::core::convert::From::from(""))),
        (None, Some(Variant { ident, .. })) => quote!(Self::#ident),
        (None, None) => TokenStream::new(),
    };
    let arms = texts.variants.iter().map(|variant| {
        let (ident, texts) = (variant.ident, variant.texts().map(|name| &name.text));
        quote!(#(#texts)|* => Self::#ident,)
    });
    let unknown = match texts.other {
        Some(other) => quote!(Self::#other(::core::convert::From::from(text))),
        None => expected("one of", &texts.variants),
    };
    quote! {
        #to_wire {
            fn value(&self) -> __wire::Value<'_> {
                #value
            }
        }
        #from_wire {
            fn empty() -> Self {
                #empty
            }
            fn slot(&mut self) -> __wire::Slot<'_, #input> {
                __wire::Slot::Text(self)
            }
        }
        #from_text {
            fn set(&mut self, text: &str) -> ::core::result::Result<(), __wire::Expected> {
                *self = match text.trim() {
                    #(#arms)*
                    _ => #unknown,
                };
                ::core::result::Result::Ok(())
            }
            fn clear(&mut self) {
                *self = __wire::FromWire::empty();
            }
            fn samples(&self) -> &'static [&'static str] {
                &[#(#own),*]
            }
        }
        #to_text {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(#text)
            }
        }
    }
}

/// Integers are written as such; an unknown text too, when it is an integer as this project writes them.
fn number(texts: &Texts<'_>) -> TokenStream {
    let known = texts.variants.iter().map(|variant| {
        let number = Literal::i64_unsuffixed(variant.text.text.parse().unwrap_or_default());
        let ident = variant.ident;
        quote!(Self::#ident => __wire::Value::I64(#number),)
    });
    let other = texts.other.into_iter();
    quote! {
        match self {
            #(#known)*
            #(Self::#other(text) => {
                let text: &str = ::core::convert::AsRef::as_ref(text);
                let digits = text.strip_prefix('-').unwrap_or(text);
                match text.parse() {
                    ::core::result::Result::Ok(number)
                        if text == "0" || digits.starts_with(|digit| ('1'..='9').contains(&digit)) =>
                    {
                        __wire::Value::I64(number)
                    }
                    _ => __wire::Value::Str(text),
                }
            })*
        }
    }
}

/// Leaves with an error that lists what is known.
pub(crate) fn expected(what: &str, variants: &[Variant<'_>]) -> TokenStream {
    let quoted: Vec<_> =
        variants.iter().flat_map(Variant::texts).map(|Name { text, .. }| format!("\"{text}\"")).collect();
    let quoted: Vec<_> = quoted.iter().map(String::as_str).collect();
    let what = match quoted.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("{what} {}", enumerate(several, "or")),
    };
    quote!(return ::core::result::Result::Err(__wire::Expected::new(#what)))
}
