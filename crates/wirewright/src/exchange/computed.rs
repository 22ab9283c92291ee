//! Computed values on their way into a request: each is worked out when all that it is made of is there, and put in its place.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, header};
use zeroize::Zeroizing;

use crate::{
    Format, Limits,
    describe::protocol::{
        Content, MethodDescription, Operation, ParameterLocation, Placement, reading_options,
    },
    exchange::{
        additions::{self, Both},
        context::{CallContext, SessionContext},
        host,
        parameters::Parameters,
        request_error::RequestError,
        written::{ComputedPlace, Written, in_charset, joined},
    },
    sign::{Demand, Known, KnownText, Message, NotComputed, ReplyKeys, Signed},
    text::charset::Charset,
    transport::endpoint::Endpoint,
    wire::Record,
};

/// What a client knows beside a request.
pub(crate) struct ClientSide<'c> {
    operation: &'static Operation,
    client: &'c dyn Record,
    session: &'c dyn Fn(&str) -> Option<&'c str>,
}

impl<'c> ClientSide<'c> {
    pub(crate) const fn new(
        operation: &'static Operation,
        client: &'c dyn Record,
        session: &'c dyn Fn(&str) -> Option<&'c str>,
    ) -> Self {
        Self { operation, client, session }
    }
}

impl Known for ClientSide<'_> {
    fn client(&self, member: usize) -> Option<KnownText<'_>> {
        member_text(self.operation, self.client, member).map(KnownText::new)
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        (self.session)(field).map(KnownText::new)
    }
}

/// The text of a record's member; `None` where it has none.
pub(crate) fn member_text(
    operation: &'static Operation,
    record: &dyn Record,
    member: usize,
) -> Option<String> {
    let mut written = Parameters::new(&reading_options(operation, Format::Query, Limits::new()));
    written.member(record, member, "v");
    let text = Zeroizing::new(written.finish().ok()?);
    let value = form_urlencoded::parse(text.as_bytes()).next()?.1;
    Some(value.into_owned())
}

/// Computes the values that a request has places for, in the order in which they need each other, and puts them there.
pub(crate) fn fill_in(
    written: &mut Written,
    operation: &'static Operation,
    context: &CallContext<'_>,
    method: &'static MethodDescription,
    url: &str,
) -> Result<(), RequestError> {
    let session = context.session.filter(|session| operation.takes(session.kind));
    let mut proven = false;
    let Some(computation) = operation.protocol.computation else {
        return signed_at_all(operation, session, proven);
    };
    let field = |name: &str| session.and_then(|session| session.field(name));
    let known = ClientSide::new(operation, context.client, &field);
    let in_form = method.placement != Placement::Query;
    let mut headers = if computation.reads_headers() {
        known_headers(written, operation, context.additions, in_form, url)?
    } else {
        HeaderMap::new()
    };
    let charset = operation.protocol.charset.map_or(Charset::Utf8, Charset::of);
    for (index, described) in computation.parameters().iter().enumerate() {
        let Some(at) = written.computed.iter().position(|place| place.index == index) else { continue };
        let Some(place) = written.computed.get(at).copied() else { continue };
        let demanded = match described.demand {
            Demand::Never => false,
            Demand::Always => true,
            Demand::Signed => operation.signed,
            Demand::Session => {
                if !operation.signed || !session.is_some_and(|session| session.kind.keyed) {
                    continue;
                }
                true
            }
        };
        let body: Cow<'_, [u8]> = match (operation.content, in_form) {
            _ if !computation.reads_body() => Cow::Borrowed(&[]),
            (Content::Document(_), _) => written.parts.document.as_deref().unwrap_or_default().into(),
            (Content::Parameters, true) => {
                in_charset(&written.parameters, &charset)?.as_bytes().to_vec().into()
            }
            _ => Cow::Borrowed(&[]),
        };
        let in_url;
        let (query, form) = if in_form {
            (written.in_url.as_str(), written.parameters.as_str())
        } else if written.in_url.is_empty() {
            (written.parameters.as_str(), "")
        } else {
            in_url = joined([written.in_url.as_str(), written.parameters.as_str()]);
            (in_url.as_str(), "")
        };
        let message = Message {
            method: method.method.as_str(),
            url,
            operation: operation.wire_name,
            query,
            form,
            // What a URL of the vendor's has is spelled as the vendor does.
            serialized: written.in_url.is_empty(),
            headers: Some(&headers),
            body: &body,
            computed: &written.of_computed,
            reply: "",
        };
        let signed = Signed::new(&message, &known).by(context.algorithm).under(context.keys);
        let value = match computation.value(described.step, &signed) {
            Ok(value) => value,
            Err(NotComputed::Missing(..)) if !demanded => continue,
            Err(error) => return Err(not_computed(error, operation, context)),
        };
        proven |= described.demand != Demand::Never;
        put(written, at, place, &Zeroizing::new(value), &mut headers, operation, context)?;
    }
    signed_at_all(operation, session, proven)
}

/// What the reply to a request is signed with, where the vendor signs replies.
pub(crate) fn reply_keys(operation: &'static Operation, context: &CallContext<'_>) -> Option<ReplyKeys> {
    let computation = operation.protocol.computation.filter(|computation| computation.reply().is_some())?;
    let session = context.session.filter(|session| operation.takes(session.kind));
    let field = |name: &str| session.and_then(|session| session.field(name));
    let known = ClientSide::new(operation, context.client, &field);
    Some(computation.reply_keys(&known, context.algorithm))
}

/// A call that should be signed is never sent unsigned, even if the description forgets how.
fn signed_at_all(
    operation: &'static Operation,
    session: Option<SessionContext<'_>>,
    proven: bool,
) -> Result<(), RequestError> {
    if operation.signed && !proven && session.is_some_and(|session| session.kind.keyed) {
        return Err(RequestError::NoKey { operation: operation.name, missing: None });
    }
    Ok(())
}

fn not_computed(
    error: NotComputed,
    operation: &'static Operation,
    context: &CallContext<'_>,
) -> RequestError {
    let operation = operation.name;
    match error {
        NotComputed::Missing(group, name) => RequestError::NoKey { operation, missing: Some((group, name)) },
        NotComputed::Key => RequestError::KeyNotReadable { operation },
        NotComputed::Algorithm => {
            let algorithm = context.algorithm.map_or("", |algorithm| algorithm.name());
            RequestError::AlgorithmNotOffered { operation, algorithm }
        }
    }
}

/// The headers of a request that are known before a transport adds its own.
fn known_headers(
    written: &Written,
    operation: &'static Operation,
    additions: Both<'_>,
    in_form: bool,
    url: &str,
) -> Result<HeaderMap, RequestError> {
    let mut headers = HeaderMap::new();
    let host = url.parse().ok().and_then(|uri| {
        let endpoint = Endpoint::of(&uri)?;
        let usual = if endpoint.scheme == "https" { ":443" } else { ":80" };
        let port = if endpoint.port == usual { "" } else { &endpoint.port };
        HeaderValue::from_str(&[&endpoint.host.to_ascii_lowercase(), port].concat()).ok()
    });
    headers.insert(header::HOST, host.ok_or(RequestError::InvalidEndpoint)?);
    let media_type = match operation.content {
        Content::Document(described) => written.parts.document.as_ref().map(|_| described.media_type),
        Content::Parameters if in_form => Some("application/x-www-form-urlencoded"),
        _ => None,
    };
    if let Some(media_type) = media_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    headers.extend(written.placed.ready().iter().cloned());
    additions::add_headers(additions, &mut headers)?;
    Ok(headers)
}

/// Puts a value in its place.
fn put(
    written: &mut Written,
    at: usize,
    place: ComputedPlace,
    value: &str,
    headers: &mut HeaderMap,
    operation: &'static Operation,
    context: &CallContext<'_>,
) -> Result<(), RequestError> {
    let options = reading_options(operation, Format::Query, Limits::new());
    let name = place.parameter.name;
    let mut pair = Parameters::new(&options);
    pair.pair(name, value);
    let pair = Zeroizing::new(pair.finish().map_err(RequestError::Encode)?);
    let text = match place.parameter.location {
        ParameterLocation::Parameters => &mut written.parameters,
        ParameterLocation::Computed => &mut written.of_computed,
        _ => {
            let before = written.placed.ready().len();
            let other = |other: &str| host::other(other, name, operation, context, &options);
            written.placed.put(place.parameter, &pair, other)?;
            headers.extend(written.placed.ready().iter().skip(before).cloned());
            return Ok(());
        }
    };
    let added = insert(text, place.at, &pair);
    let location = place.parameter.location;
    for (index, other) in written.computed.iter_mut().enumerate() {
        let behind = other.at > place.at || other.at == place.at && index > at;
        if other.parameter.location == location && behind {
            // What was at the very beginning had nothing before it, and no `&` either.
            other.at += if other.at == 0 { pair.len() } else { added };
        }
    }
    Ok(())
}

/// Inserts a pair into a form-urlencoded text, and gives by how much the text has grown.
fn insert(text: &mut String, at: usize, pair: &str) -> usize {
    let before = text.len();
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    *text = joined([head, pair, tail.trim_start_matches('&')]);
    text.len() - before
}
