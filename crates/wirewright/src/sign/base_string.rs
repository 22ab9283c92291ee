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
///
/// ```
/// assert_eq!(wirewright::sign::percent_encode("a b+é~"), "a%20b%2B%C3%A9~");
/// ```
pub fn percent_encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// For each byte what stands for it, and how many bytes of that count.
type Table = [[u8; 4]; 256];

impl EncodeSet {
    /// Whether a byte stands for itself.
    const fn keeps(self, byte: u8) -> bool {
        match self {
            Self::None => true,
            Self::Rfc3986 => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'),
            Self::Form => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'*'),
        }
    }

    const fn make_table(self) -> Table {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let mut table = [[0; 4]; 256];
        let mut index = 0;
        while index < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "less than 256")]
            let byte = index as u8;
            table[index] = if self.keeps(byte) {
                [byte, 0, 0, 1]
            } else if byte == b' ' && matches!(self, Self::Form) {
                [b'+', 0, 0, 1]
            } else {
                [b'%', DIGITS[index >> 4], DIGITS[index & 15], 3]
            };
            index += 1;
        }
        table
    }

    fn table(self) -> &'static Table {
        static NONE: Table = EncodeSet::None.make_table();
        static RFC3986: Table = EncodeSet::Rfc3986.make_table();
        static FORM: Table = EncodeSet::Form.make_table();
        match self {
            Self::None => &NONE,
            Self::Rfc3986 => &RFC3986,
            Self::Form => &FORM,
        }
    }

    /// Appends a text, encoded.
    #[inline]
    fn write(self, out: &mut Room<'_>, text: &[u8]) {
        let table = self.table();
        let mut at = out.at;
        for byte in text {
            at += out.put(at, table[usize::from(*byte)]);
        }
        out.at = at;
    }

    /// Appends a name or value of a form, taken out of its own encoding and put into this one.
    #[inline]
    fn write_form(self, out: &mut Room<'_>, raw: &[u8]) {
        let table = self.table();
        let mut at = out.at;
        let mut rest = raw;
        while let [first, after @ ..] = rest {
            rest = after;
            let mut byte = *first;
            if byte == b'+' {
                byte = b' ';
            } else if byte == b'%'
                && let [high, low, after @ ..] = after
                && let [Some(high), Some(low)] = [high, low].map(|digit| char::from(*digit).to_digit(16))
            {
                byte = u8::try_from(high << 4 | low).unwrap_or(byte);
                rest = after;
            }
            at += out.put(at, table[usize::from(byte)]);
        }
        out.at = at;
    }
}

/// Room that is known to be enough, so that nothing asks for more while it is filled. No encoding makes a byte longer than
/// [`LONGEST`] bytes.
struct Room<'o> {
    bytes: &'o mut [u8],
    at: usize,
}

const LONGEST: usize = 3;
/// As many bytes are written at a time, whatever counts.
const STEP: usize = 4;

impl Room<'_> {
    #[inline]
    fn put(&mut self, at: usize, entry: [u8; STEP]) -> usize {
        if let Some(place) = self.bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<STEP>) {
            *place = entry;
        }
        usize::from(entry[LONGEST])
    }
}

/// Whether a form's text stands for ASCII only: then each of its bytes can be encoded by itself.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches many bytes are looked at in one instruction"
)]
fn is_ascii_form(text: &str) -> bool {
    // `%8…` to `%f…` are the other bytes.
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    text.is_ascii() && !pairs.fold(false, |found, (one, next)| found | ((*one == b'%') & (*next >= b'8')))
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
        let parameters = if self.parts.contains(&BasePart::Parameters) { parameters } else { "" };
        let parameters = Parameters::read(self, parameters);
        let length = |part: &BasePart| match part {
            BasePart::Method => verb.len(),
            BasePart::Url | BasePart::Host | BasePart::Path => url.len(),
            BasePart::Parameters => {
                parameters.bytes.len() + parameters.count * (self.pair.len() + self.pairs.len())
            }
            BasePart::Constant(constant) => constant.len(),
        };
        let most: usize = self.parts.iter().map(|part| self.join.len() + LONGEST * length(part)).sum();
        let mut text = alloc::vec![0; most + STEP];
        let mut out = Room { bytes: &mut text, at: 0 };
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                EncodeSet::None.write(&mut out, self.join.as_bytes());
            }
            match part {
                BasePart::Method => {
                    for byte in verb.bytes() {
                        self.encode.write(&mut out, &[byte.to_ascii_uppercase()]);
                    }
                }
                BasePart::Url => url.write_whole(&mut |piece| self.encode.write(&mut out, piece)),
                BasePart::Host => url.write_host(&mut |piece| self.encode.write(&mut out, piece)),
                BasePart::Path => self.encode.write(&mut out, url.path.as_bytes()),
                BasePart::Parameters => parameters.write(self, &mut out),
                BasePart::Constant(constant) => self.encode.write(&mut out, constant.as_bytes()),
            }
        }
        let end = out.at;
        text.truncate(end);
        // Texts and whole characters have been written, so that nothing is lost here.
        String::from_utf8(text).unwrap_or_default()
    }
}

/// The parameters, each encoded for itself and in order.
struct Parameters {
    bytes: Vec<u8>,
    few: [Pair; FEW],
    /// All of them, when they are more than a few.
    many: Vec<Pair>,
    count: usize,
}

impl Parameters {
    fn read(base: &BaseString, form: &str) -> Self {
        let mut this = Self {
            bytes: alloc::vec![0; LONGEST * form.len() + STEP],
            few: [Pair::default(); FEW],
            many: Vec::new(),
            count: 0,
        };
        let mut out = Room { bytes: &mut this.bytes, at: 0 };
        let ascii = is_ascii_form(form);
        let write = |out: &mut Room<'_>, raw: &str| {
            if ascii {
                return base.parameter_encode.write_form(out, raw.as_bytes());
            }
            // Bytes that are not UTF-8 become a character before they are encoded.
            let decoded = crate::compact::query::decode(raw);
            base.parameter_encode.write(out, decoded.as_bytes());
        };
        for raw in form.split('&').filter(|raw| !raw.is_empty()) {
            let start = out.at;
            let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
            write(&mut out, name);
            let middle = out.at;
            write(&mut out, value);
            let pair = Pair { start, middle, end: out.at };
            if let Some(place) = this.few.get_mut(this.count) {
                *place = pair;
            } else {
                if this.many.is_empty() {
                    this.many.extend_from_slice(&this.few);
                }
                this.many.push(pair);
            }
            this.count += 1;
        }
        let end = out.at;
        this.bytes.truncate(end);
        this.sort(base.order);
        this
    }

    fn sort(&mut self, order: ParameterOrder) {
        let bytes = &self.bytes;
        let key = |pair: &Pair| (bytes.get(pair.start..pair.middle), bytes.get(pair.middle..pair.end));
        let pairs = match self.few.get_mut(..self.count) {
            Some(few) => few,
            None => &mut self.many,
        };
        match order {
            ParameterOrder::Sorted => pairs.sort_unstable_by(|one, other| key(one).cmp(&key(other))),
            ParameterOrder::Descending => pairs.sort_unstable_by(|one, other| key(other).cmp(&key(one))),
            ParameterOrder::Wire => {}
        }
    }

    fn write(&self, base: &BaseString, out: &mut Room<'_>) {
        for (index, pair) in self.few.get(..self.count).unwrap_or(&self.many).iter().enumerate() {
            if index > 0 {
                base.encode.write(out, base.pairs.as_bytes());
            }
            base.encode.write(out, self.bytes.get(pair.start..pair.middle).unwrap_or_default());
            base.encode.write(out, base.pair.as_bytes());
            base.encode.write(out, self.bytes.get(pair.middle..pair.end).unwrap_or_default());
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
        self.scheme.len() + "://".len() + self.authority.len() + self.path.len()
    }

    fn write_host(&self, write: &mut dyn FnMut(&[u8])) {
        let default = if self.scheme.eq_ignore_ascii_case("http") { ":80" } else { ":443" };
        // A port that is left empty is the default one (RFC 3986 section 3.2.3).
        let authority = self.authority.strip_suffix(':').unwrap_or(self.authority);
        lower(authority.strip_suffix(default).unwrap_or(authority), write);
    }

    fn write_whole(&self, write: &mut dyn FnMut(&[u8])) {
        lower(self.scheme, write);
        write(b"://");
        self.write_host(write);
        write(self.path.as_bytes());
    }
}

/// Writes a text in lower case, piece by piece.
fn lower(text: &str, write: &mut dyn FnMut(&[u8])) {
    for piece in text.as_bytes().split_inclusive(u8::is_ascii_uppercase) {
        match piece.split_last() {
            Some((last, before)) if last.is_ascii_uppercase() => {
                write(before);
                write(&[last.to_ascii_lowercase()]);
            }
            _ => write(piece),
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
                            BaseString { parts, encode, order, parameter_encode, ..BaseString::OAUTH1 };
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
