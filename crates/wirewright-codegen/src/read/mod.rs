//! From text to a tree with source positions. What the tree holds is well formed key by key; whether the keys fit together is
//! for the checks.

mod common;
mod member;
mod operation;
mod pagination;
pub(crate) mod project;
mod protocol;
mod rows;
mod session;
mod syntax;
mod table;
pub(crate) mod tree;
mod types;

pub(crate) use syntax::documents;

use toml::de::DeTable;

use crate::diagnostic::{Code, Fault, Report};
use crate::source::{PROTOCOL, Sources, Span};
use table::Table;
use tree::Definition;

/// The whole definition; `None` when there is no `protocol.toml` to start from.
pub(crate) fn definition<'a>(
    sources: &Sources,
    documents: &'a [DeTable<'a>],
    report: &'a Report,
) -> Option<Definition<'a>> {
    let mut types = Vec::new();
    let mut groups = Vec::new();
    let mut found = None;
    for (file, (document, (name, _))) in documents.iter().zip(sources.iter()).enumerate() {
        // Nothing stands for a file as a whole: its first place does.
        let span = Span { file, start: 0, end: 0 };
        let table = Table { report, keys: document, span };
        if name == PROTOCOL {
            found = Some(protocol::read(table, &mut types));
        } else {
            groups.push(operation::group(table, name.strip_suffix(".toml").unwrap_or(name), &mut types));
        }
    }
    if found.is_none() {
        report.add(
            Fault::nowhere(Code::Unreadable, PROTOCOL, format!("there is no `{PROTOCOL}`"))
                .expected(format!("a file `{PROTOCOL}` that says what all operations share")),
        );
    }
    found.map(|protocol| Definition { protocol, types, groups })
}
