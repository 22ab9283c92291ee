//! Members of structures, which parameters and the members of the envelope are as well.

use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::naming;
use crate::source::At;
use crate::words::keys::{list, map, member, parameter, request};
use crate::words::{FACTS, Formats, IN_REQUESTS, Key, MEMBER, REPLY, REQUEST, Vocabulary, kind};

use super::common::facts;
use super::rows::rows;
use super::table::{Entry, Mixed, Table};
use super::tree::{Member, MemberWords};

/// All members of the table under `key`.
pub(super) fn members<'a>(table: Table<'_, 'a>, key: Key<kind::Entries>) -> Vec<Member<'a>> {
    members_of(table, key, &MEMBER)
}

/// All parameters of the table under `key`.
pub(super) fn parameters<'a>(table: Table<'_, 'a>, key: Key<kind::Entries>) -> Vec<Member<'a>> {
    members_of(table, key, &REQUEST)
}

/// All members of the reply in the table under `key`.
pub(super) fn reply_members<'a>(table: Table<'_, 'a>, key: Key<kind::Entries>) -> Vec<Member<'a>> {
    members_of(table, key, &REPLY)
}

fn members_of<'a>(
    table: Table<'_, 'a>,
    key: Key<kind::Entries>,
    vocabulary: &'static Vocabulary,
) -> Vec<Member<'a>> {
    let members = table.get(key).into_iter().flat_map(|members| members.entries());
    let mut members: Vec<_> =
        members.filter_map(|entry| Some(member(entry, entry.table(vocabulary)?))).collect();
    // They are there as long as everything that is read, and there are many.
    members.shrink_to_fit();
    members
}

/// A member of `entry`'s name, from its table.
pub(super) fn member<'a>(entry: Entry<'_, 'a>, table: Table<'_, 'a>) -> Member<'a> {
    let required = table.get(member::REQUIRED);
    let more = table.keys.keys().any(|key| !is_common(key.get_ref())).then(|| Box::new(words(table)));
    let name = more.as_ref().and_then(|more| more.name);
    Member {
        key: entry.key,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        kind: table.get(member::TYPE),
        required: match required {
            Some(Mixed::Flag(flag)) => Some(flag),
            _ => None,
        },
        in_requests: match required {
            Some(Mixed::Text(text)) if text.value == IN_REQUESTS => Some(text.span),
            _ => None,
        },
        secret: table.get(member::SECRET),
        facts: facts(table),
        more,
    }
}

/// Whether a word is among those that many members say.
fn is_common(word: &str) -> bool {
    member::TYPE.is(word)
        || member::REQUIRED.is(word)
        || member::SECRET.is(word)
        || FACTS.iter().any(|fact| fact.word == word)
}

/// What few members say.
fn words<'a>(table: Table<'_, 'a>) -> MemberWords<'a> {
    MemberWords {
        name: table.get(member::NAME),
        xml: table.get(member::XML),
        json: table.get(member::JSON),
        query: table.get(member::QUERY),
        attribute: table.place(member::ATTRIBUTE),
        text: table.place(member::TEXT),
        flatten: table.place(member::FLATTEN),
        flat_in: formats(table, member::FLATTEN_IN),
        list: list(table),
        map: map(table),
        rows: rows(table),
        boolean: boolean(table),
        from: table.get(request::FROM),
        unit: table.get(request::UNIT),
        // Each table has its own words for it, of which the others know no more than some.
        location: table.get(parameter::IN).or_else(|| table.get(request::IN)),
        prefix: table.get(request::PREFIX),
        also: table.get(member::ALSO).map_or_else(Vec::new, |also| also.value),
        default: table.get(member::DEFAULT),
        empty_is_absent: table.place(member::EMPTY_IS_ABSENT),
        absent: table.get(member::ABSENT).map_or_else(Vec::new, |absent| absent.value),
        namespace: table.get(member::NAMESPACE),
        whole: table.place(member::WHOLE),
        samples: table.get(member::SAMPLES),
        range: table.get(member::RANGE),
    }
}

/// Some of the formats.
pub(super) fn formats(
    table: Table<'_, '_>,
    word: Key<kind::ChoiceOrChoices<Formats>>,
) -> At<Vec<FormatKind>> {
    let span = table.entry(word).map_or(table.span, |entry| entry.key.span);
    At::new(table.get(word).into_iter().flatten().map(|format| format.value).collect(), span)
}

fn list(table: Table<'_, '_>) -> Option<At<Repeat>> {
    let span = table.entry(member::LIST)?.key.span;
    let repeat = match table.get(member::LIST) {
        Some(Mixed::Flag(flag)) if !flag.value => return None,
        Some(Mixed::Table(list)) => {
            let owned = |key: Key<kind::Text>| list.get(key).map(|text| text.value.to_owned());
            let first = list.get(list::FIRST).map_or(1, |first| first.value);
            let infix = match list.get(list::NUMBERED) {
                Some(Mixed::Flag(flag)) => flag.value.then_some(None),
                Some(Mixed::Text(infix)) => Some(Some(infix.value.to_owned())),
                _ => None,
            };
            if let (None, Some(first)) = (&infix, list.entry(list::FIRST)) {
                first.report.add(
                    Fault::new(Code::Meaningless, first.key.span, "`first` without `numbered`")
                        .label("no item has a number")
                        .help("add `numbered = true`, or remove `first`"),
                );
            }
            Repeat::List {
                item: owned(list::ITEM),
                joined: owned(list::JOINED),
                numbered: infix.map(|infix| (infix, first)),
                columns: list.get(list::COLUMNS).is_some_and(|flag| flag.value),
                always: list.get(list::ALWAYS).is_some_and(|flag| flag.value),
                optional: list.get(list::OPTIONAL).is_some_and(|flag| flag.value),
            }
        }
        _ => Repeat::List {
            item: None,
            joined: None,
            numbered: None,
            columns: false,
            always: false,
            optional: false,
        },
    };
    Some(At::new(repeat, span))
}

fn map(table: Table<'_, '_>) -> Option<At<Repeat>> {
    let span = table.entry(member::MAP)?.key.span;
    let map = |entry: Option<&str>, key: &str, value: &str, repeats| Repeat::Map {
        entry: entry.map(str::to_owned),
        key: key.to_owned(),
        value: value.to_owned(),
        repeats,
        between: None,
    };
    let repeat = match table.get(member::MAP) {
        Some(Mixed::Flag(flag)) if !flag.value => return None,
        Some(Mixed::Text(_)) => map(None, "", "", false),
        Some(Mixed::Table(words)) => {
            let text = |key: Key<kind::Text>, default| words.get(key).map_or(default, |text| text.value);
            let said = |key: Key<kind::Flag>| words.get(key).is_some_and(|flag| flag.value);
            let entry = words.get(map::ENTRY).map(|entry| entry.value);
            if said(map::KEYED) {
                for word in [map::ENTRY, map::KEY, map::VALUE].into_iter().filter_map(|key| words.entry(key))
                {
                    word.report.add(
                        Fault::new(Code::Contradiction, word.key.span, "a keyed map has no such element")
                            .label("beside `keyed`")
                            .expected("either `keyed`, or `entry`, `key` and `value`"),
                    );
                }
                Repeat::Map {
                    entry: None,
                    key: String::new(),
                    value: String::new(),
                    repeats: said(map::REPEATS),
                    between: words.get(map::BETWEEN).map(|between| between.value.to_owned()),
                }
            } else {
                if let Some(word) = words.entry(map::BETWEEN) {
                    word.report.add(
                        Fault::new(Code::Meaningless, word.key.span, "`between` without `keyed`")
                            .label("no key is behind the map's name")
                            .help("add `keyed = true`, or remove `between`"),
                    );
                }
                map(entry, text(map::KEY, "key"), text(map::VALUE, "value"), said(map::REPEATS))
            }
        }
        _ => map(Some("entry"), "key", "value", false),
    };
    Some(At::new(repeat, span))
}

/// `"1/0"`, `"presence"`
fn boolean(table: Table<'_, '_>) -> Option<At<(String, Option<String>)>> {
    let text = table.get(member::BOOLEAN)?;
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
