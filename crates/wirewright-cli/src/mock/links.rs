//! URLs in answers, which lead to the mock and not to the vendor.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use http::{Request, Uri, header, uri::Authority};
use wirewright::{
    Format,
    catalog::{NextCall, Vendor},
    describe::{Operation, ParameterLocation, ParameterSource},
};
use wirewright_interpret::{Answer, Enveloped};

/// What stands for the session's parameters in an answer that is kept.
const SESSION: &str = "\u{e000}session\u{e000}";

/// How many origins are kept: requests may name any.
const ORIGINS: usize = 16;

/// Answers whose URLs lead to the mock. They are worked out once for each origin under which it is reached.
#[derive(Debug, Default)]
pub(super) struct Links(Mutex<ByOrigin>);

/// By origin, operation and format.
type ByOrigin = HashMap<String, HashMap<(&'static str, Format), Kept>>;

/// An answer. `None`: it has no URL that leads to the vendor.
type Kept = Option<Arc<Enveloped>>;

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
}

impl Site<'_> {
    /// An answer with URLs that lead here. Calls at those URLs are of the session that carries `session`, form-urlencoded.
    pub(super) fn answer(self, format: Format, session: &str, printed: impl FnOnce() -> Answer) -> Answer {
        let (origin, key) = (self.origin, (self.operation.name, format));
        let known = self.links.lock(|links| links.get(origin).and_then(|kept| kept.get(&key)).cloned());
        let kept = match known {
            // It can be given as it is printed.
            Some(None) => return printed(),
            Some(Some(kept)) => kept,
            None => {
                let mut answer = match printed() {
                    Answer::Enveloped(answer) => answer,
                    other => return other,
                };
                let kept = self.lead(&mut answer).then(|| Arc::new(answer.clone()));
                self.links.lock(|links| {
                    if links.len() >= ORIGINS && !links.contains_key(origin) {
                        links.clear();
                    }
                    links.entry(origin.to_owned()).or_default().insert(key, kept.clone());
                });
                match kept {
                    Some(kept) => kept,
                    None => return Answer::Enveloped(answer),
                }
            }
        };
        let mut answer = Enveloped::clone(&kept);
        answer.each_text(&mut |_, _, text| {
            if text.contains(SESSION) {
                *text = if session.is_empty() {
                    text.replace(&format!("{SESSION}&"), "").replace(&format!("?{SESSION}"), "")
                } else {
                    text.replace(SESSION, session)
                };
            }
        });
        Answer::Enveloped(answer)
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

    /// Makes URLs lead here. `false`: there are none to change.
    fn lead(self, answer: &mut Enveloped) -> bool {
        // A member of the same name that is deeper is another one.
        let mut own: Vec<(&NextCall, Option<usize>)> = self.next_calls().map(|next| (next, None)).collect();
        answer.each_text(&mut |name, depth, _| {
            for (_, least) in own.iter_mut().filter(|(next, _)| next.url == name) {
                *least = Some(least.map_or(depth, |least: usize| least.min(depth)));
            }
        });
        let mut changed = false;
        answer.each_text(&mut |name, depth, text| {
            let next = own.iter().find(|(next, least)| next.url == name && *least == Some(depth));
            let url = next.map_or_else(|| self.own(text), |(next, _)| self.next(next, text));
            if let Some(url) = url {
                *text = url;
                changed = true;
            }
        });
        changed
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
    // What an endpoint has in front of every path is none of its host.
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

/// Scheme and host under which a request reached the mock, what it says itself, or else those of `origin`, and the path of `origin`.
pub(super) fn origin<'o>(request: &Request<Vec<u8>>, origin: &'o str) -> Cow<'o, str> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.filter(|host| host.parse::<Authority>().is_ok() && !host.contains('@'));
    let Some((scheme, own)) = origin.split_once("://") else { return Cow::Borrowed(origin) };
    let (own, path) = own.split_at(own.find('/').unwrap_or(own.len()));
    match host {
        Some(host) if host != own => Cow::Owned(format!("{scheme}://{host}{path}")),
        _ => Cow::Borrowed(origin),
    }
}
