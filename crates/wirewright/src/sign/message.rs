//! A message as its signature sees it.

use std::borrow::Cow;

use http::HeaderMap;

use super::{headers, step::PairSource};
use crate::text::form::{decode, name_end, value_end};

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
                let mut together = match all {
                    Cow::Owned(together) => together,
                    Cow::Borrowed(first) => {
                        // Room for all places, so that it does not grow.
                        let places = [self.query, self.form, self.computed, self.reply];
                        let length = places.iter().map(|place| place.len() + 1).sum();
                        let mut together = String::with_capacity(length);
                        together.push_str(first);
                        together
                    }
                };
                together.push('&');
                together.push_str(&more);
                all = Cow::Owned(together);
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
                written.extend_pairs(headers::all(self.headers).map(|header| (header.name, header.value)));
                return Cow::Owned(written.finish());
            }
        })
    }

    /// The values of a header with `,` between them.
    pub(super) fn header(&self, name: &str) -> Cow<'m, str> {
        let mut values = self.headers.into_iter().flat_map(|headers| headers.get_all(name));
        let Some(first) = values.next() else { return Cow::Borrowed("") };
        let mut all = headers::value_of(first.as_bytes());
        for value in values {
            all.to_mut().extend([",", &headers::value_of(value.as_bytes())]);
        }
        all
    }

    /// The parameter of this name, wherever it is.
    pub(super) fn parameter(&self, name: &str, prefix: &str) -> Option<Cow<'m, str>> {
        let found = [self.query, self.form, self.computed].into_iter().find_map(|text| in_form(text, name));
        if found.is_some() {
            return found;
        }
        let value = self.headers?.get(name)?.to_str().ok()?;
        Some(Cow::Borrowed(value.strip_prefix(prefix).unwrap_or(value)))
    }
}

/// The value of this name in a form. Only that value is taken out of the form's encoding, and of the names those that could be it: what is
/// encoded is never shorter than what it stands for.
fn in_form<'f>(form: &'f str, name: &str) -> Option<Cow<'f, str>> {
    let mut start = 0;
    while let Some(rest) = form.get(start..).filter(|rest| !rest.is_empty()) {
        let end = value_end(rest.as_bytes(), 0);
        let (key, value) = rest.get(..end)?.split_at_checked(name_end(rest.as_bytes(), 0).min(end))?;
        if !key.is_empty() && key.len() >= name.len() && decode(key) == name {
            return Some(decode(value.strip_prefix('=').unwrap_or(value)));
        }
        start += end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_looked_through_as_the_url_standard_reads_it() {
        let form = "&=&=x&b&a%62=1&ab==+2%3D&ab=3&%zz=%zz&%C3%A9=%C3&%ff=4&longer+name=5&c=&";
        for name in ["", "a", "ab", "b", "c", "d", "%zz", "é", "\u{fffd}", "longer name", "longer+name"] {
            let mut read = form_urlencoded::parse(form.as_bytes()).filter(|(key, _)| !key.is_empty());
            let value = read.find_map(|(key, value)| (key == name).then_some(value));
            assert_eq!(in_form(form, name), value, "{name}");
        }
    }
}
