//! The values that a vendor's sample has, each with the name that it is under. The samples may be wrong in any way: what is found
//! is enough to look at, and not what a codec would read.

use std::borrow::Cow;

use crate::model::FormatKind;

/// A value of a sample.
#[derive(Debug, PartialEq, Eq)]
pub struct SampleValue<'s> {
    /// The name that it is under, without what is around it: `token` of `data.token`, or of `<x:token>`.
    pub name: &'s str,
    /// As it is written.
    pub written: &'s str,
    /// Where it is, in bytes.
    pub at: usize,
    /// What it stands for.
    pub value: Cow<'s, str>,
}

impl<'s> SampleValue<'s> {
    fn plain(name: &'s str, text: &'s str, range: std::ops::Range<usize>) -> Option<Self> {
        let whole = text.get(range.clone())?;
        let written = whole.trim();
        let at = range.start + (whole.len() - whole.trim_start().len());
        (!written.is_empty()).then_some(Self { name, written, at, value: Cow::Borrowed(written) })
    }
}

/// The values of a sample in a format, each with the name that it is under. A query string may be a form, or a whole URL. The text may be
/// wrong in any way.
///
/// ```
/// use wirewright_codegen::{model::FormatKind, sample_values};
///
/// let text = "<reply><token>made+up</token></reply>";
/// let values = sample_values(FormatKind::Xml, text);
/// assert_eq!((values[0].name, values[0].written), ("token", "made+up"));
/// assert!(text[values[0].at..].starts_with("made+up"));
/// ```
pub fn sample_values(format: FormatKind, text: &str) -> Vec<SampleValue<'_>> {
    match format {
        FormatKind::Xml => of_xml(text),
        FormatKind::Json => of_json(text),
        FormatKind::Query => of_query(text),
    }
}

/// The values of headers, a line each.
///
/// ```
/// let values = wirewright_codegen::sample_headers("Set-Cookie: sid=s-1");
/// assert_eq!((values[0].name, values[0].written), ("Set-Cookie", "sid=s-1"));
/// ```
pub fn sample_headers(text: &str) -> Vec<SampleValue<'_>> {
    of_headers(text)
}

/// Of a form, a query string or a URL.
pub(crate) fn of_query(text: &str) -> Vec<SampleValue<'_>> {
    let start = text.find('?').map_or(0, |question| question + 1);
    let end = text.get(start..).and_then(|query| query.find('#')).map_or(text.len(), |hash| start + hash);
    let mut at = start;
    let mut values = Vec::new();
    for pair in text.get(start..end).unwrap_or_default().split('&') {
        if let Some((name, value)) = pair.split_once('=') {
            let name = name.rsplit(['.', '/']).next().unwrap_or(name).trim();
            let from = at + (pair.len() - value.len());
            if let Some(found) = SampleValue::plain(name, text, from..from + value.len()) {
                values.push(SampleValue { value: decoded(found.written), ..found });
            }
        }
        at += pair.len() + 1;
    }
    values
}

/// Of headers, a line each.
pub(crate) fn of_headers(text: &str) -> Vec<SampleValue<'_>> {
    let mut at = 0;
    let mut values = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((name, value)) = line.trim_end().split_once(':') {
            let from = at + name.len() + 1 + (value.len() - value.trim_start().len());
            values.extend(SampleValue::plain(name.trim(), text, from..at + line.trim_end().len()));
        }
        at += line.len();
    }
    values
}

/// What stands in a query string for something else.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let coded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (byte, next) = match (first, coded) {
            (b'%', Some(byte)) => (byte, behind.get(2..).unwrap_or_default()),
            (b'+', _) => (b' ', behind),
            _ => (*first, behind),
        };
        bytes.push(byte);
        rest = next;
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// Of a document in XML: texts of elements, and attributes.
pub(crate) fn of_xml(text: &str) -> Vec<SampleValue<'_>> {
    let mut values = Vec::new();
    let mut name = "";
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            let length = inside.find("]]>").unwrap_or(inside.len());
            let from = at + rest.len() - inside.len();
            values.extend(SampleValue::plain(name, text, from..from + length));
            from + length + 3
        } else if rest.starts_with("<!--") {
            at + rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if rest.starts_with('<') {
            let end = at + rest.find('>').map_or(rest.len(), |end| end + 1);
            if !rest.starts_with("</") && !rest.starts_with("<?") && !rest.starts_with("<!") {
                name = local(rest.get(1..).unwrap_or_default());
                attributes(text, at..end, &mut values);
            }
            end
        } else {
            let end = at + rest.find('<').unwrap_or(rest.len());
            values.extend(SampleValue::plain(name, text, at..end));
            end
        };
        at = end;
    }
    values
}

/// The name that a text begins with, without its prefix.
fn local(text: &str) -> &str {
    let end = text.find(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/' | '='));
    let name = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}

fn attributes<'s>(text: &'s str, tag: std::ops::Range<usize>, values: &mut Vec<SampleValue<'s>>) {
    let mut at = tag.start;
    while let Some(equals) = text.get(at..tag.end).and_then(|rest| rest.find('=')).map(|found| at + found) {
        let before = text.get(at..equals).unwrap_or_default().trim_end();
        let name = before.rsplit(char::is_whitespace).next().unwrap_or(before);
        let behind = text.get(equals + 1..tag.end).unwrap_or_default();
        let start = equals + 1 + (behind.len() - behind.trim_start().len());
        let Some(quote) = text.get(start..tag.end).and_then(|rest| rest.chars().next()) else { return };
        if !matches!(quote, '"' | '\'') {
            at = equals + 1;
            continue;
        }
        let inside = text.get(start + 1..tag.end).unwrap_or_default();
        let length = inside.find(quote).unwrap_or(inside.len());
        // What declares a namespace is no value.
        if !name.starts_with("xmlns") {
            values.extend(SampleValue::plain(local(name), text, start + 1..start + 1 + length));
        }
        at = start + 1 + length + 1;
    }
}

/// Of a document in JSON, or in a callback: texts and numbers.
pub(crate) fn of_json(text: &str) -> Vec<SampleValue<'_>> {
    let mut values = Vec::new();
    let mut name = "";
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(sign) = rest.chars().next() else { break };
        if sign == '"' {
            let length = string(rest);
            let inside = at + 1
                ..at + length - usize::from(length > 1 && rest.as_bytes().get(length - 1) == Some(&b'"'));
            at += length;
            if text.get(at..).is_some_and(|behind| behind.trim_start().starts_with(':')) {
                name = text.get(inside).unwrap_or_default();
            } else {
                values.extend(SampleValue::plain(name, text, inside));
            }
        } else if sign.is_ascii_digit() {
            let length = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
            values.extend(SampleValue::plain(name, text, at..at + length));
            at += length;
        } else {
            at += sign.len_utf8();
        }
    }
    values
}

/// How long the string is that a text begins with, with its quotes.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (index, sign) in text.char_indices().skip(1) {
        match sign {
            '"' if !escaped => return index + 1,
            _ => escaped = sign == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{SampleValue, of_json, of_query, of_xml};

    fn pairs<'s>(text: &str, values: &[SampleValue<'s>]) -> Vec<(&'s str, String)> {
        for value in values {
            assert_eq!(text.get(value.at..value.at + value.written.len()), Some(value.written));
        }
        values.iter().map(|value| (value.name, value.value.to_string())).collect()
    }

    fn expected(pairs: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn values_have_their_names() {
        let text = "https://a.example/x?a.b=c+d%21&e=&f=100%#g=h";
        assert_eq!(pairs(text, &of_query(text)), expected(&[("b", "c d!"), ("f", "100%")]));
        let text = "<?xml version='1'?><x:a xmlns:x='urn:x' b=\"c\" d = 'e'><!-- f --><g> h </g><i><![CDATA[<j>]]></i></x:a>";
        assert_eq!(pairs(text, &of_xml(text)), expected(&[("b", "c"), ("d", "e"), ("g", "h"), ("i", "<j>")]));
        let text = r#"call({"a": {"b" : "c\"d", "e": [12, "f"]}, "g": true})"#;
        assert_eq!(pairs(text, &of_json(text)), expected(&[("b", "c\\\"d"), ("e", "12"), ("e", "f")]));
    }

    /// A sample may end anywhere, and have anything in it.
    #[test]
    fn any_text_is_read() {
        let whole = "<größe a=b c=\"ß\"><![CDATA[ü]]><!-- {\"ä\\\": [1, \"%f&x=%zz&y=ö\"";
        for (end, _) in whole.char_indices() {
            for read in [of_query, of_xml, of_json] {
                for text in [&whole[..end], &whole[end..]] {
                    pairs(text, &read(text));
                }
            }
        }
    }
}
