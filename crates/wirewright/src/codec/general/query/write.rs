//! Writes query strings.

use std::collections::HashSet;

use form_urlencoded::byte_serialize;

use crate::{
    EncodeError, EncodeErrorKind, Format, Options, scalar,
    tree::NESTED,
    wire::{
        Document, DocumentText, Encoder, Entries, Items, Member, MemberLocation, Numbered, Record, Shape,
        UnionValue, Value,
    },
};

pub(super) fn document(
    record: &dyn Record,
    _shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    let mut writer = Writer::new(options);
    record.encode_fields(&mut writer);
    writer.finish()
}

/// Writes records into one text.
pub(crate) struct Writer {
    out: String,
    /// The name so far, which is the path as well.
    name: String,
    /// What is behind the name of each pair: the number of the row at hand.
    behind: String,
    separator: &'static str,
    depth: usize,
    max_depth: usize,
    /// Whether names that nobody described are as they are given: those of parameters do, those of a reply's members are read
    /// again as members of members.
    verbatim: bool,
    error: Option<EncodeError>,
}

impl Encoder for Writer {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        for (member, value) in shape.members().zip(values) {
            self.put(member, *value);
        }
    }
}

impl Writer {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            out: String::with_capacity(128),
            name: String::new(),
            behind: String::new(),
            separator: options.nested,
            depth: 0,
            max_depth: options.limits.max_depth(),
            verbatim: false,
            error: None,
        }
    }

    /// Writes the parameters of a request: whoever gives a further one by name gives the name that it has on the wire.
    pub(crate) fn parameters(options: &Options) -> Self {
        Self { verbatim: true, ..Self::new(options) }
    }

    /// What is written so far.
    pub(crate) fn written(&self) -> &str {
        &self.out
    }

    pub(crate) fn finish(self) -> Result<String, EncodeError> {
        self.error.map_or(Ok(self.out), Err)
    }

    /// One name and value beside the records.
    pub(crate) fn named(&mut self, name: &str, value: &str) {
        self.within(name, |this| this.pair(value));
    }

    #[cold]
    fn fail(&mut self, kind: EncodeErrorKind) {
        if self.error.is_none() {
            self.error = Some(EncodeError::new(Format::Query, &self.name, kind));
        }
    }

    /// Goes one part further in the name.
    fn within(&mut self, part: &str, write: impl FnOnce(&mut Self)) {
        let length = self.name.len();
        if self.depth > 0 {
            self.name.push_str(self.separator);
        }
        self.name.push_str(part);
        self.depth += 1;
        if self.depth > self.max_depth {
            self.fail(EncodeErrorKind::Depth);
        }
        if self.error.is_none() {
            write(self);
        }
        self.depth -= 1;
        self.name.truncate(length);
    }

    fn pair(&mut self, value: &str) {
        if !self.out.is_empty() {
            self.out.push('&');
        }
        self.out.extend(byte_serialize(self.name.as_bytes()));
        self.out.extend(byte_serialize(self.behind.as_bytes()));
        self.out.push('=');
        self.out.extend(byte_serialize(value.as_bytes()));
    }

    /// Writes what may write nothing; then the name alone says that it is there.
    fn or_empty(&mut self, write: impl FnOnce(&mut Self)) {
        let length = self.out.len();
        write(self);
        if self.out.len() == length {
            self.pair("");
        }
    }

    /// A member of a record, wherever it is.
    pub(crate) fn put(&mut self, member: Member, value: Value<'_>) {
        match member.place_in(Format::Query) {
            MemberLocation::Nowhere => {}
            MemberLocation::Flatten | MemberLocation::Rest => self.flat(member, value),
            _ => self.member(member, value),
        }
    }

    fn member(&mut self, member: Member, value: Value<'_>) {
        self.member_as(member.query(), member, value);
    }

    /// A member under another name than its own.
    pub(crate) fn member_as(&mut self, name: &str, member: Member, value: Value<'_>) {
        match value {
            Value::Absent => {}
            Value::Document(Document::Null) if !member.required() => {}
            Value::Bool(false) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => {}
            Value::List(items) if items.is_empty() => {
                let form = member.list();
                if form.filled {
                    self.within(name, |this| this.fail(EncodeErrorKind::Empty));
                } else if form.always && (form.joined.is_some() || form.numbered.is_some()) {
                    self.within(name, |this| this.pair(""));
                }
            }
            Value::Map(entries) if entries.is_empty() => {}
            // Nothing is written of an empty structure that is the same as none.
            Value::Record(record) if member.absent().contains(&"") => {
                self.within(name, |this| record.encode_fields(this));
            }
            value => match (value, member.columns(), member.map().between) {
                (Value::List(items), Some(numbered), _) => self.rows(name, numbered, items),
                (Value::Map(entries), _, Some(between)) => {
                    self.entries_behind(&format!("{name}{between}"), member, entries);
                }
                _ => self.within(name, |this| this.value(member, value)),
            },
        }
    }

    /// A value under the name so far.
    fn value(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent => self.pair(""),
            Value::Record(record) => self.or_empty(|this| record.encode_fields(this)),
            // Inside a list, a map or a union it would leave no trace.
            Value::List(items) if items.is_empty() => self.fail(EncodeErrorKind::Empty),
            Value::Map(entries) if entries.is_empty() => self.fail(EncodeErrorKind::Empty),
            Value::List(items) => self.list(member, items),
            Value::Map(entries) if member.map().key.is_empty() => self.keyed(member, entries),
            Value::Map(entries) => match member.map().entry {
                Some(entry) => self.within(entry, |this| this.entries(member, entries)),
                None => self.entries(member, entries),
            },
            Value::Union(variant) => self.variant(variant),
            Value::Document(node) => self.or_empty(|this| this.node(node)),
            value => match scalar::text(value, member.boolean()) {
                Some(text) => self.pair(&text),
                None => self.fail(scalar::fault(&value)),
            },
        }
    }

    fn list(&mut self, member: Member, items: &dyn Items) {
        if let Some(separator) = member.list().joined {
            match scalar::join(member, items, separator) {
                Ok(text) => self.pair(&text),
                Err(kind) => self.fail(kind),
            }
            return;
        }
        match member.list().numbered {
            Some(numbered) if numbered.is_behind() => self.numbered_behind(member, items, numbered),
            Some(Numbered { infix: None, first, .. }) => self.numbered(member, items, first),
            Some(Numbered { infix: Some(infix), first, .. }) => {
                self.within(infix, |this| this.numbered(member, items, first));
            }
            None => {
                let is_scalar = |item| match item {
                    Value::Absent => member.list().absent_items,
                    item => scalar::text(item, member.boolean()).is_some(),
                };
                if (0..items.len()).all(|index| is_scalar(items.item(index))) {
                    for index in 0..items.len() {
                        self.value(member, items.item(index));
                    }
                } else {
                    self.numbered(member, items, 0);
                }
            }
        }
    }

    fn numbered(&mut self, member: Member, items: &dyn Items, first: usize) {
        for index in 0..items.len() {
            let item = items.item(index);
            self.within(&(first + index).to_string(), |this| match item {
                Value::Absent if !member.list().absent_items => this.fail(EncodeErrorKind::Absent),
                item => this.value(layout(member, item), item),
            });
        }
    }

    /// Items whose numbers are a part of the list's own name.
    fn numbered_behind(&mut self, member: Member, items: &dyn Items, numbered: Numbered) {
        let length = self.name.len();
        for index in 0..items.len() {
            self.name.push_str(&numbered.behind(numbered.first + index));
            match items.item(index) {
                Value::Absent if !member.list().absent_items => self.fail(EncodeErrorKind::Absent),
                item => self.value(layout(member, item), item),
            }
            self.name.truncate(length);
        }
    }

    /// Items whose members have their numbers. A row without any would leave no trace.
    fn rows(&mut self, name: &str, numbered: Numbered, items: &dyn Items) {
        for index in 0..items.len() {
            let length = self.out.len();
            if let Value::Record(record) = items.item(index) {
                self.behind = numbered.behind(numbered.first + index);
                record.encode_fields(self);
                self.behind.clear();
            }
            if self.out.len() == length {
                self.within(name, |this| this.fail(EncodeErrorKind::Empty));
            }
        }
    }

    /// Entries whose keys are behind the name that they have in common.
    fn entries_behind(&mut self, name: &str, member: Member, entries: &dyn Entries) {
        entries.each(&mut |key, value| {
            self.within(&format!("{name}{key}"), |this| match value {
                Value::Absent if !member.map().absent_values => this.fail(EncodeErrorKind::Absent),
                value => this.value(layout(member, value), value),
            });
        });
    }

    fn entries(&mut self, member: Member, entries: &dyn Entries) {
        let form = member.map();
        let mut number = 1_usize;
        entries.each(&mut |key, value| {
            self.within(&number.to_string(), |this| {
                this.within(form.key, |this| this.pair(key));
                match value {
                    Value::Absent => {}
                    value => this.within(form.value, |this| this.value(layout(member, value), value)),
                }
            });
            number += 1;
        });
    }

    fn keyed(&mut self, member: Member, entries: &dyn Entries) {
        let mut keys = HashSet::new();
        entries.each(&mut |key, value| {
            let compound = matches!(value, Value::Record(_) | Value::Map(_) | Value::Union(_));
            if compound && !keys.insert(key.to_owned()) {
                // They would be read as one, whose members come twice.
                self.within(key, |this| this.fail(EncodeErrorKind::Name));
                return;
            }
            let whole = scalar::text(value, None).is_some();
            if !whole && !self.separator.is_empty() && key.contains(self.separator) {
                self.fail(EncodeErrorKind::Name);
            } else if matches!(value, Value::Absent) && !member.map().absent_values {
                self.fail(EncodeErrorKind::Absent);
            } else {
                self.within(key, |this| this.value(layout(member, value), value));
            }
        });
    }

    /// A union's names, behind the name so far.
    fn variant(&mut self, variant: &dyn UnionValue) {
        let tagging = variant.shape();
        let payload = variant.payload();
        let Some(tag) = tagging.tag else {
            // An unknown tag may have come as text, and be no name.
            if !self.separator.is_empty() && variant.tag().contains(self.separator) {
                return self.fail(EncodeErrorKind::Name);
            }
            return self.within(variant.tag(), |this| this.value(NESTED, payload));
        };
        self.within(tag.query, |this| this.pair(variant.tag()));
        match (tagging.content, payload) {
            (_, Value::Absent) => {}
            (Some(content), payload) => self.within(content.query, |this| this.value(NESTED, payload)),
            (None, payload) => self.flat(NESTED, payload),
        }
    }

    /// A value that is among the members of another.
    fn flat(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent | Value::Document(Document::Null) => {}
            Value::Record(record) => {
                self.depth += 1;
                if self.depth > self.max_depth {
                    self.fail(EncodeErrorKind::Depth);
                }
                self.depth -= 1;
                if self.error.is_none() {
                    record.encode_fields(self);
                }
            }
            Value::Map(entries) => self.keyed(member, entries),
            Value::Union(variant) => self.variant(variant),
            Value::Document(Document::Record(members)) => self.node_members(members),
            // A list of unions is an ordinary member here: its order would be lost.
            value @ Value::List(_) => self.member(member, value),
            _ => self.fail(EncodeErrorKind::Misplaced),
        }
    }

    fn node_members(&mut self, members: &[(DocumentText, Document)]) {
        for (key, node) in members {
            let verbatim = self.verbatim && self.depth == 0;
            if !verbatim && !self.separator.is_empty() && key.contains(self.separator) {
                // It would be read as a member of a member.
                self.within(key, |this| this.fail(EncodeErrorKind::Name));
            } else {
                self.within(key, |this| this.node(node));
            }
        }
    }

    fn node(&mut self, node: &Document) {
        match node {
            Document::Null => self.pair(""),
            Document::Bool(value) => self.pair(if *value { "true" } else { "false" }),
            Document::Number(text) | Document::Text(text) => self.pair(text),
            // It would leave no trace.
            Document::List(nodes) if nodes.is_empty() => self.fail(EncodeErrorKind::Empty),
            Document::List(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Document::Record(members) => self.or_empty(|this| this.node_members(members)),
        }
    }
}

/// The layout of a list's item or a map's value: a list or map there has no member of its own.
fn layout(member: Member, value: Value<'_>) -> Member {
    if matches!(value, Value::List(_) | Value::Map(_)) { NESTED } else { member }
}
