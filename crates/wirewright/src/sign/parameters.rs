//! The parameters of a base string: each encoded for itself, in order, and all of that once more.

use std::{borrow::Cow, cmp::Ordering, iter};

use super::{
    base_string::{BaseString, ParameterOrder},
    encode_set::Table,
    text::{Text, first_of_form},
};
use crate::text::form as query;

/// How many parameters are sorted without an allocation.
const FEW: usize = 16;

/// Where a parameter's name and value are in the form.
#[derive(Clone, Copy, Default)]
struct Pair {
    /// The first bytes of the encoded name as a number, which decides most comparisons.
    prefix: u64,
    start: usize,
    middle: usize,
    value: usize,
    end: usize,
}

impl Pair {
    fn name(self, form: &[u8]) -> &[u8] {
        form.get(self.start..self.middle).unwrap_or_default()
    }

    fn value(self, form: &[u8]) -> &[u8] {
        form.get(self.value..self.end).unwrap_or_default()
    }

    fn compare(self, other: Self, form: &[u8], table: &'static Table) -> Ordering {
        let pieces = |pair: Self| (pair.name(form), pair.value(form));
        self.prefix.cmp(&other.prefix).then_with(|| {
            let ((name, value), (other_name, other_value)) = (pieces(self), pieces(other));
            let names = encoded(name, table).cmp(encoded(other_name, table));
            names.then_with(|| encoded(value, table).cmp(encoded(other_value, table)))
        })
    }
}

/// Writes the parameters of a form.
pub(super) fn write(base: &BaseString, form: &str, text: &mut Text<'_>) {
    let table = base.parameter_encode.table();
    let form = whole_characters(form);
    let form = form.as_bytes();
    let mut few = [Pair::default(); FEW];
    let mut many = Vec::new();
    let mut count = 0;
    each(form, |mut pair| {
        if base.order != ParameterOrder::Wire {
            pair.prefix = prefix(pair.name(form), table);
        }
        if let Some(place) = few.get_mut(count) {
            *place = pair;
        } else {
            if many.is_empty() {
                many.extend_from_slice(&few);
            }
            many.push(pair);
        }
        count += 1;
    });
    let pairs = few.get_mut(..count).unwrap_or(&mut many);
    match base.order {
        ParameterOrder::Sorted => pairs.sort_unstable_by(|one, other| one.compare(*other, form, table)),
        ParameterOrder::Descending => pairs.sort_unstable_by(|one, other| other.compare(*one, form, table)),
        ParameterOrder::Wire => {}
    }
    let (outer, both) = (base.encode.table(), base.parameter_encode.table_then(base.encode));
    for (index, pair) in pairs.iter().enumerate() {
        if index > 0 {
            text.write(outer, base.pairs.as_bytes());
        }
        text.write_form(both, pair.name(form));
        text.write(outer, base.pair.as_bytes());
        text.write_form(both, pair.value(form));
    }
}

/// Calls `found` with each parameter of a form.
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

/// The first eight bytes of a name, encoded: the first one highest, zeros behind a shorter name. The order of such numbers is
/// that of the texts, except that equal ones decide nothing.
fn prefix(raw: &[u8], table: &'static Table) -> u64 {
    const LENGTH: usize = 8;
    let add = |prefix: u64, byte: u8| prefix << 8 | u64::from(byte);
    let first = raw.get(..LENGTH).unwrap_or(raw);
    let (mut prefix, mut missing) = (0, LENGTH - first.len());
    if first.iter().all(|byte| !matches!(byte, b'%' | b'+') && table[usize::from(*byte)].bytes()[0] == *byte)
    {
        prefix = first.iter().fold(prefix, |prefix, byte| add(prefix, *byte));
    } else {
        let mut count = 0;
        for byte in encoded(raw, table).take(LENGTH) {
            prefix = add(prefix, byte);
            count += 1;
        }
        missing = LENGTH - count;
    }
    prefix.checked_shl(8 * u32::try_from(missing).unwrap_or(0)).unwrap_or(0)
}

/// A form in which each byte can be encoded by itself: bytes that are not UTF-8 become a character before they are encoded.
fn whole_characters(form: &str) -> Cow<'_, str> {
    if is_ascii_form(form) {
        return Cow::Borrowed(form);
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
    String::from_utf8(written).map_or(Cow::Borrowed(form), Cow::Owned)
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
