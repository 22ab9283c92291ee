//! What every judge is given: scalars of every kind, and texts that break careless readers and writers.

use proptest::{collection::vec, num, option, prelude::*, sample::select};
use serde::{Deserialize, Serialize};
use wirewright::Wire;

/// A value of every kind that all formats and all judges have.
#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
#[wire(root = "scalars", rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scalars {
    text: String,
    // quick-xml writes an absent option as an empty element, which is an empty text to everyone, quick-xml among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    u8: u8,
    u16: u16,
    u32: u32,
    u64: u64,
    i8: i8,
    i16: i16,
    i32: i32,
    i64: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_count: Option<i64>,
    ratio: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    ready: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<bool>,
    level: Level,
}

#[derive(Clone, Copy, Debug, PartialEq, Wire, Serialize, Deserialize)]
enum Level {
    Low,
    #[wire(name = "very-high")]
    #[serde(rename = "very-high")]
    High,
}

/// Scalars with these texts and floats.
pub(crate) fn scalars(
    texts: impl Strategy<Value = String> + Clone + 'static,
    floats: impl Strategy<Value = f64> + Clone + 'static,
) -> impl Strategy<Value = Scalars> + Clone {
    let unsigned =
        (edges(&[0, u8::MAX]), edges(&[0, u16::MAX]), edges(&[0, u32::MAX]), edges(&[0, u64::MAX, 1 << 53]));
    let signed = (
        edges(&[0, i8::MIN, i8::MAX]),
        edges(&[0, i16::MIN, i16::MAX]),
        edges(&[0, i32::MIN, i32::MAX]),
        edges(&[0, i64::MIN, i64::MAX]),
    );
    let options = (
        option::of(texts.clone()),
        option::of(edges(&[0, i64::MIN, i64::MAX])),
        option::of(floats.clone()),
        option::of(any::<bool>()),
    );
    let level = select(&[Level::Low, Level::High][..]);
    (texts, floats, any::<bool>(), level, unsigned, signed, options).prop_map(
        |(text, ratio, ready, level, unsigned, signed, (note, item_count, share, checked))| {
            let (u8, u16, u32, u64) = unsigned;
            let (i8, i16, i32, i64) = signed;
            Scalars {
                text,
                note,
                u8,
                u16,
                u32,
                u64,
                i8,
                i16,
                i32,
                i64,
                item_count,
                ratio,
                share,
                ready,
                checked,
                level,
            }
        },
    )
}

/// Any number of a type, and often one of these.
pub(crate) fn edges<T: Arbitrary + Clone + 'static>(edges: &'static [T]) -> impl Strategy<Value = T> + Clone
where
    T::Strategy: Clone,
{
    prop_oneof![select(edges), any::<T>()]
}

/// Floats that every format can say.
pub(crate) fn finite() -> impl Strategy<Value = f64> + Clone {
    const EDGES: &[f64] =
        &[0.0, -0.0, 1.0, -1.5, 0.1, 1e-5, 9.9e-6, 1e15, 1e16, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324];
    let any =
        num::f64::NORMAL | num::f64::SUBNORMAL | num::f64::ZERO | num::f64::POSITIVE | num::f64::NEGATIVE;
    prop_oneof![
        select(EDGES),
        any,
        (-999_999_i32..999_999).prop_map(|thousandth| f64::from(thousandth) / 1e3)
    ]
}

/// Floats, and what is written as a float and is no number.
pub(crate) fn floats() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![8 => finite(), 1 => select(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY][..])]
}

/// What the texts are made of: all that means something in some format.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10ffff}",
    "<",
    ">",
    "&",
    "\"",
    "'",
    "&amp;",
    "&#65;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?x ?>",
    "</text>",
    "\\",
    "\\u0041",
    "\\n",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "/",
    "+",
    "%",
    "%41",
    "%zz",
    "=",
    ";",
    "#",
    "?",
    "*",
    "~",
    "!",
    "null",
    "true",
    "NaN",
    "1e5",
    "-0",
    "0",
    "a",
    "B",
    "é",
    "e\u{301}",
    "日本",
    "🦀",
];

/// Texts of awkward pieces and of any characters, without those that the format or the judge does not have.
pub(crate) fn texts(has: fn(char) -> bool) -> impl Strategy<Value = String> + Clone {
    let piece = prop_oneof![
        3 => select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z]{1,9}",
    ];
    vec(piece, 0..9).prop_map(move |pieces| pieces.concat().chars().filter(|char| has(*char)).collect())
}
