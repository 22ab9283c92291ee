//! `pagination` of an operation.

use crate::source::{At, Text};
use crate::words::keys::{operation, pagination};

use super::table::{Entry, Table};
use super::tree::Pagination;

pub(super) fn pagination<'a>(operation: Table<'_, 'a>) -> Option<Pagination<'a>> {
    let table = operation.get(operation::PAGINATION)?;
    let parameters = table
        .get(pagination::PARAMETERS)
        .map(|parameters| At::new(parameters.entries().filter_map(pair).collect(), parameters.span));
    Some(Pagination {
        span: table.span,
        items: table.get(pagination::ITEMS),
        url: table.get(pagination::URL),
        hosts: table.get(pagination::HOSTS),
        parameters,
        further: table.get(pagination::FURTHER),
        without: table.get(pagination::WITHOUT).map_or_else(Vec::new, |without| without.value),
        page: table.get(pagination::PAGE),
        pages: table.get(pagination::PAGES),
        offset: table.get(pagination::OFFSET),
        total: table.get(pagination::TOTAL),
        first: table.get(pagination::FIRST),
        wait: table.get(pagination::WAIT),
        held: table.get(pagination::HELD),
        held_default: table.get(pagination::HELD_DEFAULT),
        held_opening: table.get(pagination::HELD_OPENING),
        unit: table.get(pagination::UNIT),
        last: table.get(pagination::LAST),
        until_empty: table.get(pagination::UNTIL_EMPTY).is_some_and(|flag| flag.value),
        from_opening: table.place(pagination::FROM_OPENING),
    })
}

/// A parameter of the request, and the member of the reply that has its next value.
fn pair<'a>(entry: Entry<'_, 'a>) -> Option<(Text<'a>, Text<'a>)> {
    Some((entry.key, entry.text("the name of a member of the reply")?))
}
