//! The samples of a vendor's pages: each is read, and written again.

use std::fmt::{Debug, Write as _};

use http::{Request as HttpRequest, Response};

use super::{
    session::SampleSession,
    shown::{show_outcome, show_part},
};
use crate::{
    Format, Limits, Options,
    describe::class::ServerCondition,
    describe::protocol::{Operation, Placement},
    exchange::{
        reply::read_reply,
        reply_headers,
        spelling::spelled,
        typed::{Envelope, ErrorCode as _, Failure as _, Request},
    },
    from_str_with,
    server::{
        incoming::{Incoming, Received},
        receive::receive,
        rejection::Rejection,
    },
    sign::ReplyKeys,
    to_string_with,
    wire::OwnedMessage,
};

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
pub(super) fn printed(operation: &'static Operation, example: PrintedRequest<'_>) -> HttpRequest<Vec<u8>> {
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
pub(super) fn header_lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim()))
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

fn show_refusal(text: &mut String, refused: &Rejection, lacks: &[&str]) {
    let is_missing =
        matches!(refused.condition, ServerCondition::ParameterMissing | ServerCondition::OperationUnknown);
    let missing = refused.parameter.as_deref().filter(|_| is_missing);
    let known = missing.is_some_and(|missing| lacks.contains(&missing));
    assert!(known, "a server refuses the page's own request: {refused}");
    let _ = writeln!(text, "{refused}");
}
