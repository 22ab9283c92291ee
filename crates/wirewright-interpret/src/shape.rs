//! A table of members becomes a [`Shape`]: what `#[derive(Wire)]` does while it compiles.

use wirewright::wire::{
    Booleans, Details, Formats, ListForm, MapForm, MemberData, MemberLocation, Names, Numbered, Shape,
};
use wirewright_codegen::{
    model::{FormatKind, Member, Place, Repeat, ValueType},
    plan::members::{is_always_written, needed, optional, xml_name},
};

use crate::leak;

/// A member as a shape has it.
pub(crate) struct MemberShape {
    xml: String,
    json: String,
    query: String,
    place: MemberLocation,
    pub(crate) required: bool,
    pub(crate) secret: bool,
    details: Option<Details>,
}

/// What a structure is called as a whole message.
#[derive(Clone, Copy)]
pub(crate) struct Root<'r> {
    pub(crate) xml: &'r str,
    pub(crate) json: Option<&'r str>,
    pub(crate) namespace: Option<&'r str>,
}

impl<'r> Root<'r> {
    /// One that is never a whole message of a vendor's.
    pub(crate) const fn named(name: &'r str) -> Self {
        Self { xml: name, json: None, namespace: None }
    }
}

impl MemberShape {
    /// A member of a definition.
    pub(crate) fn new(member: &Member) -> Self {
        let wire = &member.name.wire;
        let name = |own: &Option<String>| own.as_ref().unwrap_or(wire).clone();
        let place = match member.place {
            Place::Element => MemberLocation::Element,
            Place::Attribute => MemberLocation::Attribute,
            Place::Text => MemberLocation::Text,
            Place::Flatten => MemberLocation::Flatten,
        };
        let any = member.value == ValueType::Any;
        let boolean = member.boolean.as_ref().map(booleans);
        // False is written by leaving the member out.
        let left_out = boolean.is_some_and(|boolean| boolean.no.is_none());
        let required = match &member.repeat {
            _ if place.is_flat() => false,
            // A value of any form may be empty, and is there all the same.
            _ if any && member.required && needed(member) => true,
            Repeat::List { .. } => member.required,
            Repeat::Map { .. } => false,
            Repeat::Once => !optional(member) && !any && !left_out,
        };
        Self {
            xml: name(&xml_name(member)),
            json: name(&member.json),
            query: name(&member.query),
            place,
            required,
            secret: member.secret || any,
            details: details(member, boolean),
        }
    }

    /// The same member, of which the first counts where it is given several times.
    pub(crate) fn first(mut self) -> Self {
        self.details.get_or_insert(Details::USUAL).first = true;
        self
    }

    /// The same member, which a text in place of the structure is.
    pub(crate) fn lone(mut self) -> Self {
        self.details.get_or_insert(Details::USUAL).lone = true;
        self
    }

    /// One that is called so in every format, about which there is nothing more to say.
    pub(crate) fn named(name: &str, required: bool) -> Self {
        let [xml, json, query] = [(); 3].map(|()| name.to_owned());
        Self { xml, json, query, place: MemberLocation::Element, required, secret: false, details: None }
    }

    /// What a structure keeps of what nobody has described.
    pub(crate) fn rest() -> Self {
        Self { place: MemberLocation::Rest, secret: true, ..Self::named("more", false) }
    }
}

/// How a boolean is spelled.
fn booleans((yes, no): &(String, Option<String>)) -> Booleans {
    let no = no.as_deref().filter(|no| !no.is_empty());
    Booleans { yes: leak::text(yes), no: no.map(leak::text) }
}

/// What is not usual about a member, if anything is.
fn details(member: &Member, boolean: Option<Booleans>) -> Option<Details> {
    let list = match &member.repeat {
        Repeat::List { item, joined, numbered, columns, .. } => {
            let always = is_always_written(&member.repeat);
            let numbered = numbered.as_ref();
            ListForm {
                item: item.as_deref().map(leak::text),
                joined: joined.as_deref().map(leak::text),
                numbered: numbered.map(|(infix, first)| Numbered {
                    infix: infix.as_deref().map(leak::text),
                    first: *first,
                    columns: *columns,
                }),
                always,
                filled: member.required && !always,
                absent_items: member.empty_is_absent,
            }
        }
        Repeat::Once | Repeat::Map { .. } => ListForm::REPEATED,
    };
    let map = match &member.repeat {
        Repeat::Map { entry, key, value, between, .. } => {
            let keyed = entry.is_none() && key.is_empty();
            let form = MapForm {
                entry: entry.as_deref().map(leak::text),
                key: leak::text(key),
                value: leak::text(value),
                absent_values: member.empty_is_absent,
                between: between.as_deref().map(leak::text),
            };
            let (absent_values, between) = (form.absent_values, form.between);
            if keyed { MapForm { absent_values, between, ..MapForm::KEYED } } else { form }
        }
        // The entries of a flattened map are members: they are named by their keys.
        Repeat::Once | Repeat::List { .. } if member.place == Place::Flatten => MapForm::KEYED,
        Repeat::Once | Repeat::List { .. } => MapForm::WRAPPED,
    };
    let empty = (member.empty_is_absent && member.repeat == Repeat::Once).then_some("");
    let absent = leak::texts(empty.into_iter().chain(member.absent.iter().map(String::as_str)));
    let samples = member.samples.as_ref();
    let samples = samples.map(|samples| leak::texts(samples.iter().map(String::as_str)));
    let range =
        member.range.as_ref().and_then(|(least, most)| Some([least.parse().ok()?, most.parse().ok()?]));
    let usual = member.also.is_empty()
        && member.namespace.is_none()
        && !member.whole
        && member.flat_in.is_empty()
        && member.only_in.is_empty()
        && absent.is_empty()
        && samples.is_none()
        && range.is_none()
        && !member.required_in_requests
        && boolean.is_none()
        && list == ListForm::REPEATED
        && map == MapForm::WRAPPED;
    (!usual).then(|| Details {
        names: None,
        also: leak::texts(member.also.iter().map(String::as_str)),
        namespace: member.namespace.as_deref().map(leak::text),
        whole: member.whole,
        flat_in: formats(&member.flat_in),
        only_in: if member.only_in.is_empty() { Formats::ALL } else { formats(&member.only_in) },
        absent,
        first: false,
        lone: false,
        samples,
        range,
        required_in_requests: member.required_in_requests,
        boolean,
        list,
        map,
    })
}

fn formats(kinds: &[FormatKind]) -> Formats {
    let [xml, json, query] =
        [FormatKind::Xml, FormatKind::Json, FormatKind::Query].map(|kind| kinds.contains(&kind));
    Formats { xml, json, query }
}

/// The shape of a structure with these members.
pub(crate) fn shape(root: Root<'_>, members: Vec<MemberShape>) -> &'static Shape {
    let mut literals = String::new();
    let elements: Vec<u32> = members
        .iter()
        .map(|member| put(&mut literals, &["<", &member.xml, "></", &member.xml, ">"]))
        .collect();
    let places = [
        (MemberLocation::Attribute, Shape::ATTRIBUTES),
        (MemberLocation::Text, Shape::TEXT),
        (MemberLocation::Flatten, Shape::FLATTENED),
        (MemberLocation::Rest, Shape::REST),
    ];
    let any = |is: &dyn Fn(&MemberShape) -> bool| members.iter().any(is);
    let said = |is: fn(&Details) -> bool| any(&|member| member.details.as_ref().is_some_and(is));
    let varies = said(|details| details.flat_in != Formats::NONE || details.only_in != Formats::ALL);
    let flattened = |bit: u8| varies && bit == Shape::FLATTENED;
    let places = places.map(|(place, bit)| (flattened(bit) || any(&|member| member.place == place), bit));
    let details = [
        (said(|details| details.namespace.is_some()), Shape::NAMESPACES),
        (said(|details| details.whole), Shape::WHOLE),
        (varies, Shape::VARYING),
    ];
    let places = places.into_iter().chain(details).filter(|(there, _)| *there).map(|(_, bit)| bit).sum();
    let table: Vec<MemberData> = members
        .into_iter()
        .zip(elements)
        .map(|(member, element)| row(member, element, &mut literals))
        .collect();
    literals.push_str(Shape::PADDING);
    leak::one(Shape {
        root: leak::text(root.xml),
        json_root: root.json.map(leak::text),
        namespace: root.namespace.map(leak::text),
        literals: leak::text(&literals),
        members: leak::list(table),
        places,
    })
}

/// A row of the table; `element` is where its part for XML starts.
fn row(member: MemberShape, element: u32, literals: &mut String) -> MemberData {
    let (json, query) = (json_escaped(&member.json), form_encoded(&member.query));
    let json_at = put(literals, &["\",\"", &json, "\":\""]);
    let query_at = put(literals, &["&", &query, "="]);
    // The checks of definitions refuse names that are longer.
    let length = |text: &str| u16::try_from(text.len()).unwrap_or(u16::MAX);
    let length = [length(&member.xml), length(&json), length(&query)];
    let plain = json == member.json
        && query.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'*'));
    let names = (!plain).then(|| Names {
        xml: leak::text(&member.xml),
        json: leak::text(&member.json),
        query: leak::text(&member.query),
    });
    let details = match (member.details, names) {
        (details, None) => details,
        (details, names) => Some(Details { names, ..details.unwrap_or(Details::USUAL) }),
    };
    MemberData {
        at: [element, json_at, query_at],
        length,
        place: member.place,
        required: member.required,
        secret: member.secret,
        details: details.map(leak::one),
    }
}

/// Appends a literal and says where it starts.
fn put(literals: &mut String, parts: &[&str]) -> u32 {
    let start = literals.len();
    literals.extend(parts.iter().copied());
    // A definition has less text than that.
    u32::try_from(start).unwrap_or(u32::MAX)
}

/// A name as a JSON string has it, without the quotes.
fn json_escaped(name: &str) -> String {
    let quoted = serde_json::Value::from(name).to_string();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// A name as `application/x-www-form-urlencoded` has it.
fn form_encoded(name: &str) -> String {
    form_urlencoded::byte_serialize(name.as_bytes()).collect()
}
