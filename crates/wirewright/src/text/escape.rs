//! Text as the writers of XML and JSON have to spell it: one escaper a format, whoever writes.

use crate::{
    EncodeErrorKind,
    text::{
        scan::{self, JsonSpecial, XmlAttribute, XmlSpecial},
        xml::is_char,
    },
};

/// What a text is written into.
pub(crate) trait Output {
    fn put(&mut self, text: &str);
}

impl Output for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl Output for Vec<u8> {
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

/// Where XML text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum XmlPlace {
    /// Between tags.
    Content,
    /// In the double quotes of an attribute.
    Attribute,
}

impl XmlPlace {
    fn find(self, bytes: &[u8], at: usize) -> usize {
        match self {
            Self::Content => scan::find::<XmlSpecial>(bytes, at),
            Self::Attribute => scan::find::<XmlAttribute>(bytes, at),
        }
    }
}

/// Writes XML text from `from` on, which is behind a character.
///
/// # Errors
///
/// When it has a character that XML cannot carry: by then some of it is written.
#[inline(never)]
pub(crate) fn xml(
    out: &mut impl Output,
    text: &str,
    from: usize,
    place: XmlPlace,
) -> Result<(), EncodeErrorKind> {
    let bytes = text.as_bytes();
    let attribute = place == XmlPlace::Attribute;
    let (mut at, mut plain) = (from, from);
    loop {
        at = place.find(bytes, at);
        let Some(byte) = bytes.get(at) else { break };
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\r' => "&#13;",
            b'"' if attribute => "&quot;",
            b'\t' if attribute => "&#9;",
            b'\n' if attribute => "&#10;",
            0..=0x1f | 0xef => {
                let char = text.get(at..).and_then(|rest| rest.chars().next());
                if !char.is_some_and(is_char) {
                    return Err(EncodeErrorKind::Character);
                }
                ""
            }
            _ => "",
        };
        if !reference.is_empty() {
            out.put(text.get(plain..at).unwrap_or_default());
            out.put(reference);
            plain = at + 1;
        }
        at += 1;
    }
    out.put(text.get(plain..).unwrap_or_default());
    Ok(())
}

/// Writes the inside of a JSON string from `from` on, which is behind a character.
#[inline(never)]
pub(crate) fn json(out: &mut impl Output, text: &str, from: usize) {
    const CONTROLS: [&str; 32] = [
        "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t",
        "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013",
        "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c",
        "\\u001d", "\\u001e", "\\u001f",
    ];
    let bytes = text.as_bytes();
    let mut plain = from;
    loop {
        let at = scan::find::<JsonSpecial>(bytes, plain);
        out.put(text.get(plain..at).unwrap_or_default());
        let Some(byte) = bytes.get(at) else { return };
        out.put(match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            byte => CONTROLS.get(usize::from(*byte)).copied().unwrap_or_default(),
        });
        plain = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// XML 1.0, sections 2.2 (what a character is), 2.4 (markup), 2.11 (line ends) and 3.3.3 (attributes): what would be read as another
    /// character is a reference.
    #[test]
    fn xml_is_what_its_readers_read_back() {
        for (text, content, attribute) in [
            ("a<b>&\"c'", Some("a&lt;b&gt;&amp;\"c'"), Some("a&lt;b&gt;&amp;&quot;c'")),
            ("\t\n\r", Some("\t\n&#13;"), Some("&#9;&#10;&#13;")),
            (
                "\u{7f}\u{85}\u{2028}é€\u{10ffff}",
                Some("\u{7f}\u{85}\u{2028}é€\u{10ffff}"),
                Some("\u{7f}\u{85}\u{2028}é€\u{10ffff}"),
            ),
            (
                "\u{fffd}\u{e000}\u{f000}<",
                Some("\u{fffd}\u{e000}\u{f000}&lt;"),
                Some("\u{fffd}\u{e000}\u{f000}&lt;"),
            ),
            ("plain and longer than a word \u{0}", None, None),
            ("\u{1f}", None, None),
            ("\u{fffe}", None, None),
            ("\u{ffff}", None, None),
        ] {
            for (place, expected) in [(XmlPlace::Content, content), (XmlPlace::Attribute, attribute)] {
                let mut out = String::new();
                let written = xml(&mut out, text, 0, place).map(|()| &*out);
                assert_eq!(written, expected.ok_or(EncodeErrorKind::Character), "{text:?} in {place:?}");
            }
        }
    }

    #[test]
    fn json_is_what_serde_json_writes() {
        for char in (0..=0x2ff).filter_map(char::from_u32).chain(['\u{2028}', '\u{fffe}', '\u{10ffff}']) {
            let text = format!("before {char}{char} and behind");
            let mut out = String::from("\"");
            json(&mut out, &text, 0);
            out.push('"');
            assert_eq!(serde_json::to_string(&text).ok(), Some(out), "{char:?}");
        }
    }
}
