//! From Rust's syntax to the [model](crate::ast).

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Data, DataEnum, DeriveInput, Field, Fields, FieldsNamed, LitStr, ext::IdentExt, spanned::Spanned};

use crate::{
    ast::{Body, Item, Name, Setters, Structure, Texts, Union, Variant},
    attr::Words,
    member,
    report::Report,
    text::{CONVENTIONS, Convention, enumerate},
    vocabulary::{self, Vocabulary},
};

/// Reads the item; `None` when it has no form that the wire could have.
pub(crate) fn item<'a>(input: &'a DeriveInput, report: &mut Report) -> Option<Item<'a>> {
    let words = Words::read(&input.attrs, report);
    let (words, body) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => structure(input, words, Some(fields), report),
            Fields::Unit => structure(input, words, None, report),
            Fields::Unnamed(fields) => {
                let words = words.check(&vocabulary::NEWTYPE, report);
                let mut all = fields.unnamed.iter();
                let (Some(field), None) = (all.next(), all.next()) else {
                    report.fault(
                        fields.span(),
                        "a tuple struct holds exactly one field, and is on the wire what that is: name the fields of others",
                    );
                    return None;
                };
                unnamed(field, report);
                (words, Body::Newtype(&field.ty))
            }
        },
        Data::Enum(data) => enumeration(data, words, report),
        Data::Union(data) => {
            report.fault(data.union_token.span(), "a Rust `union` cannot be read from the wire: an enum can");
            return None;
        }
    };
    let runtime = runtime(&words, report);
    Some(Item { ident: &input.ident, generics: &input.generics, runtime, body })
}

fn runtime(words: &Words, report: &mut Report) -> TokenStream {
    let Some(text) = words.text("crate") else { return quote!(::wirewright) };
    if let Ok(path) = text.parse::<syn::Path>() {
        return path.into_token_stream();
    }
    report.fault(text.span(), "expected the path of a crate or module, as in `::wirewright`");
    TokenStream::new()
}

fn convention(words: &Words, report: &mut Report) -> Option<Convention> {
    let text = words.text("rename_all")?;
    let found = CONVENTIONS.iter().find(|(name, _)| *name == text.value());
    if found.is_none() {
        let known: Vec<_> = CONVENTIONS.iter().map(|(name, _)| *name).collect();
        report.fault(text.span(), format_args!("unknown convention: expected {}", enumerate(&known, "or")));
    }
    found.map(|(_, convention)| *convention)
}

/// The wire name of a field or variant that gives none.
fn default_name(ident: &Ident, convention: Option<Convention>) -> Name {
    let rust = ident.unraw().to_string();
    Name {
        text: convention.map_or_else(|| rust.clone(), |convention| convention.apply(&rust)),
        span: ident.span(),
    }
}

fn unnamed(field: &Field, report: &mut Report) {
    Words::read(&field.attrs, report).check(&vocabulary::UNNAMED, report);
}

fn structure<'a>(
    input: &'a DeriveInput,
    words: Words,
    fields: Option<&'a FieldsNamed>,
    report: &mut Report,
) -> (Words, Body<'a>) {
    let words = words.check(&vocabulary::STRUCTURE, report);
    let convention = convention(&words, report);
    let mut members = Vec::new();
    for field in fields.iter().flat_map(|fields| &fields.named) {
        if let Some(ident) = &field.ident {
            members.push(member::read(field, ident, &default_name(ident, convention), report));
        }
    }
    let structure = Structure {
        root: words.text("root").map_or_else(|| default_name(&input.ident, None), Name::from),
        json_root: words.text("json_root").map(Name::from),
        namespace: words.text("namespace").map(Name::from),
        members,
        new: words.has("new"),
        setters: setters(&words, report),
    };
    (words, Body::Structure(structure))
}

/// Which setters a structure asks for.
fn setters(words: &Words, report: &mut Report) -> Setters {
    if !words.has("call") {
        return if words.has("setters") { Setters::Own } else { Setters::None };
    }
    let request = words.text("call").map(LitStr::parse::<Ident>).transpose();
    request.map_or_else(
        |fault| {
            report.add(fault);
            Setters::None
        },
        Setters::Call,
    )
}

fn enumeration<'a>(data: &'a DataEnum, words: Words, report: &mut Report) -> (Words, Body<'a>) {
    let own: Vec<_> = data
        .variants
        .iter()
        .map(|variant| Words::read(&variant.attrs, report).check(&vocabulary::VARIANT, report))
        .collect();
    let has_payloads =
        data.variants.iter().zip(&own).any(|(variant, own)| !own.has("other") && !variant.fields.is_empty());
    let is_union = has_payloads || words.has("union");
    let vocabulary: &'static Vocabulary = if is_union { &vocabulary::UNION } else { &vocabulary::TEXTS };
    let words = words.check(vocabulary, report);
    let convention = convention(&words, report);

    let mut variants = Vec::new();
    let mut other: Option<&Ident> = None;
    for (variant, own) in data.variants.iter().zip(&own) {
        if let Some(word) = own.word("other") {
            for word in ["name", "also"].into_iter().filter_map(|name| own.word(name)) {
                report.fault(
                    word.span,
                    format_args!(
                        "`{}` and `other` exclude one another: `other` keeps the name that came",
                        word.name
                    ),
                );
            }
            if other.is_some() {
                report.fault(word.span, "a second `other`: only one variant can keep what is unknown");
            }
            if !is_other(&variant.fields, is_union) {
                report.fault(
                    if variant.fields.is_empty() { variant.ident.span() } else { variant.fields.span() },
                    if is_union {
                        "the `other` variant of a tagged union keeps tag and payload: `Other(String, Document)`"
                    } else {
                        "the `other` variant of an enum of texts keeps the text: `Other(String)`"
                    },
                );
            }
            other = Some(&variant.ident);
            continue;
        }
        let payload = match &variant.fields {
            Fields::Unit => None,
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            fields => {
                report.fault(
                    fields.span(),
                    "a variant holds nothing or one unnamed payload: make a struct of these fields",
                );
                None
            }
        };
        if let Some(field) = payload {
            unnamed(field, report);
        }
        variants.push(Variant {
            ident: &variant.ident,
            payload: payload.map(|field| &field.ty),
            text: own.text("name").map_or_else(|| default_name(&variant.ident, convention), Name::from),
            also: own.texts("also").iter().map(Name::from).collect(),
        });
    }
    let body = if is_union {
        let (tag, content) = (words.text("tag").map(Name::from), words.text("content").map(Name::from));
        Body::Union(Union { variants, other, tag, content })
    } else {
        Body::Texts(Texts { variants, other, number: words.has("number") })
    };
    (words, body)
}

fn is_other(fields: &Fields, is_union: bool) -> bool {
    matches!(fields, Fields::Unnamed(fields) if fields.unnamed.len() == if is_union { 2 } else { 1 })
}
