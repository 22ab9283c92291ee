//! Whole calls as text, for snapshots: what a request, an answer and a failure are on the wire, and what becomes of them.

use std::{
    borrow::Cow,
    fmt::{Debug, Write as _},
    time::Duration,
};

use super::{Sample, client::sample_client, sample};
use super::{
    session::{KEY, SampleSession},
    shown::{show_outcome, show_request, show_response},
};
use crate::{
    Format, Limits,
    client::config::Config,
    describe::protocol::{Operation, ParameterSource},
    exchange::{
        context::CallContext,
        reply::read_reply,
        request::write_request,
        typed::{ErrorCode as _, Failure as _, Request},
    },
    server::{
        incoming::Incoming,
        receive::receive,
        respond::{write_answer, write_failure},
        signature::Secrets,
    },
    sign::ReplyKeys,
    transport::environment::Environment,
    wire::OwnedMessage,
};

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
    let (request, client, options): (R, C, O) =
        (sample(kind), sample_client(R::OPERATION.protocol, kind), sample(kind));
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
        read_client = sample_client(operation.protocol, kind);
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
    let (request, client, options): (R, C, O) =
        (sample(kind), sample_client(R::OPERATION.protocol, kind), sample(kind));
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
