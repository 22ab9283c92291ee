//! The members of structures, as a sample shows them.

use wirewright_codegen::model::{FormatKind, Member, Place, Repeat};

use super::described::{Sights, View, Whereabouts};
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
        whereabouts: Whereabouts,
        sights: &mut Sights,
    ) {
        let Node::Object(fields) = node else {
            if let Node::List(nodes) | Node::Repeated(nodes) = node {
                for node in nodes {
                    self.members(members, node, format, path, whereabouts, sights);
                }
            }
            return;
        };
        let members = flat(self, members, format, 0);
        for field in fields {
            let mut own = path.to_vec();
            own.push(field.name.clone());
            let Some(member) = members.iter().find(|member| is_named(member, field, format)) else {
                sights.entry(own.clone()).or_insert(None);
                unknown(&field.node, &own, sights);
                continue;
            };
            sights.insert(own.clone(), Some(self.describe(member, whereabouts)));
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
                        let one = Member { repeat: Repeat::Once, ..member.clone() };
                        let mut described = self.describe(&one, whereabouts);
                        described.list = true;
                        sights.insert(deeper.clone(), Some(described));
                        self.inside(member, &inside.node, format, &deeper, whereabouts, sights);
                    } else {
                        sights.entry(deeper).or_insert(None);
                    }
                }
                continue;
            }
            self.inside(member, &field.node, format, &own, whereabouts, sights);
        }
    }

    fn inside(
        &self,
        member: &Member,
        node: &Node,
        format: FormatKind,
        path: &[String],
        whereabouts: Whereabouts,
        sights: &mut Sights,
    ) {
        match self.structure(&member.value) {
            Some(members) => node
                .items()
                .iter()
                .for_each(|node| self.members(&members, node, format, path, whereabouts, sights)),
            None => unknown(node, path, sights),
        }
    }
}

/// What is in something that the definition does not know.
fn unknown(node: &Node, path: &[String], sights: &mut Sights) {
    match node {
        Node::Object(fields) => {
            for field in fields {
                let mut own = path.to_vec();
                own.push(field.name.clone());
                sights.entry(own.clone()).or_insert(None);
                unknown(&field.node, &own, sights);
            }
        }
        Node::List(nodes) | Node::Repeated(nodes) => {
            for node in nodes {
                unknown(node, path, sights);
            }
        }
        Node::Null | Node::Scalar(..) => {}
    }
}
