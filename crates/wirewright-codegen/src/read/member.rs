//! Members of structures, which parameters and the members of the envelope are as well.

use crate::diagnostic::{Code, Fault};
use crate::model::{ClockUnit, Filler, Repeat};
use crate::naming;
use crate::source::At;
use crate::words::{MEMBER, REQUEST, Vocabulary};

use super::common::{facts, location};
use super::rows::rows;
use super::table::{Entry, Table, unknown_word};
use super::tree::Member;

/// All members of the table under `word`.
pub(super) fn members<'a>(table: Table<'a>, word: &str) -> Vec<Member<'a>> {
    members_of(table, word, &MEMBER)
}

/// All parameters of the table under `word`.
pub(super) fn parameters<'a>(table: Table<'a>, word: &str) -> Vec<Member<'a>> {
    members_of(table, word, &REQUEST)
}

fn members_of<'a>(table: Table<'a>, word: &str, vocabulary: &'static Vocabulary) -> Vec<Member<'a>> {
    let members = table.table(word).into_iter().flat_map(|members| members.entries());
    members.filter_map(|entry| Some(member(entry, entry.table(vocabulary)?))).collect()
}

fn filler(word: &str) -> Option<Filler> {
    Some(match word {
        "clock" => Filler::Clock,
        "nonce" => Filler::Nonce,
        _ => return None,
    })
}

pub(super) fn unit(word: &str) -> Option<ClockUnit> {
    Some(match word {
        "seconds" => ClockUnit::Seconds,
        "milliseconds" => ClockUnit::Milliseconds,
        _ => return None,
    })
}

/// A member of `entry`'s name, from its table.
pub(super) fn member<'a>(entry: Entry<'a>, table: Table<'a>) -> Member<'a> {
    let name = table.text("name");
    let place = |word| table.flag(word).filter(|flag| flag.value).map(|flag| flag.span);
    Member {
        key: entry.key,
        name,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        xml: table.text("xml"),
        json: table.text("json"),
        query: table.text("query"),
        kind: table.text("type"),
        required: table.flag("required"),
        secret: table.flag("secret"),
        attribute: place("attribute"),
        text: place("text"),
        flatten: place("flatten"),
        list: list(table),
        map: map(table),
        rows: rows(table),
        boolean: boolean(table),
        from: table.choice("from", filler),
        unit: table.choice("unit", unit),
        location: table.choice("in", location),
        prefix: table.text("prefix"),
        also: table.texts("also").map_or_else(Vec::new, |also| also.value),
        default: table.text("default"),
        empty_is_absent: place("empty-is-absent"),
        facts: facts(table),
    }
}

fn list(table: Table<'_>) -> Option<At<Repeat>> {
    let span = table.entry("list")?.key.span;
    let owned = |table: Table<'_>, word| table.text(word).map(|text| text.value.to_owned());
    let repeat = match (table.flag("list"), table.table("list")) {
        (Some(flag), _) if !flag.value => return None,
        (_, Some(list)) => {
            let first = list.count("first").map_or(1, |first| first.value);
            let infix = match list.flag("numbered") {
                Some(flag) => flag.value.then(String::new),
                None => owned(list, "numbered"),
            };
            if let (None, Some(first)) = (&infix, list.entry("first")) {
                first.report.add(
                    Fault::new(Code::Contradiction, first.key.span, "`first` without `numbered`")
                        .label("no item has a number")
                        .help("add `numbered = true`, or remove `first`"),
                );
            }
            Repeat::List {
                item: owned(list, "item"),
                joined: owned(list, "joined"),
                numbered: infix.map(|infix| (infix, first)),
                always: list.flag("always").is_some_and(|flag| flag.value),
            }
        }
        _ => Repeat::List { item: None, joined: None, numbered: None, always: false },
    };
    Some(At::new(repeat, span))
}

fn map(table: Table<'_>) -> Option<At<Repeat>> {
    let span = table.entry("map")?.key.span;
    let map = |entry: Option<&str>, key: &str, value: &str| Repeat::Map {
        entry: entry.map(str::to_owned),
        key: key.to_owned(),
        value: value.to_owned(),
    };
    let repeat = match (table.flag("map"), table.text("map"), table.table("map")) {
        (Some(flag), ..) if !flag.value => return None,
        (_, Some(text), _) => {
            if text.value != "keyed" {
                table.report.add(unknown_word(table.report, text, "map", ["keyed"].into_iter()));
            }
            map(None, "", "")
        }
        (_, _, Some(words)) => {
            let text = |word, default| words.text(word).map_or(default, |text| text.value);
            map(words.text("entry").map(|entry| entry.value), text("key", "key"), text("value", "value"))
        }
        _ => map(Some("entry"), "key", "value"),
    };
    Some(At::new(repeat, span))
}

/// `"1/0"`, `"presence"`
fn boolean(table: Table<'_>) -> Option<At<(String, Option<String>)>> {
    let text = table.text("boolean")?;
    if text.value == "presence" {
        return Some(At::new((String::new(), None), text.span));
    }
    match text.value.split_once('/') {
        Some((yes, no)) if yes != no && !no.contains('/') => {
            Some(At::new((yes.to_owned(), Some(no.to_owned())), text.span))
        }
        _ => {
            table.report.add(
                Fault::new(Code::Spelling, text.span, format!("`{}` does not spell a boolean", text.value))
                    .expected(
                        "the text of true, `/`, and the text of false, as in `\"1/0\"`, or `\"presence\"`",
                    ),
            );
            None
        }
    }
}
