//! Scalars from text and to text, the same in every format.

use std::borrow::Cow;

use crate::{
    EncodeErrorKind, Format,
    wire::{Booleans, Encoder, Expected, Items, Member, Record, Shape, Slot, TextRef, Value, number},
};

/// Whether a text means that the member whose slot this is is absent. `absent` lists such texts. White space around a text is a
/// part of it, but means nothing around anything else.
pub(crate) fn means_absent(slot: &Slot<'_, '_>, text: &str, absent: &[&str]) -> bool {
    if absent.is_empty() || matches!(slot, Slot::Option(_)) {
        return false;
    }
    // Of what has several spellings all mean the same.
    let integer = |text: &str| number::integer::<i128>(text);
    match slot {
        Slot::Str(_) | Slot::Cow(_) | Slot::Text(_) | Slot::File(_) | Slot::List(_) | Slot::Document(_) => {
            absent.contains(&text)
        }
        Slot::U64(_) | Slot::U32(_) | Slot::U16(_) | Slot::I64(_) | Slot::I32(_) => {
            is_among(text, absent, integer)
        }
        Slot::F64(_) => is_among(text, absent, |text| number::float(text).ok()),
        Slot::Bool(_) => is_among(text, absent, |text| boolean(text, None).ok()),
        _ => absent.contains(&text.trim()),
    }
}

/// Whether a text is as good as none for this slot: white space alone is, unless the slot keeps it.
pub(crate) fn is_empty(slot: &mut Slot<'_, '_>, text: &str) -> bool {
    match slot {
        Slot::Option(lazy) => is_empty(&mut lazy.some(), text),
        slot => means_absent(slot, text, &[""]),
    }
}

/// Whether a text is one of several, or means the same.
fn is_among<T: PartialEq>(text: &str, known: &[&str], meaning: impl Fn(&str) -> Option<T>) -> bool {
    let text = text.trim();
    let meant = meaning(text);
    known.iter().any(|known| *known == text || (meant.is_some() && meaning(known) == meant))
}

/// Whether no text that is a number means that a member is absent.
pub(crate) fn takes_numbers(absent: &[&str]) -> bool {
    absent.iter().all(|text| text.is_empty())
}

/// Whether a slot takes one text.
pub(crate) fn is_scalar(slot: &Slot<'_, '_>) -> bool {
    !matches!(
        slot,
        Slot::Record(_)
            | Slot::List(_)
            | Slot::Map(_)
            | Slot::Union(_)
            | Slot::Option(_)
            | Slot::Document(_)
            | Slot::Ignore
    )
}

/// Fills a scalar slot. Numbers and booleans may have white space around them; text is taken exactly.
pub(crate) fn set<'de>(
    slot: &mut Slot<'_, 'de>,
    text: TextRef<'_, 'de>,
    spelling: Option<&Booleans>,
) -> Result<(), Expected> {
    fn integer<T: std::str::FromStr + TryFrom<i128>>(
        place: &mut T,
        text: &str,
        what: &'static str,
    ) -> Result<(), Expected> {
        *place = number::integer(text).ok_or(Expected::new(what))?;
        Ok(())
    }
    match slot {
        Slot::Str(place) => {
            place.clear();
            place.push_str(&text);
        }
        Slot::Cow(place) => **place = text.to_cow(),
        Slot::U64(place) => integer(*place, &text, "an integer from 0 to 18446744073709551615")?,
        Slot::U32(place) => integer(*place, &text, "an integer from 0 to 4294967295")?,
        Slot::U16(place) => integer(*place, &text, "an integer from 0 to 65535")?,
        Slot::I64(place) => {
            integer(*place, &text, "an integer from -9223372036854775808 to 9223372036854775807")?;
        }
        Slot::I32(place) => integer(*place, &text, "an integer from -2147483648 to 2147483647")?,
        Slot::F64(place) => **place = number::float(&text)?,
        Slot::Bool(place) => **place = boolean(&text, spelling)?,
        Slot::Text(place) => place.set(&text)?,
        Slot::File(file) => file.rename(&text),
        _ => {}
    }
    Ok(())
}

/// The number in a slot, if it holds one.
#[expect(clippy::cast_precision_loss, reason = "it is compared with the ends of a range")]
pub(crate) fn number(slot: &Slot<'_, '_>) -> Option<f64> {
    Some(match slot {
        Slot::U64(number) => **number as f64,
        Slot::U32(number) => f64::from(**number),
        Slot::U16(number) => f64::from(**number),
        Slot::I64(number) => **number as f64,
        Slot::I32(number) => f64::from(**number),
        Slot::F64(number) => **number,
        _ => return None,
    })
}

/// Reads a boolean in the member's own spelling or any of the usual ones.
fn boolean(text: &str, spelling: Option<&Booleans>) -> Result<bool, Expected> {
    let text = text.trim();
    if let Some(spelling) = spelling {
        if text == spelling.yes || (text.is_empty() && spelling.no.is_none()) {
            return Ok(true);
        }
        if spelling.no == Some(text) {
            return Ok(false);
        }
    }
    let is = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "1", "yes", "on"]) {
        Ok(true)
    } else if is(["false", "0", "no", "off"]) {
        Ok(false)
    } else {
        Err(match spelling {
            Some(Booleans { yes, no: Some(no) }) => Expected(format!("`{yes}` or `{no}`").into()),
            _ => Expected::new("true or false"),
        })
    }
}

/// The text of a scalar; `None` for anything else, and for a scalar that has none: see [`fault`].
pub(crate) fn text<'v>(value: Value<'v>, spelling: Option<&'static Booleans>) -> Option<Cow<'v, str>> {
    Some(match value {
        Value::Str(text) => Cow::Borrowed(text),
        Value::U64(number) => number.to_string().into(),
        Value::I64(number) => number.to_string().into(),
        Value::F64(number) => float(number),
        Value::Bool(true) => spelling.map_or("true", |spelling| spelling.yes).into(),
        Value::Bool(false) => spelling.and_then(|spelling| spelling.no).unwrap_or("false").into(),
        Value::Text(text) => return text.written(),
        Value::File(file) => Cow::Borrowed(file.name()),
        _ => return None,
    })
}

/// Why a value has no [`text`].
pub(crate) const fn fault(value: &Value<'_>) -> EncodeErrorKind {
    match value {
        Value::Text(_) => EncodeErrorKind::Unwritable,
        _ => EncodeErrorKind::Misplaced,
    }
}

/// The shortest text that reads back as the same number; `NaN`, `Infinity`, `-Infinity`.
pub(crate) fn float(number: f64) -> Cow<'static, str> {
    if number.is_nan() {
        Cow::Borrowed("NaN")
    } else if number.is_infinite() {
        Cow::Borrowed(if number > 0.0 { "Infinity" } else { "-Infinity" })
    } else if number == 0.0 || (1e-5..1e16).contains(&number.abs()) {
        number.to_string().into()
    } else {
        format!("{number:?}").into()
    }
}

/// The parts of a text between separators, as byte ranges. An empty text has one empty part.
pub(crate) fn parts<'s>(text: &'s str, separator: &'s str) -> impl Iterator<Item = (usize, usize)> + use<'s> {
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let rest = text.get(start..)?;
        let found = if separator.is_empty() { None } else { rest.find(separator) };
        let end = found.map_or(text.len(), |at| start + at);
        from = found.map(|at| start + at + separator.len());
        Some((start, end))
    })
}

/// A list's items as one text, which must come apart again at the same places.
pub(crate) fn join(member: Member, items: &dyn Items, separator: &str) -> Result<String, EncodeErrorKind> {
    let mut joined = String::new();
    let mut places = Vec::new();
    for index in 0..items.len() {
        let text = match items.item(index) {
            Value::Absent if member.list().absent_items => Cow::Borrowed(""),
            Value::Absent => return Err(EncodeErrorKind::Absent),
            item => text(item, member.boolean()).ok_or(fault(&item))?,
        };
        if index > 0 {
            joined.push_str(separator);
        }
        places.push((joined.len(), joined.len() + text.len()));
        joined.push_str(&text);
    }
    if joined.is_empty() || !parts(&joined, separator).eq(places) {
        return Err(EncodeErrorKind::Separator);
    }
    Ok(joined)
}

/// The text of a member of a record, by the names in a format of all on the way to it. `None`: there is none.
pub(crate) fn text_at(record: &dyn Record, path: &'static [&'static str], format: Format) -> Option<String> {
    let mut walk = Walk { path, format, found: None };
    record.encode_fields(&mut walk);
    walk.found
}

struct Walk {
    path: &'static [&'static str],
    format: Format,
    found: Option<String>,
}

impl Encoder for Walk {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        let Some((first, rest)) = self.path.split_first() else { return };
        let named = shape.members().zip(values).filter(|(member, _)| member.name(self.format) == *first);
        // A parameter may have the name of the document that is beside it.
        self.found = named.into_iter().find_map(|(member, value)| match (value, rest) {
            (Value::Record(inner), [_, ..]) => text_at(*inner, rest, self.format),
            (value, []) => text(*value, member.boolean()).map(Cow::into_owned),
            _ => None,
        });
    }
}
