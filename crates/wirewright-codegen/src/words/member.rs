//! Members of structures, and an operation's own parameters.

use super::vocabulary::{
    Alternative,
    Kind::{Choice, Entries, Flag, FlagOrTable, FlagOrText, FlagTextOrTable, Integer, Text, TextOrTexts},
    Vocabulary, Word, may, must,
};

/// A member of a structure, or an operation's own parameter.
pub const MEMBER: Vocabulary = Vocabulary { place: "a member", facts: true, words: MEMBER_WORDS };

impl Vocabulary {
    /// Whether it takes the words of a member beside its own.
    pub fn extends_member(&self) -> bool {
        let takes = |word: &Word| self.words.iter().any(|own| own.word == word.word);
        self.place != MEMBER.place && MEMBER_WORDS.iter().all(takes)
    }

    /// The words that it does not have from a member.
    pub fn own(&self) -> impl Iterator<Item = &'static Word> + use<> {
        let others: &'static [Word] = if self.extends_member() { MEMBER_WORDS } else { &[] };
        self.words.iter().filter(|word| others.iter().all(|other| other.word != word.word))
    }
}

pub(super) const MEMBER_WORDS: &[Word] = &[
    may(
        "type",
        Text,
        "`string` (the default), `integer`, `number`, `boolean`, `bytes`, `any` (kept as it comes, whatever it is), `file` (a parameter of a `multipart` request), or a type's name.",
    ),
    may("name", Text, "What it is called in Rust, when the name on the wire does not read well."),
    may(
        "required",
        Flag,
        "Whether it is always there; a list has at least one item then, unless it is `always` there. The default is false.",
    ),
    may("secret", Flag, "Whether its value must not be shown. The default is false."),
    may("attribute", Flag, "It is an XML attribute."),
    may("text", Flag, "It is the text of its XML element."),
    may("flatten", Flag, "Its members stand among the members around it."),
    may("list", FlagOrTable(&LIST), "It is a list, and how it is laid out."),
    may(
        "map",
        FlagTextOrTable(&MAP),
        "It is a map, and how it is laid out; `\"keyed\"`: an entry's element is named by its key.",
    ),
    may(
        "rows",
        FlagOrTable(&ROWS),
        "A list of a reply that may be too long for memory: clients read it row by row as well, from XML, by `send_for_rows`. In the \
         document of a request they write it so, by `send_rows`.",
    ),
    may("boolean", Text, "How a boolean is spelled: `\"1/0\"`, `\"yes/no\"`, or `\"presence\"`."),
    may(
        "empty-is-absent",
        Flag,
        "An empty text means that it is not there; in a list, that the item is not.",
    ),
    may(
        "default",
        Text,
        "What is meant when it is absent, as it is on the wire; a server asks for it by `…_or_default`.",
    ),
    may("also", TextOrTexts, "Other names, in every format, under which it is read; it is never written so."),
    may("xml", Text, "Its name in XML, when that differs."),
    may("json", Text, "Its name in JSON, when that differs."),
    may("query", Text, "Its name in a query string, when that differs."),
];

/// An operation's own parameter. It takes the words of a member as well.
pub const REQUEST: Vocabulary = Vocabulary {
    place: "a parameter",
    facts: true,
    words: &extended::<{ MEMBER_WORDS.len() + 4 }>(&[
        may("from", Choice(FILLERS), "Who fills it in where the caller does not."),
        UNIT,
        may("in", Choice(OWN_LOCATIONS), "Where the request carries it. The default is `parameters`."),
        PREFIX,
    ]),
};

/// Where a request carries an operation's own parameter.
pub const OWN_LOCATIONS: &[Alternative] = &[IN_PARAMETERS, IN_HEADER, IN_COOKIE];

pub(super) const PREFIX: Word =
    may("prefix", Text, "What stands before its value in a header: `\"Bearer \"`.");
pub(super) const IN_PARAMETERS: Alternative =
    ("parameters", "In the query string or the form, as the method has it.");
pub(super) const IN_HEADER: Alternative = ("header", "In the header of its name. Signatures leave it out.");
pub(super) const IN_COOKIE: Alternative = ("cookie", "In the cookie of its name. Signatures leave it out.");

/// Who fills in an operation's own parameter.
pub const FILLERS: &[Alternative] = &[CLOCK, NONCE];

pub(super) const CLOCK: Alternative = (
    "clock",
    "The time of the call, where the caller gives no other: an integer, by default the seconds since 1970-01-01 UTC, or a \
     type with a `datetime`.",
);
pub(super) const NONCE: Alternative =
    ("nonce", "A random text, another one for each call, where the caller gives no other.");

pub(super) const UNIT: Word =
    may("unit", Choice(UNITS), "What an integer `from = \"clock\"` counts. The default is seconds.");

/// What a clock counts.
pub const UNITS: &[Alternative] =
    &[("seconds", "Seconds since 1970-01-01 UTC."), ("milliseconds", "Milliseconds since 1970-01-01 UTC.")];

/// The layout of a list.
pub const LIST: Vocabulary = Vocabulary {
    place: "a list",
    facts: false,
    words: &[
        may("item", Text, "The element of one item, inside the member's own."),
        may("joined", Text, "What separates the items in one text."),
        may(
            "numbered",
            FlagOrText,
            "The items are numbered: `name.1`; a text stands between: `name.member.1`.",
        ),
        may("first", Integer, "The first number. The default is 1."),
        may(
            "always",
            Flag,
            "The element around the items, or the joined text, is written even without items. With `required` it must be there.",
        ),
    ],
};

/// The layout of a map.
pub const MAP: Vocabulary = Vocabulary {
    place: "a map",
    facts: false,
    words: &[
        may("entry", Text, "The element of one entry; without it the member's own element is repeated."),
        may("key", Text, "The element of an entry's key. The default is `key`."),
        may("value", Text, "The element of an entry's value. The default is `value`."),
    ],
};

/// The rows of a reply.
pub const ROWS: Vocabulary = Vocabulary {
    place: "the rows of a reply",
    facts: false,
    words: &[
        may(
            "cell",
            Text,
            "The element of a cell: a row is one of a table, whose columns tell the cells apart. Without it a row has members of \
             its own.",
        ),
        may("headings", Text, "The list beside it that describes the columns before the rows, an item each."),
        may(
            "name",
            Text,
            "The attribute of a heading with the column's name, by which a row is read into a structure.",
        ),
        may("kind", Text, "The attribute of a heading that tells what the cells are."),
        may(
            "format",
            Text,
            "The attribute of a heading that tells how the cells are shown, in parts with `;` between them.",
        ),
        may(
            "kinds",
            Entries("a type of cells"),
            "What the cells of each kind are: `string`, `integer`, `number`, or the name of a type with a `date` or a `datetime`. \
             Cells of other kinds are texts.",
        ),
    ],
};

/// An entry of `kinds` that is no type's name.
pub const CELLS: Vocabulary = Vocabulary {
    place: "the cells of a kind",
    facts: false,
    words: &[
        must("type", Text, "What they are."),
        may(
            "formats",
            Entries("a type of cells"),
            "What they are instead where this is a part of the heading's `format`.",
        ),
    ],
};

/// The words of a table that takes a member's words beside its own.
pub(super) const fn extended<const N: usize>(own: &[Word]) -> [Word; N] {
    let mut words = [const { may("", Text, "") }; N];
    let mut index = 0;
    while index < N {
        let word = if index < own.len() { &own[index] } else { &MEMBER_WORDS[index - own.len()] };
        words[index] = Word { word: word.word, kind: word.kind, required: word.required, doc: word.doc };
        index += 1;
    }
    words
}
