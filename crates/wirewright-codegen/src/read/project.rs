//! `wirewright.toml`: where a project's definitions and crates are, and how the crates are packaged.

use toml::de::DeTable;

use crate::diagnostic::{Code, Fault, Report};
use crate::packaging::{Dependency, Publish, RUST_VERSION};
use crate::rules::is_package;
use crate::source::{Span, Text};
use crate::words::keys::{dependency, package, project};
use crate::words::{Key, PACKAGE, PROJECT, kind};

use super::kept::{Keeper, Place};
use super::table::{Entry, Mixed, Table};

/// What a project's file says.
#[derive(Debug, Default)]
pub(crate) struct Project {
    pub(crate) definitions: Option<String>,
    pub(crate) output: Option<String>,
    /// For every vendor.
    pub(crate) package: Package,
    /// For one vendor: the name of its folder, where that is said, and what.
    pub(crate) vendors: Vec<(String, Span, Package)>,
}

/// What is said about packages.
#[derive(Debug, Default, Clone)]
pub(crate) struct Package {
    pub(crate) name: Option<String>,
    pub(crate) inherit: Option<bool>,
    pub(crate) version: Option<String>,
    pub(crate) edition: Option<&'static str>,
    pub(crate) rust_version: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) publish: Option<Publish>,
    pub(crate) features: Option<Vec<String>>,
    /// Its path is seen from the file.
    pub(crate) runtime: Option<Dependency>,
}

pub(crate) fn project(document: &DeTable<'_>, report: &Report) -> Project {
    let place = Place::default();
    let table = Table { report, kept: &Keeper::new(&place), keys: document, span: Span::new(0, 0..0) };
    table.check(&PROJECT);
    let all = table.get(project::PACKAGE).map(package).unwrap_or_default();
    if let Some(name) = table.get(project::PACKAGE).and_then(|all| all.entry(package::NAME)) {
        report.add(
            Fault::new(Code::Meaningless, name.key.span, "a name is that of one package")
                .label("says nothing for all of them")
                .expected("`name` in a vendor's own table, `[vendors.…]`"),
        );
    }
    let vendors = table.get(project::VENDORS).into_iter().flat_map(|vendors| vendors.entries());
    Project {
        definitions: folder(table, project::DEFINITIONS),
        output: folder(table, project::OUTPUT),
        package: all,
        vendors: vendors.filter_map(vendor).collect(),
    }
}

/// A folder's name, which must not be empty.
fn folder(table: Table<'_, '_>, key: Key<kind::Text>) -> Option<String> {
    let text = table.get(key)?;
    if text.value.is_empty() {
        table.report.add(
            Fault::new(Code::Empty, text.span, format!("`{}` is empty", key.word))
                .label("no folder")
                .expected("the path of a folder, seen from this file; `.` is the file's own"),
        );
        return None;
    }
    Some(text.value.to_owned())
}

fn vendor(entry: Entry<'_, '_>) -> Option<(String, Span, Package)> {
    Some((entry.key.value.to_owned(), entry.key.span, package(entry.table(&PACKAGE)?)))
}

fn package(table: Table<'_, '_>) -> Package {
    let spelled = |key: Key<kind::Text>, is_right: fn(&str) -> bool, expected: &str| {
        let text = table.get(key)?;
        if !is_right(text.value) {
            table.report.add(misspelled(text, key.word, expected));
        }
        Some(text.value.to_owned())
    };
    let oldest = format!("two or three numbers, and not before `{RUST_VERSION}`, which generated code needs");
    Package {
        name: spelled(
            package::NAME,
            is_package,
            "words of small letters and digits, joined by `-`, as in `parcel-post`",
        ),
        inherit: table.get(package::INHERIT).map(|flag| flag.value),
        version: spelled(package::VERSION, is_version, "three numbers, as in `0.1.0`"),
        edition: table.get(package::EDITION).map(|edition| edition.value),
        rust_version: spelled(package::RUST_VERSION, is_rust_version, &oldest),
        license: spelled(
            package::LICENSE,
            |text| !text.trim().is_empty(),
            "an SPDX expression, as in `MIT OR Apache-2.0`",
        ),
        publish: table.get(package::PUBLISH).and_then(|publish| match publish {
            Mixed::Flag(flag) => Some(if flag.value { Publish::Anywhere } else { Publish::No }),
            Mixed::Text(name) => Some(Publish::Registry(name.value.to_owned())),
            Mixed::Table(_) => None,
        }),
        features: table
            .get(package::FEATURES)
            .map(|features| features.iter().map(|feature| feature.value.to_owned()).collect()),
        runtime: table.get(package::WIREWRIGHT).and_then(|runtime| match runtime {
            Mixed::Text(version) => {
                let words = vec![(dependency::VERSION.word, version.value.to_owned())];
                Some(Dependency { words, path: None })
            }
            Mixed::Table(table) => Some(self::dependency(table)),
            Mixed::Flag(_) => None,
        }),
    }
}

fn dependency(table: Table<'_, '_>) -> Dependency {
    let words = [
        dependency::VERSION,
        dependency::REGISTRY,
        dependency::GIT,
        dependency::BRANCH,
        dependency::TAG,
        dependency::REV,
    ];
    let said = words.into_iter().filter_map(|key| Some((key.word, table.get(key)?.value.to_owned())));
    let there = |key: Key<kind::Text>| table.entry(key).map(|entry| entry.key.span);
    let (path, git) = (there(dependency::PATH), there(dependency::GIT));
    if let (Some(path), Some(git)) = (path, git) {
        table.report.add(
            Fault::new(Code::Contradiction, git, "a dependency on two places")
                .label("the other one")
                .related(path, "one")
                .expected("`path` or `git`"),
        );
    }
    for key in [dependency::BRANCH, dependency::TAG, dependency::REV] {
        if let (Some(span), None) = (there(key), git) {
            table.report.add(
                Fault::new(Code::Meaningless, span, format!("`{}` says nothing without `git`", key.word))
                    .label("of which repository?")
                    .expected("`git`, the address of the repository"),
            );
        }
    }
    if path.is_none() && git.is_none() && there(dependency::VERSION).is_none() {
        table.report.add(
            Fault::new(Code::MissingKey, table.span, "a dependency on nothing")
                .label("none of them is there")
                .expected("`version`, `path` or `git`"),
        );
    }
    Dependency { words: said.collect(), path: folder(table, dependency::PATH) }
}

fn misspelled(text: Text<'_>, word: &str, expected: &str) -> Fault {
    Fault::new(Code::Spelling, text.span, format!("`{}` is no `{word}`", text.value))
        .label("not spelled so")
        .expected(expected)
}

/// `0.1.0`, `1.2.3-beta.1`
fn is_version(text: &str) -> bool {
    let numbers = text.split(['-', '+']).next().unwrap_or_default();
    numbers.split('.').count() == 3 && numbers.split('.').all(is_number)
}

/// `1.88`, `1.90.1`, and not before [`RUST_VERSION`].
fn is_rust_version(text: &str) -> bool {
    let numbers =
        |text: &str| text.split('.').map(|number| number.parse().unwrap_or(0)).collect::<Vec<u32>>();
    let count = text.split('.').count();
    (count == 2 || count == 3) && text.split('.').all(is_number) && numbers(text) >= numbers(RUST_VERSION)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit())
}
