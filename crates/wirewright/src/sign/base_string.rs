//! The text that a signature covers.

use alloc::{borrow::Cow, string::String, vec::Vec};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is signed, and how it is made into one text.
#[derive(Debug)]
pub struct BaseString {
    /// The parts, in order.
    pub parts: &'static [BasePart],
    /// What stands between the parts.
    pub join: &'static str,
    /// How each part is encoded before they are joined.
    pub encode: EncodeSet,
    /// The order of the parameters.
    pub order: ParameterOrder,
    /// How each parameter's name and value is encoded.
    pub parameter_encode: EncodeSet,
    /// What stands between a name and its value.
    pub pair: &'static str,
    /// What stands between parameters.
    pub pairs: &'static str,
}

/// A part of a base string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BasePart {
    /// The method in upper case.
    Method,
    /// Scheme, host and path: in lower case where case does not matter, without a default port and without the query.
    Url,
    /// The host, in lower case, with a port that is not the default.
    Host,
    /// The path as it stands in the URL.
    Path,
    /// The parameters without the signature.
    Parameters,
    /// A fixed text.
    Constant(&'static str),
}

/// Which characters are percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeSet {
    /// None.
    None,
    /// All but the unreserved ones of RFC 3986 section 2.3; a space is `%20`.
    Rfc3986,
    /// As in `application/x-www-form-urlencoded`; a space is `+`.
    Form,
}

/// The order of parameters in a base string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterOrder {
    /// By encoded name, then by encoded value, byte by byte (RFC 5849 section 3.4.1.3.2).
    Sorted,
    /// The reverse of `Sorted`.
    Descending,
    /// As on the wire.
    Wire,
}

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes all but the unreserved characters of RFC 3986 section 2.3, in UTF-8 and upper-case hexadecimal.
pub fn percent_encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

impl EncodeSet {
    /// Whether a byte stands for itself.
    const fn keeps(self, byte: u8) -> bool {
        match self {
            Self::None => true,
            Self::Rfc3986 => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'),
            Self::Form => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'*'),
        }
    }

    /// Which bytes stand for themselves, for a quick look.
    const fn table(self) -> [bool; 256] {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "less than 256")]
            {
                table[byte] = self.keeps(byte as u8);
            }
            byte += 1;
        }
        table
    }

    fn kept(self) -> &'static [bool; 256] {
        const TABLES: [[bool; 256]; 3] =
            [EncodeSet::None.table(), EncodeSet::Rfc3986.table(), EncodeSet::Form.table()];
        static KEPT: [[bool; 256]; 3] = TABLES;
        match self {
            Self::None => &KEPT[0],
            Self::Rfc3986 => &KEPT[1],
            Self::Form => &KEPT[2],
        }
    }

    /// Appends a text, encoded.
    fn write(self, out: &mut String, text: &str) {
        let kept = self.kept();
        let mut rest = text;
        while !rest.is_empty() {
            let plain = rest.bytes().position(|byte| !kept[usize::from(byte)]).unwrap_or(rest.len());
            // Only ASCII is kept, unless everything is, so that this is a boundary.
            let (before, after) = rest.split_at(plain);
            out.push_str(before);
            let mut bytes = after.bytes();
            let Some(byte) = bytes.next() else { break };
            self.write_byte(out, byte);
            let length =
                1 + bytes.take_while(|byte| !byte.is_ascii()).map(|byte| self.write_byte(out, byte)).count();
            rest = after.get(length..).unwrap_or_default();
        }
    }

    /// Appends a byte that is not kept.
    fn write_byte(self, out: &mut String, byte: u8) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        if self == Self::Form && byte == b' ' {
            return out.push('+');
        }
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
        out.extend(['%', digit(byte >> 4), digit(byte)]);
    }

    /// Appends a name or value of a form, taken out of its own encoding and put into this one.
    fn write_form(self, out: &mut String, raw: &str) {
        let kept = self.kept();
        let mut rest = raw;
        loop {
            let plain = rest.bytes().position(|byte| matches!(byte, b'%' | b'+')).unwrap_or(rest.len());
            let (before, after) = rest.split_at(plain);
            self.write(out, before);
            let byte = match *after.as_bytes() {
                [] => return,
                [b'%', high, low, ..] => match [high, low].map(|digit| char::from(digit).to_digit(16)) {
                    [Some(high), Some(low)] => u8::try_from(high << 4 | low).unwrap_or(b'%'),
                    _ => b'%',
                },
                [b'%', ..] => b'%',
                _ => b' ',
            };
            let escaped = byte != b'%' || after.starts_with("%25");
            rest = after.get(if after.starts_with('%') && escaped { 3 } else { 1 }..).unwrap_or_default();
            if kept[usize::from(byte)] {
                out.push(char::from(byte));
            } else {
                self.write_byte(out, byte);
            }
        }
    }
}

/// Whether a form's text stands for ASCII only: then each of its bytes can be encoded by itself.
fn is_ascii_form(text: &str) -> bool {
    // `%8…` to `%f…` are the other bytes.
    let escape = |pair: &[u8]| pair[0] == b'%' && pair[1] >= b'8';
    text.is_ascii() && !text.as_bytes().windows(2).any(escape)
}

impl BaseString {
    /// The base string of OAuth Core 1.0 (RFC 5849 section 3.4.1).
    pub const OAUTH1: Self = Self {
        parts: &[BasePart::Method, BasePart::Url, BasePart::Parameters],
        join: "&",
        encode: EncodeSet::Rfc3986,
        order: ParameterOrder::Sorted,
        parameter_encode: EncodeSet::Rfc3986,
        pair: "=",
        pairs: "&",
    };

    /// The text to sign. `url` has no query; `parameters` is a form-urlencoded text without the signature.
    ///
    /// ```
    /// use wirewright::sign::BaseString;
    ///
    /// let base = BaseString::OAUTH1.build("GET", "HTTP://API.example:80/logout", "f=json&a=1%2F2");
    /// assert_eq!(base, "GET&http%3A%2F%2Fapi.example%2Flogout&a%3D1%252F2%26f%3Djson");
    /// ```
    pub fn build(&self, verb: &str, url: &str, parameters: &str) -> String {
        let url = Url::parse(url);
        let mut text = String::with_capacity(64 + 2 * (url.len() + parameters.len()));
        // What is encoded once; it is there only when it is encoded a second time.
        let mut once = String::new();
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                text.push_str(self.join);
            }
            match part {
                BasePart::Method => verb.chars().for_each(|letter| {
                    self.encode.write(&mut text, letter.to_ascii_uppercase().encode_utf8(&mut [0; 4]))
                }),
                BasePart::Url => url.write_whole(&mut |piece| self.encode.write(&mut text, piece)),
                BasePart::Host => url.write_host(&mut |piece| self.encode.write(&mut text, piece)),
                BasePart::Path => self.encode.write(&mut text, url.path),
                BasePart::Parameters => {
                    once.clear();
                    once.reserve(parameters.len() + parameters.len() / 4);
                    self.write_parameters(&mut once, &mut text, parameters);
                }
                BasePart::Constant(constant) => self.encode.write(&mut text, constant),
            }
        }
        text
    }

    /// Appends the parameters to `text`, by way of `once`.
    fn write_parameters(&self, once: &mut String, text: &mut String, parameters: &str) {
        let mut few = [Pair::default(); FEW];
        let mut many = Vec::new();
        let mut count = 0;
        let mut add = |pair: Pair| {
            match few.get_mut(count) {
                Some(place) => *place = pair,
                None if many.is_empty() => {
                    many.extend_from_slice(&few);
                    many.push(pair);
                }
                None => many.push(pair),
            }
            count += 1;
        };
        let ascii = is_ascii_form(parameters);
        for raw in parameters.split('&').filter(|raw| !raw.is_empty()) {
            let start = once.len();
            let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
            let write = |once: &mut String, raw: &str| {
                if ascii {
                    return self.parameter_encode.write_form(once, raw);
                }
                // Bytes that are not UTF-8 become a character before they are encoded.
                let decoded = crate::compact::query::decode(raw);
                self.parameter_encode.write(once, &decoded);
            };
            write(once, name);
            let middle = once.len();
            write(once, value);
            add(Pair { start, middle, end: once.len() });
        }
        let pairs = if many.is_empty() { few.get_mut(..count).unwrap_or_default() } else { &mut many };
        let key = |pair: &Pair| {
            (
                once.get(pair.start..pair.middle).unwrap_or_default(),
                once.get(pair.middle..pair.end).unwrap_or_default(),
            )
        };
        match self.order {
            ParameterOrder::Sorted => pairs.sort_unstable_by(|one, other| key(one).cmp(&key(other))),
            ParameterOrder::Descending => pairs.sort_unstable_by(|one, other| key(other).cmp(&key(one))),
            ParameterOrder::Wire => {}
        }
        for (index, pair) in pairs.iter().enumerate() {
            if index > 0 {
                self.encode.write(text, self.pairs);
            }
            let (name, value) = key(pair);
            self.encode.write(text, name);
            self.encode.write(text, self.pair);
            self.encode.write(text, value);
        }
    }
}

/// How many parameters are sorted without an allocation.
const FEW: usize = 24;

/// Where a parameter's name and value stand.
#[derive(Clone, Copy, Default)]
struct Pair {
    start: usize,
    middle: usize,
    end: usize,
}

/// A URL taken apart as far as a base string needs it (RFC 5849 section 3.4.1.2).
struct Url<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
}

impl<'a> Url<'a> {
    fn parse(url: &'a str) -> Self {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let (authority, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
        Self { scheme, authority, path }
    }

    fn len(&self) -> usize {
        self.scheme.len() + self.authority.len() + self.path.len()
    }

    fn write_host(&self, write: &mut dyn FnMut(&str)) {
        let default = if self.scheme.eq_ignore_ascii_case("http") { ":80" } else { ":443" };
        lower(self.authority.strip_suffix(default).unwrap_or(self.authority), write);
    }

    fn write_whole(&self, write: &mut dyn FnMut(&str)) {
        lower(self.scheme, write);
        write("://");
        self.write_host(write);
        write(self.path);
    }
}

/// Writes a text in lower case, piece by piece.
fn lower(text: &str, write: &mut dyn FnMut(&str)) {
    for piece in text.split_inclusive(|letter: char| letter.is_ascii_uppercase()) {
        match piece.strip_suffix(|letter: char| letter.is_ascii_uppercase()) {
            Some(before) => {
                write(before);
                let last = piece.get(before.len()..).and_then(|last| last.chars().next()).unwrap_or_default();
                write(last.to_ascii_lowercase().encode_utf8(&mut [0; 4]));
            }
            None => write(piece),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{format, string::ToString as _, vec::Vec};

    use super::*;

    /// The same, the long way round.
    fn slowly(base: &BaseString, parameters: &str) -> String {
        let encode = |set: EncodeSet, text: &str| match set {
            EncodeSet::None => text.to_string(),
            EncodeSet::Rfc3986 => percent_encode(text).into_owned(),
            EncodeSet::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        };
        let mut pairs: Vec<_> = form_urlencoded::parse(parameters.as_bytes())
            .map(|(name, value)| {
                (encode(base.parameter_encode, &name), encode(base.parameter_encode, &value))
            })
            .collect();
        match base.order {
            ParameterOrder::Sorted => pairs.sort(),
            ParameterOrder::Descending => pairs.sort_by(|one, other| other.cmp(one)),
            ParameterOrder::Wire => {}
        }
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        encode(base.encode, &pairs.join("&"))
    }

    #[test]
    fn parameters_are_encoded_and_sorted() {
        let many: Vec<_> = (0..60).map(|number| format!("p{}={number}", number * 7 % 60)).collect();
        for parameters in [
            "",
            "&&",
            "a",
            "=",
            "b=2&a=1&a=0&A=3",
            "a=%41%2f%2F+x~*-._&b=%&c=%4&d=%zz&e=%25",
            "é=%C3%A9&n=%ff%00&w=日本",
            "a b=c d&%2B=+",
            &many.join("&"),
        ] {
            for encode in [EncodeSet::None, EncodeSet::Rfc3986, EncodeSet::Form] {
                for parameter_encode in [EncodeSet::None, EncodeSet::Rfc3986, EncodeSet::Form] {
                    for order in [ParameterOrder::Sorted, ParameterOrder::Descending, ParameterOrder::Wire] {
                        let parts = &[BasePart::Parameters];
                        let base =
                            BaseString { parts, encode, parameter_encode, order, ..BaseString::OAUTH1 };
                        assert_eq!(
                            base.build("GET", "https://a.example/", parameters),
                            slowly(&base, parameters)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn urls_are_made_alike() {
        for (url, expected) in [
            ("HTTP://Api.Example:80/Path?q#f", "GET http://api.example/Path"),
            ("https://API.example:443", "GET https://api.example/"),
            ("api.example:80/x", "GET https://api.example:80/x"),
        ] {
            let parts = &[BasePart::Method, BasePart::Url];
            let base = BaseString { parts, join: " ", encode: EncodeSet::None, ..BaseString::OAUTH1 };
            assert_eq!(base.build("get", url, ""), expected);
        }
    }
}
