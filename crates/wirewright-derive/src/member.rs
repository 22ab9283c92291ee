//! What the attributes of one member say.

use proc_macro2::{Ident, Span};
use syn::{Field, LitStr};

use crate::{
    ast::{Booleans, ListForm, MapForm, Member, MemberLocation, Name, Numbered},
    attr::Words,
    report::Report,
    vocabulary,
};

/// Words that cannot be together, and why.
const EXCLUSIVE: &[(&[&str], &[&str], &str)] = &[
    (&["attribute"], &["text", "flatten", "flatten_in", "rest"], "a member is in one place"),
    (&["text"], &["flatten", "flatten_in", "rest"], "a member is in one place"),
    (&["flatten"], &["flatten_in", "only_in", "rest"], "a member is in one place"),
    (&["flatten_in"], &["only_in", "rest", "list", "boolean"], "it is a structure in every format"),
    (&["only_in"], &["rest", "required"], "some formats do not have it"),
    (&["rest"], &["name", "xml", "json", "query", "also"], "what is left over has names of its own"),
    (
        &["rest"],
        &[
            "boolean",
            "empty_is_absent",
            "absent",
            "namespace",
            "whole",
            "list",
            "map",
            "default",
            "required",
            "required_in_requests",
            "first",
            "lone",
            "samples",
            "range",
        ],
        "what is left over is a `Document`, which may be empty",
    ),
    (
        &["beside"],
        &["attribute", "text", "flatten", "rest", "namespace", "whole", "lone"],
        "what is in no document has no place in one",
    ),
    (&["required"], &["default", "empty_is_absent", "absent"], "a required member is there"),
    (
        &["required_in_requests"],
        &["required", "default"],
        "a member that replies may leave out may be absent, and requests have it",
    ),
    (&["required_in_requests"], &["map"], "an absent map is an empty one"),
    (
        &["flatten"],
        &["required", "required_in_requests"],
        "a flattened member's own members say what may be missing",
    ),
    (&["flatten"], &["name", "xml", "json", "query", "also"], "a flattened member has no name of its own"),
    (
        &["flatten"],
        &[
            "boolean",
            "empty_is_absent",
            "absent",
            "namespace",
            "whole",
            "list",
            "first",
            "lone",
            "samples",
            "range",
        ],
        "a flattened member is a structure, a map or a union",
    ),
    (&["flatten"], &["default"], "a flattened member's own members say what may be missing"),
    (&["attribute", "text"], &["map"], "a map needs elements"),
    (&["text"], &["xml", "namespace"], "text has no name in XML"),
    (&["list"], &["map"], "a member is a list or a map"),
    (&["list", "map"], &["first"], "a list and a map keep all that comes"),
    (&["list", "map"], &["lone"], "a list and a map are more than a text"),
];

const EXCLUSIVE_IN_LIST: &[(&[&str], &[&str], &str)] =
    &[(&["joined"], &["item", "numbered", "first"], "joined items are one text")];

const IN_XML_TEXT: &str = "text has no name that could be there without it";

const EXCLUSIVE_IN_MAP: &[(&[&str], &[&str], &str)] = &[
    (&["keyed"], &["entry", "key", "value", "flat"], "the key is the element's name"),
    (&["flat"], &["entry"], "a flat map's entries are named as the member is"),
];

/// Reads a named field; `default` is its name where the attributes give none.
pub(crate) fn read<'a>(
    field: &'a Field,
    ident: &'a Ident,
    default: &Name,
    report: &mut Report,
) -> Member<'a> {
    let words = Words::read(&field.attrs, report).check(&vocabulary::MEMBER, report);
    exclude(&words, EXCLUSIVE, report);
    let common = words.text("name").map_or_else(|| default.clone(), Name::from);
    let name = |format| words.text(format).map_or_else(|| common.clone(), Name::from);
    let places = [
        ("attribute", MemberLocation::Attribute),
        ("text", MemberLocation::Text),
        ("flatten", MemberLocation::Flatten),
        ("rest", MemberLocation::Rest),
    ];
    let place = places
        .into_iter()
        .find_map(|(word, place)| words.has(word).then_some(place))
        .unwrap_or(MemberLocation::Element);
    let empty = words.has("empty_is_absent").then(String::new);
    let mut absent: Vec<String> = empty.into_iter().collect();
    absent.extend(words.texts("absent").iter().map(LitStr::value));
    let boolean = words.text("boolean").and_then(|text| booleans(text, report));
    let left_out = boolean.as_ref().is_some_and(|boolean| boolean.no.is_none());
    Member {
        ident,
        ty: &field.ty,
        attributes: &field.attrs,
        argument: words.has("argument"),
        default: words.has("default"),
        xml: name("xml"),
        json: name("json"),
        query: name("query"),
        also: words.texts("also").iter().map(Name::from).collect(),
        place,
        beside: words.has("beside"),
        flat_in: formats(&words, "flatten_in", report),
        only_in: formats(&words, "only_in", report),
        may_be_missing: words.has("default")
            || left_out
            || matches!(place, MemberLocation::Flatten | MemberLocation::Rest),
        required: words.has("required"),
        required_in_requests: words.has("required_in_requests"),
        absent,
        namespace: words.text("namespace").map(Name::from),
        whole: words.has("whole"),
        first: words.has("first"),
        lone: words.has("lone"),
        samples: words.has("samples").then(|| words.texts("samples").iter().map(LitStr::value).collect()),
        range: words.text("range").and_then(|text| range(text, report)),
        boolean,
        list: words.group("list").map(|list| list_form(list, place, report)),
        map: words.group("map").map(|map| map_form(map, words.span("map"), report)),
    }
}

/// `["xml", "json"]`
fn formats(words: &Words, word: &str, report: &mut Report) -> Vec<String> {
    for text in words.texts(word) {
        if !matches!(text.value().as_str(), "xml" | "json" | "query") {
            report.fault(text.span(), "expected `xml`, `json` or `query`");
        }
    }
    words.texts(word).iter().map(LitStr::value).collect()
}

/// `1..=5`
fn range(text: &LitStr, report: &mut Report) -> Option<(f64, f64)> {
    let value = text.value();
    let ends = value.split_once("..=").and_then(|(least, most)| {
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
        Some((number(least)?, number(most)?)).filter(|(least, most)| least <= most)
    });
    if ends.is_none() {
        report.fault(text.span(), "expected the least and the greatest number, as in `1..=5`");
    }
    ends
}

fn exclude(words: &Words, table: &[(&[&str], &[&str], &str)], report: &mut Report) {
    for (these, those, why) in table {
        for this in these.iter().filter_map(|name| words.word(name)) {
            for that in those.iter().filter_map(|name| words.word(name)) {
                report.fault(
                    that.span,
                    format_args!("`{}` and `{}` exclude one another: {why}", this.name, that.name),
                );
            }
        }
    }
}

/// `1/0`, `yes/no`; `1/` and `presence` leave false out.
fn booleans(text: &LitStr, report: &mut Report) -> Option<Booleans> {
    let value = text.value();
    if value == "presence" {
        return Some(Booleans { yes: String::new(), no: None });
    }
    match value.split_once('/') {
        Some((yes, no)) if !yes.is_empty() && yes != no && !no.contains('/') => {
            Some(Booleans { yes: yes.to_owned(), no: (!no.is_empty()).then(|| no.to_owned()) })
        }
        _ => {
            report.fault(
                text.span(),
                "expected two different texts as in `1/0`, one as in `1/` when false is left out, or `presence`",
            );
            None
        }
    }
}

fn list_form(words: &Words, place: MemberLocation, report: &mut Report) -> ListForm {
    exclude(words, EXCLUSIVE_IN_LIST, report);
    if let (true, Some(word)) =
        (matches!(place, MemberLocation::Attribute | MemberLocation::Text), words.word("item"))
    {
        report.fault(
            word.span,
            "only an element can hold an element per item: an attribute or text can be `joined`",
        );
    }
    let mut first = 1;
    if let Some(number) = words.number("first") {
        match number.base10_parse() {
            Ok(number) => first = number,
            Err(fault) => report.add(fault),
        }
        if !words.has("numbered") && !words.has("joined") {
            report.fault(number.span(), "`first` needs `numbered`");
        }
    }
    if let Some(word) = words.word("columns") {
        let numbered = words.text("numbered").map(LitStr::value);
        if !numbered.is_some_and(|infix| matches!(infix.as_str(), "" | "[]")) {
            report.fault(word.span, "`columns` needs `numbered = \"\"` or `numbered = \"[]\"`");
        }
        if words.has("always") || words.has("empty_is_absent") {
            report.fault(
                word.span,
                "a list of `columns` is nothing without items, and its items are structures",
            );
        }
    }
    if let Some(word) = words.word("always") {
        if !words.has("item") && !words.has("joined") && !words.has("numbered") {
            report.fault(
                word.span,
                "`always` needs `item`, `joined` or `numbered`: a repeated member is not there without items",
            );
        } else if place == MemberLocation::Text {
            report.fault(word.span, format_args!("`always` and `text` exclude one another: {IN_XML_TEXT}"));
        }
    }
    if let Some(empty) = words.text("joined").filter(|separator| separator.value().is_empty()) {
        report.fault(empty.span(), "items that are joined by nothing cannot be told apart");
    }
    ListForm {
        item: words.text("item").map(Name::from),
        joined: words.text("joined").map(LitStr::value),
        numbered: words.has("numbered").then(|| Numbered {
            infix: words.text("numbered").map(LitStr::value),
            first,
            columns: words.has("columns"),
        }),
        required: words.has("required"),
        always: words.has("always"),
        absent_items: words.has("empty_is_absent"),
    }
}

fn map_form(words: &Words, span: Span, report: &mut Report) -> MapForm {
    exclude(words, EXCLUSIVE_IN_MAP, report);
    if words.has("keyed") {
        let between = words.text("between").map(LitStr::value);
        return MapForm::Keyed { absent_values: words.has("empty_is_absent"), between };
    }
    if let Some(word) = words.word("between") {
        report.fault(word.span, "`between` needs `keyed`: it is before a key that is a name");
    }
    let name = |word, usual: &str| {
        words.text(word).map_or_else(|| Name { text: usual.to_owned(), span }, Name::from)
    };
    MapForm::Entries {
        entry: (!words.has("flat")).then(|| name("entry", "entry")),
        key: name("key", "key"),
        value: name("value", "value"),
        absent_values: words.has("empty_is_absent"),
    }
}
