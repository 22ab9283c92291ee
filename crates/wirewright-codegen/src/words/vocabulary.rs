//! What a vocabulary is, and how one is declared: what a word is called, what its value is and what it says are in one place,
//! from which readers, the check of a table's keys, and the reference have them.

/// The words of one kind of table.
#[derive(Debug)]
pub struct Vocabulary {
    /// What the table describes, with its article.
    pub place: &'static str,
    /// Its own words.
    pub words: &'static [Word],
    /// Whether it takes [`FACTS`](super::FACTS) as well.
    pub facts: bool,
}

/// One key of a table.
#[derive(Debug)]
pub struct Word {
    /// As it is written.
    pub word: &'static str,
    /// What its value is.
    pub kind: ValueKind,
    /// Whether it must be there.
    pub required: bool,
    /// What it says.
    pub doc: &'static str,
}

/// What a word's value is.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A string, a whole number, or `true` or `false`.
    Scalar,
    /// An array of them.
    Scalars,
    /// A string or a whole number.
    TextOrInteger,
    /// An array of strings and whole numbers.
    TextsOrIntegers,
    /// An array of strings.
    Texts,
    /// A string or an array of strings.
    TextOrTexts,
    /// `true` or a string.
    FlagOrText,
    /// `true`, `false` or one of these words.
    FlagOrWord(&'static [Alternative]),
    /// One of these words.
    Choice(&'static [Alternative]),
    /// One of these words, or an array of them.
    ChoiceOrChoices(&'static [Alternative]),
    /// A table with words of its own.
    Table(&'static Vocabulary),
    /// An array of tables.
    Tables(&'static Vocabulary),
    /// `true` or a table.
    FlagOrTable(&'static Vocabulary),
    /// `true`, one of these words or a table.
    FlagTextOrTable(&'static [Alternative], &'static Vocabulary),
    /// One of these words, any string where there are none, or a table.
    TextOrTable(&'static [Alternative], &'static Vocabulary),
    /// A table whose keys are the definition's own.
    Entries(Entries),
}

/// The entries of a table whose keys are the definition's own.
#[derive(Debug, Clone, Copy)]
pub struct Entries {
    /// What each of them is, with its article.
    pub what: &'static str,
    /// The keys that it may have. Without any, they are the definition's own choice.
    pub keys: &'static [Alternative],
    /// What the value of each is.
    pub value: EntryKind,
}

/// What the value of an entry is.
#[derive(Debug, Clone, Copy)]
pub enum EntryKind {
    /// A string.
    Text,
    /// One of these words.
    Choice(&'static [Alternative]),
    /// A table with words of its own.
    Table(&'static Vocabulary),
    /// A table with words of its own, or a string in its place.
    TextOrTable(&'static Vocabulary),
}

impl Entries {
    const fn new(what: &'static str, value: EntryKind) -> Self {
        Self { what, keys: &[], value }
    }

    pub(super) const fn texts(what: &'static str) -> Self {
        Self::new(what, EntryKind::Text)
    }

    pub(super) const fn choices(what: &'static str, words: &'static [Alternative]) -> Self {
        Self::new(what, EntryKind::Choice(words))
    }

    pub(super) const fn tables(what: &'static str, words: &'static Vocabulary) -> Self {
        Self::new(what, EntryKind::Table(words))
    }

    pub(super) const fn texts_or_tables(what: &'static str, words: &'static Vocabulary) -> Self {
        Self::new(what, EntryKind::TextOrTable(words))
    }

    /// With these keys and no others.
    pub(super) const fn keyed(self, keys: &'static [Alternative]) -> Self {
        Self { keys, ..self }
    }
}

/// A word that may be a value, and what it means.
pub type Alternative = (&'static str, &'static str);

/// The words of which a value is one, and what each is read as.
pub(crate) trait Alternatives {
    /// What a word is read as.
    type Value;
    /// All, in the order of the reference.
    const ALL: &'static [Alternative];

    /// What this word is read as.
    fn value(word: &str) -> Option<Self::Value>;

    /// The words alone.
    fn words() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().map(|(word, _)| *word)
    }

    /// The word that is read as this.
    fn word(value: &Self::Value) -> Option<&'static str>
    where
        Self::Value: PartialEq,
    {
        Self::words().find(|word| Self::value(word).as_ref() == Some(value))
    }
}

/// A word of a table, as a reader names it: `K`, one of [`kind`], tells what it is read as.
#[derive(Clone, Copy)]
pub(crate) struct Key<K> {
    pub(crate) word: &'static str,
    pub(crate) kind: K,
}

impl<K> Key<K> {
    /// Whether this is the word that was written.
    pub(crate) fn is(&self, written: &str) -> bool {
        self.word == written
    }
}

/// Each [`ValueKind`] as a type, for [`Key`].
pub(crate) mod kind {
    use std::marker::PhantomData;

    macro_rules! kinds {
        ($($name:ident)*) => {
            $(#[derive(Clone, Copy)]
            pub(crate) struct $name;)*
        };
    }

    kinds! {
        Text Flag Integer Scalar Scalars TextOrInteger TextsOrIntegers Texts TextOrTexts FlagOrText FlagOrWord Table Tables FlagOrTable FlagTextOrTable TextOrTable Entries
    }

    #[derive(Clone, Copy)]
    pub(crate) struct Choice<A>(pub(crate) PhantomData<A>);

    #[derive(Clone, Copy)]
    pub(crate) struct ChoiceOrChoices<A>(pub(crate) PhantomData<A>);
}

/// A table's own words, and behind them those of another one.
pub(super) const fn extended<const N: usize>(own: &[Word], others: &[Word]) -> [Word; N] {
    let mut words = [const { Word { word: "", kind: ValueKind::Flag, required: false, doc: "" } }; N];
    let mut index = 0;
    while index < N {
        let word = if index < own.len() { &own[index] } else { &others[index - own.len()] };
        words[index] = Word { word: word.word, kind: word.kind, required: word.required, doc: word.doc };
        index += 1;
    }
    words
}

/// Declares the words of a kind of table: the [`Vocabulary`], and a module of that many [`Key`]s by which its reader names them.
///
/// `_` is a word that no reader names: what reads it goes by what is written.
macro_rules! vocabulary {
    ($(#[$doc:meta])* words $name:ident, $module:ident;
        $($how:ident $key:tt = $word:literal, $kind:ident $(($($of:tt)+))?, $text:expr;)*) => {
        $(#[$doc])*
        pub const $name: &[$crate::words::Word] =
            &[$($crate::words::vocabulary::vocabulary!(@word $how $word $kind ($($($of)+)?) $text),)*];
        $crate::words::vocabulary::vocabulary!(@keys $module $($key $word $kind ($($($of)+)?))*);
    };
    ($(#[$doc:meta])* $name:ident, $module:ident: $place:literal + $others:ident + facts;
        $($how:ident $key:tt = $word:literal, $kind:ident $(($($of:tt)+))?, $text:expr;)*) => {
        $(#[$doc])*
        pub const $name: $crate::words::Vocabulary = $crate::words::Vocabulary {
            place: $place,
            facts: true,
            words: &$crate::words::vocabulary::extended::<{ $others.words.len() + [$($word),*].len() }>(
                &[$($crate::words::vocabulary::vocabulary!(@word $how $word $kind ($($($of)+)?) $text),)*],
                $others.words,
            ),
        };
        $crate::words::vocabulary::vocabulary!(@keys $module $($key $word $kind ($($($of)+)?))*);
    };
    ($(#[$doc:meta])* $name:ident, $module:ident: $place:literal $(+ $facts:ident)?;
        $($how:ident $key:tt = $word:literal, $kind:ident $(($($of:tt)+))?, $text:expr;)*) => {
        $(#[$doc])*
        pub const $name: $crate::words::Vocabulary = $crate::words::Vocabulary {
            place: $place,
            facts: $crate::words::vocabulary::vocabulary!(@facts $($facts)?),
            words: &[$($crate::words::vocabulary::vocabulary!(@word $how $word $kind ($($($of)+)?) $text),)*],
        };
        $crate::words::vocabulary::vocabulary!(@keys $module $($key $word $kind ($($($of)+)?))*);
    };

    (@facts) => { false };
    (@facts facts) => { true };

    (@word $how:ident $word:literal $kind:ident ($($of:tt)*) $text:expr) => {
        $crate::words::Word {
            word: $word,
            kind: $crate::words::vocabulary::vocabulary!(@kind $kind $($of)*),
            required: $crate::words::vocabulary::vocabulary!(@required $how),
            doc: $text,
        }
    };
    (@required may) => { false };
    (@required must) => { true };
    (@kind Choice $of:ident) => { $crate::words::ValueKind::Choice(<$of as $crate::words::vocabulary::Alternatives>::ALL) };
    (@kind ChoiceOrChoices $of:ident) => {
        $crate::words::ValueKind::ChoiceOrChoices(<$of as $crate::words::vocabulary::Alternatives>::ALL)
    };
    (@kind $kind:ident) => { $crate::words::ValueKind::$kind };
    (@kind $kind:ident $($of:tt)+) => { $crate::words::ValueKind::$kind($($of)+) };

    (@keys $module:ident $($key:tt $word:literal $kind:ident ($($of:tt)*))*) => {
        #[allow(clippy::module_inception, reason = "a table may be called as the file that declares it")]
        pub(crate) mod $module {
            $($crate::words::vocabulary::vocabulary!(@key $key $word $kind $($of)*);)*
        }
    };
    (@key _ $($word:tt)*) => {};
    (@key $key:ident $word:literal Choice $of:ident) => {
        $crate::words::vocabulary::vocabulary!(@key $key $word of Choice $of);
    };
    (@key $key:ident $word:literal ChoiceOrChoices $of:ident) => {
        $crate::words::vocabulary::vocabulary!(@key $key $word of ChoiceOrChoices $of);
    };
    (@key $key:ident $word:literal of $kind:ident $of:ident) => {
        pub(crate) const $key: $crate::words::vocabulary::Key<$crate::words::vocabulary::kind::$kind<super::$of>> =
            $crate::words::vocabulary::Key {
                word: $word,
                kind: $crate::words::vocabulary::kind::$kind(::std::marker::PhantomData),
            };
    };
    (@key $key:ident $word:literal $kind:ident $($of:tt)*) => {
        pub(crate) const $key: $crate::words::vocabulary::Key<$crate::words::vocabulary::kind::$kind> =
            $crate::words::vocabulary::Key { word: $word, kind: $crate::words::vocabulary::kind::$kind };
    };
}

/// Declares the words of which a value is one, with what each is read as and what it means.
macro_rules! alternatives {
    ($(#[$doc:meta])* $name:ident: $value:ty; $($word:literal => $means:expr, $text:expr;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) enum $name {}

        impl $crate::words::vocabulary::Alternatives for $name {
            type Value = $value;
            const ALL: &'static [$crate::words::Alternative] = &[$(($word, $text)),*];

            fn value(word: &str) -> Option<$value> {
                match word {
                    $($word => Some($means),)*
                    _ => None,
                }
            }
        }
    };
}

pub(super) use {alternatives, vocabulary};
