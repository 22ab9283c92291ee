//! Writes XML.

use std::{borrow::Cow, fmt::Write};

use crate::{
    EncodeError, EncodeErrorKind, Format, Options, scalar,
    text::{
        escape::{self, XmlPlace},
        xml::{XML_NAMESPACE, expanded, is_name},
    },
    tree::NESTED,
    wire::{
        Document, DocumentText, Encoder, Entries, Items, Member, MemberLocation, Record, Shape, UnionValue,
        Value,
    },
};

pub(super) fn document(
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    let mut writer = Writer {
        out: String::with_capacity(256),
        path: shape.root.to_string(),
        depth: 1,
        max_depth: options.limits.max_depth(),
        part: Section::Whole,
        prefixes: 0,
        error: None,
    };
    writer.out.push('<');
    writer.out.push_str(shape.root);
    if let Some(namespace) = shape.namespace {
        writer.out.push_str(" xmlns=\"");
        writer.escaped(namespace, XmlPlace::Attribute);
        writer.out.push('"');
    }
    record.encode_fields(&mut writer);
    writer.close(shape.root);
    writer.error.map_or(Ok(writer.out), Err)
}

/// Which part of a structure is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Attributes, the end of the start tag, content.
    Whole,
    Attributes,
    Content,
}

struct Writer {
    out: String,
    path: String,
    depth: usize,
    max_depth: usize,
    part: Section,
    /// How many prefixes have been made.
    prefixes: usize,
    error: Option<EncodeError>,
}

/// A member's name with its namespace, if it has one of its own.
fn qualified(member: Member) -> Cow<'static, str> {
    match member.namespace() {
        Some(namespace) => Cow::Owned(format!("{{{namespace}}}{}", member.xml())),
        None => Cow::Borrowed(member.xml()),
    }
}

/// Whether a name can be written: that of a namespace may be before it.
fn is_expanded_name(name: &str) -> bool {
    is_name(expanded(name).1)
}

impl Encoder for Writer {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        let part = std::mem::replace(&mut self.part, Section::Whole);
        let members = || shape.members().zip(values);
        if part != Section::Content {
            for (member, value) in members() {
                match member.place_in(Format::Xml) {
                    MemberLocation::Attribute => self.attribute(member, *value),
                    MemberLocation::Flatten | MemberLocation::Rest => self.flat_attributes(*value),
                    MemberLocation::Element | MemberLocation::Text | MemberLocation::Nowhere => {}
                }
            }
        }
        if part == Section::Whole {
            self.out.push('>');
        }
        if part != Section::Attributes {
            for (member, value) in members() {
                match member.place_in(Format::Xml) {
                    MemberLocation::Element => self.within(member.xml(), |this| this.member(member, *value)),
                    MemberLocation::Text => self.within(member.xml(), |this| this.text(member, *value)),
                    MemberLocation::Flatten | MemberLocation::Rest => self.flat(member, *value),
                    MemberLocation::Attribute | MemberLocation::Nowhere => {}
                }
            }
        }
    }
}

impl Writer {
    #[cold]
    fn fail(&mut self, kind: EncodeErrorKind) {
        if self.error.is_none() {
            self.error = Some(EncodeError::new(Format::Xml, &self.path, kind));
        }
    }

    /// Goes one step further on the path.
    fn within(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push('.');
        self.path.push_str(name);
        write(self);
        self.path.truncate(length);
    }

    fn at(&mut self, index: usize, write: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        // Writing into a string cannot fail.
        let _ = write!(self.path, "[{index}]");
        write(self);
        self.path.truncate(length);
    }

    /// A start tag up to behind its name. What is inside is in the same namespace.
    fn open(&mut self, name: &str) {
        let (namespace, name) = expanded(name);
        self.out.push('<');
        self.out.push_str(name);
        if let Some(namespace) = namespace {
            self.out.push_str(" xmlns=\"");
            self.escaped(namespace, XmlPlace::Attribute);
            self.out.push('"');
        }
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(expanded(name).1);
        self.out.push('>');
    }

    fn escaped(&mut self, text: &str, place: XmlPlace) {
        if let Err(kind) = escape::xml(&mut self.out, text, 0, place) {
            self.fail(kind);
        }
    }

    /// A list's items as one text.
    fn joined(&mut self, member: Member, items: &dyn Items, separator: &str) -> Option<String> {
        match scalar::join(member, items, separator) {
            Ok(text) => Some(text),
            Err(kind) => {
                self.fail(kind);
                None
            }
        }
    }

    /// What stands for a list without items; `None`: nothing does, or must not.
    fn empty(&mut self, member: Member) -> Option<&'static str> {
        let form = member.list();
        if form.filled {
            self.fail(EncodeErrorKind::Empty);
        }
        (form.always && (form.item.is_some() || form.joined.is_some())).then_some("")
    }

    fn attribute(&mut self, member: Member, value: Value<'_>) {
        self.within(member.xml(), |this| {
            let text = match value {
                Value::Absent => return,
                Value::Bool(false) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => {
                    return;
                }
                Value::List(items) if items.is_empty() => match this.empty(member) {
                    Some(text) => Some(text.into()),
                    None => return,
                },
                Value::List(items) => match member.list().joined {
                    Some(separator) => this.joined(member, items, separator).map(Into::into),
                    None => None,
                },
                value => scalar::text(value, member.boolean()),
            };
            let Some(text) = text else { return this.fail(scalar::fault(&value)) };
            this.attribute_text(&qualified(member), &text);
        });
    }

    fn attribute_text(&mut self, name: &str, text: &str) {
        let (namespace, name) = expanded(name);
        match namespace {
            None | Some("") => self.out.push(' '),
            Some(XML_NAMESPACE) => self.out.push_str(" xml:"),
            Some(namespace) => {
                self.prefixes += 1;
                let prefix = format!("n{}", self.prefixes);
                self.out.extend([" xmlns:", &prefix, "=\""]);
                self.escaped(namespace, XmlPlace::Attribute);
                self.out.extend(["\" ", &prefix, ":"]);
            }
        }
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escaped(text, XmlPlace::Attribute);
        self.out.push('"');
    }

    fn text(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent => {}
            Value::Bool(false) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => {}
            Value::List(items) if items.is_empty() => drop(self.empty(member)),
            Value::List(items) => match member.list().joined {
                Some(separator) => {
                    if let Some(text) = self.joined(member, items, separator) {
                        self.escaped(&text, XmlPlace::Content);
                    }
                }
                None => self.fail(EncodeErrorKind::Misplaced),
            },
            value => match scalar::text(value, member.boolean()) {
                Some(text) => self.escaped(&text, XmlPlace::Content),
                None => self.fail(scalar::fault(&value)),
            },
        }
    }

    /// The attributes that a flattened value brings to the element it is in.
    fn flat_attributes(&mut self, value: Value<'_>) {
        match value {
            Value::Record(record) => {
                if self.deeper() {
                    self.part = Section::Attributes;
                    record.encode_fields(self);
                }
                self.depth -= 1;
            }
            Value::Union(variant) => {
                let tagging = variant.shape();
                if tagging.tag.is_some() && tagging.content.is_none() {
                    self.flat_attributes(variant.payload());
                }
            }
            Value::Document(Document::Record(members)) => self.node_attributes(members),
            _ => {}
        }
    }

    /// A value that is among the members of another.
    fn flat(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent => {}
            Value::Record(record) => {
                if self.deeper() {
                    self.part = Section::Content;
                    record.encode_fields(self);
                }
                self.depth -= 1;
            }
            Value::Map(entries) => self.keyed(member, entries),
            Value::Union(variant) => self.variant(variant),
            Value::List(items) => self.items(member, items, |this, item| match item {
                Value::Union(variant) if variant.shape().tag.is_none() => this.variant(variant),
                _ => this.fail(EncodeErrorKind::Misplaced),
            }),
            Value::Document(node) => self.node_content(node),
            value => self.text(member, value),
        }
    }

    /// Counts a level; `false` when there are too many. The caller takes it back.
    fn deeper(&mut self) -> bool {
        self.depth += 1;
        if self.depth > self.max_depth {
            self.fail(EncodeErrorKind::Depth);
        }
        self.error.is_none()
    }

    fn items(&mut self, member: Member, items: &dyn Items, mut write: impl FnMut(&mut Self, Value<'_>)) {
        for index in 0..items.len() {
            self.at(index, |this| match items.item(index) {
                Value::Absent if member.list().absent_items => write(this, Value::Str("")),
                Value::Absent => this.fail(EncodeErrorKind::Absent),
                item => write(this, item),
            });
        }
    }

    /// A member as the elements it takes, which may be none or many.
    fn member(&mut self, member: Member, value: Value<'_>) {
        let name = &*qualified(member);
        match value {
            Value::Absent => {}
            Value::Document(Document::Null) if !member.required() => {}
            // A list without items is there all the same.
            Value::Document(Document::List(nodes)) if nodes.is_empty() && member.required() => {
                self.element(name, member, Value::Document(&Document::Null));
            }
            Value::Document(Document::List(nodes)) if nodes.is_empty() => self.fail(EncodeErrorKind::Empty),
            Value::Bool(false) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => {}
            Value::List(items) if items.is_empty() => {
                if self.empty(member).is_some() {
                    self.element(name, member, Value::Str(""));
                }
            }
            Value::List(items) => match (member.list().joined, member.list().item) {
                (Some(separator), _) => {
                    if let Some(text) = self.joined(member, items, separator) {
                        self.element(name, member, Value::Str(&text));
                    }
                }
                (None, Some(item)) => self.wrapped(name, member, items, item),
                (None, None) => self.items(member, items, |this, item| this.element(name, member, item)),
            },
            Value::Map(entries) => self.map(member, entries),
            Value::Document(Document::List(nodes)) => {
                for node in nodes {
                    self.element(name, member, Value::Document(node));
                }
            }
            value => self.element(name, member, value),
        }
    }

    fn wrapped(&mut self, name: &str, member: Member, items: &dyn Items, item_name: &str) {
        self.element_with(name, |this| {
            this.out.push('>');
            this.items(member, items, |this, item| match item {
                Value::Union(variant) if variant.shape().tag.is_none() => this.variant(variant),
                item => this.element(item_name, member, item),
            });
        });
    }

    fn element_with(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        if self.deeper() {
            self.open(name);
            inside(self);
            self.close(name);
        }
        self.depth -= 1;
    }

    /// One element.
    fn element(&mut self, name: &str, member: Member, value: Value<'_>) {
        match value {
            // Like the reader's layout of what has no member of its own.
            Value::List(items) => self.wrapped(name, NESTED, items, "item"),
            value => self.element_with(name, |this| match value {
                Value::Record(record) => {
                    this.part = Section::Whole;
                    record.encode_fields(this);
                }
                Value::Union(variant) => {
                    this.flat_attributes(value);
                    this.out.push('>');
                    this.variant(variant);
                }
                Value::Document(node) => {
                    if let Document::Record(members) = node {
                        this.node_attributes(members);
                    }
                    this.out.push('>');
                    this.node_content(node);
                }
                Value::Map(entries) => {
                    this.out.push('>');
                    this.entries(NESTED, entries);
                }
                Value::Absent => this.out.push('>'),
                value => {
                    this.out.push('>');
                    match scalar::text(value, member.boolean()) {
                        Some(text) => this.escaped(&text, XmlPlace::Content),
                        None => this.fail(scalar::fault(&value)),
                    }
                }
            }),
        }
    }

    fn map(&mut self, member: Member, entries: &dyn Entries) {
        if entries.is_empty() {
            return;
        }
        let form = member.map();
        if !form.key.is_empty() && form.entry.is_none() {
            return self.entries(member, entries);
        }
        self.element_with(&qualified(member), |this| {
            this.out.push('>');
            if form.key.is_empty() { this.keyed(member, entries) } else { this.entries(member, entries) }
        });
    }

    fn entries(&mut self, member: Member, entries: &dyn Entries) {
        let form = member.map();
        let mut index = 0;
        entries.each(&mut |key, value| {
            self.at(index, |this| {
                this.element_with(form.entry.unwrap_or(&qualified(member)), |this| {
                    this.out.push('>');
                    this.element(form.key, member, Value::Str(key));
                    match value {
                        Value::Absent => {}
                        value => this.within(form.value, |this| this.element(form.value, member, value)),
                    }
                });
            });
            index += 1;
        });
    }

    fn keyed(&mut self, member: Member, entries: &dyn Entries) {
        entries.each(&mut |key, value| {
            if !is_expanded_name(key) {
                self.fail(EncodeErrorKind::Name);
            } else if matches!(value, Value::Absent) && member.map().absent_values {
                self.within(key, |this| this.element(key, member, Value::Str("")));
            } else if matches!(value, Value::Absent) {
                self.fail(EncodeErrorKind::Absent);
            } else {
                self.within(key, |this| this.element(key, member, value));
            }
        });
    }

    fn variant(&mut self, variant: &dyn UnionValue) {
        let tagging = variant.shape();
        let (tag, payload) = (variant.tag(), variant.payload());
        let nested = NESTED;
        match (tagging.tag, tagging.content) {
            (None, _) if is_name(tag) => self.within(tag, |this| this.element(tag, nested, payload)),
            (None, _) => self.fail(EncodeErrorKind::Name),
            (Some(names), content) => {
                self.element(names.xml, nested, Value::Str(tag));
                match (content, payload) {
                    (_, Value::Absent) => {}
                    (Some(content), payload) => {
                        self.within(content.xml, |this| this.element(content.xml, nested, payload));
                    }
                    (None, payload) => self.flat(nested, payload),
                }
            }
        }
    }

    fn node_attributes(&mut self, members: &[(DocumentText, Document)]) {
        for (key, node) in members {
            if let Some(name) = key.strip_prefix('@') {
                let text = match node {
                    Document::Null => "",
                    Document::Bool(true) => "true",
                    Document::Bool(false) => "false",
                    Document::Text(text) | Document::Number(text) => text,
                    Document::List(_) | Document::Record(_) => return self.fail(EncodeErrorKind::Misplaced),
                };
                if !is_expanded_name(name) {
                    return self.fail(EncodeErrorKind::Name);
                }
                self.attribute_text(name, text);
            }
        }
    }

    fn node_content(&mut self, node: &Document) {
        match node {
            Document::Null => {}
            Document::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Document::Number(text) | Document::Text(text) => self.escaped(text, XmlPlace::Content),
            Document::List(nodes) if nodes.is_empty() => self.fail(EncodeErrorKind::Empty),
            Document::List(nodes) => {
                for node in nodes {
                    self.element("item", NESTED, Value::Document(node));
                }
            }
            Document::Record(members) => {
                for (key, node) in members {
                    match (&**key, node) {
                        (key, _) if key.starts_with('@') => {}
                        ("$text", node) => self.node_content(node),
                        (key, _) if !is_expanded_name(key) => self.fail(EncodeErrorKind::Name),
                        (key, Document::List(nodes)) if nodes.is_empty() => {
                            self.within(key, |this| this.fail(EncodeErrorKind::Empty));
                        }
                        (key, Document::List(nodes)) => {
                            for node in nodes {
                                self.element(key, NESTED, Value::Document(node));
                            }
                        }
                        (key, node) => self.element(key, NESTED, Value::Document(node)),
                    }
                }
            }
        }
    }
}
