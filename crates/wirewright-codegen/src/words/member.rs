//! Members of structures, and an operation's own parameters.

use super::vocabulary::{Alternative, Entries, Vocabulary, Word, alternatives, vocabulary};
use crate::model::{ClockUnit, Filler, FormatKind};

/// The layouts of maps that have a name.
const MAPS: &[Alternative] = &[("keyed", "An entry's element is named by its key.")];

/// Where a member is required.
pub(crate) const IN_REQUESTS: &str = "in-requests";

const SIDES: &[Alternative] = &[(
    IN_REQUESTS,
    "Of a type that requests and replies have: a request always has it, as a server insists, and a reply may be without.",
)];

alternatives! {
    /// The keys of `formats`.
    Formats: FormatKind;
    "xml" => FormatKind::Xml, "XML";
    "json" => FormatKind::Json, "JSON, and JSONP.";
    "query" => FormatKind::Query, "A query string.";
}

vocabulary! {
    /// A member of a structure, or an operation's own parameter.
    MEMBER, member: "a member" + facts;
    may TYPE = "type", Text,
        "`string` (the default), `integer`, `number`, `boolean`, `bytes`, `any` (kept as it comes, whatever it is), `file` (a parameter of a `multipart` request), or a type's name.";
    may NAME = "name", Text, "What it is called in Rust, when the name on the wire does not read well.";
    may REQUIRED = "required", FlagOrWord(SIDES),
        "Whether it is always there; a list has at least one item then, unless it is `always` there. The default is false.";
    may SECRET = "secret", Flag, "Whether its value must not be shown. The default is false.";
    may ATTRIBUTE = "attribute", Flag, "It is an XML attribute.";
    may TEXT = "text", Flag, "It is the text of its XML element.";
    may FLATTEN = "flatten", Flag, "Its members are among the members around it.";
    may FLATTEN_IN = "flatten-in", ChoiceOrChoices(Formats),
        "The formats in which its members are among the members around it, where in the others it is one of its own.";
    may LIST = "list", FlagOrTable(&LIST), "It is a list, and how it is laid out.";
    may MAP = "map", FlagTextOrTable(MAPS, &MAP),
        "It is a map, and how it is laid out; `\"keyed\"`: an entry's element is named by its key.";
    may ROWS = "rows", FlagOrTable(&ROWS),
        "A list of a reply that may be too long for memory: clients read it row by row as well, from XML, by `send_for_rows`. In the \
         document of a request they write it so, by `send_rows`. A member whose type is `separated` has rows as well: its lines.";
    may BOOLEAN = "boolean", Text, "How a boolean is spelled: `\"1/0\"`, `\"yes/no\"`, or `\"presence\"`.";
    may EMPTY_IS_ABSENT = "empty-is-absent", Flag,
        "An empty text, or element, means that it is not there; in a list or a map, that the item or the value is not. JSON's \
         `null` says the same.";
    may ABSENT = "absent", TextOrTexts,
        "Texts that mean that it is not there, as in `\"N/A\"`; of a list or a map, one that is in place of all of it.";
    may DEFAULT = "default", Text,
        "What is meant when it is absent, as it is on the wire; a server asks for it by `…_or_default`. A parameter `from = \"format\"` or `from = \"constant\"`, and one that has the `field` of another, may be left out of requests then.";
    may NAMESPACE = "namespace", Text,
        "The XML namespace of its element or attribute, whatever prefix a document has for it. Without it an element is in that \
         of the element around it, and an attribute in none.";
    may WHOLE = "whole", Flag,
        "A list that a JSON reply is as a whole, without an object around it: `[{\"id\": 1}]`.";
    may SAMPLES = "samples", Scalars,
        "Values that it may have, for what tests and the mock make up. The default is its name, or a number; with `[]` it is left out of what is made up.";
    may RANGE = "range", TextsOrIntegers,
        "The least and the greatest number, `[1, 5]`. A server refuses others, and a client reads whatever comes.";
    may ALSO = "also", TextOrTexts,
        "Other names, in every format, under which it is read; it is never written so.";
    may XML = "xml", Text, "Its name in XML, when that differs.";
    may JSON = "json", Text, "Its name in JSON, when that differs.";
    may QUERY = "query", Text, "Its name in a query string, when that differs.";
}

impl Vocabulary {
    /// Whether it takes the words of a member beside its own.
    pub fn extends_member(&self) -> bool {
        let takes = |word: &Word| self.words.iter().any(|own| own.word == word.word);
        self.place != MEMBER.place && MEMBER.words.iter().all(takes)
    }

    /// The words that it does not have from a member.
    pub fn own(&self) -> impl Iterator<Item = &'static Word> + use<> {
        let others: &'static [Word] = if self.extends_member() { MEMBER.words } else { &[] };
        self.words.iter().filter(|word| others.iter().all(|other| other.word != word.word))
    }
}

vocabulary! {
    /// An operation's own parameter. It takes the words of a member as well.
    REQUEST, request: "a parameter" + MEMBER + facts;
    may FROM = "from", Choice(Fillers), "Who fills it in where the caller does not.";
    may UNIT = "unit", Choice(Units), "What an integer `from = \"clock\"` counts. The default is seconds.";
    may IN = "in", Choice(OwnLocations), "Where the request carries it. The default is `parameters`.";
    may PREFIX = "prefix", Text, "What is before its value in a header: `\"Bearer \"`. `{account}` in it is the value of the common parameter `account`.";
}

vocabulary! {
    /// A member of an operation's reply. It takes the words of a member as well.
    REPLY, reply: "a member of the reply" + MEMBER + facts;
    may _ = "in", Choice(ReplyLocations), "Where the reply has it. Without it: in its document.";
    may _ = "prefix", Text, "What is before its value in a header.";
}

alternatives! {
    /// Where a reply has a member that is not in its document.
    ReplyLocations: ParameterLocation;
    "header" => ParameterLocation::Header, REPLY_HEADER;
    "cookie" => ParameterLocation::Cookie, "In the cookie of its name, which the reply sets.";
    "cookies" => ParameterLocation::Cookies, "In all cookies that it sets and that no other member names: one text, as a request carries them.";
}

const REPLY_HEADER: &str = "In the header of its name. A `map` is in all headers whose names begin as its own does up to the `*` at its end.";

/// Where a request carries a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Parameters,
    Header,
    Cookie,
    Cookies,
    Path,
    Host,
    Computed,
}

alternatives! {
    /// Where a request carries an operation's own parameter.
    OwnLocations: ParameterLocation;
    "parameters" => ParameterLocation::Parameters, IN_PARAMETERS;
    "header" => ParameterLocation::Header, IN_HEADER;
    "cookie" => ParameterLocation::Cookie, IN_COOKIE;
    "cookies" => ParameterLocation::Cookies, IN_COOKIES;
    "path" => ParameterLocation::Path,
        "In the path: the operation's has its name in braces, as a segment of its own.";
}

pub(super) const IN_PARAMETERS: &str = "In the query string or the form, as the method has it.";
pub(super) const IN_HEADER: &str = "In the header of its name. A `map` is in all headers whose names begin as its own does up to the `*` at its end.";
pub(super) const IN_COOKIE: &str = "In the cookie of its name.";
pub(super) const IN_COOKIES: &str = "In all cookies that no other parameter names: one text, `a=1; b=2`, where only a reply knows what they are called.";

alternatives! {
    /// Who fills in an operation's own parameter.
    Fillers: Filler;
    "clock" => Filler::Clock, CLOCK;
    "nonce" => Filler::Nonce, NONCE;
}

pub(super) const CLOCK: &str = "The time of the call, where the caller gives no other: an integer, by default the seconds since 1970-01-01 UTC, or a \
     type with a `datetime`.";
pub(super) const NONCE: &str = "A random text, another one for each call, where the caller gives no other.";

alternatives! {
    /// What a clock counts.
    Units: ClockUnit;
    "seconds" => ClockUnit::Seconds, "Seconds since 1970-01-01 UTC.";
    "milliseconds" => ClockUnit::Milliseconds, "Milliseconds since 1970-01-01 UTC.";
}

vocabulary! {
    /// The layout of a list.
    LIST, list: "a list";
    may ITEM = "item", Text, "The element of one item, inside the member's own.";
    may JOINED = "joined", Text, "What separates the items in one text.";
    may NUMBERED = "numbered", FlagOrText,
        "The items are numbered: `name.1`; a text is between: `name.member.1`; an empty one: `name1`; `\"[]\"`: `name[1]`.";
    may FIRST = "first", Integer, "The first number. The default is 1.";
    may COLUMNS = "columns", Flag,
        "In a query string each member of an item stands by itself, with the item's number behind its name, and the list's own name is \
         not there: `name1=a&price1=2`. Beside `numbered = \"\"` or `numbered = \"[]\"`.";
    may ALWAYS = "always", Flag,
        "The element around the items, or the joined text, is written even without items. With `required` it must be there.";
    may OPTIONAL = "optional", Flag,
        "A list without items is told from none, where it has `item`, `joined` or `numbered`: `name=` in a query string. In Rust \
         it is an `Option`.";
}

vocabulary! {
    /// The layout of a map.
    MAP, map: "a map";
    may ENTRY = "entry", Text, "The element of one entry; without it the member's own element is repeated.";
    may KEY = "key", Text, "The element of an entry's key. The default is `key`.";
    may VALUE = "value", Text, "The element of an entry's value. The default is `value`.";
    may KEYED = "keyed", Flag, "An entry's element is named by its key, as with `\"keyed\"`.";
    may BETWEEN = "between", Text,
        "What is between the map's name and a key in a query string, of a keyed map: `\"_\"` for `name_key`. The default is what \
         separates nested names.";
    may REPEATS = "repeats", Flag,
        "A key may come more than once. In Rust it is a list of keys and values, in their order; without it a second one is an error.";
}

vocabulary! {
    /// The rows of a reply.
    ROWS, rows: "the rows of a reply";
    may CELL = "cell", Text,
        "The element of a cell: a row is one of a table, whose columns tell the cells apart. Without it a row has members of \
         its own.";
    may HEADINGS = "headings", Text,
        "The list beside it that describes the columns before the rows, an item each.";
    may NAME = "name", Text,
        "The attribute of a heading with the column's name, by which a row is read into a structure.";
    may KIND = "kind", Text, "The attribute of a heading that tells what the cells are.";
    may FORMAT = "format", Text,
        "The attribute of a heading that tells how the cells are shown, in parts with `;` between them.";
    may KINDS = "kinds", Entries(Entries::texts_or_tables("a type of cells", &CELLS)),
        "What the cells of each kind are: `string`, `integer`, `number`, or the name of a type with a `date`, a `datetime` or an `epoch`. \
         Cells of other kinds are texts.";
    may CELLS_BY = "cells-by", Text,
        "Of separated text: the member of the request or of its body that says what is between the cells, as in `\"format.sep\"`. Where it \
         is absent the type's `separated` counts.";
    may LINES_BY = "lines-by", Text, "The same for what is between the lines.";
}

vocabulary! {
    /// An entry of `kinds` that is no type's name.
    CELLS, cells: "the cells of a kind";
    must TYPE = "type", Text, "What they are.";
    may FORMATS = "formats", Entries(Entries::texts("a type of cells")),
        "What they are instead where this is a part of the heading's `format`.";
}
