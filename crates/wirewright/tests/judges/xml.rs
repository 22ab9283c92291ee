//! quick-xml's serde on XML.

use proptest::{collection::vec, option, prelude::*};
use serde::{Deserialize, Serialize};
use wirewright::{Format, Options, Wire};

use crate::{
    Judge, config,
    model::{Scalars, edges, floats, scalars, texts},
};

/// Attributes, text content, lists of every form that serde can say, and what is nested.
#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
#[wire(root = "order")]
#[serde(rename = "order")]
struct Order {
    #[wire(attribute)]
    #[serde(rename = "@id")]
    id: String,
    #[wire(attribute)]
    #[serde(rename = "@ready", skip_serializing_if = "Option::is_none")]
    ready: Option<bool>,
    #[wire(attribute)]
    #[serde(rename = "@share", skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    #[wire(attribute, list(joined = " "))]
    #[serde(rename = "@marks", default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scalars: Option<Scalars>,
    #[serde(default)]
    tag: Vec<String>,
    #[serde(default)]
    part: Vec<Part>,
    #[wire(list(item = "item"))]
    #[serde(with = "items", default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Box<Order>>,
}

/// An element with attributes and a text.
#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
struct Part {
    #[wire(attribute)]
    #[serde(rename = "@unit", skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[wire(text)]
    #[serde(rename = "$text", default)]
    text: String,
}

/// A list in an element of its own is a structure to serde.
mod items {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Items<T> {
        item: T,
    }

    pub(super) fn serialize<S: Serializer>(item: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        Items { item }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Items::deserialize(deserializer).map(|items| items.item)
    }
}

fn reads(text: &str) -> Result<Order, String> {
    quick_xml::de::from_str(text).map_err(|error| error.to_string())
}

fn writes(value: &Order) -> Result<String, String> {
    quick_xml::se::to_string(value).map_err(|error| error.to_string())
}

/// The characters of XML 1.0. quick-xml lets others pass, which are refused here.
pub(crate) fn is_char(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn any_text() -> impl Strategy<Value = String> + Clone {
    texts(is_char)
}

fn orders() -> impl Strategy<Value = Order> {
    let order = |next: BoxedStrategy<Option<Box<Order>>>| {
        // In an element that is a structure, quick-xml takes a text of nothing but white space for layout, and skips it.
        let layout = |text: &str| text.bytes().all(|byte| b" \t\n\r".contains(&byte));
        let text = any_text().prop_map(move |text| if layout(&text) { String::new() } else { text });
        let part = (option::of(any_text()), text).prop_map(|(unit, text)| Part { unit, text });
        let attributes = (
            any_text(),
            option::of(any::<bool>()),
            option::of(floats()),
            vec(edges(&[0, i64::MIN, i64::MAX]), 0..4),
        );
        let elements = (
            option::of(scalars(any_text(), floats())),
            vec(any_text(), 0..4),
            vec(part, 0..4),
            vec(any_text(), 0..4),
        );
        (attributes, elements, next).prop_map(|((id, ready, share, marks), elements, next)| {
            let (scalars, tag, part, items) = elements;
            Order { id, ready, share, marks, scalars, tag, part, items, next }
        })
    };
    let last = order(Just(None).boxed());
    order(option::of(last.prop_map(Box::new)).boxed())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn structures(value in orders()) {
        Judge { format: Format::Xml, options: Options::new(), writes, reads }.judge(&value)?;
    }
}
