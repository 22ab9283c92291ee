//! The ID of a request: given or made, sent, and held against the one that its reply echoes.

use std::{fmt, sync::Arc};

use http::Extensions;

use crate::{
    transport::environment::hex,
    wire::{Encoder, Record, Shape, Value},
};

/// The ID that a request carries, where the vendor has a parameter for it that replies echo. It is the caller's own, or one that
/// was made for this try of the call. It is no secret: logs may show it.
///
/// A request that was written has it among its [extensions](http::Request::extensions). A response that has one there is read as
/// the reply to that request: [`read_reply`](crate::exchange::read_reply) takes none that echoes another ID. Clients see to both; who sends
/// requests by hand hands it on:
///
/// ```
/// use wirewright::exchange::RequestId;
///
/// fn hand_on<A, B>(request: &http::Request<A>, response: &mut http::Response<B>) {
///     if let Some(id) = RequestId::of(request) {
///         response.extensions_mut().insert(id.clone());
///     }
/// }
///
/// let mut request = http::Request::new(());
/// let mut response = http::Response::new(());
/// hand_on(&request, &mut response);
/// assert!(response.extensions().is_empty());
///
/// request.extensions_mut().insert(RequestId::from("r-1"));
/// hand_on(&request, &mut response);
/// assert_eq!(response.extensions().get::<RequestId>().map(RequestId::as_str), Some("r-1"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The ID of a request, if it has one.
    pub fn of<B>(request: &http::Request<B>) -> Option<&Self> {
        request.extensions().get()
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The caller's own, which is this member of the call's options.
    pub(crate) fn given(options: &dyn Record, member: usize) -> Option<Self> {
        let mut given = Given { member, id: None };
        options.encode_fields(&mut given);
        given.id
    }

    /// One of 16 random bytes that nobody has used yet: 32 digits and small letters, safe in URLs.
    pub(crate) fn made(random: [u8; 16]) -> Self {
        hex(&random).as_str().into()
    }

    /// The one that a URL has among its parameters.
    pub(crate) fn among(parameters: &str, name: &str) -> Option<Self> {
        let mut pairs = form_urlencoded::parse(parameters.as_bytes());
        pairs.find(|(sent, _)| sent == name).map(|(_, id)| (&*id).into())
    }

    /// Makes of a response the reply to the request with this ID, or to one without.
    pub(crate) fn expect(id: Option<&Self>, extensions: &mut Extensions) {
        match id {
            Some(id) => drop(extensions.insert(id.clone())),
            None => drop(extensions.remove::<Self>()),
        }
    }

    /// What came back instead of it, if that is another ID. A vendor may well echo none.
    pub fn another(&self, echoed: Option<&str>) -> Option<String> {
        echoed.filter(|echoed| !echoed.is_empty() && *echoed != self.as_str()).map(str::to_owned)
    }
}

impl From<&str> for RequestId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestId").field(&self.as_str()).finish()
    }
}

/// Looks for the ID among the call's options.
struct Given {
    member: usize,
    id: Option<RequestId>,
}

impl Encoder for Given {
    fn record(&mut self, _shape: &'static Shape, values: &[Value<'_>]) {
        if let Some(Value::Str(id)) = values.get(self.member) {
            self.id = Some((*id).into());
        }
    }
}
