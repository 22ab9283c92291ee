//! The signatures of a page's samples, on both sides.

use std::{fmt::Debug, time::Duration};

use http::{Request as HttpRequest, Response};

use super::{
    examples::{PrintedRequest, printed},
    session::SampleSession,
};
use crate::{
    Format, Limits, Options, Secret,
    client::config::Config,
    describe::protocol::{AutoFill, Content, Operation, ParameterLocation, ParameterSource, Protocol},
    exchange::{
        context::CallContext, placed::placed, reply::read_reply, request::write_request, typed::Request,
    },
    from_str_with,
    server::{receive::receive, signature::Secrets},
    sign::{Algorithm, Known, KnownText},
    to_string_with,
    transport::environment::Environment,
    wire::OwnedMessage,
};

/// What a page's request is signed with.
#[derive(Clone, Copy, Debug)]
pub struct ExampleKeys<'a> {
    keys: &'a [(&'a str, &'a str)],
    clock: Option<Duration>,
    nonce: Option<&'a str>,
}

impl<'a> ExampleKeys<'a> {
    /// The secrets of its client and its session, by the names of parameters and of fields.
    pub const fn new(keys: &'a [(&'a str, &'a str)]) -> Self {
        Self { keys, clock: None, nonce: None }
    }

    /// Made so many seconds after 1970-01-01 00:00:00 UTC: a client's clock says so.
    #[must_use]
    pub const fn at(self, seconds: u64) -> Self {
        Self { clock: Some(Duration::from_secs(seconds)), ..self }
    }

    /// With this nonce, where the request does not say it itself.
    #[must_use]
    pub const fn with_nonce(self, nonce: &'a str) -> Self {
        Self { nonce: Some(nonce), ..self }
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.keys.iter().find(|(known, _)| *known == name).map(|(_, key)| *key)
    }

    /// A record with these as well, instead of what it has by their names, and without those that a client fills in by the clock.
    fn into<T: OwnedMessage>(&self, operation: &Operation, record: &T, more: &[(&str, &str)]) -> T {
        let written = to_string_with(Format::Query, record, &Options::new()).expect("it can be written");
        let by_clock = |name: &str| {
            let mut filled =
                operation.protocol.parameters.iter().filter(|one| one.name == name && self.clock.is_some());
            filled.any(|one| matches!(one.source, ParameterSource::AutoFilled { with, .. } if with != AutoFill::Nonce))
        };
        let pairs = form_urlencoded::parse(written.as_bytes()).into_owned();
        let pairs = pairs.filter(|(name, _)| !by_clock(name) && !more.iter().any(|(given, _)| given == name));
        let all =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).extend_pairs(more).finish();
        from_str_with(Format::Query, &all, &Options::new()).expect("it is read with what was given")
    }
}

/// The time of an example, and nothing random.
impl Environment for ExampleKeys<'_> {
    fn now(&self) -> Option<Duration> {
        self.clock
    }

    fn random(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Checks the signature of a page's request, on both sides: a server that has these keys takes it, and one without them does not; a client
/// with them that sends what the server has read sends the same request.
///
/// # Panics
///
/// When it is signed otherwise, or not at all.
pub fn example_signature<'e, R, C, O>(
    operations: &[&'static Operation],
    sessions: &[SampleSession],
    example: impl Into<PrintedRequest<'e>>,
    keys: &ExampleKeys<'_>,
) where
    R: Request,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
{
    let operation = R::OPERATION;
    let request = printed(operation, example.into());
    let incoming = receive(operations, operation.endpoint(), &request, &Limits::new())
        .unwrap_or_else(|(refused, _)| panic!("the example is not received: {refused:?}"));
    let parameters = operation.protocol.parameters;
    let of_client =
        parameters.iter().filter(|parameter| matches!(parameter.source, ParameterSource::Client(_)));
    let secrets: Vec<_> = of_client.filter_map(|one| Some((one.name, keys.get(one.name)?))).collect();
    let client: C = incoming.read_client().expect("the client's parameters are read");
    let client = keys.into(operation, &client, &secrets);
    let has_all =
        |session: &&SampleSession| session.kind.fields.iter().all(|field| keys.get(field).is_some());
    let signs = sessions.iter().find(has_all);
    let fields: Vec<&str> =
        signs.iter().flat_map(|session| session.kind.fields).filter_map(|field| keys.get(field)).collect();
    let secrets = Secrets::none().of_client(&client);
    let secrets = signs.map_or(secrets, |session| secrets.of_session(session.kind, &fields));
    let signed = incoming.verify(&secrets);
    assert!(signed.is_ok(), "the example is signed otherwise: {signed:?}");
    let nobody = signs.map_or(Secrets::none(), |session| Secrets::none().of_session(session.kind, &[]));
    assert!(incoming.verify(&nobody).is_err(), "the example is not signed");

    let own: R = incoming.read_request().expect("the request is read");
    let options: O = incoming.read_options().expect("the options are read");
    let is_nonce = |source| matches!(source, ParameterSource::AutoFilled { with: AutoFill::Nonce, .. });
    let nonces =
        parameters.iter().filter(|one| one.location == ParameterLocation::Computed && is_nonce(one.source));
    let nonces: Vec<_> = nonces.filter_map(|one| Some((one.name, keys.nonce?))).collect();
    let options = keys.into(operation, &options, &nonces);
    let carried = signs.map(|session| (session.carried)(&incoming));
    let fields: Vec<Secret<String>> = fields.into_iter().map(Secret::from).collect();
    let settings = Config::new().with_method(request.method().clone()).with_format(incoming.format());
    let session = signs.zip(carried.as_deref()).map(|(session, carried)| session.context(carried, &fields));
    let context = CallContext {
        client: &client,
        options: &options,
        session,
        environment: Some(keys),
        request_ids: false,
        ..settings.context()
    };
    let sent = write_request(operation, &own, &context).expect("a client can send the example");
    let (sent, printed) = (comparable(operation, &sent), comparable(operation, &request));
    // Where the definition leaves it to the caller, the page's client has chosen.
    let chosen = |algorithm: &&'static Algorithm| {
        let context = CallContext { algorithm: Some(*algorithm), ..context };
        write_request(operation, &own, &context).is_ok_and(|sent| comparable(operation, &sent) == printed)
    };
    assert!(
        sent == printed || ALGORITHMS.iter().any(chosen),
        "a client sends otherwise:\n{sent:#?}\ninstead of\n{printed:#?}"
    );
}

/// What a caller can choose among.
#[cfg(not(feature = "hashes"))]
const ALGORITHMS: &[&Algorithm] = &[];
#[cfg(feature = "hashes")]
const ALGORITHMS: &[&Algorithm] = &[
    #[cfg(feature = "legacy-hashes")]
    &crate::sign::MD5,
    #[cfg(feature = "legacy-hashes")]
    &crate::sign::SHA1,
    &crate::sign::SHA224,
    &crate::sign::SHA256,
    &crate::sign::SHA384,
    &crate::sign::SHA512,
    #[cfg(feature = "legacy-hashes")]
    &crate::sign::HMAC_MD5,
    #[cfg(feature = "legacy-hashes")]
    &crate::sign::HMAC_SHA1,
    &crate::sign::HMAC_SHA224,
    &crate::sign::HMAC_SHA256,
    &crate::sign::HMAC_SHA384,
    &crate::sign::HMAC_SHA512,
];

/// Checks the signature of a page's reply: a client with these keys takes it, and one with others does not.
///
/// # Panics
///
/// When it is signed otherwise, or not at all.
pub fn example_reply_signature<R: Request>(format: Format, reply: &str, keys: &ExampleKeys<'_>)
where
    R::Answer: Debug,
    R::Failure: Debug,
{
    let protocol = R::OPERATION.protocol;
    let computation = protocol.computation.expect("the vendor signs its replies");
    let read = |keys: &ExampleKeys<'_>| {
        let mut response = Response::new(reply.as_bytes().to_vec());
        response.extensions_mut().insert(computation.reply_keys(&NamedKeys { protocol, keys }, None));
        read_reply::<R>(response, format, &Limits::new())
    };
    let signed = read(keys);
    assert!(signed.is_ok(), "the example is signed otherwise: {signed:?}");
    assert!(read(&ExampleKeys::new(&[])).is_err(), "the example is not signed");
}

/// The keys of an example, by what a definition calls them.
struct NamedKeys<'k> {
    protocol: &'static Protocol,
    keys: &'k ExampleKeys<'k>,
}

impl Known for NamedKeys<'_> {
    fn client(&self, member: usize) -> Option<KnownText<'_>> {
        let mut parameters = self.protocol.parameters.iter();
        let named = parameters.find(|one| one.source == ParameterSource::Client(member))?;
        self.keys.get(named.name).map(KnownText::new)
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        self.keys.get(field).map(KnownText::new)
    }
}

/// What two requests have to have in common: the pairs of query and form, in any order, and the headers that parameters are in.
fn comparable(operation: &'static Operation, request: &HttpRequest<Vec<u8>>) -> Vec<(String, String)> {
    let query = request.uri().query().unwrap_or_default();
    let form: &[u8] = if matches!(operation.content, Content::Parameters) { request.body() } else { b"" };
    let pairs =
        [query.as_bytes(), form].into_iter().flat_map(|text| form_urlencoded::parse(text).into_owned());
    let headers = placed(operation).filter_map(|one| match one.location {
        ParameterLocation::Header { .. } => Some(one.name),
        ParameterLocation::Cookie => Some("cookie"),
        _ => None,
    });
    let headers = headers.flat_map(|name| {
        let values = request.headers().get_all(name).iter();
        values.map(move |value| (name.to_owned(), value.to_str().unwrap_or_default().to_owned()))
    });
    let mut all: Vec<_> = pairs.chain(headers).collect();
    all.sort();
    all
}
