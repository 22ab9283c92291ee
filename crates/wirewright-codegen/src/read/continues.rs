//! `continues` of an operation.

use crate::source::{At, Text};
use crate::words::keys::{continues, operation};

use super::table::{Entry, Table};
use super::tree::Continues;

pub(super) fn continues(operation: Table<'_>) -> Option<Continues<'_>> {
    let table = operation.get(operation::CONTINUES)?;
    let parameters = table
        .get(continues::PARAMETERS)
        .map(|parameters| At::new(parameters.entries().filter_map(pair).collect(), parameters.span));
    Some(Continues {
        span: table.span,
        items: table.get(continues::ITEMS),
        url: table.get(continues::URL),
        hosts: table.get(continues::HOSTS),
        parameters,
        wait: table.get(continues::WAIT),
        held: table.get(continues::HELD),
        held_default: table.get(continues::HELD_DEFAULT),
        unit: table.get(continues::UNIT),
        last: table.get(continues::LAST),
        until_empty: table.get(continues::UNTIL_EMPTY).is_some_and(|flag| flag.value),
        from_opening: table.place(continues::FROM_OPENING),
    })
}

/// A parameter of the request, and the member of the reply that has its next value.
fn pair(entry: Entry<'_>) -> Option<(Text<'_>, Text<'_>)> {
    Some((entry.key, entry.text("the name of a member of the reply")?))
}
