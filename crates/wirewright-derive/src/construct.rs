//! What makes a struct, and sets its members: `new`, `setters`, and the methods of a generated crate's calls.
//!
//! The macro sees a type as it is written: `Option`, `Vec`, `BTreeMap`, `Box`, `Secret`, `String` and `Document` are known by their
//! names.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, GenericArgument, PathArguments, Type, ext::IdentExt};

use crate::{
    ast::{Item, Member, MemberLocation, Setters, Structure},
    tokens::at,
};

/// How many arguments a constructor takes by position; more go in by name.
const POSITIONAL: usize = 4;

/// Methods of a call that members cannot be called as; nor as what begins with `with_`.
const OF_CALLS: [&str; 8] = [
    "paginate",
    "paginate_blocking",
    "send",
    "send_blocking",
    "send_for_rows",
    "send_for_rows_blocking",
    "send_rows",
    "send_rows_blocking",
];

/// The constructor and the setters that an item asks for.
pub(crate) fn expand(item: &Item<'_>, structure: &Structure<'_>) -> TokenStream {
    let ident = item.ident;
    let (generics, arguments, bounds) = item.generics.split_for_impl();
    let constructor = structure.new.then(|| constructor(item, structure));
    let (by_name, new) = constructor.unwrap_or_default();
    let optional = || structure.members.iter().filter(|member| !is_argument(member));
    let own = structure.setters == Setters::Own;
    let own = optional().filter(|_| own).map(|member| {
        let name = format_ident!("with_{}", member.ident.unraw());
        let place = member.ident;
        setter(member, &name, &quote!(self.#place), &quote!(#[must_use]))
    });
    let of_item = quote! {
        #by_name
        #[allow(deprecated, reason = "a deprecated member is still on the wire")]
        impl #generics #ident #arguments #bounds {
            #new
            #(#own)*
        }
    };
    let of_item =
        if structure.new || structure.setters == Setters::Own { of_item } else { TokenStream::new() };
    let (request, place) = match &structure.setters {
        Setters::Call(None) => (ident, TokenStream::new()),
        Setters::Call(Some(request)) => (request, quote!(.body)),
        Setters::None | Setters::Own => return of_item,
    };
    let runtime = &item.runtime;
    let of_call = optional().map(|member| {
        let (plain, field) = (member.ident.unraw().to_string(), member.ident);
        let name = if member.place == MemberLocation::Rest {
            format_ident!("with_{plain}")
        } else if OF_CALLS.contains(&&*plain) || plain.starts_with("with_") {
            format_ident!("set_{plain}")
        } else {
            field.clone()
        };
        setter(member, &name, &quote!(self.__request()#place.#field), &TokenStream::new())
    });
    let of_call: Vec<_> = of_call.collect();
    if of_call.is_empty() {
        return of_item;
    }
    quote! {
        #of_item
        #[allow(deprecated, reason = "a deprecated member is still on the wire")]
        impl<C: #runtime::client::AsClient> Call<C, #request> {
            #(#of_call)*
        }
    }
}

/// The structure of the arguments, where there are many, and the function.
fn constructor(item: &Item<'_>, structure: &Structure<'_>) -> (TokenStream, TokenStream) {
    let arguments: Vec<_> = structure.members.iter().filter(|member| is_argument(member)).collect();
    let others = structure.members.iter().filter(|member| !is_argument(member)).map(|member| member.ident);
    let others: Vec<_> = others.collect();
    if arguments.is_empty() {
        let new = quote! {
            /// With nothing in it.
            pub fn new() -> Self {
                Self { #(#others: ::core::default::Default::default()),* }
            }
        };
        return (TokenStream::new(), new);
    }
    let idents: Vec<_> = arguments.iter().map(|member| member.ident).collect();
    if arguments.len() > POSITIONAL {
        let name = format_ident!("{}Required", item.ident);
        let doc = format!("What [`{}`] cannot do without, by name.", item.ident);
        let types = arguments.iter().map(|member| given(member));
        let values = arguments.iter().map(|member| {
            let ident = member.ident;
            kept(member, &quote!(required.#ident))
        });
        let docs = arguments.iter().map(|member| docs(member));
        let by_name = quote! {
            #[doc = #doc]
            #[derive(Clone, Debug)]
            pub struct #name {
                #(#(#docs)* pub #idents: #types,)*
            }
        };
        let new = quote! {
            /// With what is required and nothing else.
            pub fn new(required: #name) -> Self {
                Self {
                    #(#idents: #values,)*
                    #(#others: ::core::default::Default::default()),*
                }
            }
        };
        return (by_name, new);
    }
    let inputs = arguments.iter().map(|member| {
        let input = Input::new(member.ident, given(member));
        (input.parameter, kept(member, &input.value))
    });
    let (parameters, values): (Vec<_>, Vec<_>) = inputs.unzip();
    let new = quote! {
        /// With what is required and nothing else.
        pub fn new(#(#idents: #parameters),*) -> Self {
            Self {
                #(#idents: #values,)*
                #(#others: ::core::default::Default::default()),*
            }
        }
    };
    (TokenStream::new(), new)
}

/// Whether a value cannot be made without this member.
fn is_argument(member: &Member<'_>) -> bool {
    let optional = ["Option", "Vec", "BTreeMap"].iter().any(|name| inside(member.ty, name).is_some());
    let required = member.list.as_ref().is_some_and(|list| list.required);
    member.argument
        || member.required_in_requests
        || required
        || !(optional || member.default || member.place == MemberLocation::Rest)
}

/// What a constructor takes for a member: what requests always have is there.
fn given<'t>(member: &Member<'t>) -> &'t Type {
    of_requests(member).unwrap_or(member.ty)
}

/// The member's value, of what the constructor has taken.
fn kept(member: &Member<'_>, value: &TokenStream) -> TokenStream {
    if of_requests(member).is_some() { quote!(::core::option::Option::Some(#value)) } else { value.clone() }
}

/// What is inside the `Option` of a member that requests always have.
fn of_requests<'t>(member: &Member<'t>) -> Option<&'t Type> {
    inside(member.ty, "Option").flatten().filter(|_| member.required_in_requests)
}

/// A method that sets a member.
fn setter(member: &Member<'_>, name: &Ident, place: &TokenStream, attribute: &TokenStream) -> TokenStream {
    let (docs, ident) = (docs(member), member.ident);
    if member.place == MemberLocation::Rest {
        let document = member.ty;
        return quote! {
            /// Adds one that the definition does not tell of, behind the others.
            #attribute
            pub fn #name(mut self, name: impl Into<::std::string::String>, value: impl Into<#document>) -> Self {
                #place.push(name, value);
                self
            }
        };
    }
    let optional = inside(member.ty, "Option").flatten();
    let Input { parameter, value } = Input::new(ident, optional.unwrap_or(member.ty));
    let value = if optional.is_some() { quote!(::core::option::Option::Some(#value)) } else { value };
    quote! {
        #(#docs)*
        #attribute
        pub fn #name(mut self, #ident: #parameter) -> Self {
            #place = #value;
            self
        }
    }
}

/// What is said of a member.
fn docs<'a>(member: &Member<'a>) -> Vec<&'a Attribute> {
    member.attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect()
}

/// A parameter of a function, and the member's value that it becomes.
struct Input {
    parameter: TokenStream,
    value: TokenStream,
}

impl Input {
    fn new(ident: &Ident, ty: &Type) -> Self {
        let span = at(ty);
        if let Some(Some(inner)) = inside(ty, "Box") {
            let value = quote_spanned!(span=> ::std::boxed::Box::new(#ident));
            return Self { parameter: inner.to_token_stream(), value };
        }
        let secret = inside(ty, "Secret").flatten();
        // The texts that callers write as literals.
        let text = ["String", "Document"].iter().any(|name| inside(secret.unwrap_or(ty), name).is_some());
        if text {
            let value = quote_spanned!(span=> ::core::convert::Into::into(#ident));
            return Self { parameter: quote!(impl ::core::convert::Into<#ty>), value };
        }
        Self { parameter: ty.to_token_stream(), value: ident.to_token_stream() }
    }
}

/// The argument of a type of this name, if it has one. `None`: the type has another name.
#[expect(clippy::option_option, reason = "of another name, or of this one without an argument")]
fn inside<'t>(ty: &'t Type, name: &str) -> Option<Option<&'t Type>> {
    let segment = match ty {
        Type::Path(path) => path.path.segments.last()?,
        Type::Group(group) => return inside(&group.elem, name),
        Type::Paren(paren) => return inside(&paren.elem, name),
        _ => return None,
    };
    if segment.ident != name {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return Some(None) };
    Some(match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    })
}
