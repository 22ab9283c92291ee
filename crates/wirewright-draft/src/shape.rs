//! What many samples of one structure have in common.

use indexmap::IndexMap;

use crate::tree::{Field, Kind, Node, Place};

/// All that was seen at one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    /// How often something was there.
    pub(crate) seen: usize,
    pub(crate) nulls: usize,
    /// How often it was a structure.
    pub(crate) objects: usize,
    /// The texts, each with how often it was there.
    pub(crate) values: IndexMap<(String, Kind), usize>,
    pub(crate) members: IndexMap<String, Member>,
}

/// A member of a structure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Member {
    /// How many of the structures have it.
    pub(crate) seen: usize,
    pub(crate) elements: usize,
    pub(crate) attributes: usize,
    pub(crate) texts: usize,
    pub(crate) json: usize,
    pub(crate) query: usize,
    /// The most that there are in one structure.
    pub(crate) most: usize,
    /// How often it is a list of JSON, and how often another value of JSON.
    pub(crate) lists: usize,
    pub(crate) singles: usize,
    pub(crate) empty_lists: usize,
    pub(crate) shape: Shape,
}

impl Member {
    /// How often a format that tells no types has it.
    pub(crate) const fn written(&self) -> usize {
        self.elements + self.attributes + self.texts
    }

    fn count(&mut self, place: Place) {
        let count = match place {
            Place::Element => &mut self.elements,
            Place::Attribute => &mut self.attributes,
            Place::Text => &mut self.texts,
            Place::Json => &mut self.json,
            Place::Query => &mut self.query,
        };
        *count += 1;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.seen += other.seen;
        self.elements += other.elements;
        self.attributes += other.attributes;
        self.texts += other.texts;
        self.json += other.json;
        self.query += other.query;
        self.most = self.most.max(other.most);
        self.lists += other.lists;
        self.singles += other.singles;
        self.empty_lists += other.empty_lists;
        self.shape.merge(&other.shape);
    }
}

impl Shape {
    pub(crate) fn add(&mut self, node: &Node) {
        match node {
            Node::Null => {
                self.seen += 1;
                self.nulls += 1;
            }
            Node::Scalar(text, kind) => {
                self.seen += 1;
                *self.values.entry((text.clone(), *kind)).or_default() += 1;
            }
            Node::Object(fields) => self.add_fields(fields),
            Node::List(nodes) | Node::Repeated(nodes) => nodes.iter().for_each(|node| self.add(node)),
        }
    }

    pub(crate) fn add_fields<'f>(&mut self, fields: impl IntoIterator<Item = &'f Field>) {
        self.seen += 1;
        self.objects += 1;
        let mut before: Option<usize> = None;
        for field in fields {
            let at = self.members.get_index_of(&field.name).unwrap_or_else(|| {
                // In the order of the wire: behind its neighbour.
                let at = before.map_or(self.members.len(), |before| before + 1).min(self.members.len());
                self.members.shift_insert(at, field.name.clone(), Member::default());
                at
            });
            before = Some(at);
            if let Some((_, member)) = self.members.get_index_mut(at) {
                member.add(field);
            }
        }
    }

    /// The texts that are not empty, each with its kind and how often it is there.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, Kind, usize)> {
        let texts = self.values.iter().map(|((text, kind), count)| (text.as_str(), *kind, *count));
        texts.filter(|(text, ..)| !text.trim().is_empty())
    }

    pub(crate) fn has_texts(&self) -> bool {
        self.texts().next().is_some()
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.seen += other.seen;
        self.nulls += other.nulls;
        self.objects += other.objects;
        for (value, count) in &other.values {
            *self.values.entry(value.clone()).or_default() += count;
        }
        for (name, member) in &other.members {
            self.members.entry(name.clone()).or_default().merge(member);
        }
    }

    /// How much of the names of two structures is in both.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let common = self.members.keys().filter(|name| other.members.contains_key(*name)).count();
        let all = self.members.len() + other.members.len() - common;
        if common == self.members.len() || common == other.members.len() {
            return 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of names are small")]
        let part = common as f64 / all as f64;
        part
    }
}

impl Member {
    pub(crate) fn add(&mut self, field: &Field) {
        self.count(field.place);
        self.seen += 1;
        match &field.node {
            Node::Repeated(nodes) => self.most = self.most.max(nodes.len()),
            Node::List(nodes) => {
                self.lists += 1;
                self.most = self.most.max(nodes.len());
                self.empty_lists += usize::from(nodes.is_empty());
            }
            _ => {
                self.singles += usize::from(field.place == Place::Json);
                self.most = self.most.max(1);
            }
        }
        self.shape.add(&field.node);
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use crate::tree::read;
    use wirewright_codegen::model::FormatKind;

    #[test]
    fn formats_are_merged() {
        let mut shape = Shape::default();
        for (format, text) in [
            (FormatKind::Xml, "<a><id>1</id><tag>x</tag><tag>y</tag></a>"),
            (FormatKind::Json, r#"{"id": 1, "more": null, "tag": ["x"]}"#),
        ] {
            shape.add(&read(format, text).expect("it is of its format").node);
        }
        let names: Vec<&str> = shape.members.keys().map(String::as_str).collect();
        assert_eq!(names, ["id", "more", "tag"]);
        let tag = &shape.members["tag"];
        assert_eq!((tag.seen, tag.elements, tag.json, tag.most, tag.lists), (2, 1, 1, 2, 1));
        assert_eq!(
            tag.shape.texts().map(|(text, _, count)| (text, count)).collect::<Vec<_>>(),
            [("x", 1), ("y", 1), ("x", 1)]
        );
    }
}
