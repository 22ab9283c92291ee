//! URLs in answers, which lead to the mock and not to the vendor.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use http::{Request as HttpRequest, Uri, header, uri::Authority};
use wirewright::{
    Format, Options, Wire,
    catalog::{Facts, NextCall, Vendor},
    describe::{Operation, ParameterLocation, ParameterSource},
    exchange::Request,
    generated::{Envelope, OpenedEnvelope},
    json, to_string_with,
    wire::Document,
};

/// What stands for the session's parameters in an answer that is kept.
const SESSION: &str = "\u{e000}session\u{e000}";

/// How many origins are kept: requests may name any.
const ORIGINS: usize = 16;

/// Answers whose URLs lead to the mock. They are worked out once for each origin under which it is reached.
#[derive(Debug, Default)]
pub(super) struct Links(Mutex<ByOrigin>);

/// By origin, operation and format.
type ByOrigin = HashMap<String, HashMap<(&'static str, Format), Kept>>;

/// An answer in its envelope, in JSON. `None`: it has no URL that leads to the vendor.
type Kept = Option<Arc<str>>;

impl Links {
    fn lock<T>(&self, work: impl FnOnce(&mut ByOrigin) -> T) -> T {
        // What is kept can be worked out again: a panic elsewhere leaves nothing half done that counts.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where an answer is given.
#[derive(Clone, Copy)]
pub(super) struct Site<'s> {
    pub(super) vendor: &'static Vendor,
    pub(super) links: &'s Links,
    /// Scheme and host under which the mock is reached.
    pub(super) origin: &'s str,
    pub(super) operation: &'static Operation,
    /// What the definition tells of it.
    pub(super) facts: &'static Facts,
}

impl Site<'_> {
    /// The answer of `R` with URLs that lead here; `None` where it can be given as it is printed. Calls at those URLs are of the
    /// session that carries `session`, form-urlencoded.
    pub(super) fn answer<R: Request>(
        self,
        format: Format,
        session: &str,
        printed: impl FnOnce() -> Option<R::Answer>,
    ) -> Option<R::Answer> {
        let (origin, key) = (self.origin, (R::OPERATION.name, format));
        let known = self.links.lock(|links| links.get(origin).and_then(|kept| kept.get(&key)).cloned());
        let kept = known.unwrap_or_else(|| {
            let kept: Kept = printed().and_then(|answer| self.led::<R>(answer)).map(Arc::from);
            self.links.lock(|links| {
                if links.len() >= ORIGINS && !links.contains_key(origin) {
                    links.clear();
                }
                links.entry(origin.to_owned()).or_default().insert(key, kept.clone());
            });
            kept
        })?;
        let text = if session.is_empty() {
            kept.replace(&format!("{SESSION}&"), "").replace(&format!("?{SESSION}"), "")
        } else {
            kept.replace(SESSION, session)
        };
        match json::from_str::<R::Envelope>(&text).ok()?.open() {
            OpenedEnvelope::Success(answer) => Some(answer),
            _ => None,
        }
    }

    /// What its replies say of next calls.
    pub(super) fn next_calls(self) -> impl Iterator<Item = &'static NextCall> {
        self.vendor.next_calls.iter().filter(move |next| next.told_by == self.operation.name)
    }

    /// What the URL of a next call has of a session that carries all this, form-urlencoded.
    pub(super) fn in_url(self, session: &str) -> String {
        let next = self.next_calls().filter_map(|next| self.vendor.operation(next.operation));
        let names: Vec<&str> = next.flat_map(|(operation, _)| carried(operation)).collect();
        let pairs = session.split('&').filter(|pair| names.contains(&name(pair)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// An answer in its envelope with URLs that lead here. `None`: there is nothing to change.
    fn led<R: Request>(self, answer: R::Answer) -> Option<String> {
        let text =
            to_string_with(Format::Json, &R::Envelope::seal(answer, R::OPERATION), &Options::new()).ok()?;
        let Members { mut all } = json::from_str(&text).ok()?;
        // A member of the same name that stands deeper is another one.
        let own: Vec<_> = self.next_calls().filter_map(|next| Some((next, depth(next.url, &all)?))).collect();
        if !self.lead("", &mut all, 0, &own) {
            return None;
        }
        json::to_string(&Members { all }).ok()
    }

    /// Changes the URLs in `value`, which is under `name`, inside so many others. `false`: there are none.
    fn lead(
        self,
        name: &str,
        value: &mut Document,
        depth: usize,
        own: &[(&'static NextCall, usize)],
    ) -> bool {
        match value {
            Document::Record(members) => members
                .iter_mut()
                .fold(false, |changed, (name, member)| self.lead(name, member, depth + 1, own) | changed),
            Document::List(items) => {
                items.iter_mut().fold(false, |changed, item| self.lead(name, item, depth, own) | changed)
            }
            Document::Text(text) => {
                let next = own.iter().find(|(next, at)| next.url == name && *at == depth);
                let url = next.map_or_else(|| self.own(text), |(next, _)| self.next(next, text));
                url.map(|url| *text = url).is_some()
            }
            _ => false,
        }
    }

    /// A URL of one of the vendor's own endpoints, here.
    fn own(self, text: &str) -> Option<String> {
        let (_, behind) = split(text)?;
        let is_own = self.vendor.operations.iter().any(|operation| is_at(text, operation.endpoint()));
        is_own.then(|| format!("{}{behind}", self.origin))
    }

    /// The URL of the next call, here. One without scheme and host leads here anyway.
    fn next(self, next: &NextCall, text: &str) -> Option<String> {
        let (operation, _) = self.vendor.operation(next.operation)?;
        if text.trim().is_empty() || text.starts_with(['/', '?']) {
            return None;
        }
        let uri = text.parse::<Uri>().ok().filter(|uri| uri.scheme().is_some());
        let path = uri.as_ref().map(Uri::path);
        let path = path.filter(|path| self.vendor.operations.iter().any(|operation| operation.path == *path));
        let query = uri.as_ref().and_then(Uri::query).unwrap_or_default();
        let carried = carried(operation);
        let others = query.split('&').filter(|pair| !pair.is_empty() && !carried.contains(&name(pair)));
        let mut url = format!("{}{}?{SESSION}", self.origin, path.unwrap_or(operation.path));
        others.for_each(|pair| url.extend(["&", pair]));
        Some(url)
    }
}

/// The names of what calls of this operation carry of a session in their URL.
fn carried(operation: &Operation) -> Vec<&'static str> {
    let parameters = operation.protocol.parameters.iter();
    let carried = parameters.filter(|one| {
        one.source == ParameterSource::Session
            && one.location == ParameterLocation::Parameters
            && one.goes_with(operation)
            && operation.sessions.iter().any(|kind| kind.parameters.contains(&one.name))
    });
    carried.map(|one| one.name).collect()
}

/// Inside how many records a member of this name stands, where it stands least deep.
fn depth(name: &str, value: &Document) -> Option<usize> {
    let own = value.get(name).map(|_| 1);
    let inside = || {
        let members = value.members().filter_map(|(_, member)| depth(name, member));
        members.min().map(|depth| depth + 1)
    };
    own.or_else(inside)
}

/// The name of a form-urlencoded pair.
fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

/// Scheme and host of a URL, and what is behind them.
fn split(text: &str) -> Option<(&str, &str)> {
    let behind = ["https://", "http://"].into_iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })?;
    let host = behind.find(['/', '?', '#']).unwrap_or(behind.len());
    Some(text.split_at(text.len() - behind.len() + host))
}

/// Whether a URL is at an endpoint. Pages print `http` where calls are made with `https`; an endpoint may have the names of
/// parameters in braces, which stand for any text without a dot.
fn is_at(url: &str, endpoint: &str) -> bool {
    let host = |url| split(url).and_then(|(origin, _)| origin.split_once("://")).map(|(_, host)| host);
    let (Some(called), Some(own)) = (host(url), host(endpoint)) else { return false };
    let (mut called, mut own) = (called.split('.'), own.split('.'));
    loop {
        match (called.next(), own.next()) {
            (None, None) => return true,
            (Some(label), Some(own)) if own.contains('{') || label.eq_ignore_ascii_case(own) => {}
            _ => return false,
        }
    }
}

/// The members of any object, in their order.
#[derive(Wire)]
struct Members {
    #[wire(rest)]
    all: Document,
}

/// Scheme and host under which a request reached the mock, what it says itself, or else those of `origin`, and the path of `origin`.
pub(super) fn origin<'o>(request: &HttpRequest<Vec<u8>>, origin: &'o str) -> Cow<'o, str> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.filter(|host| host.parse::<Authority>().is_ok() && !host.contains('@'));
    let Some((scheme, own)) = origin.split_once("://") else { return Cow::Borrowed(origin) };
    let (own, path) = own.split_at(own.find('/').unwrap_or(own.len()));
    match host {
        Some(host) if host != own => Cow::Owned(format!("{scheme}://{host}{path}")),
        _ => Cow::Borrowed(origin),
    }
}
