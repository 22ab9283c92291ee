//! Parameters with numbers in their names: lists of texts, of structures, and maps.

use indexmap::IndexMap;

use crate::{
    names::{folded, is_in},
    shape::Shape,
    tree::{Field, Kind, Node, Place},
};

/// The names behind an item's number, each with its value.
type Item<'p> = Vec<(Vec<&'p str>, &'p str)>;

/// The parameters of one numbered list.
#[derive(Debug, Default)]
pub(crate) struct Numbered<'p> {
    /// The items of each request, by their numbers: the names behind the number, with their values.
    requests: IndexMap<usize, IndexMap<u32, Item<'p>>>,
}

/// The name in front of the number and what is between, and what is behind it.
type Parts<'n> = ((String, Option<String>), u32, Vec<&'n str>);

/// `Attribute.1`, `ids.member.2`, `Tags.member.1.Key`.
pub(crate) fn parts(name: &str) -> Option<Parts<'_>> {
    let parts: Vec<&str> = name.split('.').collect();
    let at = parts.iter().position(|part| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    })?;
    let number = parts.get(at)?.parse().ok()?;
    let behind = parts.get(at + 1..)?.to_vec();
    let before = parts.get(..at)?;
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match before {
        [name] if !name.is_empty() => Some((((*name).to_owned(), None), number, behind)),
        [name, between] if !name.is_empty() && word(between) => {
            Some((((*name).to_owned(), Some((*between).to_owned())), number, behind))
        }
        _ => None,
    }
}

impl<'p> Numbered<'p> {
    pub(crate) fn add(&mut self, request: usize, number: u32, behind: Vec<&'p str>, value: &'p str) {
        self.requests.entry(request).or_default().entry(number).or_default().push((behind, value));
    }

    /// The values of items that are texts.
    pub(crate) fn texts(&self) -> Vec<&'p str> {
        let items = self.requests.values().flat_map(IndexMap::values).flatten();
        items.filter(|(behind, _)| behind.is_empty()).map(|(_, value)| *value).collect()
    }

    /// The shape of items that are structures.
    pub(crate) fn shape(&self) -> Shape {
        let mut shape = Shape::default();
        for item in self.requests.values().flat_map(IndexMap::values) {
            let mut fields = Vec::new();
            for (behind, value) in item.iter().filter(|(behind, _)| !behind.is_empty()) {
                put(&mut fields, behind, value);
            }
            if !fields.is_empty() {
                shape.add_fields(&fields);
            }
        }
        shape
    }
}

fn put(fields: &mut Vec<Field>, path: &[&str], value: &str) {
    let Some((first, rest)) = path.split_first() else { return };
    let at = fields.iter().position(|field| field.name == *first).unwrap_or_else(|| {
        let node = if rest.is_empty() {
            Node::Scalar(value.to_owned(), Kind::Written)
        } else {
            Node::Object(Vec::new())
        };
        fields.push(Field { name: (*first).to_owned(), place: Place::Query, node });
        fields.len() - 1
    });
    if let Some(Node::Object(inner)) = fields.get_mut(at).map(|field| &mut field.node) {
        put(inner, rest, value);
    }
}

/// The members of an item that are its key and its value.
pub(crate) fn key_and_value(shape: &Shape) -> Option<(String, String)> {
    let (first, second) = (shape.members.get_index(0)?, shape.members.get_index(1)?);
    let whole = shape.members.len() == 2 && shape.members.values().all(|member| member.seen == shape.objects);
    (whole && is_in("key", first.0) && folded(second.0) == "value")
        .then(|| (first.0.clone(), second.0.clone()))
}
