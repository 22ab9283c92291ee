//! Whole calls as text, for snapshots: what a request, an answer and a failure are on the wire, and what becomes of them.

use alloc::{
    borrow::ToOwned as _,
    format,
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt::{Debug, Write as _};

use http::{Request as HttpRequest, Response, header};

use super::{Sample, sample};
use crate::{
    Format, Limits, Options, Secret,
    call::{
        self, CallContext, Envelope, ErrorCode as _, Failure as _, Incoming, ParameterSource, Placement,
        Request, Settings, read_reply, receive, write_answer, write_failure, write_request,
    },
    decode, encode,
    wire::OwnedMessage,
};

/// The key that signs sample requests.
const KEY: &str = "sample-key";

/// Everything that an operation sends and receives: its request by every method and in every format, answers and failures in
/// every format, and what is read from each. `C`, `O` and `S` are the client's parameters, the call's options and the session's
/// parameters.
///
/// # Panics
///
/// When a request or reply is not read back as it was written.
pub fn exchange<R, C, O, S>(answer: impl Fn(Sample) -> R::Answer, failure: impl Fn() -> R::Failure) -> String
where
    R: Request + PartialEq + Debug,
    R::Answer: Debug,
    C: OwnedMessage + PartialEq + Debug + Sync,
    O: OwnedMessage + PartialEq + Debug + Sync,
    S: OwnedMessage + PartialEq + Debug + Sync,
{
    let operation = R::OPERATION;
    let mut text = String::new();
    for kind in [Sample::Minimal, Sample::Full] {
        let (request, client, options, session): (R, C, O, S) =
            (sample(kind), sample(kind), sample(kind), sample(kind));
        let key = Secret::from(KEY);
        for method in operation.methods {
            for &format in operation.formats {
                let settings = Settings::new().format(format).verb(method.verb);
                let context = CallContext {
                    client: &client,
                    options: &options,
                    session: operation.session.then_some(&session as _),
                    key: operation.signed.then_some(&key),
                    ..settings.context(operation.protocol.endpoint)
                };
                let sent =
                    write_request(operation, &request, &context).expect("a sample request can be written");
                let _ = writeln!(text, "# request, {}, {}", kind_name(kind), format);
                text.push_str(&show_request(&sent));
                let incoming = receive(&[operation], operation.protocol.endpoint, &sent, &Limits::new())
                    .unwrap_or_else(|(refused, _)| panic!("{} is not received: {refused:?}", operation.name));
                assert_eq!(incoming.read::<R>().expect("the request is read"), request);
                assert_eq!(incoming.read::<C>().expect("the client's parameters are read"), client);
                assert_eq!(incoming.read::<O>().expect("the options are read"), options);
                if operation.session {
                    assert_eq!(incoming.read::<S>().expect("the session's parameters are read"), session);
                }
                incoming.verify(KEY).expect("the signature is right");
                text.push('\n');
            }
        }
    }
    let callback = operation.protocol.parameters.iter().any(|each| each.source == ParameterSource::Callback);
    if callback && operation.formats.contains(&Format::Json) {
        let incoming = incoming::<R, C, O, S>(&Settings::new().callback("app.onReply"));
        text.push_str("# answer, everything, JSONP\n");
        let response = write_answer::<R::Envelope>(&incoming, answer(Sample::Full));
        text.push_str(&show_reply::<R>(response, Format::Json));
    }
    for &format in operation.formats {
        let incoming = incoming::<R, C, O, S>(&Settings::new().format(format));
        for kind in [Sample::Minimal, Sample::Full] {
            let _ = writeln!(text, "# answer, {}, {format}", kind_name(kind));
            let response = write_answer::<R::Envelope>(&incoming, answer(kind));
            text.push_str(&show_reply::<R>(response, format));
        }
        let _ = writeln!(text, "# failure, {format}");
        let response = write_failure::<R::FailedEnvelope>(&incoming, failure());
        text.push_str(&show_reply::<R>(response, format));
    }
    text.trim_end().to_owned()
}

const fn kind_name(kind: Sample) -> &'static str {
    match kind {
        Sample::Minimal => "what is required",
        Sample::Full => "everything",
    }
}

/// A request that was received, sent with these settings.
fn incoming<R, C, O, S>(settings: &Settings) -> Incoming
where
    R: Request,
    C: OwnedMessage + Sync,
    O: OwnedMessage + Sync,
    S: OwnedMessage + Sync,
{
    let operation = R::OPERATION;
    let (request, client, options, session): (R, C, O, S) =
        (sample(Sample::Minimal), sample(Sample::Minimal), sample(Sample::Minimal), sample(Sample::Minimal));
    let key = Secret::from(KEY);
    let context = CallContext {
        client: &client,
        options: &options,
        session: Some(&session),
        key: Some(&key),
        ..settings.context(operation.protocol.endpoint)
    };
    let sent = write_request(operation, &request, &context).expect("a sample request can be written");
    receive(&[operation], operation.protocol.endpoint, &sent, &Limits::new())
        .expect("a sample request is received")
}

fn show_request(request: &HttpRequest<Vec<u8>>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    if let Some(content_type) = request.headers().get(header::CONTENT_TYPE) {
        let _ = writeln!(text, "Content-Type: {}", content_type.to_str().unwrap_or_default());
        let _ = writeln!(text, "\n{}", String::from_utf8_lossy(request.body()));
    }
    text
}

fn show_reply<R: Request>(response: Response<Vec<u8>>, format: Format) -> String
where
    R::Answer: Debug,
{
    let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut text = format!("HTTP {}\n", response.status().as_u16());
    let _ = writeln!(text, "Content-Type: {}", content_type.unwrap_or("none"));
    let _ = writeln!(text, "\n{}\n", String::from_utf8_lossy(response.body()));
    text.push_str(&show_outcome(&read_reply::<R>(response, format, &Limits::new())));
    text.push('\n');
    text
}

fn show_outcome<A: Debug, F: call::Failure>(outcome: &Result<A, call::Error<F>>) -> String {
    match outcome {
        Ok(answer) => format!("{answer:#?}\n"),
        Err(call::Error::Vendor(error)) => format!("{error}\n{:#?}\n", error.failure),
        Err(error) => format!("{error}\n"),
    }
}

/// A request as a vendor's page prints it.
#[derive(Clone, Copy, Debug)]
pub enum ExampleRequest<'a> {
    /// A body of `application/x-www-form-urlencoded`.
    Form(&'a str),
    /// What stands behind the `?` of a URL.
    Query(&'a str),
    /// A whole URL.
    Url(&'a str),
}

/// What a server reads from a page's request, as text. Pages leave parameters out: what is missing is said, not refused.
///
/// # Panics
///
/// When the operation has no method that takes such a request.
pub fn example_request<R, C, O, S>(example: ExampleRequest<'_>) -> String
where
    R: Request + Debug,
    C: OwnedMessage + Debug,
    O: OwnedMessage + Debug,
    S: OwnedMessage + Debug,
{
    let operation = R::OPERATION;
    let form = matches!(example, ExampleRequest::Form(_));
    let placement = if form { Placement::Form } else { Placement::Query };
    let method = operation.methods.iter().find(|method| method.placement == placement);
    let method = method.expect("the operation takes its parameters where the example has them");
    let (url, body) = match example {
        ExampleRequest::Form(form) => (operation.path.to_owned(), form),
        ExampleRequest::Query(query) => (format!("{}?{query}", operation.path), ""),
        ExampleRequest::Url(url) => (url.to_owned(), ""),
    };
    let request = HttpRequest::builder().method(method.verb.as_str()).uri(url).body(body.as_bytes().to_vec());
    let request = request.expect("the example is a request");
    let incoming = match receive(&[operation], operation.protocol.endpoint, &request, &Limits::new()) {
        Ok(incoming) => incoming,
        Err((_, Some(incoming))) => *incoming,
        Err((refused, None)) => panic!("the example is not received: {refused:?}"),
    };
    let mut text = format!("{}\n", operation.name);
    show_part(&mut text, "request", incoming.read::<R>());
    show_part(&mut text, "client", incoming.read::<C>());
    show_part(&mut text, "options", incoming.read::<O>());
    show_part(&mut text, "session", incoming.read::<S>());
    text.trim_end().to_owned()
}

fn show_part<T: OwnedMessage + Debug>(text: &mut String, name: &str, part: Result<T, call::Refused>) {
    if T::SHAPE.members.is_empty() {
        return;
    }
    let _ = match part {
        Ok(part) => writeln!(text, "{name}: {part:#?}"),
        Err(refused) => writeln!(text, "{name}: {refused:?}"),
    };
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
    let operation = R::OPERATION;
    let read = || read_reply::<R>(Response::new(reply.as_bytes().to_vec()), format, &Limits::new());
    let outcome = read();
    let mut text = show_outcome(&outcome);
    let write = |format| {
        let nested = operation.protocol.format(format).map_or(".", |format| format.nested);
        let options = Options::new().with_nested(nested);
        match (&outcome, expected) {
            (Ok(answer), Expected::Answer) => {
                let envelope = R::Envelope::seal(answer.clone(), operation);
                let text =
                    encode(format, &envelope, &options).expect("an answer that was read can be written");
                let again = decode::<R::Envelope>(format, &text, &options).map(Envelope::open);
                assert!(matches!(again, Ok(call::Opened::Success(again)) if again == *answer));
                text
            }
            (Err(call::Error::Vendor(error)), Expected::Code(code)) => {
                assert_eq!(error.failure.code().as_wire(), code, "the number of the error decides");
                let envelope = R::FailedEnvelope::refuse(error.failure.clone(), operation);
                encode(format, &envelope, &options).expect("a failure that was read can be written")
            }
            (Err(call::Error::Decode(error)), Expected::Undecodable { line, column }) => {
                assert_eq!((error.error.line(), error.error.column()), (line, column), "{error}");
                String::new()
            }
            (outcome, expected) => panic!("{expected:?} was expected, and it is {outcome:?}"),
        }
    };
    for &format in operation.formats {
        let written = write(format);
        if !written.is_empty() {
            let _ = writeln!(text, "\n# written again, {format}\n{written}");
        }
    }
    text.trim_end().to_string()
}
