//! A table of the definition, checked against the words that it may hold.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::diagnostic::{Code, Fault, Report};
use crate::source::{At, Span, Text};
use crate::words::{Alternatives, Key, ValueKind, Vocabulary, Word, kind};

use super::kept::Keeper;

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A table and where its key is.
#[derive(Clone, Copy)]
pub(super) struct Table<'t, 'a> {
    pub(super) report: &'t Report,
    /// Where texts go that are in the file with escapes only.
    pub(super) kept: &'t Keeper<'a>,
    pub(super) keys: &'t DeTable<'a>,
    pub(super) span: Span,
}

/// One key of a table with its value.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t, 'a> {
    pub(super) report: &'t Report,
    pub(super) kept: &'t Keeper<'a>,
    pub(super) key: Text<'a>,
    pub(super) value: &'t Value<'a>,
}

impl<'t, 'a> Entry<'t, 'a> {
    /// The place of the value.
    pub(super) fn value_span(&self) -> Span {
        span(self.key.span.file(), self.value)
    }

    /// The value as a table with these words; anything else is a fault.
    pub(super) fn table(&self, vocabulary: &'static Vocabulary) -> Option<Table<'t, 'a>> {
        let Some(table) = self.value.get_ref().as_table() else {
            self.wrong_type(&format!("{}: a table", vocabulary.place));
            return None;
        };
        let table = self.inner(table, self.key.span);
        table.check(vocabulary);
        Some(table)
    }

    /// The value as a table whose words have been checked with those of the table around it.
    pub(super) fn checked_table(&self) -> Option<Table<'t, 'a>> {
        table(*self)
    }

    /// A table of the same file.
    fn inner(&self, keys: &'t DeTable<'a>, span: Span) -> Table<'t, 'a> {
        Table { report: self.report, kept: self.kept, keys, span }
    }

    /// The value where it is a text.
    pub(super) fn as_text(&self) -> Option<Text<'a>> {
        self.text_of(self.value)
    }

    /// The same of a value inside of it.
    fn text_of(&self, value: &Value<'a>) -> Option<Text<'a>> {
        let DeValue::String(text) = value.get_ref() else { return None };
        Some(At::new(self.kept.text(text), span(self.key.span.file(), value)))
    }

    /// The value as a text; anything else is a fault.
    pub(super) fn text(&self, expected: &str) -> Option<Text<'a>> {
        let text = self.as_text();
        if text.is_none() {
            self.wrong_type(expected);
        }
        text
    }

    pub(super) fn wrong_type(&self, expected: &str) {
        let value = self.value.get_ref();
        // An array is right, and what it holds is not.
        let found = match value.as_array() {
            Some(_) if expected.contains("array") => "this array".to_owned(),
            _ => article(value.type_str()),
        };
        self.report.add(
            Fault::new(Code::WrongType, self.value_span(), format!("`{}` cannot be {found}", self.key.value))
                .label(found.clone())
                .expected(expected),
        );
    }
}

impl Entry<'_, '_> {
    /// How many values it has.
    pub(super) fn count(&self) -> usize {
        self.value.get_ref().as_array().map_or(1, |values| values.len())
    }

    /// Whether all of it is texts and numbers: one of them, or a list. What is not has been reported.
    pub(super) fn is_read_whole(&self) -> bool {
        let file = self.key.span.file();
        match self.value.get_ref().as_array() {
            Some(values) => values.iter().all(|value| scalar(file, value).is_some()),
            None => scalar(file, self.value).is_some(),
        }
    }
}

impl<'t, 'a> Table<'t, 'a> {
    /// Reports keys that are unknown, keys that are missing, and values that are not what their word takes.
    pub(super) fn check(&self, vocabulary: &'static Vocabulary) {
        for entry in self.entries() {
            let key = entry.key.value;
            match vocabulary.all().find(|word| word.word == key) {
                Some(word) => {
                    self.report.word(vocabulary.place, word.word, entry.key.span);
                    check_value(&entry, word);
                }
                None => self.report.add(
                    Fault::new(
                        Code::UnknownKey,
                        entry.key.span,
                        format!("`{key}` has no meaning in {}", vocabulary.place),
                    )
                    .label("unknown")
                    .expected(list(vocabulary.all().map(|word| word.word)))
                    .did_you_mean(
                        self.report,
                        key,
                        vocabulary.all().map(|word| word.word),
                    ),
                ),
            }
        }
        for word in vocabulary.all().filter(|word| word.required && !self.keys.contains_key(word.word)) {
            self.report.add(
                Fault::new(
                    Code::MissingKey,
                    self.span,
                    format!("{} needs `{}`", vocabulary.place, word.word),
                )
                .label(format!("`{}` is missing", word.word))
                .expected(expectation(word.kind))
                .help(format!("`{}` says: {}", word.word, word.doc)),
            );
        }
    }

    /// All keys, in the order of the file.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'t, 'a>> + use<'t, 'a> {
        let table = *self;
        self.keys.iter().map(move |(key, value)| table.with_key(key, value))
    }

    fn with_key(&self, key: &Spanned<DeString<'a>>, value: &'t Value<'a>) -> Entry<'t, 'a> {
        let span = Span::new(self.span.file(), key.span());
        let key = At::new(self.kept.text(key.get_ref()), span);
        Entry { report: self.report, kept: self.kept, key, value }
    }

    /// The key that is this word, with its value.
    pub(super) fn entry<K: Copy>(&self, key: Key<K>) -> Option<Entry<'t, 'a>> {
        let (key, value) = self.keys.get_key_value(key.word)?;
        Some(self.with_key(key, value))
    }

    /// What the word says, if it is there and its value can be read: a value of another kind was reported with the table's words.
    pub(super) fn get<K: Read>(&self, key: Key<K>) -> Option<K::Value<'t, 'a>> {
        key.kind.read(self.entry(key)?)
    }

    /// The place of a word that says `true`.
    pub(super) fn place(&self, key: Key<kind::Flag>) -> Option<Span> {
        self.get(key).filter(|flag| flag.value).map(|flag| flag.span)
    }
}

/// How the values of a kind of word are read.
pub(super) trait Read: Copy {
    /// What they are read as.
    type Value<'t, 'a: 't>;

    /// `None` when the value is of another kind. One that stands alone is read where several may be, and the other way round.
    fn read<'t, 'a>(self, entry: Entry<'t, 'a>) -> Option<Self::Value<'t, 'a>>;
}

macro_rules! read {
    ($($kind:ident => $value:ty, $read:expr;)*) => {
        $(impl Read for kind::$kind {
            type Value<'t, 'a: 't> = $value;

            fn read<'t, 'a>(self, entry: Entry<'t, 'a>) -> Option<Self::Value<'t, 'a>> {
                $read(entry)
            }
        })*
    };
}

read! {
    Text => Text<'a>, string;
    Flag => At<bool>, flag;
    Integer => At<usize>, count;
    Scalar => At<Scalar>, |entry| scalars(entry)?.value.into_iter().next();
    Scalars => At<Vec<At<Scalar>>>, scalars;
    TextOrInteger => At<Scalar>, |entry| scalars(entry)?.value.into_iter().next();
    TextsOrIntegers => At<Vec<At<Scalar>>>, scalars;
    Texts => At<Vec<Text<'a>>>, texts;
    TextOrTexts => At<Vec<Text<'a>>>, text_or_texts;
    Table => Table<'t, 'a>, table;
    Tables => Vec<Table<'t, 'a>>, tables;
    Entries => Table<'t, 'a>, table;
    FlagOrText => Mixed<'t, 'a>, mixed;
    FlagOrWord => Mixed<'t, 'a>, mixed;
    FlagOrTable => Mixed<'t, 'a>, mixed;
    FlagTextOrTable => Mixed<'t, 'a>, mixed;
    TextOrTable => Mixed<'t, 'a>, mixed;
}

impl<A: Alternatives + Copy> Read for kind::Choice<A> {
    type Value<'t, 'a: 't> = At<A::Value>;

    fn read<'t, 'a>(self, entry: Entry<'t, 'a>) -> Option<Self::Value<'t, 'a>> {
        let text = string(entry)?;
        Some(At::new(A::value(text.value)?, text.span))
    }
}

/// Those of the words that are known: another one was reported.
impl<A: Alternatives + Copy> Read for kind::ChoiceOrChoices<A> {
    type Value<'t, 'a: 't> = Vec<At<A::Value>>;

    fn read<'t, 'a>(self, entry: Entry<'t, 'a>) -> Option<Self::Value<'t, 'a>> {
        let texts = text_or_texts(entry)?.value.into_iter();
        Some(texts.filter_map(|text| Some(At::new(A::value(text.value)?, text.span))).collect())
    }
}

/// A value that may be of several kinds.
#[derive(Clone, Copy)]
pub(super) enum Mixed<'t, 'a> {
    Flag(At<bool>),
    Text(Text<'a>),
    Table(Table<'t, 'a>),
}

fn mixed<'t, 'a>(entry: Entry<'t, 'a>) -> Option<Mixed<'t, 'a>> {
    let text = || string(entry).map(Mixed::Text);
    flag(entry).map(Mixed::Flag).or_else(text).or_else(|| table(entry).map(Mixed::Table))
}

fn string<'a>(entry: Entry<'_, 'a>) -> Option<Text<'a>> {
    entry.as_text()
}

fn flag(entry: Entry<'_, '_>) -> Option<At<bool>> {
    Some(At::new(entry.value.get_ref().as_bool()?, entry.key.span))
}

fn count(entry: Entry<'_, '_>) -> Option<At<usize>> {
    Some(At::new(integer(entry.value.get_ref())?.parse().ok()?, entry.value_span()))
}

/// A table whose words have been checked with those of the table around it.
fn table<'t, 'a>(entry: Entry<'t, 'a>) -> Option<Table<'t, 'a>> {
    Some(entry.inner(entry.value.get_ref().as_table()?, entry.key.span))
}

fn tables<'t, 'a>(entry: Entry<'t, 'a>) -> Option<Vec<Table<'t, 'a>>> {
    let file = entry.key.span.file();
    let one = |item: &'t Value<'a>| Some(entry.inner(item.get_ref().as_table()?, span(file, item)));
    Some(entry.value.get_ref().as_array()?.iter().filter_map(one).collect())
}

fn texts<'a>(entry: Entry<'_, 'a>) -> Option<At<Vec<Text<'a>>>> {
    each(entry, |value| entry.text_of(value))
}

/// Words that add texts to what is said already: a list of none says nothing. Where other words have none is looked at by checks.
const ADDING: [&str; 4] = ["absent", "accepts", "also", "lacks"];

fn text_or_texts<'a>(entry: Entry<'_, 'a>) -> Option<At<Vec<Text<'a>>>> {
    let word = entry.key.value;
    if ADDING.contains(&word) && entry.value.get_ref().as_array().is_some_and(|texts| texts.is_empty()) {
        entry.report.add(
            Fault::new(Code::Empty, entry.value_span(), format!("`{word}` lists nothing"))
                .label("empty")
                .expected("at least one text")
                .help(format!("remove `{word}`")),
        );
        return None;
    }
    let one = || Some(At::new(vec![string(entry)?], entry.value_span()));
    texts(entry).or_else(one)
}

/// Each scalar of an array, or the one that stands alone.
fn scalars(entry: Entry<'_, '_>) -> Option<At<Vec<At<Scalar>>>> {
    let one = || Some(At::new(vec![scalar(entry.key.span.file(), entry.value)?], entry.value_span()));
    each(entry, |value| scalar(entry.key.span.file(), value)).or_else(one)
}

/// Each value of an array that can be read so.
fn each<'a, T>(entry: Entry<'_, 'a>, read: impl Fn(&Value<'a>) -> Option<T>) -> Option<At<Vec<T>>> {
    let values = entry.value.get_ref().as_array()?.iter().filter_map(read);
    Some(At::new(values.collect(), entry.value_span()))
}

/// A text, a whole number, or true or false.
#[derive(Debug, Clone)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) kind: ScalarKind,
}

/// What a scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScalarKind {
    Text,
    Number,
    Boolean,
}

pub(super) fn span(file: usize, value: &Value<'_>) -> Span {
    let range = value.span();
    Span::new(file, range)
}

fn text<'t>(file: usize, value: &'t Value<'_>) -> Option<Text<'t>> {
    Some(At::new(value.get_ref().as_str()?, span(file, value)))
}

fn scalar(file: usize, value: &Value<'_>) -> Option<At<Scalar>> {
    let scalar = match value.get_ref() {
        DeValue::String(text) => Scalar { text: text.to_string(), kind: ScalarKind::Text },
        DeValue::Boolean(value) => Scalar { text: value.to_string(), kind: ScalarKind::Boolean },
        other => Scalar { text: integer(other)?, kind: ScalarKind::Number },
    };
    Some(At::new(scalar, span(file, value)))
}

/// A whole number of 64 bits, as digits.
fn integer(value: &DeValue<'_>) -> Option<String> {
    let integer = value.as_integer()?;
    Some(i64::from_str_radix(integer.as_str(), integer.radix()).ok()?.to_string())
}

pub(super) fn check_value(entry: &Entry<'_, '_>, word: &'static Word) {
    let value = entry.value.get_ref();
    let nested = |vocabulary| {
        if let Some(table) = value.as_table() {
            entry.inner(table, entry.key.span).check(vocabulary);
        }
    };
    if !accepts(word.kind, value) {
        entry.wrong_type(&expectation(word.kind));
        return;
    }
    match word.kind {
        ValueKind::Choice(words)
        | ValueKind::ChoiceOrChoices(words)
        | ValueKind::FlagOrWord(words)
        | ValueKind::FlagTextOrTable(words, _)
        | ValueKind::TextOrTable(words, _) => {
            let file = entry.key.span.file();
            let one = text(file, entry.value);
            let many = value.as_array().into_iter().flatten().filter_map(|value| text(file, value));
            // Without words any text will do.
            let is_unknown =
                |text: &Text<'_>| !words.is_empty() && !words.iter().any(|(word, _)| *word == text.value);
            for text in one.into_iter().chain(many).filter(is_unknown) {
                let words = words.iter().map(|(word, _)| *word);
                entry.report.add(unknown_word(entry.report, text, entry.key.value, words));
            }
        }
        _ => {}
    }
    match word.kind {
        ValueKind::Table(vocabulary)
        | ValueKind::FlagOrTable(vocabulary)
        | ValueKind::FlagTextOrTable(_, vocabulary)
        | ValueKind::TextOrTable(_, vocabulary) => nested(vocabulary),
        ValueKind::Tables(vocabulary) => {
            for item in value.as_array().into_iter().flatten() {
                if let Some(table) = item.get_ref().as_table() {
                    entry.inner(table, span(entry.key.span.file(), item)).check(vocabulary);
                }
            }
        }
        _ => {}
    }
}

/// What a text is read as; one that is none of the words that its place knows is a fault.
pub(super) fn known<A: Alternatives>(report: &Report, text: Text<'_>, place: &str) -> Option<At<A::Value>> {
    let value = A::value(text.value);
    if value.is_none() {
        report.add(unknown_word(report, text, place, A::words()));
    }
    Some(At::new(value?, text.span))
}

/// A text that is none of the words that its place knows.
pub(super) fn unknown_word<'w>(
    report: &Report,
    text: Text<'_>,
    place: &str,
    words: impl Iterator<Item = &'w str> + Clone,
) -> Fault {
    Fault::new(Code::UnknownWord, text.span, format!("`{}` is no word for `{place}`", text.value))
        .label("unknown")
        .expected(list(words.clone()))
        .did_you_mean(report, text.value, words)
}

fn accepts(kind: ValueKind, value: &DeValue<'_>) -> bool {
    let text_or_integer = |value: &DeValue<'_>| value.is_str() || integer(value).is_some();
    let scalar = |value: &DeValue<'_>| value.is_bool() || text_or_integer(value);
    let all = |accepted: &dyn Fn(&DeValue<'_>) -> bool| {
        value.as_array().is_some_and(|array| array.iter().all(|value| accepted(value.get_ref())))
    };
    match kind {
        ValueKind::Text | ValueKind::Choice(_) => value.is_str(),
        ValueKind::Flag => value.is_bool(),
        ValueKind::Integer => integer(value).is_some_and(|digits| !digits.starts_with('-')),
        ValueKind::Scalar => scalar(value),
        ValueKind::Scalars => all(&scalar),
        ValueKind::TextOrInteger => text_or_integer(value),
        ValueKind::TextsOrIntegers => all(&text_or_integer),
        ValueKind::Texts => all(&|value| value.is_str()),
        ValueKind::TextOrTexts | ValueKind::ChoiceOrChoices(_) => {
            value.is_str() || all(&|value| value.is_str())
        }
        ValueKind::FlagOrText | ValueKind::FlagOrWord(_) => value.is_bool() || value.is_str(),
        ValueKind::Table(_) | ValueKind::Entries(_) => value.is_table(),
        ValueKind::Tables(_) => all(&|value| value.is_table()),
        ValueKind::FlagOrTable(_) => value.is_bool() || value.is_table(),
        ValueKind::FlagTextOrTable(..) => value.is_bool() || value.is_str() || value.is_table(),
        ValueKind::TextOrTable(..) => value.is_str() || value.is_table(),
    }
}

fn expectation(kind: ValueKind) -> String {
    match kind {
        ValueKind::Text => "a text in quotes".to_owned(),
        ValueKind::Flag => "`true` or `false`".to_owned(),
        ValueKind::Integer => "a whole number from 0".to_owned(),
        ValueKind::Scalar => "a text in quotes, a whole number, `true` or `false`".to_owned(),
        ValueKind::Scalars => "an array of texts, whole numbers, `true` or `false`".to_owned(),
        ValueKind::TextOrInteger => "a text in quotes or a whole number".to_owned(),
        ValueKind::TextsOrIntegers => "an array of texts or whole numbers".to_owned(),
        ValueKind::Texts => "an array of texts".to_owned(),
        ValueKind::TextOrTexts => "a text in quotes or an array of them".to_owned(),
        ValueKind::FlagOrText => "`true` or a text in quotes".to_owned(),
        ValueKind::FlagOrWord(words) => {
            list(["true", "false"].into_iter().chain(words.iter().map(|(word, _)| *word)))
        }
        ValueKind::Choice(words) => list(words.iter().map(|(word, _)| *word)),
        ValueKind::ChoiceOrChoices(words) => {
            format!("{}, or an array of them", list(words.iter().map(|(word, _)| *word)))
        }
        ValueKind::Table(vocabulary) => format!("a table: {}", vocabulary.place),
        ValueKind::Tables(vocabulary) => format!("an array of tables, each {}", vocabulary.place),
        ValueKind::FlagOrTable(_) => "`true` or a table".to_owned(),
        ValueKind::FlagTextOrTable(..) => "`true`, a text in quotes or a table".to_owned(),
        ValueKind::TextOrTable(..) => "a text in quotes or a table".to_owned(),
        ValueKind::Entries(entries) => format!("a table; each entry is {}", entries.what),
    }
}

/// "`a`, `b` or `c`"
pub(super) fn list<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn article(type_name: &str) -> String {
    match type_name {
        "integer" | "array" => format!("an {type_name}"),
        "datetime" => "a date".to_owned(),
        _ => format!("a {type_name}"),
    }
}
