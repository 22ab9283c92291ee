//! How a value is written in each format.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wirewright_codegen::{SampleValue, model::FormatKind};

/// What nothing needs to escape.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'*');

/// What a value of a sample stands for.
pub(super) fn decode(format: FormatKind, value: &SampleValue<'_>) -> String {
    match format {
        FormatKind::Query => value.value.clone().into_owned(),
        FormatKind::Xml => quick_xml::escape::unescape(value.written)
            .map_or_else(|_| value.written.to_owned(), std::borrow::Cow::into_owned),
        FormatKind::Json => serde_json::from_str(&format!("\"{}\"", value.written))
            .unwrap_or_else(|_| value.written.to_owned()),
    }
}

/// A value as a format has it.
pub(super) fn encode(format: FormatKind, value: &str) -> String {
    match format {
        FormatKind::Query => form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        FormatKind::Xml => quick_xml::escape::escape(value).into_owned(),
        FormatKind::Json => {
            let quoted = serde_json::Value::from(value).to_string();
            quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
        }
    }
}

/// Every form that a value is written in, in an order of their own: those of two values go together.
pub(super) fn forms(value: &str) -> Vec<String> {
    let percent = utf8_percent_encode(value, PLAIN).to_string();
    vec![
        value.to_owned(),
        encode(FormatKind::Query, value),
        percent.clone(),
        percent.replace('%', "%25"),
        lowercase_hex(&percent),
        encode(FormatKind::Xml, value),
        encode(FormatKind::Json, value),
        value.replace('/', "\\/"),
    ]
}

/// `%2B` as `%2b`.
fn lowercase_hex(text: &str) -> String {
    let mut signs = text.chars();
    let mut written = String::new();
    while let Some(sign) = signs.next() {
        written.push(sign);
        if sign == '%' {
            written.extend(signs.by_ref().take(2).map(|digit| digit.to_ascii_lowercase()));
        }
    }
    written
}
