//! A message as its signature sees it.

use std::borrow::Cow;

use http::HeaderMap;

use super::step::PairSource;
use crate::text::form::decode;

/// A request, or a reply, as both sides of a signature see it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'m> {
    /// `GET`
    pub method: &'m str,
    /// Scheme, host and path. What is behind a `?` is not looked at.
    pub url: &'m str,
    /// The operation's name on the wire.
    pub operation: &'m str,
    /// The parameters in the URL, form-urlencoded as they are sent.
    pub query: &'m str,
    /// The parameters in the body, form-urlencoded as they are sent.
    pub form: &'m str,
    /// Whether [`query`](Self::query), [`form`](Self::form) and [`computed`](Self::computed) are spelled as the URL standard's serializer spells
    /// them, as a client's are: they need not be decoded then before they are encoded for a signature. Others may spell them otherwise.
    pub serialized: bool,
    /// The headers. A client's are those that are known before a transport adds its own; `host` is among them.
    pub headers: Option<&'m HeaderMap>,
    /// The body.
    pub body: &'m [u8],
    /// The parameters that are carried by computed values only, form-urlencoded, and no secrets.
    pub computed: &'m str,
    /// The pairs of the reply, form-urlencoded; a request has none.
    pub reply: &'m str,
}

impl Message<'_> {
    /// One that has nothing.
    pub const EMPTY: Self = Self {
        method: "",
        url: "",
        operation: "",
        query: "",
        form: "",
        serialized: false,
        headers: None,
        body: &[],
        computed: "",
        reply: "",
    };
}

impl<'m> Message<'m> {
    /// The pairs of some places, form-urlencoded.
    pub(super) fn pairs(&self, of: &[PairSource]) -> Cow<'m, str> {
        let mut all = Cow::Borrowed("");
        for source in of {
            let more = self.pairs_of(*source);
            if all.is_empty() {
                all = more;
            } else if !more.is_empty() {
                let together = all.to_mut();
                together.push('&');
                together.push_str(&more);
            }
        }
        all
    }

    fn pairs_of(&self, source: PairSource) -> Cow<'m, str> {
        Cow::Borrowed(match source {
            PairSource::Query => self.query,
            PairSource::Form => self.form,
            PairSource::Computed => self.computed,
            PairSource::Reply => self.reply,
            PairSource::Headers => {
                let mut written = form_urlencoded::Serializer::new(String::new());
                for (name, value) in self.headers.into_iter().flatten() {
                    let value = String::from_utf8_lossy(value.as_bytes());
                    written.append_pair(name.as_str(), trimmed(&value));
                }
                return Cow::Owned(written.finish());
            }
        })
    }

    /// The values of a header with `,` between them.
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.into_iter().flat_map(|headers| headers.get_all(name));
        let values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        values.iter().map(|value| trimmed(value)).collect::<Vec<_>>().join(",")
    }

    /// The parameter of this name, wherever it is.
    pub(super) fn parameter(&self, name: &str, prefix: &str) -> Option<Cow<'m, str>> {
        for text in [self.query, self.form, self.computed] {
            // Only the value that is looked for is taken out of the form's encoding.
            let mut pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            if let Some((_, value)) = pairs.find(|(key, _)| !key.is_empty() && decode(key) == name) {
                return Some(decode(value));
            }
        }
        let value = self.headers?.get(name)?.to_str().ok()?;
        Some(Cow::Borrowed(value.strip_prefix(prefix).unwrap_or(value)))
    }
}

/// Without the white space that HTTP takes off a header (RFC 9110 section 5.5), and line breaks.
fn trimmed(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\r', '\n'])
}
