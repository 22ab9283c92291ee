//! Writes JSON.

use std::fmt::Write;

use crate::{
    EncodeError, EncodeErrorKind, Format, Options, scalar,
    text::escape,
    tree::NESTED,
    wire::{
        Booleans, Document, DocumentText, Encoder, Entries, Items, Member, MemberLocation, Record, Shape,
        UnionValue, Value,
    },
};

pub(super) fn document(
    record: &dyn Record,
    shape: &'static Shape,
    options: &Options,
) -> Result<String, EncodeError> {
    let mut writer = Writer {
        out: String::with_capacity(256),
        path: String::new(),
        depth: 0,
        max_depth: options.limits.max_depth(),
        inline: false,
        array: false,
        redact: options.redact,
        error: None,
    };
    match shape.json_root {
        Some(root) => writer.object(|this| this.named(root, |this| this.structure(record))),
        None => writer.structure(record),
    }
    writer.error.map_or(Ok(writer.out), Err)
}

struct Writer {
    out: String,
    path: String,
    depth: usize,
    max_depth: usize,
    /// Whether the next structure is among the members of another.
    inline: bool,
    /// Whether the next structure is written as the array that its one member is.
    array: bool,
    /// Whether what must not be seen is left out.
    redact: bool,
    error: Option<EncodeError>,
}

impl Encoder for Writer {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        let inline = std::mem::replace(&mut self.inline, false);
        if std::mem::replace(&mut self.array, false) || (!inline && is_array(shape, values)) {
            return self.only(shape, values);
        }
        if !inline {
            self.out.push('{');
        }
        for (member, value) in shape.members().zip(values) {
            if self.redact && member.secret() {
                continue;
            }
            match (member.place_in(Format::Json), value) {
                (MemberLocation::Nowhere, _) => {}
                (place, value) if place.is_flat() => self.flat(member, *value),
                (_, value) => self.member(member, *value),
            }
        }
        if !inline {
            self.out.push('}');
        }
    }
}

/// Whether a structure is written as an array: it has nothing but the member that may stand for all, or this is among the
/// members of the one structure that is flattened into it.
fn is_array(shape: &'static Shape, values: &[Value<'_>]) -> bool {
    let mut there = shape.members().zip(values).filter(|(member, value)| !is_nothing(*member, value));
    match (there.next(), there.next()) {
        (None, _) => {
            let whole = shape.members().zip(values).find(|(member, _)| member.whole());
            whole.is_some_and(|(_, value)| matches!(value, Value::List(_)))
        }
        (Some((member, value)), None) => match value {
            Value::Record(record) if member.place_in(Format::Json) == MemberLocation::Flatten => {
                let mut probe = Probe(false);
                record.encode_fields(&mut probe);
                probe.0
            }
            value => member.whole() && matches!(value, Value::List(_)),
        },
        _ => false,
    }
}

/// Whether a member is not written.
fn is_nothing(member: Member, value: &Value<'_>) -> bool {
    match value {
        Value::Absent => true,
        Value::Document(Document::Null) => !member.required(),
        Value::Bool(false) => member.boolean().is_some_and(|spelling| spelling.no.is_none()),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Finds out whether a structure is written as an array.
struct Probe(bool);

impl Encoder for Probe {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        self.0 = is_array(shape, values);
    }
}

impl Writer {
    /// The one member that a structure is written as.
    fn only(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        for (member, value) in shape.members().zip(values) {
            match value {
                Value::List(items) if member.whole() => self.array(member, *items),
                Value::Record(record) if member.place_in(Format::Json) == MemberLocation::Flatten => {
                    self.array = true;
                    record.encode_fields(self);
                }
                _ => {}
            }
        }
    }

    #[cold]
    fn fail(&mut self, kind: EncodeErrorKind) {
        if self.error.is_none() {
            self.error = Some(EncodeError::new(Format::Json, &self.path, kind));
        }
    }

    /// A comma, unless something has just been opened.
    fn comma(&mut self) {
        if !self.out.ends_with(['{', '[', ':']) && !self.out.is_empty() {
            self.out.push(',');
        }
    }

    /// A member of an object.
    fn named(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        self.comma();
        self.string(name);
        self.out.push(':');
        write(self);
        self.path.truncate(length);
    }

    /// Counts a level; `false` when there are too many. The caller takes it back.
    fn deeper(&mut self) -> bool {
        self.depth += 1;
        if self.depth > self.max_depth {
            self.fail(EncodeErrorKind::Depth);
        }
        self.error.is_none()
    }

    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        if self.deeper() {
            self.out.push('{');
            members(self);
            self.out.push('}');
        }
        self.depth -= 1;
    }

    fn structure(&mut self, record: &dyn Record) {
        if self.deeper() {
            self.inline = false;
            record.encode_fields(self);
        }
        self.depth -= 1;
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        escape::json(&mut self.out, text, 0);
        self.out.push('"');
    }

    fn member(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent => {}
            Value::Document(Document::Null) if !member.required() => {}
            Value::Bool(false) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => {}
            Value::List(items) if items.is_empty() && member.list().filled => {
                self.named(member.json(), |this| this.fail(EncodeErrorKind::Empty));
            }
            Value::List(items) if items.is_empty() && member.list().joined.is_some() => {
                if member.list().always {
                    self.named(member.json(), |this| this.string(""));
                }
            }
            value => self.named(member.json(), |this| this.value(member, value)),
        }
    }

    fn value(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent => self.out.push_str("null"),
            Value::Bool(value) if member.boolean().is_none() => {
                self.out.push_str(if value { "true" } else { "false" });
            }
            Value::Bool(_) if member.boolean().is_some_and(Booleans::are_numbers) => {
                self.out.push_str(&scalar::text(value, member.boolean()).unwrap_or_default());
            }
            Value::U64(number) => self.out.push_str(&number.to_string()),
            Value::I64(number) => self.out.push_str(&number.to_string()),
            Value::F64(number) if number.is_finite() => self.out.push_str(&scalar::float(number)),
            Value::Record(record) => self.structure(record),
            Value::List(items) => match member.list().joined {
                Some(separator) => match scalar::join(member, items, separator) {
                    Ok(text) => self.string(&text),
                    Err(kind) => self.fail(kind),
                },
                None => self.array(member, items),
            },
            Value::Map(entries) => self.object(|this| this.entries(member, entries)),
            Value::Union(variant) => self.choice(variant),
            Value::Document(node) => self.node(node),
            value => match scalar::text(value, member.boolean()) {
                Some(number) if is_numeric(&value) => self.out.push_str(&number),
                Some(text) => self.string(&text),
                None => self.fail(scalar::fault(&value)),
            },
        }
    }

    fn array(&mut self, member: Member, items: &dyn Items) {
        if self.deeper() {
            self.out.push('[');
            let length = self.path.len();
            for index in 0..items.len() {
                let _ = write!(self.path, "[{index}]");
                self.comma();
                let item = items.item(index);
                self.value(layout(member, item), item);
                self.path.truncate(length);
            }
            self.out.push(']');
        }
        self.depth -= 1;
    }

    /// Values of one key that follow one another are an array: of a name that comes twice most readers keep one (RFC 8259,
    /// section 4).
    fn entries(&mut self, member: Member, entries: &dyn Entries) {
        let (mut runs, mut left) = (runs(entries).into_iter(), 0);
        entries.each(&mut |key, value| {
            let item = |this: &mut Self| this.value(layout(member, value), value);
            if left > 0 {
                self.comma();
                item(self);
            } else {
                left = runs.next().unwrap_or(1);
                let several = left > 1;
                self.named(key, |this| {
                    if several && this.deeper() {
                        this.out.push('[');
                    }
                    item(this);
                });
                if !several {
                    left = 0;
                    return;
                }
            }
            left -= 1;
            if left == 0 {
                self.out.push(']');
                self.depth -= 1;
            }
        });
    }

    fn choice(&mut self, variant: &dyn UnionValue) {
        match (variant.shape().tag, variant.payload()) {
            (None, Value::Absent) => self.string(variant.tag()),
            _ => self.object(|this| this.variant(variant)),
        }
    }

    /// A union's members, inside an object.
    fn variant(&mut self, variant: &dyn UnionValue) {
        let tagging = variant.shape();
        let payload = variant.payload();
        let Some(tag) = tagging.tag else {
            return self.named(variant.tag(), |this| this.value(NESTED, payload));
        };
        self.named(tag.json, |this| this.string(variant.tag()));
        match (tagging.content, payload) {
            (_, Value::Absent) => {}
            (Some(content), payload) => self.named(content.json, |this| this.value(NESTED, payload)),
            (None, payload) => self.flat(NESTED, payload),
        }
    }

    /// A value that is among the members of another.
    fn flat(&mut self, member: Member, value: Value<'_>) {
        match value {
            Value::Absent | Value::Document(Document::Null) => {}
            Value::Document(_) if self.redact => {}
            Value::Record(record) => {
                if self.deeper() {
                    self.inline = true;
                    record.encode_fields(self);
                }
                self.depth -= 1;
            }
            Value::Map(entries) => self.entries(member, entries),
            Value::Union(variant) => self.variant(variant),
            Value::Document(Document::Record(members)) => self.node_members(members),
            // A list of unions is an ordinary member here: its order would be lost.
            value @ Value::List(_) => self.member(member, value),
            _ => self.fail(EncodeErrorKind::Misplaced),
        }
    }

    fn node_members(&mut self, members: &[(DocumentText, Document)]) {
        for (key, node) in members {
            self.named(key, |this| this.node(node));
        }
    }

    fn node(&mut self, node: &Document) {
        match node {
            // What nobody has described may be a secret.
            _ if self.redact => self.out.push_str("null"),
            Document::Null => self.out.push_str("null"),
            Document::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Document::Number(text) if is_number(text) => self.out.push_str(text),
            Document::Number(text) | Document::Text(text) => self.string(text),
            Document::List(nodes) => {
                if self.deeper() {
                    self.out.push('[');
                    for node in nodes {
                        self.comma();
                        self.node(node);
                    }
                    self.out.push(']');
                }
                self.depth -= 1;
            }
            Document::Record(members) => self.object(|this| this.node_members(members)),
        }
    }
}

/// How many entries of one key follow one another, run by run; nothing where no key does so. A list stays by itself: it is an array
/// of its own, as anything may be that is kept as it comes.
fn runs(entries: &dyn Entries) -> Vec<usize> {
    let (mut runs, mut last, mut any) = (Vec::new(), String::new(), false);
    entries.each(&mut |key, value| {
        let alone = matches!(value, Value::List(_) | Value::Document(_));
        match runs.last_mut() {
            Some(run) if last == key && !alone => (*run, any) = (*run + 1, true),
            _ => runs.push(1),
        }
        last.clear();
        last.push_str(key);
    });
    if any { runs } else { Vec::new() }
}

/// The layout of a list's item or a map's value: a list or map there has no member of its own.
fn layout(member: Member, value: Value<'_>) -> Member {
    if matches!(value, Value::List(_) | Value::Map(_)) { NESTED } else { member }
}

/// Whether a text is a JSON number: a caller may have made the node.
fn is_number(text: &str) -> bool {
    text.starts_with(|char: char| char == '-' || char.is_ascii_digit())
        && text.ends_with(|char: char| char.is_ascii_digit())
        && serde_json::from_str::<serde_core::de::IgnoredAny>(text).is_ok()
}

/// Whether a scalar that writes itself is a number.
fn is_numeric(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.is_number())
}
