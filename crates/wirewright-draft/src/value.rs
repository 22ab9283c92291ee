//! What the values of one place are.

use indexmap::IndexSet;
use wirewright_codegen::is_secret_name;

use crate::{
    names::{NAMES, is_in},
    shape::Shape,
    tree::Kind,
    types::Types,
    words::Words,
};

/// How a boolean may be spelled, beside `true` and `false`.
const BOOLEANS: [(&str, &str); 8] = [
    ("true", "false"),
    ("yes", "no"),
    ("on", "off"),
    ("TRUE", "FALSE"),
    ("True", "False"),
    ("Yes", "No"),
    ("YES", "NO"),
    ("Y", "N"),
];

/// Whether a name is that of a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    is_secret_name(name) || is_in("secret", name)
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leads = digits.len() > 1 && digits.starts_with('0');
    !digits.is_empty() && digits.len() <= 18 && !leads && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(rest)
}

/// Whether a decimal has a zero at its end, as in `9.50`: sums of money have, and a number is written without it.
fn is_padded(text: &str) -> bool {
    text.split_once('.').is_some_and(|(_, rest)| rest.len() > 1 && rest.ends_with('0'))
}

/// Letters and digits with a sign between words, as values that a program knows are.
fn is_word(text: &str) -> bool {
    text.len() <= 30
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.split(['_', '-']).count() <= 4
        && text
            .split(['_', '-'])
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// How many digits are at least no number that counts something.
const LONG: usize = 12;

struct Values<'s> {
    name: &'s str,
    distinct: IndexSet<&'s str>,
    kinds: Vec<Kind>,
    count: usize,
}

impl Values<'_> {
    fn all(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.distinct.iter().all(|text| fits(text))
    }

    fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether a format that tells types has nothing but these.
    fn only(&self, kinds: &[Kind]) -> bool {
        let mut told = self.kinds.iter().filter(|kind| **kind != Kind::Written).peekable();
        told.peek().is_some() && told.all(|kind| kinds.contains(kind))
    }
}

/// The words of a member whose values are these.
pub(crate) fn scalar(name: &str, shape: &Shape, is_attribute: bool, types: &mut Types) -> Words {
    let mut kinds: Vec<Kind> = shape.texts().map(|(_, kind, _)| kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let distinct: IndexSet<&str> = shape.texts().map(|(text, ..)| text).collect();
    let count = shape.texts().map(|(_, _, count)| count).sum();
    let values = Values { name, distinct, kinds, count };
    let empties = shape.values.iter().filter(|((text, _), _)| text.trim().is_empty());
    let empty_kinds: Vec<Kind> = empties.map(|((_, kind), _)| *kind).collect();
    let mut words = Words::new();
    let empty_written = empty_kinds.contains(&Kind::Written);
    if empty_written && values.has(Kind::Boolean) && !values.has(Kind::Written) {
        return words.with("type", "boolean").with("boolean", "presence");
    }
    if values.distinct.is_empty() {
        if is_attribute && empty_written && is_in("boolean", name) {
            words = words.with("type", "boolean").with("boolean", "presence");
            words.set("assumption", "The samples show it empty only.");
        } else if is_secret(name) {
            words.set("secret", true);
        }
        return words;
    }
    typed(&values, types, &mut words);
    if words.has("type") && !empty_kinds.is_empty() {
        words.set("empty-is-absent", true);
    }
    if is_secret(name) {
        match words.text("type") {
            None => words.set("secret", true),
            // Digits under such a name are a PIN: nothing counts with it.
            Some("integer" | "number") => {
                words.remove("type");
                words.remove("assumption");
                words.set("secret", true);
            }
            Some(_) if is_secret_name(name) => words.set("secret", false),
            Some(_) => {}
        }
    }
    words
}

fn typed(values: &Values<'_>, types: &mut Types, words: &mut Words) {
    // `amount2` is an amount.
    let name = values.name.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let told = values.kinds.iter().any(|kind| *kind != Kind::Written);
    let text = values.has(Kind::Text);
    let integers = values.all(is_integer);
    let identifier = is_in("identifier", name);
    let two = values.distinct.len() == 2;
    let assume = |words: &mut Words, why: &str| words.set("assumption", why);
    if values.only(&[Kind::Boolean]) && values.all(|text| matches!(text, "true" | "false")) {
        words.set("type", "boolean");
    } else if values.only(&[Kind::Boolean]) && values.all(|text| matches!(text, "true" | "false" | "1" | "0"))
    {
        *words = words.clone().with("type", "boolean").with("boolean", "1/0");
    } else if values.only(&[Kind::Integer])
        && values.all(|text| matches!(text, "0" | "1"))
        && is_in("boolean", name)
    {
        *words = words.clone().with("type", "boolean").with("boolean", "1/0");
        assume(words, "The samples have 0 and 1 only.");
    } else if values.only(&[Kind::Integer]) && integers {
        words.set("type", "integer");
        epoch(values, words);
    } else if values.only(&[Kind::Integer, Kind::Number]) && values.all(|text| text.parse::<f64>().is_ok()) {
        words.set("type", "number");
    } else if let Some((yes, no)) = BOOLEANS.iter().find(|(yes, no)| {
        values.all(|text| text == *yes || text == *no) && (two || *yes == "true" || is_in("boolean", name))
    }) {
        words.set("type", "boolean");
        if *yes != "true" {
            words.set("boolean", format!("{yes}/{no}"));
        }
        if !two && *yes != "true" {
            assume(words, "One of its two values was seen only.");
        }
    } else if !text
        && values.all(|text| matches!(text, "0" | "1"))
        && (is_in("boolean", name) || (two && values.count >= 6 && !is_in("count", name) && !identifier))
    {
        *words = words.clone().with("type", "boolean").with("boolean", "1/0");
        assume(words, "The samples have 0 and 1 only.");
    } else if day(values, types, words) || moment(values, types, words) {
    } else if values
        .distinct
        .iter()
        .any(|text| text.len() > 1 && text.starts_with('0') && !text.contains('.'))
    {
        if values.all(|text| text.bytes().all(|byte| byte.is_ascii_digit())) {
            assume(words, "Digits with a zero in front: a text.");
        }
    } else if !told
        && integers
        && values.all(|text| text.len() >= LONG && !(text.len() == 13 && text.starts_with('1')))
    {
        assume(words, "So many digits count nothing: a text.");
    } else if integers && !text && !identifier && !is_in("version", name) {
        words.set("type", "integer");
        epoch(values, words);
    } else if integers && text && values.has(Kind::Written) && is_in("count", name) && !identifier {
        words.set("type", "integer");
        assume(words, "JSON has it in quotes.");
    } else if integers && !told && identifier {
        assume(words, "The samples have digits only; a text is read whatever it is.");
    } else if !text && values.all(is_decimal) && values.distinct.iter().any(|text| is_padded(text)) {
        assume(words, "Decimals with a zero at their end, which a number loses: a text.");
    } else if !text
        && values.all(is_decimal)
        && !is_in("version", name)
        && !is_in("money", name)
        && !identifier
    {
        words.set("type", "number");
    } else {
        let distinct = values.distinct.len();
        let known = values.all(is_word) && !is_secret(name) && !identifier && !is_in("prose", name);
        let few = values.count >= 6 && distinct >= 2 && distinct <= (values.count / 4).max(2);
        if known && distinct >= 2 && (few || (is_in("enumeration", name) && values.count >= 4)) {
            let kind = types.enumeration(name, values.distinct.iter().copied());
            words.set("type", kind);
            assume(words, "The values are those of the samples; others are read as well.");
        }
    }
}

/// Whether digits are a day: only where the name says so.
fn day(values: &Values<'_>, types: &mut Types, words: &mut Words) -> bool {
    if !is_in("day", values.name)
        || !values.all(|text| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return false;
    }
    let part = |text: &str, from: usize, to: usize| -> u32 {
        text.get(from..to).and_then(|part| part.parse().ok()).unwrap_or_default()
    };
    let is_day = |year: u32, month: u32, day: u32| {
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    let format = if values.all(|text| is_day(part(text, 0, 4), part(text, 4, 6), part(text, 6, 8))) {
        "%Y%m%d"
    } else if values.all(|text| is_day(part(text, 4, 8), part(text, 0, 2), part(text, 2, 4))) {
        "%m%d%Y"
    } else {
        return false;
    };
    let kind = types.moment("date", IndexSet::from([format.to_owned()]));
    words.set("type", kind);
    true
}

fn moment(values: &Values<'_>, types: &mut Types, words: &mut Words) -> bool {
    let mut formats = IndexSet::new();
    let mut word = "";
    for text in &values.distinct {
        let Some(form) = NAMES.moments.iter().find(|form| {
            (word.is_empty() || form.word == word) && form.fits(text) && is_moment(&form.format, text)
        }) else {
            return false;
        };
        word = &form.word;
        formats.insert(form.format.clone());
    }
    let kind = types.moment(word, formats);
    words.set("type", kind);
    true
}

/// Whether a text is a moment in a format, and not only of its looks: the 13th month is none.
fn is_moment(format: &str, text: &str) -> bool {
    jiff::fmt::strtime::parse(format, text)
        .is_ok_and(|parts| parts.to_date().is_ok() || parts.to_time().is_ok() || parts.timestamp().is_some())
}

/// Numbers that may count from 1970.
fn epoch(values: &Values<'_>, words: &mut Words) {
    let within = |low: i64, high: i64| {
        values.all(|text| text.parse::<i64>().is_ok_and(|number| (low..high).contains(&number)))
    };
    if within(946_684_800, 2_200_000_000) && is_in("moment", values.name) {
        words.set("doc", "Seconds since 1970-01-01, it seems.");
    } else if within(946_684_800_000, 2_200_000_000_000) {
        words.set("doc", "Milliseconds since 1970-01-01, it seems.");
    }
}

#[cfg(test)]
mod tests {
    use super::scalar;
    use crate::{
        shape::Shape,
        tree::{Kind, Node},
        types::Types,
    };

    /// A name, what one format has under it, and what it is drafted as.
    #[test]
    fn values_have_types() {
        for (name, kind, values, expected) in [
            ("songCount", Kind::Written, &["1", "20"][..], "integer"),
            ("albumId", Kind::Written, &["1", "20"], "-"),
            ("id", Kind::Integer, &["1"], "integer"),
            ("price", Kind::Written, &["1.5"], "-"),
            ("score", Kind::Written, &["1.5", "2"], "number"),
            ("score", Kind::Written, &["1.0", "2.5"], "number"),
            ("score", Kind::Written, &["1.50", "2"], "-"),
            ("score", Kind::Number, &["1.50", "2"], "number"),
            ("isDir", Kind::Written, &["true"], "boolean"),
            ("isPublic", Kind::Written, &["1"], "boolean 1/0"),
            ("zip", Kind::Written, &["01234"], "-"),
            ("created", Kind::Written, &["2008-09-30T15:56:42Z"], "Moment"),
            ("created", Kind::Written, &["2008-13-30T15:56:42Z"], "-"),
            ("birthday", Kind::Written, &["09301980"], "Day"),
            ("state", Kind::Text, &["open", "closed", "open", "closed"], "State"),
            ("title", Kind::Text, &["open", "closed"], "-"),
            ("attendeePW", Kind::Written, &["1234"], "secret"),
            ("token", Kind::Text, &["abc"], "secret"),
            ("version", Kind::Written, &["3"], "-"),
        ] {
            let mut shape = Shape::default();
            for value in values {
                shape.add(&Node::Scalar((*value).to_owned(), kind));
            }
            let words = scalar(name, &shape, false, &mut Types::default());
            let boolean = words.text("boolean").map(|spelled| format!(" {spelled}")).unwrap_or_default();
            let untyped = if words.flag("secret") { "secret" } else { "-" };
            assert_eq!(
                format!("{}{boolean}", words.text("type").unwrap_or(untyped)),
                expected,
                "{name} {values:?}"
            );
        }
    }
}
