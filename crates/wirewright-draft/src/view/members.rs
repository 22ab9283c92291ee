//! The members of structures, as a sample shows them.

use wirewright_codegen::model::{FormatKind, Member, Place, Repeat};

use super::described::{Scope, ShownMembers, View};
use crate::tree::{Field, Node, TEXT};

/// The name of a member in a format.
pub(crate) fn name_in(member: &Member, format: FormatKind) -> &str {
    let own = match format {
        FormatKind::Xml => &member.xml,
        FormatKind::Json => &member.json,
        FormatKind::Query => &member.query,
    };
    own.as_deref().unwrap_or(&member.name.wire)
}

/// The name that a tree has for a member.
pub(super) fn shown_name(member: &Member, format: FormatKind) -> String {
    if format == FormatKind::Xml && member.place == Place::Text {
        return TEXT.to_owned();
    }
    name_in(member, format).to_owned()
}

pub(super) fn is_named(member: &Member, field: &Field, format: FormatKind) -> bool {
    shown_name(member, format) == field.name || member.also.contains(&field.name)
}

/// The members of a structure in a format: what is flattened into it is among them.
pub(crate) fn flat(view: &View<'_>, members: &[Member], format: FormatKind, depth: usize) -> Vec<Member> {
    let mut all = Vec::new();
    for member in members {
        let flattened = member.place == Place::Flatten || member.flat_in.contains(&format);
        match view.structure(&member.value).filter(|_| flattened && depth < 16) {
            Some(inside) => all.extend(flat(view, &inside, format, depth + 1)),
            None => all.push(member.clone()),
        }
    }
    all
}

impl View<'_> {
    /// What the definition says of each member of a structure.
    pub(super) fn members(
        &self,
        members: &[Member],
        node: &Node,
        format: FormatKind,
        path: &[String],
        scope: Scope,
        shown_members: &mut ShownMembers,
    ) {
        let Node::Object(fields) = node else {
            if let Node::List(nodes) | Node::Repeated(nodes) = node {
                for node in nodes {
                    self.members(members, node, format, path, scope, shown_members);
                }
            }
            return;
        };
        let members = flat(self, members, format, 0);
        for field in fields {
            let mut own = path.to_vec();
            own.push(field.name.clone());
            let in_place = |member: &&Member| {
                is_named(member, field, format)
                    && (member.place == Place::Attribute) == (field.place == crate::tree::Place::Attribute)
            };
            let named = members
                .iter()
                .find(in_place)
                .or_else(|| members.iter().find(|member| is_named(member, field, format)));
            let Some(member) = named else {
                let inside = (format == FormatKind::Query)
                    .then(|| self.query_member(&members, &field.name, 0))
                    .flatten();
                if let Some(inside) = inside {
                    shown_members.insert(own.clone(), Some(self.describe(&inside, scope)));
                    continue;
                }
                shown_members.entry(own.clone()).or_insert(None);
                unknown(&field.node, &own, shown_members);
                continue;
            };
            shown_members.insert(own.clone(), Some(self.describe(member, scope)));
            self.look(member, &field.node, &own);
            if matches!(member.repeat, Repeat::Map { .. }) || self.kind(member) == "any" {
                continue;
            }
            // The items of a list may have an element around them.
            if let Repeat::List { item: Some(item), .. } = &member.repeat
                && format == FormatKind::Xml
            {
                for inside in field.node.items().iter().filter_map(Node::fields).flatten() {
                    let mut deeper = own.clone();
                    deeper.push(inside.name.clone());
                    if inside.name == *item {
                        let one = member.clone().with(|details| details.repeat = Repeat::Once);
                        let mut described = self.describe(&one, scope);
                        described.list = true;
                        shown_members.insert(deeper.clone(), Some(described));
                        self.inside(member, &inside.node, format, &deeper, scope, shown_members);
                    } else {
                        shown_members.entry(deeper).or_insert(None);
                    }
                }
                continue;
            }
            self.inside(member, &field.node, format, &own, scope, shown_members);
        }
    }

    /// The member that a name of a query string is of, where it is inside of others: `name.part`, `name.1.part`, `part1`, `part[1]`.
    pub(super) fn query_member(&self, members: &[Member], name: &str, depth: usize) -> Option<Member> {
        let query = self.vendor.formats.iter().find(|own| own.kind == FormatKind::Query);
        let separator = query.and_then(|own| own.nested.as_deref()).unwrap_or(".");
        let bare = name
            .trim_end_matches(']')
            .trim_end_matches(|sign: char| sign.is_ascii_digit())
            .trim_end_matches('[');
        for member in members {
            let own = name_in(member, FormatKind::Query);
            if own == name {
                return Some(member.clone());
            }
            if let Repeat::List { columns: true, .. } = &member.repeat
                && let Some(inside) = self.structure(&member.value).filter(|_| bare.len() < name.len())
                && let Some(found) = inside.iter().find(|one| name_in(one, FormatKind::Query) == bare)
            {
                return Some(found.clone());
            }
            let Some(rest) = name.strip_prefix(own).filter(|_| depth < 8) else { continue };
            if matches!(member.repeat, Repeat::Map { .. }) && !rest.is_empty() {
                return Some(member.clone());
            }
            let numbered = matches!(member.repeat, Repeat::List { numbered: Some(_), .. });
            let rest = rest.strip_prefix(separator).or(numbered.then_some(rest));
            let Some(rest) = rest else { continue };
            let rest = if numbered {
                let part = rest.trim_start_matches(|sign: char| !sign.is_ascii_digit());
                let behind = part.trim_start_matches(|sign: char| sign.is_ascii_digit());
                if behind.is_empty() && part.len() < name.len() && !part.is_empty() {
                    return Some(member.clone());
                }
                behind.trim_start_matches(']').strip_prefix(separator).unwrap_or(behind)
            } else {
                rest
            };
            let found =
                self.structure(&member.value).and_then(|inside| self.query_member(&inside, rest, depth + 1));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn inside(
        &self,
        member: &Member,
        node: &Node,
        format: FormatKind,
        path: &[String],
        scope: Scope,
        shown_members: &mut ShownMembers,
    ) {
        match self.structure(&member.value) {
            Some(members) => node
                .items()
                .iter()
                .for_each(|node| self.members(&members, node, format, path, scope, shown_members)),
            None => unknown(node, path, shown_members),
        }
    }
}

/// What is in something that the definition does not know.
fn unknown(node: &Node, path: &[String], shown_members: &mut ShownMembers) {
    match node {
        Node::Object(fields) => {
            for field in fields {
                let mut own = path.to_vec();
                own.push(field.name.clone());
                shown_members.entry(own.clone()).or_insert(None);
                unknown(&field.node, &own, shown_members);
            }
        }
        Node::List(nodes) | Node::Repeated(nodes) => {
            for node in nodes {
                unknown(node, path, shown_members);
            }
        }
        Node::Null | Node::Scalar(..) => {}
    }
}
