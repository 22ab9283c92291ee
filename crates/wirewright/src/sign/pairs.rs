//! Pairs of a request as a text: each name and value encoded for itself, in order, and all of that once more.

use std::{borrow::Cow, cmp::Ordering, iter};

use super::{
    encode_set::{EncodeSet, Table},
    headers,
    message::Message,
    step::{PairList, PairOrder, PairPart, PairSource},
    text::{Text, first_of_form},
};
use crate::text::{
    form as query,
    scan::{self, Serialized},
};

/// How many pairs are sorted without an allocation.
const FEW: usize = 16;

/// Where a pair's name and value are in the form.
#[derive(Clone, Copy)]
struct Pair {
    /// The first bytes of the encoded name as a number, which decides most comparisons.
    prefix: u64,
    start: usize,
    middle: usize,
    value: usize,
    end: usize,
}

impl Pair {
    const NONE: Self = Self { prefix: 0, start: 0, middle: 0, value: 0, end: 0 };

    fn name(self, form: &[u8]) -> &[u8] {
        form.get(self.start..self.middle).unwrap_or_default()
    }

    fn value(self, form: &[u8]) -> &[u8] {
        form.get(self.value..self.end).unwrap_or_default()
    }

    /// Whether there is a `=` behind the name.
    const fn has_value(self) -> bool {
        self.value > self.middle
    }

    fn compare(self, other: Self, form: &[u8], spelling: Spelling) -> Ordering {
        let pieces = |pair: Self| (pair.name(form), pair.value(form));
        self.prefix.cmp(&other.prefix).then_with(|| {
            let ((name, value), (other_name, other_value)) = (pieces(self), pieces(other));
            spelling.compare(name, other_name).then_with(|| spelling.compare(value, other_value))
        })
    }
}

/// Pairs, the first ones of them without an allocation.
struct Found {
    few: [Pair; FEW],
    many: Vec<Pair>,
    count: usize,
}

impl Found {
    const fn new() -> Self {
        Self { few: [Pair::NONE; FEW], many: Vec::new(), count: 0 }
    }

    fn add(&mut self, pair: Pair) {
        if let Some(place) = self.few.get_mut(self.count) {
            *place = pair;
        } else {
            if self.many.is_empty() {
                self.many.extend_from_slice(&self.few);
            }
            self.many.push(pair);
        }
        self.count += 1;
    }

    fn all(&mut self) -> &mut [Pair] {
        self.few.get_mut(..self.count).unwrap_or(&mut self.many)
    }
}

/// How a name or value is written.
#[derive(Clone, Copy)]
enum Spelling {
    /// Taken out of the form's encoding, and encoded by this table.
    Encoded(&'static Table),
    /// As it was sent.
    Sent,
}

impl Spelling {
    fn compare(self, one: &[u8], other: &[u8]) -> Ordering {
        match self {
            Self::Encoded(table) => encoded(one, table).cmp(encoded(other, table)),
            Self::Sent => one.cmp(other),
        }
    }

    /// The first eight bytes of the name of a pair in a serialized form. `None`: one of them does not stand for itself.
    fn serialized_prefix(form: &[u8], pair: Pair) -> Option<u64> {
        const ONES: u64 = u64::MAX / 0xff;
        let word = u64::from_be_bytes(*form.get(pair.start..)?.first_chunk()?);
        // What is behind a shorter name is zeros.
        let unused = 64_usize.saturating_sub(8 * (pair.middle - pair.start));
        let behind = 1_u64.checked_shl(u32::try_from(unused).unwrap_or(64)).map_or(u64::MAX, |bit| bit - 1);
        // `%`, `+` and `*` are below all that stands for itself there, by which each byte is taken down: one that goes below zero gets the
        // highest bit, which none has.
        let special = (word | (behind & (ONES * 0x7f))).wrapping_sub(ONES * u64::from(b'-')) & (ONES << 7);
        (special == 0).then_some(word & !behind)
    }

    /// The first eight bytes of a name: the first one highest, zeros behind a shorter name. The order of such numbers is that of the
    /// texts, except that equal ones decide nothing.
    fn prefix(self, raw: &[u8]) -> u64 {
        const LENGTH: usize = 8;
        let add = |prefix: u64, byte: u8| prefix << 8 | u64::from(byte);
        let first = raw.get(..LENGTH).unwrap_or(raw);
        let (mut prefix, mut missing) = (0, LENGTH - first.len());
        match self {
            Self::Encoded(table)
                if first.iter().any(|byte| {
                    matches!(byte, b'%' | b'+') || table[usize::from(*byte)].bytes()[0] != *byte
                }) =>
            {
                let mut count = 0;
                for byte in encoded(raw, table).take(LENGTH) {
                    prefix = add(prefix, byte);
                    count += 1;
                }
                missing = LENGTH - count;
            }
            _ => prefix = first.iter().fold(prefix, |prefix, byte| add(prefix, *byte)),
        }
        prefix.checked_shl(8 * u32::try_from(missing).unwrap_or(0)).unwrap_or(0)
    }
}

/// Writes pairs of a message. `names` are those that a request says were taken, if it says some.
pub(super) fn write(
    list: &PairList,
    message: &Message<'_>,
    names: Option<&[String]>,
    encode: EncodeSet,
    outer: EncodeSet,
    text: &mut Text<'_>,
) {
    if list.of == [PairSource::Headers] && !list.as_sent {
        return headers::write(list, message.headers, names, encode, outer, text);
    }
    let form = message.pairs(list.of);
    let order = match list.order {
        _ if list.as_sent => Spelling::Sent,
        PairOrder::SortedBeforeEncoding => Spelling::Encoded(EncodeSet::None.table()),
        _ => Spelling::Encoded(encode.table()),
    };
    let may_be_serialized = message.serialized && !list.as_sent && !is_rewritten(list);
    let is_serialized = may_be_serialized && list.order != PairOrder::SortedBeforeEncoding;
    let add = |found: &mut Found, form: &[u8], mut pair: Pair| {
        if is_taken(list, names, pair.name(form)) {
            if list.order != PairOrder::Wire {
                let prefix = is_serialized.then(|| Spelling::serialized_prefix(form, pair)).flatten();
                pair.prefix = prefix.unwrap_or_else(|| order.prefix(pair.name(form)));
            }
            found.add(pair);
        }
    };
    let mut found = Found::new();
    let serialized = encode.serialized_then(outer).filter(|_| {
        let form = form.as_bytes();
        may_be_serialized && each_serialized(form, |pair| add(&mut found, form, pair)).is_some()
    });
    let form =
        if list.as_sent || serialized.is_some() { form } else { rewritten(list, whole_characters(form)) };
    let form = form.as_bytes();
    if serialized.is_none() {
        found = Found::new();
        each(form, |pair| add(&mut found, form, pair));
    }
    let pairs = found.all();
    match list.order {
        PairOrder::Sorted | PairOrder::SortedBeforeEncoding => {
            pairs.sort_unstable_by(|one, other| one.compare(*other, form, order));
        }
        PairOrder::Descending => pairs.sort_unstable_by(|one, other| other.compare(*one, form, order)),
        PairOrder::Wire => {}
    }
    let both = encode.table_then(outer);
    let write = |text: &mut Text<'_>, raw: &[u8]| match serialized {
        Some(table) => text.write(table, raw),
        None if list.as_sent => text.write(outer.table(), raw),
        None => text.write_form(both, raw),
    };
    let as_in_form = matches!(list.each, [PairPart::Name, PairPart::Literal("="), PairPart::Value]);
    for (index, pair) in pairs.iter().enumerate() {
        let before = if index > 0 { list.join } else { list.prefix };
        text.write(outer.table(), before.as_bytes());
        if let Some(table) = serialized.filter(|_| as_in_form && pair.has_value()) {
            text.write(table, form.get(pair.start..pair.end).unwrap_or_default());
            continue;
        }
        if list.as_sent && !pair.has_value() {
            write(text, pair.name(form));
            continue;
        }
        for part in list.each {
            match part {
                PairPart::Literal(literal) => text.write(outer.table(), literal.as_bytes()),
                PairPart::Name => write(text, pair.name(form)),
                PairPart::Value => write(text, pair.value(form)),
            }
        }
    }
}

/// The names of the pairs that are taken, in lower case.
#[cfg(feature = "server")]
pub(super) fn names(list: &PairList, message: &Message<'_>) -> Vec<String> {
    let form = message.pairs(list.of);
    let names = form_urlencoded::parse(form.as_bytes()).map(|(name, _)| name.to_ascii_lowercase());
    names.collect()
}

/// Whether a list has a pair of this name, which is form-urlencoded.
fn is_taken(list: &PairList, names: Option<&[String]>, raw: &[u8]) -> bool {
    let unfiltered = names.is_none() && list.only.is_none() && list.except.is_empty();
    // What is encoded is never shorter than what it stands for, so that most names need not be read.
    if unfiltered && list.without.iter().all(|without| raw.len() < without.len()) {
        return true;
    }
    let name = query::unescaped(raw);
    if unfiltered && !list.of.contains(&PairSource::Headers) {
        return list.without.iter().all(|without| without.as_bytes() != &*name);
    }
    let name = String::from_utf8_lossy(&name);
    match names {
        Some(names) => names.iter().any(|one| one.eq_ignore_ascii_case(&name)) && !list.leaves_out(&name),
        None => list.takes(&name),
    }
}

/// Whether something is done to names and values before they are encoded.
const fn is_rewritten(list: &PairList) -> bool {
    list.lowercase || list.collapsed || list.repeated.is_some()
}

/// The pairs with what is done to names and values before they are encoded: lower case, one space for several, one pair for a name.
fn rewritten<'f>(list: &PairList, form: Cow<'f, str>) -> Cow<'f, str> {
    if !is_rewritten(list) {
        return form;
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(form.as_bytes()) {
        let name = if list.lowercase { name.to_lowercase() } else { name.into_owned() };
        let value = if list.collapsed { headers::collapsed(value) } else { value }.into_owned();
        let known = list.repeated.and_then(|between| {
            let (_, known) = pairs.iter_mut().find(|(known, _)| *known == name)?;
            Some((between, known))
        });
        match known {
            Some((between, known)) => known.extend([between, &value]),
            None => pairs.push((name, value)),
        }
    }
    Cow::Owned(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// Calls `found` with each pair of a form.
fn each(form: &[u8], mut found: impl FnMut(Pair)) {
    let mut start = 0;
    while start < form.len() {
        let middle = query::name_end(form, start);
        let value = middle + usize::from(form.get(middle) == Some(&b'='));
        let end = if value > middle { query::value_end(form, value) } else { middle };
        if end > start {
            found(Pair { prefix: 0, start, middle, value, end });
        }
        start = end + 1;
    }
}

/// The same of a serialized form, all of whose ends are found in one pass. `None`: it has a `~`, the one unreserved character of RFC 3986 that
/// the URL standard's serializer escapes.
fn each_serialized(form: &[u8], mut found: impl FnMut(Pair)) -> Option<()> {
    let (mut start, mut equals) = (0, None);
    let mut has_tilde = false;
    scan::each::<Serialized>(form, |at| match form.get(at..) {
        Some([b'=', ..]) => equals = Some(at),
        Some([b'%', b'7', b'E', ..]) => has_tilde = true,
        Some([b'%', ..]) => {}
        _ => {
            if at > start {
                let (middle, value) = equals.take().map_or((at, at), |middle| (middle, middle + 1));
                found(Pair { prefix: 0, start, middle, value, end: at });
            }
            start = at + 1;
        }
    });
    (!has_tilde).then_some(())
}

/// The bytes of a name or value, encoded.
fn encoded<'f>(raw: &'f [u8], table: &'static Table) -> impl Iterator<Item = u8> + use<'f> {
    let mut rest = raw;
    let bytes = iter::from_fn(move || {
        let (byte, after) = first_of_form(rest)?;
        rest = after;
        Some(table[usize::from(byte)])
    });
    bytes.flat_map(|entry| entry.bytes().into_iter().take(entry.len()))
}

/// A form in which each byte can be encoded by itself: bytes that are not UTF-8 become a character before they are encoded.
fn whole_characters(form: Cow<'_, str>) -> Cow<'_, str> {
    if is_ascii_form(&form) {
        return form;
    }
    let mut written = Vec::with_capacity(form.len());
    each(form.as_bytes(), |pair| {
        if !written.is_empty() {
            written.push(b'&');
        }
        query::encode(
            &mut written,
            query::decode(form.get(pair.start..pair.middle).unwrap_or_default()).as_bytes(),
        );
        written.push(b'=');
        query::encode(
            &mut written,
            query::decode(form.get(pair.value..pair.end).unwrap_or_default()).as_bytes(),
        );
    });
    // What is encoded is ASCII, so that nothing is lost here.
    String::from_utf8(written).map_or(form, Cow::Owned)
}

/// Whether a form's text stands for ASCII only.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches many bytes are looked at in one instruction"
)]
fn is_ascii_form(text: &str) -> bool {
    // `%8…` to `%f…` are the other bytes.
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    text.is_ascii() && !pairs.fold(false, |found, (one, next)| found | ((*one == b'%') & (*next >= b'8')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_serialized_name_is_read_at_once() {
        let order = Spelling::Encoded(EncodeSet::Rfc3986.table());
        for name in [
            "",
            "a",
            "a-._Z09",
            "abcdefghi",
            "A_b",
            "zzzzzzzz",
            "a*b",
            "a+b",
            "%C3%A9",
            "abcdefg%",
            "abcdefgh%",
        ] {
            // What is behind the name must not count.
            for rest in ["=%+*%+*%+*", "=", ""] {
                let form = format!("{name}{rest}");
                let pair = Pair { middle: name.len(), ..Pair::NONE };
                let read = Spelling::serialized_prefix(form.as_bytes(), pair);
                let special = name.bytes().take(8).any(|byte| matches!(byte, b'*' | b'+' | b'%'));
                let expected = (form.len() >= 8 && !special).then(|| order.prefix(name.as_bytes()));
                assert_eq!(read, expected, "{form}");
            }
        }
    }
}
