//! `[types.X]`

use crate::model::Moment;
use crate::naming;
use crate::source::Text;
use crate::words::{TYPE, VALUE, VARIANT};

use super::common::facts;
use super::member::members;
use super::table::{Entry, Table};
use super::tree::{EnumerationValue, Facts, Type, TypeKind, Variant};

/// Adds the types of one file.
pub(super) fn types<'a>(file: Table<'a>, known: &mut Vec<Type<'a>>) {
    if let Some(types) = file.table("types") {
        known.extend(types.entries().filter_map(one));
    }
}

fn one<'a>(entry: Entry<'a>) -> Option<Type<'a>> {
    let table = entry.table(&TYPE)?;
    let text = table.flag("text").filter(|flag| flag.value);
    let said: Vec<Text<'a>> = ["values", "members", "variants", "datetime", "date", "time", "text"]
        .into_iter()
        .filter(|word| *word != "text" || text.is_some())
        .filter_map(|word| table.entry(word))
        .map(|entry| entry.key)
        .collect();
    let kind = match said.first().map(|word| word.value) {
        Some("values") => Some(TypeKind::Enumeration(entries(table, "values", value))),
        Some("members") => Some(TypeKind::Structure(members(table, "members"))),
        Some("variants") => Some(TypeKind::Union(entries(table, "variants", variant))),
        Some(word @ ("datetime" | "date" | "time")) => {
            let moment = match word {
                "date" => Moment::Date,
                "time" => Moment::Time,
                _ => Moment::DateTime,
            };
            table.texts(word).map(|formats| TypeKind::DateTime(moment, formats.value))
        }
        Some(_) => Some(TypeKind::Text),
        None => None,
    };
    Some(Type {
        key: entry.key,
        rust: naming::pascal(entry.key.value),
        kind,
        said,
        tag: table.text("tag"),
        content: table.text("content"),
        partial: table.text("partial"),
        forms: table.texts("forms"),
        number: table.flag("number").filter(|flag| flag.value).map(|flag| flag.span),
        facts: facts(table),
    })
}

fn entries<'a, T>(table: Table<'a>, word: &str, read: impl Fn(Entry<'a>) -> Option<T>) -> Vec<T> {
    table.table(word).into_iter().flat_map(|table| table.entries()).filter_map(read).collect()
}

fn value(entry: Entry<'_>) -> Option<EnumerationValue<'_>> {
    if let Some(doc) = entry.value.get_ref().as_str() {
        let facts = Facts { doc: Some(doc), ..Facts::default() };
        let rust = naming::pascal(entry.key.value);
        return Some(EnumerationValue { key: entry.key, name: None, rust, also: Vec::new(), facts });
    }
    let table = entry.table(&VALUE)?;
    let name = table.text("name");
    Some(EnumerationValue {
        key: entry.key,
        name,
        rust: naming::pascal(name.unwrap_or(entry.key).value),
        also: table.texts("also").map_or_else(Vec::new, |also| also.value),
        facts: facts(table),
    })
}

fn variant(entry: Entry<'_>) -> Option<Variant<'_>> {
    if entry.value.get_ref().is_str() {
        let content = entry.text("a type's name");
        let rust = naming::pascal(entry.key.value);
        return Some(Variant { key: entry.key, name: None, rust, content, facts: Facts::default() });
    }
    let table = entry.table(&VARIANT)?;
    let name = table.text("name");
    Some(Variant {
        key: entry.key,
        name,
        rust: naming::pascal(name.unwrap_or(entry.key).value),
        content: table.text("type"),
        facts: facts(table),
    })
}
