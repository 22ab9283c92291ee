//! Takes secrets out of samples before anything is written: each value becomes a made-up one, the same one everywhere.

mod coded;
mod fake;

use std::{collections::BTreeSet, ops::Range};

use aho_corasick::{AhoCorasick, MatchKind};
use indexmap::{IndexMap, IndexSet};
use wirewright_codegen::{SampleValue, model::FormatKind, sample_values};

use self::{
    coded::{decode, encode, forms},
    fake::fake,
};
use crate::{
    exchange::{Exchange, Shown},
    names::{folded, is_in},
    value::is_secret,
};

/// The names whose values are secrets, beside those that are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct SecretNames {
    folded: BTreeSet<String>,
    /// Those that the user named, which are secrets in what a page prints as well.
    named: BTreeSet<String>,
    /// Whether only those count.
    only_named: bool,
    /// Values that are secrets wherever they are.
    values: BTreeSet<String>,
}

impl SecretNames {
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let own: BTreeSet<String> = names.into_iter().map(folded).collect();
        Self { folded: own.clone(), named: own, only_named: false, values: BTreeSet::new() }
    }

    pub(crate) fn add(&mut self, name: &str) {
        self.folded.insert(folded(name));
    }

    pub(crate) fn add_value(&mut self, value: &str) {
        self.values.insert(value.to_owned());
    }

    /// The names that count in what a page prints: what it has under the others is nobody's secret.
    fn of_pages(&self) -> Self {
        Self {
            folded: self.named.clone(),
            named: self.named.clone(),
            only_named: true,
            values: BTreeSet::new(),
        }
    }

    fn has(&self, name: &str) -> bool {
        if self.only_named {
            return self.folded.contains(&folded(name));
        }
        is_secret(name) || self.folded.contains(&folded(name))
    }

    /// Whether a name is one of a secret in a format.
    fn has_in(&self, format: FormatKind, name: &str) -> bool {
        self.has(name) || (!self.only_named && format == FormatKind::Query && is_in("secret_parameter", name))
    }

    fn has_header(&self, name: &str) -> bool {
        self.has(name) || (!self.only_named && is_in("secret_header", name))
    }
}

/// How long a value is at least that is replaced wherever it is, and not under its name only.
const LONG: usize = 6;

/// The real values, each with its fake.
struct Fakes {
    fakes: IndexMap<String, String>,
}

impl Fakes {
    /// Fakes of all of these, none of which is one of them: samples whose secrets were replaced before have values that look like fakes.
    fn new(real: IndexSet<String>) -> Self {
        let mut fakes = Self { fakes: real.into_iter().map(|value| (value, String::new())).collect() };
        let values: Vec<String> = fakes.fakes.keys().cloned().collect();
        for (number, value) in values.iter().enumerate() {
            let made = fakes.make(value, number);
            fakes.fakes.insert(value.clone(), made);
        }
        fakes
    }

    /// The fake of a value, which has one from now on.
    fn of(&mut self, value: &str) -> String {
        if let Some(fake) = self.fakes.get(value) {
            return fake.clone();
        }
        let made = self.make(value, self.fakes.len());
        self.fakes.insert(value.to_owned(), made.clone());
        made
    }

    /// A fake that nothing else has, the first from this number on.
    fn make(&self, value: &str, number: usize) -> String {
        let taken = |fake: &String| {
            self.fakes.contains_key(fake) || self.fakes.values().any(|own| own == fake) || fake == value
        };
        let mut made = (number..number + 50).map(|number| fake(value, number));
        made.find(|fake| !taken(fake)).unwrap_or_else(|| fake(value, number))
    }
}

/// Whether a value is one that nothing else says by chance.
fn is_telling(value: &str) -> bool {
    let classes: [fn(char) -> bool; 3] = [char::is_lowercase, char::is_uppercase, char::is_numeric];
    let mixed = classes.into_iter().filter(|class| value.contains(*class)).count() > 1;
    value.chars().count() >= LONG && (mixed || value.chars().count() >= LONG + 2)
}

/// Replaces the secrets of all exchanges; of those that a page prints, what the user named. Gives how many values there were.
pub(crate) fn replace(exchanges: &mut [Exchange], names: &SecretNames) -> usize {
    let mut real: IndexSet<String> = names.values.iter().cloned().collect();
    let of_pages = names.of_pages();
    for exchange in exchanges.iter() {
        collect(exchange, if exchange.is_printed { &of_pages } else { names }, &mut real);
    }
    if real.is_empty() {
        return 0;
    }
    let mut fakes = Fakes::new(real);
    let names_in_use = names_of(exchanges);
    let everywhere = Everywhere::new(&fakes.fakes, &names_in_use);
    for exchange in exchanges.iter_mut() {
        let names = if exchange.is_printed { &of_pages } else { names };
        apply(exchange, names, &mut fakes, everywhere.as_ref());
    }
    fakes.fakes.len()
}

/// Where the parts of a header are that are secret: what is behind a scheme, and the values of cookies.
fn of_header(name: &str, value: &str) -> Vec<Range<usize>> {
    let trimmed = |range: Range<usize>| {
        let part = value.get(range.clone()).unwrap_or_default();
        let start = range.start + (part.len() - part.trim_start().len());
        start..start + part.trim().len()
    };
    let is_cookie = name.eq_ignore_ascii_case("cookie");
    let mut parts = Vec::new();
    if is_cookie || name.eq_ignore_ascii_case("set-cookie") {
        let mut at = 0;
        // What follows the pair that a reply sets is about the cookie.
        for pair in value.split(';').take(if is_cookie { usize::MAX } else { 1 }) {
            if let Some(equals) = pair.find('=') {
                parts.push(trimmed(at + equals + 1..at + pair.len()));
            }
            at += pair.len() + 1;
        }
    } else {
        let is_scheme = |scheme: &str| scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
        let scheme = value.find(' ').filter(|at| value.get(..*at).is_some_and(is_scheme));
        parts.push(trimmed(scheme.map_or(0, |at| at + 1)..value.len()));
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The texts of an exchange, each with its format.
fn texts(exchange: &Exchange) -> Vec<(FormatKind, &str)> {
    let shown = exchange.shown.as_ref().map(|shown| match shown {
        Shown::Url(text) | Shown::Query(text) | Shown::Form(text) => (FormatKind::Query, text.as_str()),
    });
    let body = exchange.body.as_ref().map(|(format, text)| (*format, text.as_str()));
    let replies = exchange.replies.iter().map(|(format, text)| (*format, text.as_str()));
    shown.into_iter().chain(body).chain(replies).collect()
}

fn collect(exchange: &Exchange, names: &SecretNames, real: &mut IndexSet<String>) {
    for (format, text) in texts(exchange) {
        for value in values(format, text) {
            if names.has_in(format, value.name) {
                real.insert(decode(format, &value));
            }
        }
    }
    for parameter in exchange
        .parameters
        .iter()
        .filter(|one| names.has_in(FormatKind::Query, &one.name) && !one.value.is_empty())
    {
        real.insert(parameter.value.clone());
    }
    for (name, value) in exchange.headers.iter().chain(&exchange.reply_headers) {
        if names.has_header(name) {
            for part in of_header(name, value) {
                real.insert(value.get(part).unwrap_or_default().to_owned());
            }
        }
    }
}

/// The values of a text. A reply with a pair in each line is read line by line.
fn values(format: FormatKind, text: &str) -> Vec<SampleValue<'_>> {
    if format != FormatKind::Query || !text.trim().contains('\n') {
        return sample_values(format, text);
    }
    let mut at = 0;
    let mut all = Vec::new();
    for line in text.split_inclusive('\n') {
        let own = sample_values(format, line);
        all.extend(own.into_iter().map(|value| SampleValue { at: at + value.at, ..value }));
        at += line.len();
    }
    all
}

/// The names of parameters and of members.
fn names_of(exchanges: &[Exchange]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for exchange in exchanges {
        names.extend(exchange.parameters.iter().map(|one| one.name.clone()));
        for (format, text) in texts(exchange) {
            names.extend(values(format, text).into_iter().map(|value| value.name.to_owned()));
        }
    }
    names
}

/// Values that are replaced wherever they are, in each form that they are written in.
struct Everywhere {
    automaton: AhoCorasick,
    fakes: Vec<String>,
}

impl Everywhere {
    /// What is a name somewhere is not replaced but as a value: a reply would have another member.
    fn new(fakes: &IndexMap<String, String>, names: &BTreeSet<String>) -> Option<Self> {
        let telling = fakes.iter().filter(|(value, _)| is_telling(value) && !names.contains(*value));
        let pairs: IndexMap<String, String> =
            telling.flat_map(|(value, fake)| forms(value).into_iter().zip(forms(fake))).collect();
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(pairs.keys()).ok()?;
        Some(Self { automaton, fakes: pairs.into_values().collect() })
    }

    fn text(&self, text: &str) -> String {
        self.automaton.replace_all(text, &self.fakes)
    }
}

fn apply(exchange: &mut Exchange, names: &SecretNames, fakes: &mut Fakes, everywhere: Option<&Everywhere>) {
    let plain = |text: &str| everywhere.map_or_else(|| text.to_owned(), |every| every.text(text));
    let before = exchange.clone();
    let mut replaced_in = |format: FormatKind, text: &str| {
        // From behind, so that places stay.
        let mut replaced = text.to_owned();
        for value in values(format, text).into_iter().rev().filter(|value| names.has_in(format, value.name)) {
            let fake = fakes.of(&decode(format, &value));
            let range = value.at..value.at + value.written.len();
            if replaced.get(range.clone()).is_some() {
                replaced.replace_range(range, &encode(format, &fake));
            }
        }
        plain(&replaced)
    };
    match &mut exchange.shown {
        Some(Shown::Url(text) | Shown::Query(text) | Shown::Form(text)) => {
            *text = replaced_in(FormatKind::Query, text);
        }
        None => {}
    }
    if let Some((format, text)) = &mut exchange.body {
        *text = replaced_in(*format, text);
    }
    for (format, text) in &mut exchange.replies {
        *text = replaced_in(*format, text);
    }
    for parameter in &mut exchange.parameters {
        parameter.value = if names.has_in(FormatKind::Query, &parameter.name) && !parameter.value.is_empty() {
            fakes.of(&parameter.value)
        } else {
            plain(&parameter.value)
        };
    }
    for (name, value) in exchange.headers.iter_mut().chain(&mut exchange.reply_headers) {
        if names.has_header(name) {
            // From behind, so that places stay.
            for part in of_header(name, value).into_iter().rev() {
                let fake = fakes.of(value.get(part.clone()).unwrap_or_default());
                value.replace_range(part, &fake);
            }
        }
        *value = plain(value);
    }
    exchange.path = exchange.path.take().map(|path| plain(&path));
    exchange.is_redacted = *exchange != before;
}
