//! From text to a tree with source positions. What the tree holds is well formed key by key; whether the keys fit together is
//! for the checks.

mod common;
mod computed;
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
use crate::version::LANGUAGE;
use crate::words::keys;
use table::Table;
use tree::Definition;

/// Whether the definition is in a version of the language that is known here. What another one says cannot be told right from wrong:
/// its version is the only fault.
pub(crate) fn is_known_language(sources: &Sources, documents: &[DeTable<'_>], report: &Report) -> bool {
    let files = documents.iter().zip(sources.iter()).enumerate();
    let protocol =
        files.filter(|(_, (_, (name, _)))| *name == PROTOCOL).map(|(file, (document, _))| (file, document));
    let said = protocol.filter_map(|(file, document)| {
        let table = Table { report, keys: document, span: Span::new(file, 0..0) };
        table.get(keys::protocol::LANGUAGE)
    });
    let unknown = said.filter(|version| !(1..=LANGUAGE).contains(&version.value));
    let mut is_known = true;
    for version in unknown {
        is_known = false;
        let fault = if version.value == 0 {
            Fault::new(Code::Language, version.span, "there is no version 0 of the language")
                .help(format!("write `language = {LANGUAGE}`"))
        } else {
            let message = format!(
                "the definition is in version {} of the language, and this generator knows none after {LANGUAGE}",
                version.value
            );
            Fault::new(Code::Language, version.span, message)
                .help(format!("update `wirewright` to a release that knows version {}", version.value))
        };
        report.add(fault.label("not known").expected(format!("a version up to {LANGUAGE}")));
    }
    is_known
}

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
        let span = Span::new(file, 0..0);
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
