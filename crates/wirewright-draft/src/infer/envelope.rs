//! What is around every reply, and what each of its members tells.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    ground::{Envelope, Ground, Seen, Top},
    roles::{Seat, seat, take},
    roots::wire_name,
    sample::{Sample, format_name},
};
use crate::{
    members::Drafting,
    names::{NAMES, folded, is_in, rank},
    shape::Shape,
    tree::{Node, Place},
    words::Words,
};

/// The members at the top of all replies, by name, in the order of the wire.
fn tops(samples: &[Sample]) -> IndexMap<&str, Seen<'_>> {
    let mut seen: IndexMap<&str, Seen<'_>> = IndexMap::new();
    for sample in samples {
        for (_, fields) in sample.tops() {
            let mut before: Option<usize> = None;
            for field in fields {
                let at = seen.get_index_of(field.name.as_str()).unwrap_or_else(|| {
                    let at = before.map_or(seen.len(), |before| before + 1).min(seen.len());
                    seen.shift_insert(at, &field.name, Seen(Vec::new()));
                    at
                });
                before = Some(at);
                if let Some((_, all)) = seen.get_index_mut(at) {
                    all.0.push(Top { sample, field });
                }
            }
        }
    }
    seen
}

pub(crate) fn find(ground: &Ground<'_>, drafting: &mut Drafting, notes: &mut Vec<String>) -> Envelope {
    let seen = tops(ground.samples);
    let mut envelope = Envelope { error: ground.verdict.error.clone(), ..Envelope::default() };
    data(ground, &seen, &mut envelope);
    own(ground, &seen, &mut envelope);
    let any_failed = ground.samples.iter().any(|one| one.failed);
    let replies = ground.samples.iter().map(|one| one.documents.len()).sum::<usize>();
    let status = ground.verdict.status.as_ref();
    let mut splice = false;
    let mut seats: Vec<Seat> = Vec::new();
    let flat = super::fault::flat_names(ground);
    for (name, all) in &seen {
        if flat.iter().any(|own| own == name) {
            envelope.own.insert((*name).to_owned());
        } else if status.is_some_and(|(status, _)| status == name) {
            let mut words = status.map(|(_, words)| words.clone()).unwrap_or_default();
            place(all, &mut words);
            if drafting.said_attributes.contains(*name) {
                words.set("attribute", true);
            }
            only_in(ground, name, all, &mut words);
            envelope.members.insert((*name).to_owned(), words);
        } else if envelope.data.as_deref() == Some(*name) || is_templated(&envelope, name) {
            let key = envelope.data_template.clone().unwrap_or_else(|| (*name).to_owned());
            let mut words = Words::new().with("is", "data").with("confidence", "low");
            if any_failed && all.count(true) == 0 {
                words.set("on", "success");
            }
            envelope.members.entry(key).or_insert(words);
        } else if envelope.error.as_deref() == Some(*name) && !all.is_scalar() {
            super::fault::error_member(ground, name, &seen, drafting, &mut envelope, &mut seats);
        } else if envelope.own.contains(*name) {
            if all.is_structure() && !all.is_scalar() {
                let formats: Vec<&str> = ground.formats.words.keys().copied().collect();
                inside(name, all, drafting, &mut envelope, (&formats, any_failed));
                continue;
            }
            let mut shape = Shape::default();
            all.0.iter().for_each(|top| shape.add_fields([top.field]));
            let role = seat(ground, name, all, None, &seats);
            let mut words = Words::new();
            if let Some(member) = shape.members.get(*name) {
                words = drafting.member(name, member);
            }
            if let Some(on) = all.on(any_failed) {
                words.set("on", on);
            }
            if let Some(role) = role {
                take(role, &mut words, &mut seats, all.on(any_failed));
            }
            let beside = all.0.len() == replies && replies > 1;
            words.set("confidence", "low");
            let comment = beside.then(|| format!("In all of {replies} replies."));
            if let Some(comment) = comment.filter(|_| !words.has("is")) {
                words.set_default("doc", comment);
            }
            let formats: Vec<&str> = ground.formats.words.keys().copied().collect();
            envelope.put(name, all.on(any_failed).unwrap_or("every"), &formats, words);
        } else {
            splice = true;
            if envelope.data.is_none() {
                envelope.members.entry("*".to_owned()).or_insert_with(|| Words::new().with("is", "data"));
            }
        }
    }
    if envelope.data.is_none() && envelope.data_template.is_none() {
        envelope.members.entry("*".to_owned()).or_insert_with(|| Words::new().with("is", "data"));
    } else if splice {
        notes.push(
            "some replies have members beside their data that no other has: they are left out".to_owned(),
        );
    }
    envelope
}

fn place(all: &Seen<'_>, words: &mut Words) {
    if all.0.iter().any(|top| top.field.place == Place::Attribute) {
        words.set("attribute", true);
    }
}

/// A status that some formats do not have.
fn only_in(ground: &Ground<'_>, name: &str, all: &Seen<'_>, words: &mut Words) {
    let has = |format: &str| {
        let mut samples = all.0.iter().map(|top| top.sample);
        samples.any(|sample| {
            sample.tops().any(|(own, fields)| {
                format_name(own) == format && fields.iter().any(|field| field.name == name)
            })
        })
    };
    let read = |format: &str| {
        ground.samples.iter().flat_map(Sample::tops).any(|(own, _)| format_name(own) == format)
    };
    let formats: Vec<&str> = ground.formats.words.keys().copied().collect();
    let with: Vec<toml::Value> = formats
        .iter()
        .copied()
        .filter(|format| has(format) || !read(format))
        .map(toml::Value::from)
        .collect();
    if with.len() < formats.len() && !with.is_empty() {
        words.set("only-in", with);
    }
}

fn is_templated(envelope: &Envelope, name: &str) -> bool {
    let Some((before, after)) = envelope.data_template.as_ref().and_then(|own| own.split_once("{operation}"))
    else {
        return false;
    };
    name.len() > before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
}

/// The member that has the data: a structure of a known name, or one that most operations have.
fn data(ground: &Ground<'_>, seen: &IndexMap<&str, Seen<'_>>, envelope: &mut Envelope) {
    let successes: BTreeSet<usize> = ground
        .samples
        .iter()
        .filter(|one| !one.failed && !one.documents.is_empty())
        .map(|one| one.operation)
        .collect();
    let root = ground.formats.words.get("xml").and_then(|xml| xml.text("root")).unwrap_or_default();
    if root.contains("{operation}") {
        for (name, all) in seen {
            let wire = all.0.first().map(|top| wire_name(top.sample, ground.operations)).unwrap_or_default();
            if name.contains(&wire) && *name != wire && wire.len() > 2 {
                envelope.data_template = Some(name.replacen(&wire, "{operation}", 1));
                return;
            }
        }
    }
    for (name, all) in seen {
        let is_status = ground.verdict.status.as_ref().is_some_and(|(status, _)| status == name);
        if is_status
            || envelope.error.as_deref() == Some(*name)
            || all.count(false) == 0
            || !all.is_structure()
        {
            continue;
        }
        // A list is an answer, and has no members of its own.
        if all
            .0
            .iter()
            .any(|top| matches!(&top.field.node, Node::List(_)) || top.field.node.items().len() > 1)
        {
            continue;
        }
        let known = is_in("data", name);
        let operations = all.operations();
        if (known && (operations > 1 || successes.len() < 2))
            || (operations >= 3 && operations * 10 >= successes.len() * 6)
        {
            envelope.data = Some((*name).to_owned());
            if known {
                return;
            }
        }
    }
}

/// Which members at the top are the envelope's.
fn own(ground: &Ground<'_>, seen: &IndexMap<&str, Seen<'_>>, envelope: &mut Envelope) {
    let replying: BTreeSet<usize> =
        ground.samples.iter().filter(|one| !one.documents.is_empty()).map(|one| one.operation).collect();
    let has_data = envelope.data.is_some() || envelope.data_template.is_some();
    for (name, all) in seen {
        let is_known = |list: &[String]| rank(list, name).is_some();
        let special = ground.verdict.status.as_ref().is_some_and(|(status, _)| status == name)
            || envelope.error.as_deref() == Some(*name)
            || envelope.data.as_deref() == Some(*name)
            || is_templated(envelope, name)
            || ground.echo.is_some_and(|(_, member)| member == name);
        let (good, bad) = (all.count(false), all.count(true));
        let usual = all.operations() * 2 >= replying.len() && all.operations() >= 2;
        let known = is_known(&NAMES.message)
            || is_known(&NAMES.code)
            || is_known(&NAMES.symbol)
            || is_known(&NAMES.request_id)
            || is_known(&NAMES.around);
        let plain = NAMES.common_words.contains(&folded(name));
        let is_own = special
            || (bad > 0 && good == 0)
            || (has_data && good > 0)
            || (all.is_scalar() && usual)
            || (all.is_scalar()
                && known
                && !plain
                && (bad > 0 || all.operations() > 1 || replying.len() < 3))
            || (all.is_scalar() && known && bad > 0 && all.operations() >= 2)
            || (!all.is_scalar() && is_known(&NAMES.around) && all.operations() >= 2);
        if is_own {
            envelope.own.insert((*name).to_owned());
        }
    }
}

/// A structure beside the data whose members are the envelope's: `ResponseMetadata`.
fn inside(
    name: &str,
    all: &Seen<'_>,
    drafting: &mut Drafting,
    envelope: &mut Envelope,
    (formats, any_failed): (&[&str], bool),
) {
    let mut shape = Shape::default();
    all.0.iter().for_each(|top| shape.add(&top.field.node));
    let flat = shape
        .members
        .values()
        .all(|member| member.shape.objects == 0 && member.most <= 1 && member.lists == 0);
    if !flat || shape.members.is_empty() {
        let words = Words::new().with("type", "any").with("confidence", "low");
        let words = words.with("assumption", "What stands here differs: it is kept as it comes.");
        envelope.members.insert(name.to_owned(), words);
        return;
    }
    for (inner, mut drafted) in drafting.members(&shape) {
        drafted.words.set("within", name);
        if let Some(on) = all.on(any_failed) {
            drafted.words.set("on", on);
        }
        drafted.words.set("confidence", "low");
        envelope.put(&inner, name, formats, drafted.words);
    }
}
