//! The page of a vendor's types.

use askama::Template;
use wirewright_codegen::{
    model::{EpochUnit, Moment, Type, TypeKind},
    plan::{assumptions::types_of, context::Context},
};

use crate::{
    markup::Markup,
    members::{Row, Rows, kind_of},
    page::Page,
    places::{Places, TYPES},
    told::Told,
};

#[derive(Template)]
#[template(path = "types.html")]
pub(crate) struct Types {
    page: Page,
    title: String,
    all: Vec<TypeShown>,
}

/// A type.
struct TypeShown {
    mark: String,
    name: String,
    kind: &'static str,
    told: Told,
    partial: Option<Markup>,
    notes: Vec<Markup>,
    members: Vec<Row>,
    values: Vec<Value>,
    /// The operations that it is a part of.
    used: Vec<Markup>,
}

/// A value of an enumeration, or a variant of a union.
struct Value {
    name: String,
    content: Option<Markup>,
    told: Told,
    notes: Vec<Markup>,
}

impl Types {
    pub(crate) fn new(context: &Context<'_>, places: &Places, mock: bool) -> Self {
        let vendor = context.vendor;
        let users: Vec<Vec<&Type>> =
            context.operations.iter().map(|named| types_of(vendor, named.operation)).collect();
        let shown = |(index, described): (usize, &Type)| {
            let using = context.operations.iter().zip(&places.operations).zip(&users);
            let is_this = |one: &&Type| std::ptr::eq(*one, described);
            let using = using.filter(|(_, types)| types.iter().any(is_this));
            let used = using.map(|((named, file), _)| Markup::new().link(file, &named.title())).collect();
            one(Rows { vendor, places }, index, described, used)
        };
        Self {
            page: Page::of_vendor(context, places, TYPES, "Types", mock),
            title: vendor.title.clone(),
            all: vendor.types.iter().enumerate().map(shown).collect(),
        }
    }
}

fn one(rows: Rows<'_>, index: usize, described: &Type, used: Vec<Markup>) -> TypeShown {
    let (mut members, mut values, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let codes = |texts: &[String]| {
        crate::markup::joined(&texts.iter().map(|text| Markup::new().code(text)).collect::<Vec<_>>(), " or ")
    };
    match &described.kind {
        TypeKind::Structure(inside) => members = rows.all(inside),
        TypeKind::Enumeration { values: known, .. } => {
            values = known
                .iter()
                .map(|value| Value {
                    name: value.name.wire.clone(),
                    content: None,
                    told: Told::new(&value.facts),
                    notes: if value.also.is_empty() {
                        Vec::new()
                    } else {
                        vec![codes(&value.also).text(" means the same.")]
                    },
                })
                .collect();
            notes.push(Markup::new().text("Values that are not listed here are kept as they come."));
        }
        TypeKind::Union { tag, content, variants } => {
            notes.push(match tag {
                Some(tag) => Markup::new().text("Told apart by ").code(tag).text("."),
                None => Markup::new().text("Told apart by the name around the content."),
            });
            if let Some(content) = content {
                notes.push(Markup::new().text("The content is in ").code(content).text("."));
            }
            values = variants
                .iter()
                .map(|variant| Value {
                    name: variant.name.wire.clone(),
                    content: variant.content.map(|index| rows.of_type(index)),
                    told: Told::new(&variant.facts),
                    notes: Vec::new(),
                })
                .collect();
        }
        TypeKind::DateTime(moment, formats) => {
            let what = match moment {
                Moment::DateTime => "A date and time, as ",
                Moment::Date => "A date, as ",
                Moment::Time => "A time of day, as ",
            };
            notes.push(Markup::new().text(what).add(&codes(formats)).text("."));
        }
        TypeKind::Epoch(epoch) => {
            let unit = match epoch.unit {
                EpochUnit::Microseconds => "microseconds",
                EpochUnit::Milliseconds => "milliseconds",
                EpochUnit::Seconds => "seconds",
                EpochUnit::Minutes => "minutes",
                EpochUnit::Hours => "hours",
                EpochUnit::Days => "days",
            };
            let text = match epoch.start {
                0 => format!("A moment in {unit} since 1970-01-01 UTC."),
                start => {
                    format!("A moment in {unit} since a day that is {start} seconds after 1970-01-01 UTC.")
                }
            };
            notes.push(Markup::new().text(&text));
        }
        TypeKind::Separated { cells, lines } => {
            let visible = |text: &str| text.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
            let note = Markup::new().text("Cells are separated by ").code(&visible(cells));
            notes.push(note.text(", lines by ").code(&visible(lines)).text("."));
        }
        TypeKind::Text => {}
        TypeKind::Formed(forms) => {
            let note = Markup::new().text("In the form ").add(&codes(forms));
            notes.push(
                note.text(": ")
                    .code("0")
                    .text(" is a digit, ")
                    .code("a")
                    .text(" a letter, ")
                    .code("*")
                    .text(" either."),
            );
        }
    }
    TypeShown {
        mark: rows.places.type_mark(index).to_owned(),
        name: described.name.wire.clone(),
        kind: kind_of(described),
        told: Told::new(&described.facts),
        partial: described.partial.as_deref().map(|text| Markup::new().prose(text)),
        notes,
        members,
        values,
        used,
    }
}
