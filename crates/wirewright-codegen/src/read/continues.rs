//! `continues` of an operation.

use crate::source::{At, Text};

use super::member::unit;
use super::table::{Entry, Table};
use super::tree::Continues;

pub(super) fn continues(operation: Table<'_>) -> Option<Continues<'_>> {
    let table = operation.table("continues")?;
    let parameters = table
        .table("parameters")
        .map(|parameters| At::new(parameters.entries().filter_map(pair).collect(), parameters.span));
    Some(Continues {
        span: table.span,
        items: table.text("items"),
        url: table.text("url"),
        hosts: table.array("hosts"),
        parameters,
        wait: table.text("wait"),
        held: table.text("held"),
        unit: table.choice("unit", unit),
        last: table.text("last"),
        until_empty: table.flag("until-empty").is_some_and(|flag| flag.value),
        from_opening: table.flag("from-opening").filter(|flag| flag.value).map(|flag| flag.span),
    })
}

/// A parameter of the request, and the member of the reply that has its next value.
fn pair(entry: Entry<'_>) -> Option<(Text<'_>, Text<'_>)> {
    Some((entry.key, entry.text("the name of a member of the reply")?))
}
