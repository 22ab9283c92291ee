//! Members of structures, parameters and parts of envelopes: a row each.

use wirewright_codegen::{
    model::{
        AutoFill, Facts, FormatKind, Member, ParameterLocation, Place, Repeat, Type, TypeKind, ValueType,
        Vendor,
    },
    plan::told::format_name,
};

use crate::{
    markup::{Markup, joined},
    places::{Places, type_name},
    told::Told,
};

/// A row.
pub(crate) struct Row {
    /// As it is on the wire.
    pub(crate) name: String,
    pub(crate) kind: Markup,
    /// What is to be seen at once: `required`, `secret`.
    pub(crate) flags: Vec<&'static str>,
    pub(crate) told: Told,
    /// All else, a sentence each.
    pub(crate) notes: Vec<Markup>,
}

/// The types of a vendor, which rows lead to.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) vendor: &'a Vendor,
    pub(crate) places: &'a Places,
}

impl Rows<'_> {
    /// A row for each of these.
    pub(crate) fn all<'m>(&self, members: impl IntoIterator<Item = &'m Member>) -> Vec<Row> {
        members.into_iter().map(|member| self.member(member)).collect()
    }

    /// The same for members of a reply, of which nobody requires anything.
    pub(crate) fn of_reply<'m>(&self, members: impl IntoIterator<Item = &'m Member>) -> Vec<Row> {
        let mut rows = self.all(members);
        for flag in rows.iter_mut().flat_map(|row| &mut row.flags).filter(|flag| **flag == "required") {
            *flag = "always there";
        }
        rows
    }

    /// A member or a parameter.
    pub(crate) fn member(&self, member: &Member) -> Row {
        let mut flags = Vec::new();
        if member.required && member.filled.is_none() {
            flags.push("required");
        } else if member.required_in_requests {
            flags.push("required in requests");
        }
        if member.secret {
            flags.push("secret");
        }
        Row {
            name: member.name.wire.clone(),
            kind: self.kind(member),
            flags,
            told: Told::new(&member.facts),
            notes: notes(member),
        }
    }

    /// What no definition has a type for: a text.
    pub(crate) fn plain(
        &self,
        name: &str,
        facts: &Facts,
        flags: Vec<&'static str>,
        notes: Vec<Markup>,
    ) -> Row {
        Row {
            name: name.to_owned(),
            kind: self.value(&ValueType::String),
            flags,
            told: Told::new(facts),
            notes,
        }
    }

    /// The type of a member, in words.
    fn kind(&self, member: &Member) -> Markup {
        let value = self.value(&member.value);
        match &member.repeat {
            Repeat::Once => value,
            Repeat::List { .. } => Markup::new().text("list of ").add(&value),
            Repeat::Map { .. } => Markup::new().text("map of ").add(&value),
        }
    }

    /// The type of one value.
    pub(crate) fn value(&self, value: &ValueType) -> Markup {
        let word = match value {
            ValueType::String => "string",
            ValueType::Integer => "integer",
            ValueType::Number => "number",
            ValueType::Boolean => "boolean",
            ValueType::Bytes => "bytes, in base64",
            ValueType::Any => "anything",
            ValueType::File => "file",
            ValueType::ClockSkew => "duration",
            ValueType::Type(index) => return self.of_type(*index),
        };
        Markup::new().text(word)
    }

    /// The name of a type, which leads to it.
    pub(crate) fn of_type(&self, index: usize) -> Markup {
        Markup::new().link(&self.places.type_link(index), type_name(self.vendor, index))
    }
}

/// What a type is, in a word or two.
pub(crate) const fn kind_of(described: &Type) -> &'static str {
    match &described.kind {
        TypeKind::Enumeration { number: false, .. } => "one of several texts",
        TypeKind::Enumeration { number: true, .. } => "one of several numbers",
        TypeKind::Structure(_) => "structure",
        TypeKind::Union { .. } => "one of several structures",
        TypeKind::DateTime(..) | TypeKind::Epoch(_) => "moment",
        TypeKind::Separated { .. } => "table in a text",
        TypeKind::Text => "text",
        TypeKind::Formed(_) => "text of a form",
    }
}

/// Where it is and how it is written, as far as that is not usual.
fn notes(member: &Member) -> Vec<Markup> {
    let mut notes: Vec<Markup> = location(&member.location, &member.name.wire).into_iter().collect();
    notes.extend(names(member));
    notes.extend(place(member));
    notes.extend(repeat(member));
    notes.extend(values(member));
    notes
}

/// Where a request carries a parameter, where that is not among the others.
pub(crate) fn location(location: &ParameterLocation, name: &str) -> Option<Markup> {
    let at = |what: &str| Markup::new().text(what).code(name).text(".");
    Some(match location {
        ParameterLocation::Parameters => return None,
        ParameterLocation::Header(prefix) if prefix.is_empty() => at("In the header "),
        ParameterLocation::Header(prefix) => {
            Markup::new().text("In the header ").code(name).text(", behind ").code(prefix).text(".")
        }
        ParameterLocation::Headers => at("Each entry in a header of its own, by the pattern "),
        ParameterLocation::Cookies => Markup::new().text("All cookies, as one text."),
        ParameterLocation::Cookie => at("In the cookie "),
        ParameterLocation::Host => Markup::new().text("In the host of the endpoint."),
        ParameterLocation::Path => Markup::new().text("In the path."),
        ParameterLocation::Computed => Markup::new().text("Never sent by itself: signatures are made of it."),
    })
}

fn names(member: &Member) -> Option<Markup> {
    let others = [
        (FormatKind::Xml, &member.xml),
        (FormatKind::Json, &member.json),
        (FormatKind::Query, &member.query),
    ];
    let named = others.iter().filter_map(|(format, name)| {
        Some(Markup::new().code(name.as_ref()?).text(" in ").text(format_name(*format)))
    });
    let mut named: Vec<Markup> = named.collect();
    named.extend(member.also.iter().map(|also| Markup::new().code(also).text(" is read as well")));
    (!named.is_empty()).then(|| joined(&named, ", ").text("."))
}

fn formats(formats: &[FormatKind]) -> String {
    formats.iter().map(|format| format_name(*format)).collect::<Vec<_>>().join(" and ")
}

fn place(member: &Member) -> Vec<Markup> {
    let mut notes = Vec::new();
    let mut say = |text: String| notes.push(Markup::new().text(&text));
    match member.place {
        Place::Element => {}
        Place::Attribute => say("An attribute in XML.".to_owned()),
        Place::Text => say("The text of the element around it, in XML.".to_owned()),
        Place::Flatten => say("Its members are among those around it.".to_owned()),
    }
    if !member.flat_in.is_empty() {
        say(format!("Its members are among those around it in {}.", formats(&member.flat_in)));
    }
    if !member.only_in.is_empty() {
        say(format!("In {} only.", formats(&member.only_in)));
    }
    if member.whole {
        say("A reply in JSON may be this list as a whole.".to_owned());
    }
    if let Some(namespace) = &member.namespace {
        notes.push(Markup::new().text("In the XML namespace ").code(namespace).text("."));
    }
    notes
}

fn repeat(member: &Member) -> Vec<Markup> {
    let mut notes = Vec::new();
    match &member.repeat {
        Repeat::Once => {}
        Repeat::List { item, joined, numbered, columns, .. } => {
            if let Some(item) = item {
                notes.push(Markup::new().text("Each item is ").code(item).text(" in XML."));
            }
            if let Some(between) = joined {
                notes.push(Markup::new().text("Items are separated by ").code(between).text("."));
            }
            if let Some((between, first)) = numbered {
                let between = between.as_deref().unwrap_or(".");
                let name = |number: usize| format!("{}{between}{number}", member.name.wire);
                let (one, two) = (name(*first), name(first + 1));
                notes.push(
                    Markup::new().text("In parameters ").code(&one).text(", ").code(&two).text(" and so on."),
                );
            }
            if *columns {
                notes.push(
                    Markup::new().text("Each member of an item has its number by itself in parameters."),
                );
            }
        }
        Repeat::Map { entry, key, value, repeats, .. } => {
            if let Some(entry) = entry {
                let note = Markup::new().text("Each entry is ").code(entry);
                notes.push(note.text(", with ").code(key).text(" and ").code(value).text("."));
            }
            if *repeats {
                notes.push(Markup::new().text("A key may come more than once."));
            }
        }
    }
    notes
}

fn values(member: &Member) -> Vec<Markup> {
    let mut notes = Vec::new();
    match &member.boolean {
        Some((yes, _)) if yes.is_empty() => notes.push(Markup::new().text("True when it is there.")),
        Some((yes, Some(no))) => {
            notes.push(Markup::new().code(yes).text(" is true, ").code(no).text(" is false."));
        }
        Some((yes, None)) => notes.push(Markup::new().code(yes).text(" is true.")),
        None => {}
    }
    if let Some((least, most)) = &member.range {
        notes.push(Markup::new().text("From ").code(least).text(" to ").code(most).text("."));
    }
    if let Some(default) = &member.default {
        notes.push(Markup::new().text("The default is ").code(default).text("."));
    }
    if member.empty_is_absent {
        notes.push(Markup::new().text("An empty text means that it is not there."));
    }
    if !member.absent.is_empty() {
        let texts: Vec<Markup> = member.absent.iter().map(|text| Markup::new().code(text)).collect();
        notes.push(joined(&texts, " or ").text(" means that it is not there."));
    }
    if let Some(filled) = &member.filled {
        let what = match filled {
            AutoFill::Nonce => "something random",
            _ => "the time of the call",
        };
        notes.push(Markup::new().text("Filled in with ").text(what).text(", where the caller does not."));
    }
    notes
}
