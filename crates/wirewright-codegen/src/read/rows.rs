//! `rows` of a member.

use crate::source::Text;
use crate::words::keys::{cells, member, rows};
use crate::words::{CELLS, Key, kind};

use super::table::{Entry, Mixed, Table};
use super::tree::{Cells, Rows};

pub(super) fn rows<'a>(table: Table<'_, 'a>) -> Option<Rows<'a>> {
    let span = table.entry(member::ROWS)?.key.span;
    let words = match table.get(member::ROWS) {
        Some(Mixed::Flag(flag)) if !flag.value => return None,
        Some(Mixed::Table(words)) => Some(words),
        _ => None,
    };
    let text = |key: Key<kind::Text>| words.and_then(|words| words.get(key));
    Some(Rows {
        span,
        cell: text(rows::CELL),
        headings: text(rows::HEADINGS),
        name: text(rows::NAME),
        kind: text(rows::KIND),
        format: text(rows::FORMAT),
        kinds: entries(words, rows::KINDS).flat_map(kind).collect(),
        cells_by: text(rows::CELLS_BY),
        lines_by: text(rows::LINES_BY),
    })
}

fn entries<'t, 'a>(
    table: Option<Table<'t, 'a>>,
    key: Key<kind::Entries>,
) -> impl Iterator<Item = Entry<'t, 'a>> {
    table.and_then(|table| table.get(key)).into_iter().flat_map(|entries| entries.entries())
}

/// The cells of one kind: what they are in one format or another, then what they are otherwise.
fn kind<'a>(entry: Entry<'_, 'a>) -> Vec<Cells<'a>> {
    if entry.value.get_ref().is_str() {
        return cells(entry, None, entry.text(TYPE)).into_iter().collect();
    }
    let Some(table) = entry.table(&CELLS) else { return Vec::new() };
    let formats = entries(Some(table), cells::FORMATS);
    let formats = formats.filter_map(|one| cells(entry, Some(one.key), one.text(TYPE)));
    formats.chain(cells(entry, None, table.get(cells::TYPE))).collect()
}

const TYPE: &str = "the name of a type";

fn cells<'a>(kind: Entry<'_, 'a>, format: Option<Text<'a>>, is: Option<Text<'a>>) -> Option<Cells<'a>> {
    Some(Cells { kind: kind.key, format, is: is? })
}
