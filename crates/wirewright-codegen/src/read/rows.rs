//! `rows` of a member.

use crate::source::Text;
use crate::words::CELLS;

use super::table::{Entry, Table};
use super::tree::{Cells, Rows};

pub(super) fn rows(table: Table<'_>) -> Option<Rows<'_>> {
    let span = table.entry("rows")?.key.span;
    if table.flag("rows").is_some_and(|flag| !flag.value) {
        return None;
    }
    let words = table.table("rows");
    let text = |word| words.and_then(|words| words.text(word));
    Some(Rows {
        span,
        cell: text("cell"),
        headings: text("headings"),
        name: text("name"),
        kind: text("kind"),
        format: text("format"),
        kinds: entries(words, "kinds").flat_map(kind).collect(),
    })
}

fn entries<'a>(table: Option<Table<'a>>, word: &str) -> impl Iterator<Item = Entry<'a>> + use<'a> {
    table.and_then(|table| table.table(word)).into_iter().flat_map(|entries| entries.entries())
}

/// The cells of one kind: what they are in one format or another, then what they are otherwise.
fn kind(entry: Entry<'_>) -> Vec<Cells<'_>> {
    if entry.value.get_ref().is_str() {
        return cells(entry, None, entry.text(TYPE)).into_iter().collect();
    }
    let Some(table) = entry.table(&CELLS) else { return Vec::new() };
    let formats = entries(Some(table), "formats");
    let formats = formats.filter_map(|one| cells(entry, Some(one.key), one.text(TYPE)));
    formats.chain(cells(entry, None, table.text("type"))).collect()
}

const TYPE: &str = "the name of a type";

fn cells<'a>(kind: Entry<'a>, format: Option<Text<'a>>, is: Option<Text<'a>>) -> Option<Cells<'a>> {
    Some(Cells { kind: kind.key, format, is: is? })
}
