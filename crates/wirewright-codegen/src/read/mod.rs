//! From text to a tree with source positions. What the tree holds is well formed key by key; whether the keys fit together is
//! for the checks.

mod common;
mod computed;
mod kept;
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

pub(crate) use kept::Kept;
pub(crate) use syntax::documents;

use crate::diagnostic::{Code, Fault, Report};
use crate::source::{PROTOCOL, Sources, Span};
use crate::threads;
use crate::version::LANGUAGE;
use crate::words::keys;
use kept::Keeper;
use table::Table;
use tree::{Definition, Group, Protocol, Type};

/// Whether the definition is in a version of the language that is known here. What another one says cannot be told right from wrong:
/// its version is the only fault.
fn is_known_language(protocol: Table<'_, '_>) -> bool {
    let said = protocol.get(keys::protocol::LANGUAGE);
    let Some(version) = said.filter(|version| !(1..=LANGUAGE).contains(&version.value)) else { return true };
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
    protocol.report.add(fault.label("not known").expected(format!("a version up to {LANGUAGE}")));
    false
}

/// What one file says.
struct File<'a> {
    part: Part<'a>,
    types: Vec<Type<'a>>,
    /// What is wrong with it as TOML.
    form: Report,
    /// What is wrong with what it says.
    content: Report,
}

/// Which part of the definition it is.
enum Part<'a> {
    NotToml,
    UnknownLanguage,
    Protocol(Box<Protocol<'a>>),
    Group(Group<'a>),
}

/// The whole definition; `None` when a file of it is not TOML, when it is in a version of the language that is not known here, and when
/// there is no `protocol.toml` to start from. Files are read beside one another, and what is parsed of one goes when it has been read.
pub(crate) fn definition<'a>(
    sources: &'a Sources,
    kept: &'a Kept,
    report: &Report,
) -> Option<Definition<'a>> {
    let numbered: Vec<_> = sources.iter().zip(kept.places()).enumerate().collect();
    let keeps_words = report.keeps_words();
    let files = threads::each(&numbered, |&(number, ((name, text), place))| {
        let (form, content) = (Report::default(), Report::new(keeps_words));
        let mut types = Vec::new();
        let part = match syntax::document(number, text, sources, &form) {
            None => Part::NotToml,
            Some(document) => {
                let kept = &Keeper::new(place);
                // Nothing stands for a file as a whole: its first place does.
                let table = Table { report: &content, kept, keys: &document, span: Span::new(number, 0..0) };
                part(table, name, &mut types)
            }
        };
        File { part, types, form, content }
    });
    assembled(files, report)
}

/// What a file says whose name is this. Its types are added to those that are known.
fn part<'a>(table: Table<'_, 'a>, name: &str, types: &mut Vec<Type<'a>>) -> Part<'a> {
    if name != PROTOCOL {
        return Part::Group(operation::group(table, name.strip_suffix(".toml").unwrap_or(name), types));
    }
    if is_known_language(table) {
        Part::Protocol(Box::new(protocol::read(table, types)))
    } else {
        Part::UnknownLanguage
    }
}

/// The files as one definition, in their order; what is wrong with them goes into the report.
fn assembled<'a>(files: Vec<File<'a>>, report: &Report) -> Option<Definition<'a>> {
    let is_toml = files.iter().all(|file| !matches!(file.part, Part::NotToml));
    let is_known = files.iter().all(|file| !matches!(file.part, Part::UnknownLanguage));
    let (mut protocol, mut types, mut groups) = (None, Vec::new(), Vec::new());
    for file in files {
        report.take(file.form);
        // What a file says that is not read whole cannot be told right from wrong, and neither can what others say.
        if is_toml && (is_known || matches!(file.part, Part::UnknownLanguage)) {
            report.take(file.content);
        }
        types.extend(file.types);
        match file.part {
            Part::NotToml | Part::UnknownLanguage => {}
            Part::Protocol(found) => protocol = Some(*found),
            Part::Group(group) => groups.push(group),
        }
    }
    if !(is_toml && is_known) {
        return None;
    }
    if protocol.is_none() {
        report.add(
            Fault::nowhere(Code::Unreadable, PROTOCOL, format!("there is no `{PROTOCOL}`"))
                .expected(format!("a file `{PROTOCOL}` that says what all operations share")),
        );
    }
    types.shrink_to_fit();
    Some(Definition { protocol: protocol?, types, groups })
}
