//! A request as a judge has it: texts, whole, with the URL that it is sent to.

use std::{error::Error, ops::Range};

use fastrand::Rng;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use serde_json::{Value, json};

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Wire {
    /// A request that a client has written.
    pub(super) fn of(request: Request<Vec<u8>>) -> Result<Self, Box<dyn Error>> {
        let (parts, body) = request.into_parts();
        let header = |(name, value): (&HeaderName, &HeaderValue)| -> Result<_, Box<dyn Error>> {
            Ok((name.as_str().to_owned(), value.to_str()?.to_owned()))
        };
        Ok(Self {
            method: parts.method.as_str().to_owned(),
            url: parts.uri.to_string(),
            headers: parts.headers.iter().map(header).collect::<Result<_, _>>()?,
            body: String::from_utf8(body)?,
        })
    }

    /// What a judge answered.
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let header = |pair: &Value| Some((text(&pair[0])?, text(&pair[1])?));
        Some(Self {
            method: text(&answer["method"])?,
            url: text(&answer["url"])?,
            headers: answer["headers"].as_array()?.iter().map(header).collect::<Option<_>>()?,
            body: text(&answer["body"])?,
        })
    }

    pub(super) fn json(&self) -> Value {
        json!({ "method": self.method, "url": self.url, "headers": self.headers, "body": self.body })
    }

    /// Scheme, host and port, and what is behind them.
    fn split(&self) -> (&str, &str) {
        let host = self.url.find("://").map_or(0, |at| at + 3);
        let path = self.url[host..].find('/').map_or(self.url.len(), |at| host + at);
        self.url.split_at(path)
    }

    pub(super) fn origin(&self) -> &str {
        self.split().0
    }

    /// The request as a server gets it.
    pub(super) fn received(&self) -> Result<Request<Vec<u8>>, Box<dyn Error>> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
        }
        let (origin, target) = self.split();
        if !headers.contains_key(header::HOST) {
            let host = origin.split_once("://").map_or("", |(_, host)| host);
            headers.insert(header::HOST, HeaderValue::from_str(host)?);
        }
        let mut request = Request::new(self.body.clone().into_bytes());
        *request.method_mut() = Method::from_bytes(self.method.as_bytes())?;
        *request.uri_mut() = target.parse()?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// The same with one letter or digit changed to another one, wherever a signature sees it: behind the host, in the body, or in the
    /// header that is signed; only in the signature, where nothing else is covered. None is changed that is a part of `%41`: that may have
    /// two spellings.
    pub(super) fn changed(&self, random: &mut Rng, only_signature: bool) -> Option<Self> {
        let mut changed = self.clone();
        let start = self.origin().len();
        let mut headers = changed.headers.iter_mut();
        let header = headers.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        // No signature covers the realm, which is the first in its header.
        let behind_realm = |text: &str| {
            let realm = text.strip_prefix("OAuth realm=\"").and_then(|rest| rest.find("\", "));
            realm.map_or(0, |length| "OAuth realm=\"".len() + length)
        };
        let header = header.map(|(_, value)| {
            let start = behind_realm(value);
            (value, start)
        });
        let texts = [Some((&mut changed.url, start)), Some((&mut changed.body, 0)), header];
        let mut places: Vec<(&mut String, Vec<usize>)> = Vec::new();
        for (text, start) in texts.into_iter().flatten() {
            let covered = if only_signature { signature(text) } else { start..text.len() };
            let fit: Vec<usize> = covered.filter(|at| is_itself(text.as_bytes(), *at)).collect();
            if !fit.is_empty() {
                places.push((text, fit));
            }
        }
        if places.is_empty() {
            return None;
        }
        let (text, fit) = places.swap_remove(random.usize(..places.len()));
        let at = fit[random.usize(..fit.len())];
        let mut other = random.alphanumeric();
        while text[at..=at].eq_ignore_ascii_case(other.encode_utf8(&mut [0; 4])) {
            other = random.alphanumeric();
        }
        text.replace_range(at..=at, other.encode_utf8(&mut [0; 4]));
        Some(changed)
    }
}

/// Where the value of `oauth_signature` is.
fn signature(text: &str) -> Range<usize> {
    const NAME: &str = "oauth_signature=";
    let start = text.find(NAME).map_or(text.len(), |at| at + NAME.len());
    let length = text[start..].find(['&', ',']).unwrap_or(text.len() - start);
    start..start + length
}

/// Whether the letter or digit here stands for itself.
fn is_itself(text: &[u8], at: usize) -> bool {
    let is_escaped = text[..at].ends_with(b"%") || text[..at.saturating_sub(1)].ends_with(b"%");
    text[at].is_ascii_alphanumeric() && !is_escaped
}
