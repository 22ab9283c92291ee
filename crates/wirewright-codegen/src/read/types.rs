//! `[types.X]`

use crate::model::Moment;
use crate::naming;
use crate::source::{At, Text};
use crate::words::keys::{named_type, protocol, value, variant};
use crate::words::{Key, TYPE, VALUE, VARIANT, kind};

use super::common::facts;
use super::member::members;
use super::table::{Entry, Table};
use super::tree::{EnumerationValue, Facts, Type, TypeKind, Variant};

/// Adds the types of one file.
pub(super) fn types<'a>(file: Table<'_, 'a>, known: &mut Vec<Type<'a>>) {
    if let Some(types) = file.get(protocol::TYPES) {
        known.extend(types.entries().filter_map(one));
    }
}

/// A word that says what a type is, and the reader of what it says.
type Alternative<'t, 'a, 'r> = (Option<Entry<'t, 'a>>, &'r dyn Fn() -> Option<TypeKind<'a>>);

fn one<'a>(entry: Entry<'_, 'a>) -> Option<Type<'a>> {
    let table = entry.table(&TYPE)?;
    let text = table.get(named_type::TEXT).is_some_and(|flag| flag.value);
    let moment = |moment, key| {
        table.get(key).map(|formats: At<Vec<Text<'a>>>| TypeKind::DateTime(moment, formats.value))
    };
    // What it may be, by the words that say it. The first one counts.
    let kinds: [Alternative<'_, 'a, '_>; 9] = [
        (table.entry(named_type::VALUES), &|| {
            Some(TypeKind::Enumeration(entries(table, named_type::VALUES, value)))
        }),
        (table.entry(named_type::MEMBERS), &|| {
            Some(TypeKind::Structure(members(table, named_type::MEMBERS)))
        }),
        (table.entry(named_type::VARIANTS), &|| {
            Some(TypeKind::Union(entries(table, named_type::VARIANTS, variant)))
        }),
        (table.entry(named_type::DATETIME), &|| moment(Moment::DateTime, named_type::DATETIME)),
        (table.entry(named_type::DATE), &|| moment(Moment::Date, named_type::DATE)),
        (table.entry(named_type::TIME), &|| moment(Moment::Time, named_type::TIME)),
        (table.entry(named_type::EPOCH), &|| table.get(named_type::EPOCH).map(TypeKind::Epoch)),
        (table.entry(named_type::SEPARATED), &|| table.get(named_type::SEPARATED).map(TypeKind::Separated)),
        (table.entry(named_type::TEXT).filter(|_| text), &|| Some(TypeKind::Text)),
    ];
    let said = kinds.iter().filter_map(|(entry, _)| Some((*entry)?.key)).collect();
    let kind = kinds.iter().find(|(entry, _)| entry.is_some()).and_then(|(_, read)| read());
    Some(Type {
        key: entry.key,
        rust: naming::pascal(entry.key.value),
        kind,
        said,
        tag: table.get(named_type::TAG),
        content: table.get(named_type::CONTENT),
        partial: table.get(named_type::PARTIAL),
        unit: table.get(named_type::UNIT),
        decimals: table.get(named_type::DECIMALS),
        lines: table.get(named_type::LINES),
        forms: table.get(named_type::FORMS),
        number: table.place(named_type::NUMBER),
        facts: facts(table),
    })
}

fn entries<'a, T>(
    table: Table<'_, 'a>,
    key: Key<kind::Entries>,
    read: impl Fn(Entry<'_, 'a>) -> Option<T>,
) -> Vec<T> {
    table.get(key).into_iter().flat_map(|table| table.entries()).filter_map(read).collect()
}

fn value<'a>(entry: Entry<'_, 'a>) -> Option<EnumerationValue<'a>> {
    if let Some(doc) = entry.as_text() {
        let facts = Facts { doc: Some(doc.value), ..Facts::default() };
        let rust = naming::pascal(entry.key.value);
        return Some(EnumerationValue { key: entry.key, name: None, rust, also: Vec::new(), facts });
    }
    let table = entry.table(&VALUE)?;
    let name = table.get(value::NAME);
    Some(EnumerationValue {
        key: entry.key,
        name,
        rust: naming::pascal(name.unwrap_or(entry.key).value),
        also: table.get(value::ALSO).map_or_else(Vec::new, |also| also.value),
        facts: facts(table),
    })
}

fn variant<'a>(entry: Entry<'_, 'a>) -> Option<Variant<'a>> {
    if entry.value.get_ref().is_str() {
        let content = entry.text("a type's name");
        let rust = naming::pascal(entry.key.value);
        return Some(Variant { key: entry.key, name: None, rust, content, facts: Facts::default() });
    }
    let table = entry.table(&VARIANT)?;
    let name = table.get(variant::NAME);
    Some(Variant {
        key: entry.key,
        name,
        rust: naming::pascal(name.unwrap_or(entry.key).value),
        content: table.get(variant::TYPE),
        facts: facts(table),
    })
}
