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
    tree::{Field, Node, Place, TEXT},
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
    let item = item(all);
    let lists = item.is_some()
        || all
            .0
            .iter()
            .any(|top| matches!(top.field.node, Node::List(_)) || top.field.node.items().len() > 1);
    let mut inner: IndexMap<&str, Vec<Top<'_>>> = IndexMap::new();
    let mut shape = Shape::default();
    for top in all.0.iter().filter(structured) {
        for node in each(&top.field.node, item) {
            shape.add(node);
            for field in node.fields().unwrap_or_default() {
                inner.entry(&field.name).or_default().push(Top { sample: top.sample, field });
            }
        }
    }
    let flat = flat_formats(ground, name);
    let clash = inner.keys().any(|key| seen.contains_key(key) || envelope.members.contains_key(*key));
    let empty = |node: &Node| node.text().is_some_and(|text| text.trim().is_empty()) || *node == Node::Null;
    let scalars = all.0.iter().any(|top| top.field.node.fields().is_none() && !empty(&top.field.node));
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
    let text_name = if inner.contains_key("message") { "text" } else { "message" };
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
        let wire = if key == TEXT { text_name.to_owned() } else { key.clone() };
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
    let mut words = Words::new().with("type", FAULT).with("tells", tells);
    // A success may have it without anything in it.
    let always = all.count(false) > 0;
    if !always {
        words.set("on", "failure");
    }
    words.set("confidence", "low");
    if let Some(item) = item {
        let mut layout = toml::Table::from_iter([("item".to_owned(), item.into())]);
        if always {
            layout.insert("always".to_owned(), true.into());
        }
        words.set("list", layout);
    } else if lists {
        words.set("list", true);
    }
    if !flat.is_empty() {
        words.set("flatten-in", flat.iter().map(|format| toml::Value::from(*format)).collect::<Vec<_>>());
        words.set("assumption", "The formats differ in where they have it.");
    }
    envelope.members.insert(name.to_owned(), words);
    envelope.fault = Some(members);
}

/// `Error` of `<Errors><Error Number="2">…</Error></Errors>`: the element that each of what is wrong has, where one more is around them.
fn item<'s>(all: &Seen<'s>) -> Option<&'s str> {
    let mut found: Option<&str> = None;
    let mut is_structure = false;
    let written = all.0.iter().filter(|top| top.field.place == Place::Element);
    for field in written.flat_map(|top| top.field.node.fields().unwrap_or_default()) {
        if field.place != Place::Element || found.is_some_and(|found| found != field.name) {
            return None;
        }
        found = Some(&field.name);
        is_structure |= field.node.fields().is_some();
    }
    found.filter(|_| is_structure)
}

/// Each of what is wrong, by itself.
pub(super) fn each<'n>(node: &'n Node, item: Option<&str>) -> Vec<&'n Node> {
    let inside = |node: &'n Node| {
        let fields = node.fields().unwrap_or_default();
        let own =
            fields.iter().find(|field| field.place == Place::Element && item == Some(field.name.as_str()));
        own.map_or_else(|| vec![node], |field| field.node.items().iter().collect())
    };
    node.items().iter().flat_map(inside).collect()
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
