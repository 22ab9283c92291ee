//! Headers of a message as a text: each name and value encoded for itself, in order, and all of that once more.
//!
//! They are pairs as they are. Only where a list has other pairs as well are they written as a form first, with those.

use std::{borrow::Cow, cmp::Ordering};

use http::HeaderMap;

use super::{
    encode_set::{EncodeSet, Table},
    step::{PairList, PairOrder, PairPart},
    text::Text,
};

/// A header's name, in lower case as [`HeaderMap`] has all of them, and its value.
pub(super) struct Header<'m> {
    pub(super) name: &'m str,
    pub(super) value: Cow<'m, str>,
}

/// All headers of a message, the values of a name one behind the other.
pub(super) fn all(headers: Option<&HeaderMap>) -> impl Iterator<Item = Header<'_>> {
    let pairs = headers.into_iter().flatten();
    pairs.map(|(name, value)| Header { name: name.as_str(), value: value_of(value.as_bytes()) })
}

/// The text of a header's value, without the white space that HTTP takes off it (RFC 9110 section 5.5), and line breaks. What is not UTF-8 is
/// a replacement character.
pub(super) fn value_of(bytes: &[u8]) -> Cow<'_, str> {
    const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.trim_matches(SPACE)),
        Err(_) => Cow::Owned(String::from_utf8_lossy(bytes).trim_matches(SPACE).to_owned()),
    }
}

/// Writes those that a list takes. `names` are those that a request says were taken, if it says some.
pub(super) fn write(
    list: &PairList,
    headers: Option<&HeaderMap>,
    names: Option<&[String]>,
    encode: EncodeSet,
    outer: EncodeSet,
    text: &mut Text<'_>,
) {
    let mut taken: Vec<Header<'_>> = Vec::with_capacity(headers.map_or(0, HeaderMap::len));
    for header in all(headers).filter(|header| takes(list, names, header.name)) {
        let value = if list.collapsed { collapsed(header.value) } else { header.value };
        let known = list.repeated.and_then(|between| {
            let known = taken.iter_mut().find(|known| known.name == header.name)?;
            Some((between, known))
        });
        match known {
            Some((between, known)) => known.value.to_mut().extend([between, &value]),
            None => taken.push(Header { name: header.name, value }),
        }
    }
    let compare = |one: &Header<'_>, other: &Header<'_>| {
        let table =
            if list.order == PairOrder::SortedBeforeEncoding { EncodeSet::None } else { encode }.table();
        let by_value = || order(table, &one.value, &other.value);
        order(table, one.name, other.name).then_with(by_value)
    };
    match list.order {
        PairOrder::Sorted | PairOrder::SortedBeforeEncoding => taken.sort_unstable_by(compare),
        PairOrder::Descending => taken.sort_unstable_by(|one, other| compare(other, one)),
        PairOrder::Wire => {}
    }
    let (both, outer) = (encode.table_then(outer), outer.table());
    for (index, header) in taken.iter().enumerate() {
        let before = if index > 0 { list.join } else { list.prefix };
        text.write(outer, before.as_bytes());
        for part in list.each {
            match part {
                PairPart::Literal(literal) => text.write(outer, literal.as_bytes()),
                PairPart::Name => text.write(both, header.name.as_bytes()),
                PairPart::Value => text.write(both, header.value.as_bytes()),
            }
        }
    }
}

fn takes(list: &PairList, names: Option<&[String]>, name: &str) -> bool {
    match names {
        Some(names) => names.iter().any(|one| one.eq_ignore_ascii_case(name)) && !list.leaves_out(name),
        None => list.takes(name),
    }
}

/// The order of two texts once they are encoded.
fn order(table: &Table, one: &str, other: &str) -> Ordering {
    encoded(table, one).cmp(encoded(table, other))
}

fn encoded(table: &Table, text: &str) -> impl Iterator<Item = u8> {
    let entries = text.bytes().map(|byte| table[usize::from(byte)]);
    entries.flat_map(|entry| entry.bytes().into_iter().take(entry.len()))
}

/// A value with one space for each run of white space, and none at its ends.
pub(super) fn collapsed(value: Cow<'_, str>) -> Cow<'_, str> {
    let mut is_behind_space = true;
    let is_so = value.bytes().all(|byte| {
        let is_single = !byte.is_ascii_whitespace() || byte == b' ' && !is_behind_space;
        is_behind_space = byte == b' ';
        is_single
    });
    if value.is_empty() || is_so && !is_behind_space {
        return value;
    }
    Cow::Owned(value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space() {
        for value in [
            "",
            " ",
            "a",
            "a b",
            "a  b",
            " a b",
            "a b ",
            "a\tb",
            "a \t b",
            "\u{a0}a",
            "a\u{a0} b",
            "\n",
            "a\x0cb",
        ] {
            let joined = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(collapsed(Cow::Borrowed(value)), joined, "{value:?}");
        }
    }

    #[test]
    fn values_are_texts_without_space_around_them() {
        assert_eq!(value_of(b" \ta\xffb \r\n"), "a\u{fffd}b");
        assert_eq!(value_of("\t\u{e9} \u{a0}".as_bytes()), "\u{e9} \u{a0}");
    }
}
