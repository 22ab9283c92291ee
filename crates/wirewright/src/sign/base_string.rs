//! The text that a signature covers.

use alloc::{
    borrow::{Cow, ToOwned as _},
    string::String,
    vec::Vec,
};

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

impl EncodeSet {
    fn encode(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::None => Cow::Borrowed(text),
            Self::Rfc3986 => percent_encode(text),
            Self::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().into(),
        }
    }
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
        let mut text = String::with_capacity(64 + 2 * parameters.len());
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                text.push_str(self.join);
            }
            let part = match part {
                BasePart::Method => Cow::Owned(verb.to_ascii_uppercase()),
                BasePart::Url => Cow::Owned(url.whole()),
                BasePart::Host => Cow::Owned(url.host()),
                BasePart::Path => Cow::Borrowed(url.path),
                BasePart::Parameters => Cow::Owned(self.parameters(parameters)),
                BasePart::Constant(constant) => Cow::Borrowed(*constant),
            };
            text.push_str(&self.encode.encode(&part));
        }
        text
    }

    fn parameters(&self, parameters: &str) -> String {
        let encode = |text: Cow<'_, str>| self.parameter_encode.encode(&text).into_owned();
        let mut pairs: Vec<(String, String)> = form_urlencoded::parse(parameters.as_bytes())
            .map(|(name, value)| (encode(name), encode(value)))
            .collect();
        match self.order {
            ParameterOrder::Sorted => pairs.sort_unstable(),
            ParameterOrder::Descending => pairs.sort_unstable_by(|a, b| b.cmp(a)),
            ParameterOrder::Wire => {}
        }
        let mut text = String::with_capacity(parameters.len());
        for (index, (name, value)) in pairs.iter().enumerate() {
            if index > 0 {
                text.push_str(self.pairs);
            }
            text.push_str(name);
            text.push_str(self.pair);
            text.push_str(value);
        }
        text
    }
}

/// A URL taken apart as far as a base string needs it (RFC 5849 section 3.4.1.2).
struct Url<'a> {
    scheme: String,
    authority: String,
    path: &'a str,
}

impl<'a> Url<'a> {
    fn parse(url: &'a str) -> Self {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let (authority, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
        Self { scheme: scheme.to_ascii_lowercase(), authority: authority.to_ascii_lowercase(), path }
    }

    fn host(&self) -> String {
        let default = if self.scheme == "http" { ":80" } else { ":443" };
        // A port that is left empty is the default one (RFC 3986 section 3.2.3).
        let authority = self.authority.strip_suffix(':').unwrap_or(&self.authority);
        authority.strip_suffix(default).unwrap_or(authority).to_owned()
    }

    fn whole(&self) -> String {
        let mut whole = self.scheme.clone();
        whole.push_str("://");
        whole.push_str(&self.host());
        whole.push_str(self.path);
        whole
    }
}
