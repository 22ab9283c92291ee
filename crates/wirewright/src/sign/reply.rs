//! What replies are signed with.

use std::{fmt, sync::Arc};

use super::{
    algorithm::Algorithm,
    evaluate::{Known, KnownText},
};
use crate::Secret;

/// What of a reply carries its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplySignature {
    /// The name of the pair, or of the header.
    pub name: &'static str,
    /// Which value it is.
    pub step: usize,
    /// Which of the two it is.
    pub place: ReplyPlace,
}

/// Where a reply carries its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyPlace {
    /// Among the pairs of the reply, which is a query string.
    Pair,
    /// In a header, which can sign any body.
    Header,
}

/// What replies to a request are signed with: the secrets of its client and its session.
///
/// A request to a vendor that signs its replies has it among its [extensions](http::Request::extensions). A response that has it there
/// is taken for the vendor's only if its signature is right; one that does not is never taken. Clients see to that; who sends requests
/// by hand hands it on, as with a [`RequestId`](crate::exchange::RequestId).
#[derive(Clone)]
pub struct ReplyKeys(Arc<Keys>);

#[derive(Default)]
struct Keys {
    client: Vec<(usize, Secret<String>)>,
    session: Vec<(&'static str, Secret<String>)>,
    algorithm: Option<&'static Algorithm>,
    /// Whether any signature will do.
    unchecked: bool,
}

impl ReplyKeys {
    /// Those that are made of these members of the client, and these fields of the session.
    pub(super) fn new(
        known: &dyn Known,
        client: impl Iterator<Item = usize>,
        session: impl Iterator<Item = &'static str>,
        algorithm: Option<&'static Algorithm>,
    ) -> Self {
        let kept = |text: KnownText<'_>| Secret::from(text.text());
        let client = client.filter_map(|member| Some((member, kept(known.client(member)?)))).collect();
        let session = session.filter_map(|field| Some((field, kept(known.session(field)?)))).collect();
        Self(Arc::new(Keys { client, session, algorithm, unchecked: false }))
    }

    /// The same response, of which nobody asks what it is signed with: for the samples of a vendor's page, which are no answer.
    pub fn unchecked<B>(mut response: http::Response<B>) -> http::Response<B> {
        response.extensions_mut().insert(Self(Arc::new(Keys { unchecked: true, ..Keys::default() })));
        response
    }

    /// What is asked for, where a step has several algorithms.
    pub(super) fn algorithm(&self) -> Option<&'static Algorithm> {
        self.0.algorithm
    }

    /// Whether any signature will do.
    pub(super) fn is_unchecked(&self) -> bool {
        self.0.unchecked
    }
}

impl Known for ReplyKeys {
    fn client(&self, member: usize) -> Option<KnownText<'_>> {
        let found = self.0.client.iter().find(|(known, _)| *known == member);
        found.map(|(_, value)| KnownText::new(value.expose().as_str()))
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        let found = self.0.session.iter().find(|(known, _)| *known == field);
        found.map(|(_, value)| KnownText::new(value.expose().as_str()))
    }
}

/// Shows nothing: it holds secrets.
impl fmt::Debug for ReplyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplyKeys").finish_non_exhaustive()
    }
}
