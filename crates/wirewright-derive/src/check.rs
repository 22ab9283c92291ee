//! What must hold of an item beyond the meaning of each attribute: one function a rule.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::Type;

use crate::{
    ast::{Body, Item, MapForm, Member, MemberLocation, Name, Structure, Texts, Union, Variant},
    own::is_own_box,
    report::Report,
    text::{enumerate, is_xml_name},
};

/// Reports everything that is wrong with `item`.
pub(crate) fn check(item: &Item<'_>, report: &mut Report) {
    lifetimes(item, report);
    match &item.body {
        Body::Structure(structure) => {
            roots(structure, report);
            for member in &structure.members {
                member_names(member, report);
                own_box(item.ident, member.ty, report);
            }
            one_text(&structure.members, report);
            one_whole(&structure.members, report);
            one_rest(&structure.members, report);
            clashing_members(&structure.members, report);
        }
        Body::Newtype(payload) => own_box(item.ident, payload, report),
        Body::Texts(texts) => {
            no_generics(item, report);
            some_variant(item, &texts.variants, texts.other, report);
            clashing_variants(&texts.variants, "text", report);
            trimmed(&texts.variants, report);
            number_texts(texts, report);
        }
        Body::Union(union) => {
            some_variant(item, &union.variants, union.other, report);
            clashing_variants(&union.variants, "tag", report);
            trimmed(&union.variants, report);
            tag_names(union, report);
            if union.other.is_none() && union.start(item.ident).is_none() {
                for payload in union.variants.iter().filter_map(|variant| variant.payload) {
                    own_box(item.ident, payload, report);
                }
            }
        }
    }
}

fn lifetimes(item: &Item<'_>, report: &mut Report) {
    for more in item.generics.lifetimes().skip(1) {
        report.fault_across(more, "a type borrows from one input only: one lifetime at most");
    }
}

fn no_generics(item: &Item<'_>, report: &mut Report) {
    if !item.generics.params.is_empty() {
        report.fault_across(&item.generics.params, "an enum of texts takes no generic parameters");
    }
}

fn xml_name(name: &Name, what: &str, report: &mut Report) {
    if name.text.is_empty() {
        report.fault(name.span, format_args!("{what} cannot be empty"));
    } else if !is_xml_name(&name.text) {
        report.fault(name.span, format_args!("`{}` cannot be {what} in XML", name.text));
    }
}

fn roots(structure: &Structure<'_>, report: &mut Report) {
    xml_name(&structure.root, "the name of an element", report);
    for (name, what) in [(&structure.json_root, "json_root"), (&structure.namespace, "namespace")] {
        if let Some(name) = name.as_ref().filter(|name| name.text.is_empty()) {
            report.fault(name.span, format_args!("`{what}` is empty: leave it out instead"));
        }
    }
}

fn member_names(member: &Member<'_>, report: &mut Report) {
    let kind = match member.place {
        MemberLocation::Flatten | MemberLocation::Rest => return,
        MemberLocation::Element => Some("the name of an element"),
        MemberLocation::Attribute => Some("the name of an attribute"),
        MemberLocation::Text => None,
    };
    let names = [("XML", &member.xml), ("JSON", &member.json), ("query strings", &member.query)];
    let empty = names.into_iter().skip(usize::from(kind.is_none())).filter(|(_, name)| name.text.is_empty());
    let (formats, names): (Vec<_>, Vec<_>) = empty.unzip();
    if let Some(name) = names.first() {
        report.fault(name.span, format_args!("the name is empty in {}", enumerate(&formats, "and")));
    }
    if let Some(kind) = kind.filter(|_| !member.xml.text.is_empty()) {
        xml_name(&member.xml, kind, report);
    }
    if let Some(namespace) = &member.namespace {
        if namespace.text.is_empty() {
            report.fault(namespace.span, "`namespace` is empty: leave it out instead");
        } else if namespace.text == "http://www.w3.org/2001/XMLSchema-instance" {
            report.fault(
                namespace.span,
                "what is in this namespace is read as XML Schema has it, and is no member",
            );
        }
    }
    for name in &member.also {
        if name.text.is_empty() {
            report.fault(name.span, "another name cannot be empty");
        }
    }
    if let Some(item) = member.list.as_ref().and_then(|list| list.item.as_ref()) {
        xml_name(item, "the name of an element", report);
    }
    if let Some(MapForm::Entries { entry, key, value, .. }) = &member.map {
        for name in entry.iter().chain([key, value]) {
            xml_name(name, "the name of an element", report);
        }
        if key.text == value.text {
            report.fault(
                value.span,
                format_args!("key and value of an entry have the same name `{}`", key.text),
            );
        }
    }
}

/// What is left over can be kept once, and by the last member that is read.
fn one_rest(members: &[Member<'_>], report: &mut Report) {
    let mut keepers = members.iter().filter(|member| member.place == MemberLocation::Rest);
    let Some(first) = keepers.next() else { return };
    for second in keepers {
        report.fault(second.ident.span(), format_args!("`{}` keeps the rest already", first.ident));
    }
}

/// A JSON array is one member.
fn one_whole(members: &[Member<'_>], report: &mut Report) {
    let mut wholes = members.iter().filter(|member| member.whole);
    let Some(first) = wholes.next() else { return };
    for second in wholes {
        report.fault(second.ident.span(), format_args!("`{}` is the whole text already", first.ident));
    }
}

fn one_text(members: &[Member<'_>], report: &mut Report) {
    let mut first: Option<&Member<'_>> = None;
    for member in members {
        if member.place == MemberLocation::Text {
            match first {
                Some(first) => {
                    report.fault(
                        member.ident.span(),
                        format_args!("`{}` is the element's text already", first.ident),
                    );
                }
                None => first = Some(member),
            }
        }
    }
}

fn clashing_members<'a>(members: &'a [Member<'_>], report: &mut Report) {
    // What each format tells apart: XML has attributes beside elements.
    let mut seen: HashMap<(&str, &'a str, &'a str), &Ident> = HashMap::new();
    for member in members
        .iter()
        .filter(|member| !matches!(member.place, MemberLocation::Flatten | MemberLocation::Rest))
    {
        let xml = match member.place {
            MemberLocation::Attribute => Some(("XML attributes", &member.xml)),
            MemberLocation::Element => Some(("XML", &member.xml)),
            MemberLocation::Text | MemberLocation::Flatten | MemberLocation::Rest => None,
        };
        let mut clashes: Vec<(&Name, &Ident, Vec<&str>)> = Vec::new();
        let own = xml.into_iter().chain([("JSON", &member.json), ("query strings", &member.query)]);
        let also = member.also.iter().flat_map(|name| {
            let xml = xml.map(|(format, _)| (format, name));
            xml.into_iter().chain([("JSON", name), ("query strings", name)])
        });
        for (format, name) in own.chain(also) {
            if name.text.is_empty() {
                continue;
            }
            let in_xml = xml.is_some_and(|(kind, _)| kind == format);
            // In XML another namespace is another name.
            let namespace = member.namespace.as_ref().filter(|_| in_xml).map_or("", |name| &name.text);
            match seen.get(&(format, namespace, name.text.as_str())) {
                None => {
                    seen.insert((format, namespace, &name.text), member.ident);
                }
                Some(first) => match clashes
                    .iter_mut()
                    .find(|(other, ident, _)| other.text == name.text && ident == first)
                {
                    Some((_, _, formats)) => formats.push(format),
                    None => clashes.push((name, first, vec![format])),
                },
            }
        }
        for (name, first, formats) in clashes {
            report.fault(
                name.span,
                format_args!(
                    "`{}` is the name of member `{first}` already, in {}",
                    name.text,
                    enumerate(&formats, "and")
                ),
            );
        }
    }
}

fn some_variant(item: &Item<'_>, variants: &[Variant<'_>], other: Option<&Ident>, report: &mut Report) {
    if variants.is_empty() && other.is_none() {
        report.fault(item.ident.span(), "an enum without variants has no value");
    }
}

fn clashing_variants<'a>(variants: &'a [Variant<'_>], what: &str, report: &mut Report) {
    let mut seen: HashMap<&'a str, &Ident> = HashMap::new();
    for variant in variants {
        for name in variant.texts() {
            if let Some(first) = seen.insert(&name.text, variant.ident) {
                report.fault(
                    name.span,
                    format_args!("\"{}\" is the {what} of variant `{first}` already", name.text),
                );
            }
        }
    }
}

/// Texts and tags are read without the white space around them, so one with such could not be matched.
fn trimmed(variants: &[Variant<'_>], report: &mut Report) {
    for name in variants.iter().flat_map(Variant::texts) {
        if name.text.trim() != name.text {
            report.fault(name.span, "white space around a text is not read: leave it out");
        }
    }
}

fn number_texts(texts: &Texts<'_>, report: &mut Report) {
    if !texts.number {
        return;
    }
    for variant in &texts.variants {
        let name = &variant.text;
        if name.text.parse::<i64>().ok().is_none_or(|number| number.to_string() != name.text) {
            report.fault(
                name.span,
                format_args!(
                    "\"{}\" is not an integer: every variant of a `number` enum is named by one",
                    name.text
                ),
            );
        }
    }
}

fn tag_names(union: &Union<'_>, report: &mut Report) {
    match (&union.tag, &union.content) {
        (None, Some(content)) => {
            report.fault(
                content.span,
                "`content` needs `tag`: without a tag the variant's name is the element",
            );
        }
        (Some(tag), Some(content)) if tag.text == content.text => {
            report.fault(content.span, format_args!("tag and content have the same name `{}`", tag.text));
        }
        _ => {}
    }
    for name in union.tag.iter().chain(&union.content) {
        xml_name(name, "the name of an element", report);
    }
    for name in union.variants.iter().flat_map(Variant::texts) {
        if union.tag.is_none() {
            xml_name(name, "the name of an element", report);
        } else if name.text.is_empty() {
            report.fault(name.span, "a tag cannot be empty");
        }
    }
}

/// A `Box` of the type itself: its empty value would hold an empty value, without end.
fn own_box(own: &Ident, ty: &Type, report: &mut Report) {
    if is_own_box(own, ty) {
        report.fault_across(
            ty,
            format_args!(
                "a required `Box` of `{own}` itself has no end: use `Option<Box<{own}>>` or `Vec<{own}>`"
            ),
        );
    }
}
