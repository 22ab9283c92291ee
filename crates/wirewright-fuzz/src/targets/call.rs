//! Both sides of a call: any bytes as a request, and as a response.

use std::{collections::BTreeMap, fmt::Debug};

use http::Method;
use http::{HeaderMap, StatusCode};
use wirewright::{
    Format, Limits, Options, Wire,
    client::Config,
    describe::{Content, ParameterLocation, ParameterSource, ReplyHeader},
    exchange::{
        CallContext, Error, ErrorCode as _, Failure as _, Request, SessionContext, read_reply, write_request,
    },
    from_str_with,
    generated::{Envelope, OpenedEnvelope, write_answer, write_failure},
    server::{Incoming, Received, Rejection, Secrets, receive},
    testing::{Sample, sample, sample_client},
    to_string_with,
    wire::OwnedMessage,
};

use super::message::add;
use crate::{
    Outcome, check,
    corpus::{Kind, texts},
    vendors::{self, Visit},
};

/// Where clients reach the server.
const ORIGIN: &str = "https://api.example";

/// The first line is a method and a URL, and the rest a body: received by every vendor's server side, and read by every type.
pub fn request(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let body = lines.next().unwrap_or_default();
    let mut words = first.splitn(2, |byte| *byte == b' ');
    let method = words.next().unwrap_or_default();
    let uri = words.next().unwrap_or_default();
    let mut request = http::Request::builder().method(method).uri(uri);
    // A body that begins as one of `multipart/form-data` does is one, with that boundary.
    let line = body.split(|byte| *byte == b'\r').next().unwrap_or_default();
    if let Some(boundary) = line.strip_prefix(b"--") {
        let content_type = [b"multipart/form-data; boundary=", boundary].concat();
        request = request.header(http::header::CONTENT_TYPE, content_type);
    }
    let Ok(request) = request.body(body.to_vec()) else {
        outcome.refuse("no request");
        return outcome;
    };
    for operations in vendors::operations() {
        match receive(operations, ORIGIN, &request, &Limits::new()) {
            Ok(incoming) => {
                outcome.take(incoming.operation().name);
                read(&mut outcome, &incoming, true);
            }
            Err((refused, incoming)) => {
                outcome.refuse((refused.condition, &refused.parameter));
                if let Some(incoming) = &incoming {
                    read(&mut outcome, incoming, false);
                }
            }
        }
    }
    outcome
}

/// `taken` says that the request is one of the operation's, with which a handler would get to work.
fn read(outcome: &mut Outcome, incoming: &Incoming, taken: bool) {
    assert!(!format!("{incoming:?}").is_empty());
    let operation = incoming.operation();
    if operation.signed && (!operation.signature_optional || has_signature(incoming)) {
        for kind in operation.sessions.iter().filter(|kind| kind.keyed) {
            let nobody = Secrets::none().of_session(kind, &["a key that signed nothing"]);
            assert!(incoming.verify(&nobody).is_err(), "a signature by nobody is taken");
        }
    }
    vendors::each(&mut Requests { outcome, incoming, taken });
}

/// Every parameter of a request.
#[derive(Wire)]
struct Parameters {
    #[wire(flatten)]
    all: BTreeMap<String, Vec<String>>,
}

/// Whether a signature came with a request.
fn has_signature(incoming: &Incoming) -> bool {
    let mut parameters = incoming.operation().protocol.parameters.iter();
    let name =
        parameters.find(|each| matches!(each.source, ParameterSource::Computed(_))).map(|each| each.name);
    let given = incoming.read::<Parameters>();
    name.is_some_and(|name| given.is_ok_and(|given| given.all.contains_key(name)))
}

struct Requests<'a> {
    outcome: &'a mut Outcome,
    incoming: &'a Incoming,
    taken: bool,
}

impl Visit for Requests<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        let incoming = self.incoming;
        if incoming.operation().name != R::OPERATION.name
            || incoming.operation().protocol.title != R::OPERATION.protocol.title
        {
            return;
        }
        let request = incoming.read_request::<R>();
        // Parameters and the body's members together are in no single format.
        if let Content::Parameters = R::OPERATION.content {
            part(&request);
        }
        let client = part(&incoming.read_client::<C>());
        let options = part(&incoming.read_options::<O>());
        part(&incoming.read::<S>());
        let received = Received::<R, C, O>::new(incoming);
        assert_eq!(
            request.is_ok() && client && options,
            received.is_ok(),
            "parts that are read one by one are read together, and no others"
        );
        match &received {
            Ok(_) => self.outcome.take("parts"),
            Err(refused) => {
                self.outcome.refuse((refused.condition, &refused.parameter));
                // The client of whom the call was refused must be able to understand it.
                let response = write_failure::<R::FailedEnvelope>(incoming, refused.failure());
                let answer = read_reply::<R>(response, incoming.format(), &Limits::new());
                let Err(Error::Vendor(error)) = answer else { panic!("a refusal is read as {answer:?}") };
                assert!(!error.to_string().chars().any(char::is_control), "more than a line: {error}");
            }
        }
        if !self.taken {
            return;
        }
        let answer: OpenedEnvelope<R::Answer, R::Failure> =
            sample::<R::Envelope>(Sample::Full).succeed().open();
        match answer {
            OpenedEnvelope::Success(answer) => {
                let response = write_answer::<R::Envelope>(incoming, answer);
                // A sample's text is no cookie, and what cannot be written is said to be so.
                let cookies = |one: &ReplyHeader| one.location == ParameterLocation::Cookies;
                let expected = if R::OPERATION.reply_headers.iter().any(cookies) {
                    StatusCode::INTERNAL_SERVER_ERROR.as_u16()
                } else {
                    R::OPERATION.success
                };
                assert_eq!(response.status(), expected);
            }
            other => assert!(R::RAW.is_some(), "an envelope that succeeded is {other:?}"),
        }
    }
}

/// Whether the parameters of one kind were read; what is read is written and read back equal.
fn part<T: OwnedMessage + PartialEq + Debug>(part: &Result<T, Rejection>) -> bool {
    if let Ok(part) = part {
        check::round_trip(Format::Query, part, &Options::new().with_strict(true));
    }
    part.is_ok()
}

/// Requests as they are sent, and as the vendors' pages print them.
pub(super) fn request_corpus() -> Vec<Vec<u8>> {
    let mut corpus = Vec::new();
    for text in texts(Kind::Request) {
        for operation in vendors::operations().flatten() {
            corpus.push([b"GET ", operation.path.as_bytes(), b"?", &text].concat());
            corpus.push([b"POST ", operation.path.as_bytes(), b"\n", &text].concat());
        }
    }
    vendors::each(&mut Sent(&mut corpus));
    corpus
}

struct Sent<'a>(&'a mut Vec<Vec<u8>>);

impl Visit for Sent<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        for kind in [Sample::Full, Sample::Minimal] {
            for method in [Method::GET, Method::POST] {
                let settings = Config::new().with_method(method);
                let (client, options, session): (C, O, S) =
                    (sample_client(R::OPERATION.protocol, kind), sample(kind), sample(kind));
                let fields = [wirewright::Secret::from("a key")];
                let session = R::OPERATION.sessions.first().map(|kind| SessionContext {
                    kind,
                    parameters: &session,
                    fields: &fields,
                });
                let context =
                    CallContext { client: &client, options: &options, session, ..settings.context() };
                let Ok(sent) = write_request(R::OPERATION, &sample::<R>(kind), &context) else { continue };
                let path = sent.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
                let line = format!("{} {path}\n", sent.method());
                self.0.push([line.as_bytes(), sent.body()].concat());
            }
        }
    }
}

/// Reads the bytes as the body of every operation's response, in every format and with several statuses.
pub fn reply(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    vendors::each(&mut Replies { outcome: &mut outcome, data });
    outcome
}

struct Replies<'a> {
    outcome: &'a mut Outcome,
    data: &'a [u8],
}

impl Visit for Replies<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        for status in [StatusCode::OK, StatusCode::BAD_GATEWAY] {
            let mut response = http::Response::new(self.data.to_vec());
            *response.status_mut() = status;
            *response.headers_mut() = HeaderMap::new();
            let asked = R::OPERATION.formats.first().copied().unwrap_or(Format::Xml);
            let result = read_reply::<R>(response, asked, &Limits::new());
            if let Err(error) = &result {
                let shown = error.to_string();
                assert!(!shown.is_empty() && !shown.contains('\n'), "more than a line: {shown:?}");
            }
            match result {
                Ok(answer) => {
                    assert!(status.is_success());
                    self.outcome.take("answer");
                    for format in R::OPERATION.formats {
                        rewritten(*format, &R::Envelope::seal(answer.clone(), R::OPERATION));
                    }
                }
                Err(Error::Vendor(error)) => {
                    self.outcome.take(error.failure.code().class().to_string());
                    for format in R::OPERATION.formats {
                        rewritten(
                            *format,
                            &R::FailedEnvelope::refuse(error.failure.clone(), R::OPERATION.path),
                        );
                    }
                }
                Err(Error::Decode(error)) => {
                    assert_eq!(error.body.expose(), self.data, "the body is kept");
                    if status.is_success() && error.error.format() != Format::Json {
                        check::decode_error(&error.error, self.data);
                    }
                    self.outcome.error(&error.error);
                }
                Err(Error::Http(error)) => {
                    assert_eq!(error.body.expose(), self.data, "the body is kept");
                    self.outcome.refuse(error.reason);
                }
                Err(error) => panic!("a reply was read and {error}"),
            }
        }
    }
}

/// The text of a message, unless it has characters that XML cannot carry, or what a query string would lose.
fn written<T: OwnedMessage>(format: Format, message: &T) -> Option<String> {
    match to_string_with(format, message, &Options::new()) {
        Ok(text) => Some(text),
        Err(error) => {
            let carried = matches!(
                error.kind(),
                wirewright::EncodeErrorKind::Character
                    | wirewright::EncodeErrorKind::Name
                    | wirewright::EncodeErrorKind::Empty
                    // A structure that nobody described, under a name such as `@attr`: in XML that is an attribute's.
                    | wirewright::EncodeErrorKind::Misplaced
            );
            assert!(carried, "what was read cannot be written: {error}");
            None
        }
    }
}

/// What was read in one format can be written in any, and read again. That may have changed what nobody described: a number that
/// came by JSON is a text after XML, elements of one name are together after a query string, and data of which nothing is there
/// is no data. From there on nothing changes.
fn rewritten<T: OwnedMessage + PartialEq + Debug>(format: Format, envelope: &T) {
    let read = |text: &str| match from_str_with::<T>(format, text, &Options::new()) {
        Ok(envelope) => envelope,
        Err(error) => panic!("{error}: {text}"),
    };
    let Some(text) = written(format, envelope) else { return };
    let once = read(&text);
    let Some(text) = written(format, &once) else {
        panic!("what was written once is not written again: {text}")
    };
    let twice = read(&text);
    assert!(twice == once, "{once:?}\n{twice:?}\n{text}");
}

/// Replies as the vendors' pages print them, samples, and what else a server may answer.
pub(super) fn reply_corpus() -> Vec<Vec<u8>> {
    let mut corpus: Vec<Vec<u8>> =
        check::FORMATS.into_iter().flat_map(|format| texts(Kind::Reply(format))).collect();
    vendors::each(&mut Answers(&mut corpus));
    let others = [
        "",
        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "upstream error",
        "app.onReply({\"response\":{\"statusCode\":200,\"statusText\":\"OK\"}});",
        "statusCode=401&statusText=Authentication+required&statusDetailCode=1014",
        "<out><rc>-3</rc><msg>no session</msg></out>",
    ];
    corpus.extend(others.map(|text| text.as_bytes().to_vec()));
    corpus
}

struct Answers<'a>(&'a mut Vec<Vec<u8>>);

impl Visit for Answers<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        for format in R::OPERATION.formats {
            add::<R::Envelope>(*format, self.0);
        }
    }
}
