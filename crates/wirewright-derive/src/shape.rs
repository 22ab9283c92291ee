//! The description of a struct as data: one text with every literal of the type, and a table that points into it.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use crate::{
    ast::{Booleans, ListForm, MapForm, Member, MemberLocation, Numbered, Structure},
    text::{form_encoded, json_escaped},
    tokens::{at, option},
};

/// The `Shape` of what is in documents as source text.
pub(crate) fn shape(structure: &Structure<'_>) -> TokenStream {
    let namespace = option(structure.namespace.as_ref().map(|name| &name.text));
    let json_root = option(structure.json_root.as_ref().map(|name| &name.text));
    written(&structure.root.text, &json_root, &namespace, &structure.inside().collect::<Vec<_>>())
}

/// The `Shape` of what is in no document; `None`: nothing is.
pub(crate) fn beside(structure: &Structure<'_>) -> Option<TokenStream> {
    let members: Vec<_> = structure.beside().collect();
    let none = option(None::<TokenStream>);
    (!members.is_empty()).then(|| written(&structure.root.text, &none, &none, &members))
}

fn written(root: &str, json_root: &TokenStream, namespace: &TokenStream, of: &[&Member<'_>]) -> TokenStream {
    let mut literals = String::new();
    let elements: Vec<usize> = of
        .iter()
        .map(|member| put(&mut literals, &["<", &member.xml.text, "></", &member.xml.text, ">"]))
        .collect();
    let members: Vec<TokenStream> = of
        .iter()
        .zip(elements)
        .map(|(member, element)| self::member(member, element, &mut literals))
        .collect();
    let any = |is: &dyn Fn(&Member<'_>) -> bool| of.iter().any(|member| is(member));
    let has = |place| any(&|member| member.place == place);
    let varies = any(&|member| !member.flat_in.is_empty() || !member.only_in.is_empty());
    let places = [
        (has(MemberLocation::Attribute), quote!(__wire::Shape::ATTRIBUTES)),
        (has(MemberLocation::Text), quote!(__wire::Shape::TEXT)),
        (has(MemberLocation::Flatten) || varies, quote!(__wire::Shape::FLATTENED)),
        (varies, quote!(__wire::Shape::VARYING)),
        (has(MemberLocation::Rest), quote!(__wire::Shape::REST)),
        (any(&|member| member.namespace.is_some()), quote!(__wire::Shape::NAMESPACES)),
        (any(&|member| member.whole), quote!(__wire::Shape::WHOLE)),
    ];
    let places = places.into_iter().filter(|(there, _)| *there).map(|(_, bit)| bit);
    let places = places.reduce(|all, bit| quote!(#all | #bit)).unwrap_or_else(|| quote!(0));
    quote! {
        &__wire::Shape {
            root: #root,
            json_root: #json_root,
            namespace: #namespace,
            literals: ::core::concat!(#literals, __wire::padding!()),
            members: &[#(#members),*],
            places: #places,
        }
    }
}

/// Appends a literal and says where it starts.
fn put(literals: &mut String, parts: &[&str]) -> usize {
    let start = literals.len();
    literals.extend(parts.iter().copied());
    start
}

/// A row of the table; `element` is where its part for XML starts.
fn member(member: &Member<'_>, element: usize, literals: &mut String) -> TokenStream {
    let (json, query) = (json_escaped(&member.json.text), form_encoded(&member.query.text));
    let json_at = put(literals, &["\",\"", &json, "\":\""]);
    let query_at = put(literals, &["&", &query, "="]);
    let at_ = [element, json_at, query_at].map(Literal::usize_unsuffixed);
    let length = [member.xml.text.len(), json.len(), query.len()].map(Literal::usize_unsuffixed);
    let place = match member.place {
        MemberLocation::Element => quote!(Element),
        MemberLocation::Attribute => quote!(Attribute),
        MemberLocation::Text => quote!(Text),
        MemberLocation::Flatten => quote!(Flatten),
        MemberLocation::Rest => quote!(Rest),
    };
    let ty = member.ty;
    let forced = member.required || member.list.as_ref().is_some_and(|list| list.required);
    let required = if forced {
        quote!(true)
    } else if member.may_be_missing {
        quote!(false)
    } else {
        let optional = quote_spanned!(at(ty)=> <#ty as __wire::ToWire>::OPTIONAL);
        quote!(!#optional)
    };
    let secret = quote_spanned!(at(ty)=> <#ty as __wire::ToWire>::SECRET);
    let plain = json == member.json.text
        && query.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'*'));
    let details = details(member, plain);
    if let (None, MemberLocation::Element) = (&details, &member.place)
        && !forced
        && !member.may_be_missing
    {
        // Most are so, and a call is much less for the compiler to look at than a literal.
        return quote_spanned!(at(ty)=> __wire::MemberData::of::<#ty>([#(#at_),*], [#(#length),*]));
    }
    let details = option(details);
    quote! {
        __wire::MemberData {
            at: [#(#at_),*],
            length: [#(#length),*],
            place: __wire::MemberLocation::#place,
            required: #required,
            secret: #secret,
            details: #details,
        }
    }
}

/// What is not usual about a member, if anything is.
fn details(member: &Member<'_>, plain: bool) -> Option<TokenStream> {
    let mut said = TokenStream::new();
    let mut say = |tokens: TokenStream| said.extend(tokens);
    if !plain {
        let [xml, json, query] = [&member.xml, &member.json, &member.query].map(|name| &name.text);
        let names = option(Some(quote!(__wire::Names { xml: #xml, json: #json, query: #query })));
        say(quote!(names: #names,));
    }
    if !member.also.is_empty() {
        let also = member.also.iter().map(|name| &name.text);
        say(quote!(also: &[#(#also),*],));
    }
    if let Some(namespace) = &member.namespace {
        let namespace = option(Some(&namespace.text));
        say(quote!(namespace: #namespace,));
    }
    if member.whole {
        say(quote!(whole: true,));
    }
    if !member.flat_in.is_empty() {
        let formats = formats(&member.flat_in);
        say(quote!(flat_in: #formats,));
    }
    if !member.only_in.is_empty() {
        let formats = formats(&member.only_in);
        say(quote!(only_in: #formats,));
    }
    if !member.absent.is_empty() {
        let absent = &member.absent;
        say(quote!(absent: &[#(#absent),*],));
    }
    if member.first {
        say(quote!(first: true,));
    }
    if member.lone {
        say(quote!(lone: true,));
    }
    if let Some(samples) = &member.samples {
        let samples = option(Some(quote!(&[#(#samples),*])));
        say(quote!(samples: #samples,));
    }
    if let Some((least, most)) = member.range {
        let range = option(Some(quote!([#least, #most])));
        say(quote!(range: #range,));
    }
    if member.required_in_requests {
        say(quote!(required_in_requests: true,));
    }
    if let Some(Booleans { yes, no }) = &member.boolean {
        let no = option(no.as_ref());
        let boolean = option(Some(quote!(__wire::Booleans { yes: #yes, no: #no })));
        say(quote!(boolean: #boolean,));
    }
    if let Some(list) = &member.list {
        let list = list_form(list);
        say(quote!(list: #list,));
    }
    match &member.map {
        Some(MapForm::Entries { entry, key, value, absent_values }) => {
            let (entry, key, value) = (option(entry.as_ref().map(|name| &name.text)), &key.text, &value.text);
            say(quote!(map: __wire::MapForm {
                entry: #entry,
                key: #key,
                value: #value,
                absent_values: #absent_values,
                between: ::core::option::Option::None,
            },));
        }
        Some(MapForm::Keyed { absent_values, between }) if *absent_values || between.is_some() => {
            let between = option(between.as_ref());
            say(quote!(map: __wire::MapForm {
                absent_values: #absent_values,
                between: #between,
                ..__wire::MapForm::KEYED
            },));
        }
        // The entries of a flattened map are members: they are named by their keys.
        None if !matches!(member.place, MemberLocation::Flatten) => {}
        Some(MapForm::Keyed { .. }) | None => say(quote!(map: __wire::MapForm::KEYED,)),
    }
    (!said.is_empty()).then(|| quote!(&__wire::Details { #said ..__wire::Details::USUAL }))
}

fn formats(words: &[String]) -> TokenStream {
    let [xml, json, query] = ["xml", "json", "query"].map(|word| words.iter().any(|said| said == word));
    quote!(__wire::Formats { xml: #xml, json: #json, query: #query })
}

fn list_form(list: &ListForm) -> TokenStream {
    let item = option(list.item.as_ref().map(|name| &name.text));
    let joined = option(list.joined.as_ref());
    let numbered = option(list.numbered.as_ref().map(|Numbered { infix, first, columns }| {
        let infix = option(infix.as_ref());
        quote!(__wire::Numbered { infix: #infix, first: #first, columns: #columns })
    }));
    let mut more = TokenStream::new();
    if list.always {
        more.extend(quote!(always: true,));
    }
    if list.required && !list.always {
        more.extend(quote!(filled: true,));
    }
    if list.absent_items {
        more.extend(quote!(absent_items: true,));
    }
    quote! {
        __wire::ListForm { item: #item, joined: #joined, numbered: #numbered, #more ..__wire::ListForm::REPEATED }
    }
}
