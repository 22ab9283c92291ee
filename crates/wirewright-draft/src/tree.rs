//! What a reply in any format says, as one kind of tree.

use std::fmt;

use quick_xml::{Reader, XmlVersion, escape::resolve_predefined_entity, events::Event};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use wirewright_codegen::model::FormatKind;

/// What a value is, as far as its format tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A text of XML or of a query string, which tell no types apart.
    Written,
    /// A text of JSON.
    Text,
    Integer,
    Number,
    Boolean,
}

/// Where a member is in its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Element,
    Attribute,
    /// The text of an element that has more.
    Text,
    Json,
    Query,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Scalar(String, Kind),
    Object(Vec<Field>),
    /// A list of JSON.
    List(Vec<Node>),
    /// What there is of one name, which may be several.
    Repeated(Vec<Node>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) node: Node,
}

/// The name of an element's own text beside what else it has.
pub(crate) const TEXT: &str = "#text";

/// A reply that could be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// The root element.
    pub(crate) root: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) declaration: bool,
    /// Whether a query string has a pair in each line.
    pub(crate) lines: bool,
    pub(crate) node: Node,
}

/// How deep documents go.
const DEEPEST: usize = 100;

impl Node {
    /// The only text that is here.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Scalar(text, _) => Some(text),
            Self::Repeated(nodes) => match nodes.as_slice() {
                [Self::Scalar(text, _)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The fields of the first structure that is here.
    pub(crate) fn fields(&self) -> Option<&[Field]> {
        match self {
            Self::Object(fields) => Some(fields),
            Self::Repeated(nodes) | Self::List(nodes) => nodes.first()?.fields(),
            _ => None,
        }
    }

    /// The values that are here: the items of a list, and of what is repeated.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::Repeated(nodes) | Self::List(nodes) => nodes,
            one => std::slice::from_ref(one),
        }
    }

    /// Every text with the names on the way to it.
    pub(crate) fn leaves<'n>(&'n self, path: &mut Vec<&'n str>, each: &mut impl FnMut(&[&'n str], &'n str)) {
        match self {
            Self::Null => {}
            Self::Scalar(text, _) => each(path, text),
            Self::Object(fields) => {
                for field in fields {
                    path.push(&field.name);
                    field.node.leaves(path, each);
                    path.pop();
                }
            }
            Self::List(nodes) | Self::Repeated(nodes) => {
                for node in nodes {
                    node.leaves(path, each);
                }
            }
        }
    }
}

/// Reads a reply. `None`: it is none of its format.
pub(crate) fn read(format: FormatKind, text: &str) -> Option<Document> {
    match format {
        FormatKind::Xml => xml(text),
        FormatKind::Json => {
            let node: Node = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
            Some(Document::of(node))
        }
        FormatKind::Query => Some(query(text)),
    }
}

impl Document {
    fn of(node: Node) -> Self {
        Self { root: None, namespace: None, declaration: false, lines: false, node }
    }
}

/// An element that is open.
#[derive(Default)]
struct Open {
    name: String,
    attributes: Vec<Field>,
    children: Vec<(String, Node)>,
    text: String,
}

impl Open {
    fn close(self) -> Node {
        if self.attributes.is_empty() && self.children.is_empty() {
            return Node::Scalar(self.text, Kind::Written);
        }
        let mut fields = self.attributes;
        if !self.text.trim().is_empty() {
            let text = Node::Scalar(self.text.trim().to_owned(), Kind::Written);
            fields.push(Field { name: TEXT.to_owned(), place: Place::Text, node: text });
        }
        // Elements of one name are one member, where the first of them is.
        let mut grouped: indexmap::IndexMap<String, Vec<Node>> = indexmap::IndexMap::new();
        for (name, node) in self.children {
            grouped.entry(name).or_default().push(node);
        }
        fields.extend(grouped.into_iter().map(|(name, nodes)| Field {
            name,
            place: Place::Element,
            node: Node::Repeated(nodes),
        }));
        Node::Object(fields)
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn xml(text: &str) -> Option<Document> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    let mut open: Vec<Open> = Vec::new();
    let mut document = Document::of(Node::Null);
    let mut done = None;
    loop {
        let event = reader.read_event().ok()?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Decl(_) => document.declaration = true,
            Event::Start(tag) | Event::Empty(tag) => {
                if done.is_some() || open.len() >= DEEPEST {
                    return None;
                }
                let mut element = Open { name: local(tag.name().as_ref()), ..Open::default() };
                for attribute in tag.attributes() {
                    let attribute = attribute.ok()?;
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
                    let name = attribute.key.as_ref();
                    if name == "xmlns" && open.is_empty() {
                        document.namespace = Some(value);
                    } else if name != "xmlns" && !name.starts_with("xmlns:") && !name.starts_with("xsi:") {
                        let node = Node::Scalar(value, Kind::Written);
                        element.attributes.push(Field { name: local(name), place: Place::Attribute, node });
                    }
                }
                if open.is_empty() {
                    document.root = Some(element.name.clone());
                }
                open.push(element);
                if is_empty {
                    close(&mut open, &mut done);
                }
            }
            Event::End(_) => close(&mut open, &mut done),
            Event::Text(text) => match open.last_mut() {
                Some(element) => element.text.push_str(&text),
                None if !text.trim().is_empty() => return None,
                None => {}
            },
            Event::CData(text) => open.last_mut()?.text.push_str(&text),
            Event::GeneralRef(reference) => {
                let sign = reference.resolve_char_ref().ok()?;
                let text = match sign {
                    Some(sign) => sign.to_string(),
                    None => resolve_predefined_entity(&reference)?.to_owned(),
                };
                open.last_mut()?.text.push_str(&text);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if !open.is_empty() {
        return None;
    }
    document.node = match done? {
        Node::Scalar(text, _) if text.trim().is_empty() => Node::Object(Vec::new()),
        Node::Scalar(text, kind) => {
            let node = Node::Scalar(text.trim().to_owned(), kind);
            Node::Object(vec![Field { name: TEXT.to_owned(), place: Place::Text, node }])
        }
        node => node,
    };
    Some(document)
}

fn close(open: &mut Vec<Open>, done: &mut Option<Node>) {
    let Some(element) = open.pop() else { return };
    let name = element.name.clone();
    let node = element.close();
    match open.last_mut() {
        Some(around) => around.children.push((name, node)),
        None => *done = Some(node),
    }
}

fn query(text: &str) -> Document {
    let lines = text.trim().lines().count() > 1 && !text.contains('&');
    let pairs: Vec<(String, String)> = if lines {
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
    } else {
        form_urlencoded::parse(text.trim().as_bytes()).into_owned().collect()
    };
    let mut fields = Vec::new();
    for (name, value) in pairs {
        let nested = name.split('.').all(|part| {
            part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && !part.is_empty()
        });
        let path: Vec<&str> = if nested { name.split('.').take(DEEPEST).collect() } else { vec![&name] };
        put(&mut fields, &path, value);
    }
    Document { lines, ..Document::of(Node::Object(fields)) }
}

fn put(fields: &mut Vec<Field>, path: &[&str], value: String) {
    let Some((first, rest)) = path.split_first() else { return };
    let at = fields.iter().position(|field| field.name == *first).unwrap_or_else(|| {
        let node = if rest.is_empty() { Node::Repeated(Vec::new()) } else { Node::Object(Vec::new()) };
        fields.push(Field { name: (*first).to_owned(), place: Place::Query, node });
        fields.len() - 1
    });
    match fields.get_mut(at).map(|field| &mut field.node) {
        Some(Node::Object(inner)) if !rest.is_empty() => put(inner, rest, value),
        Some(Node::Repeated(nodes)) if rest.is_empty() => nodes.push(Node::Scalar(value, Kind::Written)),
        // A text here and a structure there: what came first stays.
        _ => {}
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string(), Kind::Boolean))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string(), Kind::Integer))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        let kind = if i64::try_from(value).is_ok() { Kind::Integer } else { Kind::Number };
        Ok(Node::Scalar(value.to_string(), kind))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string(), Kind::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_owned(), Kind::Text))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, node)) = members.next_entry()? {
            fields.push(Field { name, place: Place::Json, node });
        }
        Ok(Node::Object(fields))
    }
}
