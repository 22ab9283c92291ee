//! Scheme, host, port and the path that is in front of every operation's: what calls go to.

use std::{borrow::Cow, fmt};

use http::Uri;

/// Scheme, host and port, and what is in front of every operation's path: what calls go to.
pub(crate) struct Endpoint<'t> {
    pub(crate) scheme: &'static str,
    pub(crate) host: Cow<'t, str>,
    /// With its colon, or empty.
    pub(crate) port: Cow<'t, str>,
    /// What is in front of the path, as in `/music`; empty as a rule.
    pub(crate) base: Cow<'t, str>,
}

/// Whether a path has signs of a path only, RFC 3986 section 3.3: `Uri` lets others pass.
fn is_path(path: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte);
    let escape =
        |rest: &str| rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    path.bytes().all(sign) && path.split('%').skip(1).all(escape)
}

/// Whether each segment of a path leads further down: whoever takes dots for what they are in a URL would call another path than the one
/// that is signed.
fn goes_down(base: &str) -> bool {
    base.split('/').skip(1).all(|segment| !matches!(segment, "" | "." | ".."))
}

impl<'t> Endpoint<'t> {
    /// `None` when there is anything else: user information, a query, a fragment, or a path that leads upwards.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        if let Some(plain) = Self::plain(text) {
            return Some(plain);
        }
        let uri: Uri = text.parse().ok()?;
        // `Uri` drops a fragment without a word.
        let plain = uri.query().is_none() && !text.contains('#');
        let base = uri.path().trim_end_matches('/');
        let endpoint = Endpoint::of(&uri).filter(|_| plain && goes_down(base) && is_path(base))?;
        Some(Endpoint { base: base.into(), ..endpoint }.into_owned())
    }

    /// Whether nothing but a segment of its path is why a text is no endpoint.
    pub(crate) fn leads_elsewhere(text: &str) -> bool {
        let uri = text.parse::<Uri>().ok();
        uri.is_some_and(|uri| {
            let base = uri.path().trim_end_matches('/');
            Endpoint::of(&uri).is_some() && !goes_down(base) && is_path(base)
        })
    }

    /// The usual case, `https://api.example.com:8080`, which needs no parser: each call has one to look at.
    fn plain(text: &'t str) -> Option<Self> {
        let (scheme, authority) = match text.strip_prefix("https://") {
            Some(authority) => ("https", authority),
            None => ("http", text.strip_prefix("http://")?),
        };
        let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        let is_port = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok();
        (is_name && is_port && !host.is_empty()).then(|| Self {
            scheme,
            host: host.into(),
            port: port.into(),
            base: "".into(),
        })
    }

    /// That of a whole URL, whose path is none of it. `None` when it is no such, or has user information.
    pub(crate) fn of(uri: &'t Uri) -> Option<Self> {
        let scheme = match uri.scheme_str()? {
            "https" => "https",
            "http" => "http",
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?;
        let port = uri.authority()?.as_str().strip_prefix(host)?;
        let is_port = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok();
        is_port.then(|| Self { scheme, host: host.into(), port: port.into(), base: "".into() })
    }

    pub(crate) fn into_owned(self) -> Endpoint<'static> {
        let Self { scheme, host, port, base } = self;
        let [host, port, base] = [host, port, base].map(|part| part.into_owned().into());
        Endpoint { scheme, host, port, base }
    }

    /// The URL of a path here. One that a server told may have the base in it already.
    pub(crate) fn url(&self, path: &str) -> String {
        let Self { scheme, host, port, base } = self;
        let base = if self.inside(path).is_some() { "" } else { base };
        [scheme, "://", host, port, base, path].concat()
    }

    /// What of a path is behind the one that is in front of all here; `None` where that is not in front of it.
    pub(crate) fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&*self.base).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether a URL with `other` leads here: it has the same host, scheme and port, or it says `http` where this is `https`, both
    /// with their usual ports.
    pub(crate) fn is_reached_by(&self, other: &Endpoint<'_>) -> bool {
        let same = self.scheme == other.scheme && self.port() == other.port();
        let upgraded = (self.scheme, self.port()) == ("https", Some(443))
            && (other.scheme, other.port()) == ("http", Some(80));
        self.host.eq_ignore_ascii_case(&other.host) && (same || upgraded)
    }

    fn port(&self) -> Option<u16> {
        match self.port.strip_prefix(':') {
            Some(port) => port.parse().ok(),
            None => Some(if self.scheme == "https" { 443 } else { 80 }),
        }
    }
}

/// An endpoint for `Debug`, if it is one: anything else may hold a password, and so may a path.
pub(crate) struct ShownEndpoint<'a>(pub(crate) &'a str);

impl fmt::Debug for ShownEndpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Endpoint::parse(self.0) {
            Some(endpoint) if endpoint.base.is_empty() => fmt::Debug::fmt(self.0, f),
            Some(Endpoint { scheme, host, port, .. }) => write!(f, "\"{scheme}://{host}{port}/…\""),
            None => f.write_str("[not an endpoint]"),
        }
    }
}

pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
