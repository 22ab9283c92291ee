//! Whole calls as text, for snapshots: what a request, an answer and a failure are on the wire, and what becomes of them.

use std::{
    borrow::Cow,
    fmt::{Debug, Write as _},
    time::Duration,
};

use http::{Request as HttpRequest, Response, header};

use super::{Sample, sample};
use crate::{
    Format, Limits, Options, Secret,
    client::config::Config,
    describe::class::ServerCondition,
    describe::protocol::{
        AutoFill, Content, Operation, ParameterLocation, ParameterSource, Placement, Protocol, SessionKind,
    },
    exchange::{
        context::{CallContext, SessionContext},
        placed::placed,
        reply::read_reply,
        reply_headers,
        request::write_request,
        spelling::spelled,
        typed::{Envelope, ErrorCode as _, Failure as _, Request},
    },
    from_str_with,
    server::{
        incoming::{Incoming, Received},
        receive::receive,
        rejection::Rejection,
        respond::{write_answer, write_failure},
        signature::Secrets,
    },
    sign::{self, Algorithm, Known, KnownText, ReplyKeys},
    to_string_with,
    transport::environment::Environment,
    wire::{OwnedMessage, Record},
};

/// The key that signs sample requests.
const KEY: &str = "sample-key";

/// The environment of sample calls: 2008-09-30 15:56:42 UTC, and bytes that count.
struct SampleEnvironment;

impl Environment for SampleEnvironment {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_millis(1_222_790_202_500))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some(std::array::from_fn(|index| u8::try_from(index).unwrap_or_default()))
    }
}

/// A kind of session and the type of its parameters, to try an operation with.
#[derive(Clone, Copy)]
pub struct SampleSession {
    kind: &'static SessionKind,
    sample: fn(Sample) -> Box<dyn Record + Sync>,
    carried: fn(&Incoming) -> Box<dyn Record + Sync>,
    read: fn(&Incoming, Sample),
    show: fn(&mut String, &'static str, &Incoming) -> bool,
}

impl SampleSession {
    /// A session of this kind, whose calls carry `S`.
    pub const fn new<S>(kind: &'static SessionKind) -> Self
    where
        S: OwnedMessage + PartialEq + Debug + Sync + 'static,
    {
        Self {
            kind,
            sample: |kind| Box::new(sample::<S>(kind)),
            carried: carried::<S>,
            read: read_session::<S>,
            show: |text, name, incoming| show_part(text, name, incoming.read::<S>()),
        }
    }

    fn context<'a>(
        &self,
        parameters: &'a (dyn Record + Sync),
        fields: &'a [Secret<String>],
    ) -> SessionContext<'a> {
        SessionContext { kind: self.kind, parameters, fields }
    }

    /// The values of its kind's fields.
    fn fields(&self) -> Vec<Secret<String>> {
        self.kind.fields.iter().map(|_| Secret::from(KEY)).collect()
    }
}

/// What a request carries of its session.
fn carried<S: OwnedMessage + Sync + 'static>(incoming: &Incoming) -> Box<dyn Record + Sync> {
    Box::new(incoming.read::<S>().expect("what the session carries is read"))
}

/// The session's parameters are read as they were written.
fn read_session<S: OwnedMessage + PartialEq + Debug>(incoming: &Incoming, kind: Sample) {
    let read: S = incoming.read().expect("the session's parameters are read");
    assert_eq!(read, sample(kind));
}

/// Everything that an operation sends and receives: its request by every method, in every format and with each of the sessions
/// that it takes, answers and failures in every format, and what is read from each. `C` and `O` are the client's parameters and
/// the call's options.
///
/// # Panics
///
/// When a request, an answer or a failure is not read back as it was written, or the sessions are not those that the operation takes.
pub fn exchange<R, C, O>(
    sessions: &[SampleSession],
    answer: impl Fn(Sample) -> R::Answer,
    failure: impl Fn() -> R::Failure,
) -> String
where
    R: Request + PartialEq + Debug,
    R::Answer: Debug,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
{
    let operation = R::OPERATION;
    let mut text = String::new();
    let formats: Vec<_> = operation.formats.iter().copied().map(Some).collect();
    let way = requests::<R, C, O>(&mut text, sessions, &formats);
    let callback = operation.protocol.parameters.iter().any(|each| each.source == ParameterSource::Callback);
    if callback && operation.formats.contains(&Format::Json) {
        let incoming = incoming::<R, C, O>(&Config::new().with_callback("app.onReply"), way);
        text.push_str("# answer, everything, JSONP\n");
        text.push_str(&answered::<R>(&incoming, answer(Sample::Full), Format::Json));
    }
    for &format in operation.formats {
        let incoming = incoming::<R, C, O>(&Config::new().with_format(format), way);
        for kind in [Sample::Minimal, Sample::Full] {
            let _ = writeln!(text, "# answer, {}, {format}", kind_name(kind));
            text.push_str(&answered::<R>(&incoming, answer(kind), format));
        }
        let _ = writeln!(text, "# failure, {format}");
        text.push_str(&refused::<R>(&incoming, failure(), format));
    }
    text.trim_end().to_owned()
}

/// The requests of an operation as text, each received, read, and written again. Gives the first of the ways to call it.
pub(super) fn requests<'s, R, C, O>(
    text: &mut String,
    sessions: &'s [SampleSession],
    formats: &[Option<Format>],
) -> Option<&'s SampleSession>
where
    R: Request + PartialEq + Debug,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
{
    let operation = R::OPERATION;
    let taken: Vec<&str> = operation.sessions.iter().map(|kind| kind.name).collect();
    let given: Vec<&str> = sessions.iter().map(|session| session.kind.name).collect();
    assert_eq!(taken, given, "the sessions that {} takes", operation.name);
    let ways = ways(operation, sessions);
    for kind in [Sample::Minimal, Sample::Full] {
        for way in &ways {
            // Where there is one way to call it, there is nothing to tell apart.
            let way_name = match way {
                _ if ways.len() == 1 => String::new(),
                None => ", without a session".to_owned(),
                Some(session) => format!(", {}", session.kind.name),
            };
            for method in operation.methods {
                for &format in formats {
                    let mut settings = Config::new().with_method(method.method.clone());
                    let _ = write!(text, "# request, {}{way_name}", kind_name(kind));
                    if let Some(format) = format {
                        settings = settings.with_format(format);
                        let _ = write!(text, ", {format}");
                    }
                    text.push('\n');
                    sent::<R, C, O>(text, &settings, kind, *way);
                    text.push('\n');
                }
            }
        }
    }
    ways.first().copied().flatten()
}

/// The sessions that an operation is called with; `None` is none.
fn ways<'s>(operation: &Operation, sessions: &'s [SampleSession]) -> Vec<Option<&'s SampleSession>> {
    let mut ways: Vec<_> = sessions.iter().map(Some).collect();
    if operation.sessionless {
        ways.push(None);
    }
    ways
}

/// One request as text, after it has been received, read, and written again.
fn sent<R, C, O>(text: &mut String, settings: &Config, kind: Sample, way: Option<&SampleSession>)
where
    R: Request + PartialEq + Debug,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
{
    let operation = R::OPERATION;
    let (request, client, options): (R, C, O) = (sample(kind), sample(kind), sample(kind));
    let fields = way.map(SampleSession::fields).unwrap_or_default();
    let parameters = way.map(|way| (way.sample)(kind));
    let context = CallContext {
        client: &client,
        options: &options,
        session: way.zip(parameters.as_deref()).map(|(way, parameters)| way.context(parameters, &fields)),
        environment: Some(&SampleEnvironment),
        request_ids: false,
        ..settings.context()
    };
    let sent = write_request(operation, &request, &context).expect("a sample request can be written");
    let shown = show_request(&sent);
    let incoming = receive(&[operation], operation.endpoint(), &sent, &Limits::new())
        .unwrap_or_else(|(refused, _)| panic!("{} is not received: {refused:?}", operation.name));
    let read: R = incoming.read_request().expect("the request is read");
    if !is_filled(operation) {
        assert_eq!(read, request);
    }
    let sent_by = &client;
    let mut read_client: C = incoming.read_client().expect("the client's parameters are read");
    if operation.protocol.parameters.iter().any(|parameter| parameter.secret) {
        // What no request carries, no server reads.
        read_client = sample(kind);
    }
    let options: O = incoming.read_options().expect("the options are read");
    let fields_of = |way: &SampleSession| -> Vec<&str> { way.kind.fields.iter().map(|_| KEY).collect() };
    let secrets = Secrets::none().of_client(sent_by);
    let sent_in = way.map(fields_of).unwrap_or_default();
    let secrets = way.map_or(secrets, |way| secrets.of_session(way.kind, &sent_in));
    incoming.verify(&secrets).expect("the signature is right");
    if let Some(way) = way {
        (way.read)(&incoming, kind);
    }
    let context = CallContext { client: &read_client, options: &options, ..context };
    let again = write_request(operation, &read, &context).expect("what was read can be written");
    assert_eq!(show_request(&again), shown, "what was read is what was sent");
    text.push_str(&shown);
}

const fn kind_name(kind: Sample) -> &'static str {
    match kind {
        Sample::Minimal => "what is required",
        Sample::Full => "everything",
    }
}

/// A request that was received, sent with these settings.
pub(super) fn incoming<R, C, O>(settings: &Config, way: Option<&SampleSession>) -> Incoming
where
    R: Request,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
{
    let operation = R::OPERATION;
    let kind = Sample::Minimal;
    let (request, client, options): (R, C, O) = (sample(kind), sample(kind), sample(kind));
    let fields = way.map(SampleSession::fields).unwrap_or_default();
    let parameters = way.map(|way| (way.sample)(kind));
    let context = CallContext {
        client: &client,
        options: &options,
        session: way.zip(parameters.as_deref()).map(|(way, parameters)| way.context(parameters, &fields)),
        environment: Some(&SampleEnvironment),
        request_ids: false,
        ..settings.context()
    };
    let sent = write_request(operation, &request, &context).expect("a sample request can be written");
    receive(&[operation], operation.endpoint(), &sent, &Limits::new()).expect("a sample request is received")
}

/// Whether the call fills something in that the caller leaves out.
fn is_filled(operation: &Operation) -> bool {
    let in_common = |source| matches!(source, ParameterSource::AutoFilled { .. });
    !operation.filled.is_empty()
        || operation.protocol.parameters.iter().any(|parameter| in_common(parameter.source))
}

fn show_request(request: &HttpRequest<Vec<u8>>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    let of_body = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    for (name, value) in request.headers().iter().filter(|(name, _)| !of_body.contains(name)) {
        let _ = writeln!(text, "{name}: {}", value.to_str().unwrap_or_default());
    }
    if let Some(content_type) = request.headers().get(header::CONTENT_TYPE) {
        let _ = writeln!(text, "Content-Type: {}", content_type.to_str().unwrap_or_default());
        let _ = writeln!(text, "\n{}", String::from_utf8_lossy(request.body()));
    }
    text
}

/// An answer as it is on the wire, and what is read of it: all that was written.
fn answered<R: Request>(incoming: &Incoming, answer: R::Answer, format: Format) -> String
where
    R::Answer: Debug,
{
    let response = write_answer::<R::Envelope>(incoming, answer);
    let (mut text, body) = (show_response(R::OPERATION, &response), response.body().clone());
    let headers = response.headers().clone();
    let outcome = read_reply::<R>(ReplyKeys::unchecked(response), format, &Limits::new());
    let _ = writeln!(text, "{}", show_outcome(&outcome));
    let read = outcome.unwrap_or_else(|error| panic!("an answer is not read: {error}\n{text}"));
    let again = write_answer::<R::Envelope>(incoming, read);
    assert_eq!(again.headers(), &headers, "what was read is not what was written: {text}");
    assert_eq!(again.body(), &body, "what was read is not what was written: {text}");
    text
}

/// The same for a failure.
fn refused<R: Request>(incoming: &Incoming, failure: R::Failure, format: Format) -> String
where
    R::Answer: Debug,
{
    let code = failure.code().as_wire().map(Cow::into_owned);
    let response = write_failure::<R::FailedEnvelope>(incoming, failure);
    let (mut text, body) = (show_response(R::OPERATION, &response), response.body().clone());
    let outcome = read_reply::<R>(ReplyKeys::unchecked(response), format, &Limits::new());
    let _ = writeln!(text, "{}", show_outcome(&outcome));
    let Err(crate::exchange::error::Error::Vendor(read)) = outcome else {
        panic!("a failure is not read as one: {text}")
    };
    assert_eq!(read.failure.code().as_wire().as_deref(), code.as_deref(), "{text}");
    let again = write_failure::<R::FailedEnvelope>(incoming, read.failure);
    assert_eq!(again.body(), &body, "what was read is not what was written: {text}");
    text
}

fn show_response(operation: &Operation, response: &Response<Vec<u8>>) -> String {
    let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut text = format!("HTTP {}\n", response.status().as_u16());
    let _ = writeln!(text, "Content-Type: {}", content_type.unwrap_or("none"));
    if !operation.reply_headers.is_empty() {
        let usual = [header::CONTENT_TYPE, header::X_CONTENT_TYPE_OPTIONS, header::CACHE_CONTROL];
        for (name, value) in response.headers().iter().filter(|(name, _)| !usual.contains(name)) {
            let _ = writeln!(text, "{name}: {}", value.to_str().unwrap_or_default());
        }
    }
    let _ = writeln!(text, "\n{}\n", String::from_utf8_lossy(response.body()));
    text
}

fn show_outcome<A: Debug, F: crate::exchange::typed::Failure>(
    outcome: &Result<A, crate::exchange::error::Error<F>>,
) -> String {
    match outcome {
        Ok(answer) => format!("{answer:#?}\n"),
        Err(crate::exchange::error::Error::Vendor(error)) => format!("{error}\n{:#?}\n", error.failure),
        Err(error) => format!("{error}\n"),
    }
}

/// A request as a vendor's page prints it.
#[derive(Clone, Copy, Debug)]
pub enum ExampleRequest<'a> {
    /// A body of `application/x-www-form-urlencoded`.
    Form(&'a str),
    /// What is behind the `?` of a URL.
    Query(&'a str),
    /// A whole URL.
    Url(&'a str),
    /// A document that is the body.
    Document {
        /// A whole URL, or the part from `?` on, which may be empty.
        url: &'a str,
        /// The document.
        body: &'a str,
    },
}

impl<'a> ExampleRequest<'a> {
    /// The same with these headers, a line each.
    pub const fn with_headers(self, headers: &'a str) -> PrintedRequest<'a> {
        PrintedRequest { request: self, headers }
    }
}

/// A request as a vendor's page prints it, with its headers.
#[derive(Clone, Copy, Debug)]
pub struct PrintedRequest<'a> {
    request: ExampleRequest<'a>,
    headers: &'a str,
}

impl<'a> From<ExampleRequest<'a>> for PrintedRequest<'a> {
    fn from(request: ExampleRequest<'a>) -> Self {
        request.with_headers("")
    }
}

/// What a server reads from a page's request, as text. A server of these `operations`, which are all of the vendor's, hands it to the
/// operation's handler, or refuses it for the first of the parameters that it `lacks`.
///
/// # Panics
///
/// When a server does not serve it, or serves it though it lacks something.
pub fn example_request<'e, R, C, O>(
    operations: &[&'static Operation],
    sessions: &[SampleSession],
    example: impl Into<PrintedRequest<'e>>,
    lacks: &[&str],
) -> String
where
    R: Request + Debug,
    C: OwnedMessage + Debug,
    O: OwnedMessage + Debug,
{
    let operation = R::OPERATION;
    let request = printed(operation, example.into());
    let mut text = format!("{}\n", operation.name);
    let incoming = match receive(operations, operation.endpoint(), &request, &Limits::new()) {
        Ok(incoming) => {
            served::<R, C, O>(&mut text, &incoming, lacks);
            incoming
        }
        Err((refused, incoming)) => {
            show_refusal(&mut text, &refused, lacks);
            *incoming.expect("the vendor has operations")
        }
    };
    show_part(&mut text, "request", incoming.read_request::<R>());
    show_part(&mut text, "client", incoming.read_client::<C>());
    show_part(&mut text, "options", incoming.read_options::<O>());
    for session in sessions {
        let read = (session.show)(&mut text, session.kind.name, &incoming);
        assert!(
            read || !incoming.claims(session.kind),
            "a session that the request is of cannot be read: {text}"
        );
    }
    text.trim_end().to_owned()
}

/// A page's request as HTTP has it.
fn printed(operation: &'static Operation, example: PrintedRequest<'_>) -> HttpRequest<Vec<u8>> {
    let form = matches!(example.request, ExampleRequest::Form(_));
    let method = operation.methods.iter().find(|method| (method.placement != Placement::Query) == form);
    let method = method.expect("the operation takes its parameters where the example has them");
    let (url, body) = match example.request {
        ExampleRequest::Form(form) => (operation.path.to_owned(), form),
        ExampleRequest::Query("") => (operation.path.to_owned(), ""),
        ExampleRequest::Query(query) => (format!("{}?{query}", operation.path), ""),
        ExampleRequest::Url(url) => (url.to_owned(), ""),
        ExampleRequest::Document { url, body } if url.is_empty() || url.starts_with('?') => {
            (format!("{}{url}", operation.path), body)
        }
        ExampleRequest::Document { url, body } => (url.to_owned(), body),
    };
    let mut request = HttpRequest::builder().method(method.method.as_str()).uri(url);
    for (name, value) in header_lines(example.headers) {
        request = request.header(name, value);
    }
    request.body(body.as_bytes().to_vec()).expect("the example is a request")
}

/// The names and values of headers that are lines.
fn header_lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim()))
}

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
const ALGORITHMS: &[&Algorithm] = &[
    #[cfg(feature = "legacy-hashes")]
    &sign::MD5,
    #[cfg(feature = "legacy-hashes")]
    &sign::SHA1,
    &sign::SHA224,
    &sign::SHA256,
    &sign::SHA384,
    &sign::SHA512,
    #[cfg(feature = "legacy-hashes")]
    &sign::HMAC_MD5,
    #[cfg(feature = "legacy-hashes")]
    &sign::HMAC_SHA1,
    &sign::HMAC_SHA224,
    &sign::HMAC_SHA256,
    &sign::HMAC_SHA384,
    &sign::HMAC_SHA512,
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

/// That the request reaches the handler of its operation: its parameters can be read, and it says which session it is of.
fn served<R, C, O>(text: &mut String, incoming: &Incoming, lacks: &[&str])
where
    R: Request,
    C: OwnedMessage,
    O: OwnedMessage,
{
    let operation = R::OPERATION;
    assert_eq!(incoming.operation().name, operation.name, "the server takes it for another operation's");
    let claimed = operation.sessions.iter().any(|kind| incoming.claims(kind));
    let session = || if claimed { Ok(()) } else { incoming.without_session() };
    match Received::<R, C, O>::new(incoming).and_then(|_| session()) {
        Ok(()) => assert!(lacks.is_empty(), "a server serves it, though it lacks {lacks:?}"),
        Err(refused) => show_refusal(text, &refused, lacks),
    }
}

fn show_refusal(text: &mut String, refused: &Rejection, lacks: &[&str]) {
    let is_missing =
        matches!(refused.condition, ServerCondition::ParameterMissing | ServerCondition::OperationUnknown);
    let missing = refused.parameter.as_deref().filter(|_| is_missing);
    let known = missing.is_some_and(|missing| lacks.contains(&missing));
    assert!(known, "a server refuses the page's own request: {refused}");
    let _ = writeln!(text, "{refused}");
}

/// Whether it could be read.
fn show_part<T: OwnedMessage + Debug>(text: &mut String, name: &str, part: Result<T, Rejection>) -> bool {
    if T::SHAPE.members.is_empty() {
        return true;
    }
    let read = part.is_ok();
    let _ = match part {
        Ok(part) => writeln!(text, "{name}: {part:#?}"),
        Err(refused) => writeln!(text, "{name}: {refused:?}"),
    };
    read
}

/// What a page's reply must be read as.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// A successful answer.
    Answer,
    /// The vendor's refusal with this code.
    Code(&'a str),
    /// The page has it wrong: an error at this place.
    Undecodable {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
}

/// What a client reads from a page's reply, and the same written again in every format of the operation, as text.
///
/// # Panics
///
/// When the reply is not read as `expected`, or is not read back equal.
pub fn example_reply<R: Request>(format: Format, reply: &str, expected: Expected<'_>) -> String
where
    R::Answer: Debug + Clone + PartialEq,
    R::Failure: Clone + PartialEq,
{
    example_reply_with::<R>(format, reply, "", expected)
}

/// As [`example_reply`], of a reply whose `headers` the page shows as well: a line each.
///
/// # Panics
///
/// As [`example_reply`].
pub fn example_reply_with<R: Request>(
    format: Format,
    reply: &str,
    headers: &str,
    expected: Expected<'_>,
) -> String
where
    R::Answer: Debug + Clone + PartialEq,
    R::Failure: Clone + PartialEq,
{
    let operation = R::OPERATION;
    let printed = || {
        let response = header_lines(headers)
            .fold(Response::builder(), |response, (name, value)| response.header(name, value));
        response.body(reply.as_bytes().to_vec()).expect("the example has headers that HTTP has")
    };
    let read = || read_reply::<R>(ReplyKeys::unchecked(printed()), format, &Limits::new());
    let outcome = read();
    let mut text = show_outcome(&outcome);
    let write = |format| {
        let nested = operation.protocol.format(format).map_or(".", |format| format.nested);
        let options = Options::new().with_nested(nested);
        match (&outcome, expected) {
            (Ok(answer), Expected::Answer) => {
                let envelope = R::Envelope::seal(answer.clone(), operation);
                let text = to_string_with(format, &envelope, &options)
                    .expect("an answer that was read can be written");
                let again = from_str_with::<R::Envelope>(format, &text, &options).map(Envelope::open);
                let Ok(crate::exchange::typed::OpenedEnvelope::Success(mut again)) = again else {
                    panic!("what was read is not read again in {format}: {text}");
                };
                if let (Some(read), Some(again)) =
                    (R::Envelope::data(answer), R::Envelope::data_mut(&mut again))
                {
                    reply_headers::copy(read, again);
                }
                assert!(again == *answer, "in {format} it is not the same again: {text}");
                text
            }
            (Err(crate::exchange::error::Error::Vendor(error)), Expected::Code(code)) => {
                let code_read = error.failure.code().as_wire();
                assert_eq!(code_read.as_deref(), Some(code), "the number of the error decides");
                let envelope = {
                    let named = R::FailedEnvelope::ECHOES_NAME;
                    let called = if named { operation.wire_name } else { operation.path };
                    R::FailedEnvelope::refuse(error.failure.clone(), called)
                };
                to_string_with(format, &envelope, &options).expect("a failure that was read can be written")
            }
            (Err(crate::exchange::error::Error::Decode(error)), Expected::Undecodable { line, column }) => {
                assert_eq!((error.error.line(), error.error.column()), (line, column), "{error}");
                String::new()
            }
            (outcome, expected) => panic!("{expected:?} was expected, and it is {outcome:?}"),
        }
    };
    for &format in operation.formats {
        let described = operation.protocol.format(format);
        let written = write(format);
        let written = match described {
            Some(described) => spelled(described, written).expect("a reply that was read can be written"),
            None => written,
        };
        if !written.is_empty() {
            let _ = writeln!(text, "\n# written again, {format}\n{written}");
        }
    }
    text.trim_end().to_string()
}
