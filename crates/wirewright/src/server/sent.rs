//! A request as it came, as far as signatures cover it.

use std::sync::{Arc, OnceLock};

use http::{HeaderMap, HeaderValue, header};

use crate::{
    describe::class::ServerCondition,
    server::rejection::Rejection,
    sign::{Algorithm, ReplyKeys, TakenApart},
};

/// What a request proves of who sent it: nothing, until its computed values have been read.
#[derive(Clone)]
pub(crate) struct Proof {
    /// What its signatures cover.
    pub(crate) sent: Option<Box<SentMessage>>,
    /// What its computed values tell.
    pub(crate) taken_apart: TakenApart,
    /// Why that is not all: it has not been read, one is there twice, or has another form than it should.
    pub(crate) not_taken_apart: Option<Rejection>,
    /// The algorithms that the server's owner takes signatures by; `None`: those of the definition.
    pub(crate) algorithms: Option<Arc<[&'static Algorithm]>>,
    /// What its reply is signed with, as soon as it is known who sent it.
    pub(crate) reply_keys: OnceLock<ReplyKeys>,
}

impl Proof {
    /// That of a request of which nothing has been read yet.
    pub(crate) const fn none() -> Self {
        Self {
            sent: None,
            taken_apart: TakenApart::NOTHING,
            not_taken_apart: Some(Rejection::new(ServerCondition::SignatureWrong)),
            algorithms: None,
            reply_keys: OnceLock::new(),
        }
    }
}

/// What a signature covers of a request, as it came. What no computed value is made of is not kept.
#[derive(Clone)]
pub(crate) struct SentMessage {
    pub(crate) query: String,
    pub(crate) form: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl SentMessage {
    /// The headers; one that names no host was sent to that of `url`.
    pub(crate) fn headers_of(&self, url: &str) -> HeaderMap {
        let mut headers = self.headers.clone();
        if !headers.contains_key(header::HOST) {
            let behind = url.find("://").map_or(0, |at| at + 3);
            let authority = url.get(behind..).and_then(|rest| rest.split('/').next());
            if let Some(host) = authority.and_then(|host| HeaderValue::from_str(host).ok()) {
                headers.insert(header::HOST, host);
            }
        }
        headers
    }
}
