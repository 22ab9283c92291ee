//! The member that is there on failure, with what is wrong in it.

use indexmap::IndexMap;

use super::{
    ground::{Envelope, Ground, Seen, Top},
    roles::{Role, Seat, seat, take},
    sample::{Sample, format_name},
};
use crate::{
    members::Drafting,
    names::{NAMES, rank},
    shape::Shape,
    tree::{Field, Node, TEXT},
    words::Words,
};

/// The name of the type of what is wrong.
pub(crate) const FAULT: &str = "Fault";

/// Describes the member: what is in it stands `within` it, or is a type where the formats differ, or there are several.
pub(crate) fn error_member(
    ground: &Ground<'_>,
    name: &str,
    seen: &IndexMap<&str, Seen<'_>>,
    drafting: &mut Drafting,
    envelope: &mut Envelope,
    seats: &mut Vec<Seat>,
) {
    let Some(all) = seen.get(name) else { return };
    let structured = |top: &&Top<'_>| top.field.node.fields().is_some();
    let lists =
        all.0.iter().any(|top| matches!(top.field.node, Node::List(_)) || top.field.node.items().len() > 1);
    let mut inner: IndexMap<&str, Vec<Top<'_>>> = IndexMap::new();
    let mut shape = Shape::default();
    for top in all.0.iter().filter(structured) {
        shape.add(&top.field.node);
        for node in top.field.node.items() {
            for field in node.fields().unwrap_or_default() {
                inner.entry(&field.name).or_default().push(Top { sample: top.sample, field });
            }
        }
    }
    let flat = flat_formats(ground, name);
    let clash = inner.keys().any(|key| seen.contains_key(key) || envelope.members.contains_key(*key));
    let scalars = all.0.iter().any(|top| top.field.node.fields().is_none());
    let is_type = lists || !flat.is_empty() || clash || scalars || inner.contains_key(TEXT);
    let is_wrapper = inner.values().any(|tops| tops.iter().any(|top| top.field.node.fields().is_some()));
    if !is_type && !is_wrapper {
        for (key, tops) in inner {
            let own = Seen(tops);
            let role = seat(ground, key, &own, Some(name), seats);
            let mut words =
                shape.members.get(key).map(|member| drafting.member(key, member)).unwrap_or_default();
            words.set("within", name);
            words.set("on", "failure");
            if let Some(role) = role {
                take(role, &mut words, seats, Some("failure"));
            }
            words.set("confidence", "low");
            envelope.members.insert(key.to_owned(), words);
        }
        return;
    }
    let mut members = drafting.members(&shape);
    let mut tells = toml::Table::new();
    let mut taken: Vec<Role> = Vec::new();
    for (key, drafted) in &mut members {
        let Some(tops) = inner.swap_remove(key.as_str()) else { continue };
        let role =
            if key == TEXT { Some(Role::Message) } else { seat(ground, key, &Seen(tops), Some(name), seats) };
        let Some(role) =
            role.filter(|role| !taken.contains(role) && matches!(role, Role::Code | Role::Message))
        else {
            continue;
        };
        taken.push(role);
        let mut own = Vec::new();
        take(role, &mut drafted.words, &mut own, Some("failure"));
        drafted.words.remove("is");
        drafted.words.remove("on");
        let wire = if key == TEXT { "message".to_owned() } else { key.clone() };
        // In the formats that have no such member, it is at the top by another name.
        for format in &flat {
            if let Some(other) =
                top_name(ground, format, role).filter(|other| *other != wire && *format == "json")
            {
                drafted.words.set("json", other);
            }
        }
        tells.insert(role.word().to_owned(), wire.clone().into());
        *key = wire;
    }
    if !taken.contains(&Role::Code) {
        // Nothing in it says which error it is.
        let words = Words::new().with("type", "any").with("on", "failure").with("confidence", "low");
        envelope.members.insert(name.to_owned(), words);
        return;
    }
    seats.extend(taken.iter().map(|role| Seat { role: *role, on: Some("failure") }));
    let mut words =
        Words::new().with("type", FAULT).with("tells", tells).with("on", "failure").with("confidence", "low");
    if lists {
        words.set("list", true);
    }
    if !flat.is_empty() {
        words.set("flatten-in", flat.iter().map(|format| toml::Value::from(*format)).collect::<Vec<_>>());
        words.set("assumption", "The formats differ in where they have it.");
    }
    envelope.members.insert(name.to_owned(), words);
    envelope.fault = Some(members);
}

/// What some formats have at the top in place of the member that others have: no members of their own.
pub(crate) fn flat_names(ground: &Ground<'_>) -> Vec<String> {
    let Some(name) = ground.verdict.error.as_deref() else { return Vec::new() };
    let flat = flat_formats(ground, name);
    let roles = [Role::Code, Role::Message];
    let names =
        roles.iter().flat_map(|role| flat.iter().filter_map(|format| top_name(ground, format, *role)));
    names.filter(|own| own != name).collect()
}

/// The formats whose failures have a code at the top, and no such member.
fn flat_formats(ground: &Ground<'_>, name: &str) -> Vec<&'static str> {
    let mut formats: IndexMap<&'static str, bool> = IndexMap::new();
    for sample in ground.samples.iter().filter(|one| one.failed) {
        for (format, fields) in sample.tops() {
            let has = fields.iter().any(|field| field.name == name && field.node.fields().is_some());
            let flat = !has && fields.iter().any(is_code);
            let all = formats.entry(format_name(format)).or_insert(true);
            *all &= flat;
        }
    }
    formats.into_iter().filter(|(_, flat)| *flat).map(|(format, _)| format).collect()
}

fn is_code(field: &Field) -> bool {
    rank(&NAMES.code, &field.name).is_some()
        && field.node.text().is_some_and(|text| !text.contains(char::is_whitespace))
}

/// What a format calls a role at the top of failures.
fn top_name(ground: &Ground<'_>, format: &str, role: Role) -> Option<String> {
    let failed = ground.samples.iter().filter(|one| one.failed);
    let fields = failed
        .flat_map(Sample::tops)
        .filter(|(own, _)| format_name(*own) == format)
        .flat_map(|(_, fields)| fields);
    let status = ground.verdict.status.as_ref().map(|(name, _)| name.as_str());
    let mut named = fields.filter(|field| {
        Some(field.name.as_str()) != status
            && match role {
                Role::Code => is_code(field),
                _ => rank(&NAMES.message, &field.name).is_some() && !is_code(field),
            }
    });
    named.next().map(|field| field.name.clone())
}
