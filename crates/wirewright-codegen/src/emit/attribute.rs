//! The attribute by which the derive knows what a member is on the wire.

use crate::model::{Member, Place, Repeat, ValueType};
use crate::plan::{
    members::{is_always_written, needed, xml_name},
    names::plain,
};
use crate::words::{Alternatives as _, Formats};

/// The `#[wire(...)]` attribute of a member, if it needs one.
pub(super) fn wire_attribute(member: &Member) -> Option<String> {
    attribute(member, &[])
}

/// The same for a member that is in no document.
pub(super) fn beside_attribute(member: &Member) -> String {
    let usual = wire_attribute(member);
    let words = usual.as_deref().and_then(|usual| usual.strip_prefix("#[wire(")?.strip_suffix(")]"));
    words.map_or_else(|| "#[wire(beside)]".to_owned(), |words| format!("#[wire(beside, {words})]"))
}

/// The same for a member of which the first counts.
pub(super) fn first_attribute(member: &Member) -> Option<String> {
    attribute(member, &["first"])
}

/// The same for one that a text in place of the structure is.
pub(super) fn lone_attribute(member: &Member) -> Option<String> {
    attribute(member, &["first", "lone"])
}

/// `more` are words of members that come once.
fn attribute(member: &Member, more: &[&str]) -> Option<String> {
    let mut words = Vec::new();
    if member.place != Place::Flatten && plain(&member.name.rust) != member.name.wire {
        words.push(format!("name = {:?}", member.name.wire));
    }
    for (format, name) in [("xml", &xml_name(member)), ("json", &member.json), ("query", &member.query)] {
        if let Some(name) = name {
            words.push(format!("{format} = {name:?}"));
        }
    }
    match member.place {
        Place::Element => {}
        Place::Attribute => words.push("attribute".to_owned()),
        Place::Text => words.push("text".to_owned()),
        Place::Flatten => words.push("flatten".to_owned()),
    }
    for (word, formats) in [("flatten_in", &member.flat_in), ("only_in", &member.only_in)] {
        if !formats.is_empty() {
            let formats: Vec<&str> = formats.iter().filter_map(Formats::word).collect();
            words.push(format!("{word} = {formats:?}"));
        }
    }
    // A value of any form may be empty, and is there all the same.
    if member.value == ValueType::Any && member.required && needed(member) {
        words.push("required".to_owned());
    }
    if member.required_in_requests {
        words.push("required_in_requests".to_owned());
    }
    if let Some((yes, no)) = &member.boolean {
        let spelled = no.as_ref().map_or_else(|| "presence".to_owned(), |no| format!("{yes}/{no}"));
        words.push(format!("boolean = {spelled:?}"));
    }
    match member.also.as_slice() {
        [] => {}
        also => words.push(format!("also = {also:?}")),
    }
    words.extend(member.namespace.as_ref().map(|namespace| format!("namespace = {namespace:?}")));
    if member.whole {
        words.push("whole".to_owned());
    }
    if member.empty_is_absent && member.repeat == Repeat::Once {
        words.push("empty_is_absent".to_owned());
    }
    if !member.absent.is_empty() {
        words.push(format!("absent = {:?}", member.absent));
    }
    if member.repeat == Repeat::Once {
        words.extend(more.iter().map(|word| (*word).to_owned()));
    }
    if let Some(samples) = &member.samples {
        words.push(format!("samples = {samples:?}"));
    }
    if let Some((least, most)) = &member.range {
        words.push(format!("range = {:?}", format!("{least}..={most}")));
    }
    match &member.repeat {
        Repeat::Once => {}
        Repeat::List { item, joined, numbered, columns, .. } => {
            let mut forms = Vec::new();
            forms.extend(item.as_ref().map(|item| format!("item = {item:?}")));
            forms.extend(joined.as_ref().map(|joined| format!("joined = {joined:?}")));
            if let Some((infix, first)) = numbered {
                forms.push(match infix {
                    None => "numbered".to_owned(),
                    Some(infix) => format!("numbered = {infix:?}"),
                });
                if *first != 1 {
                    forms.push(format!("first = {first}"));
                }
            }
            let flags = [
                ("columns", *columns),
                ("required", member.required),
                ("always", is_always_written(&member.repeat)),
                ("empty_is_absent", member.empty_is_absent),
            ];
            forms.extend(flags.iter().filter(|(_, said)| *said).map(|(word, _)| (*word).to_owned()));
            if !forms.is_empty() {
                words.push(format!("list({})", forms.join(", ")));
            }
        }
        Repeat::Map { entry, key, value, between, .. } => {
            let mut form = match entry {
                None if key.is_empty() => {
                    let between = between.as_ref().map(|between| format!(", between = {between:?}"));
                    format!("keyed{}", between.unwrap_or_default())
                }
                None => format!("flat, key = {key:?}, value = {value:?}"),
                Some(entry) => format!("entry = {entry:?}, key = {key:?}, value = {value:?}"),
            };
            if member.empty_is_absent {
                form.push_str(", empty_is_absent");
            }
            words.push(format!("map({form})"));
        }
    }
    (!words.is_empty()).then(|| format!("#[wire({})]", words.join(", ")))
}
