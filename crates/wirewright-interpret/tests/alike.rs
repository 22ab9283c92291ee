//! The interpreter and the generated crates are alike beyond what they write: in what they describe, in what they say of errors, and
//! in what they make of requests and replies with something wrong in them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fmt::Debug, path::Path, thread};

use http::{Request as HttpRequest, Response, header};
use support::{
    SampleEnvironment, folders, load,
    mutate::{doubled, mutated},
    vendors::visit,
};
use wirewright::{
    DecodeErrorKind, EncodeError, Format, Limits, Options, Secret,
    client::Config,
    describe::{Class, Content, Operation, Placement, ServerCondition},
    described::{encode_record, spelled},
    exchange::{
        CallContext, Error, ErrorCode, Failure, RawReply, Refusal, Request, SessionContext, read_reply,
        write_request,
    },
    generated::{Envelope, Received, Visitor},
    server::{Incoming, Rejection, receive},
    sign::ReplyKeys,
    testing::{Sample, sample, sample_client},
    wire::{Message, OwnedMessage, Record, Shape},
};
use wirewright_interpret::{Answer, Definition, OperationType};

const CONDITIONS: [ServerCondition; 11] = [
    ServerCondition::ParameterMissing,
    ServerCondition::ParameterInvalid,
    ServerCondition::MethodNotAllowed,
    ServerCondition::MediaTypeWrong,
    ServerCondition::OperationUnknown,
    ServerCondition::SessionUnknown,
    ServerCondition::SessionExpired,
    ServerCondition::SignatureWrong,
    ServerCondition::CredentialsWrong,
    ServerCondition::CredentialsConflicting,
    ServerCondition::Internal,
];

/// Codes that no definition has, or none of which it says much.
const CODES: [&str; 6] = ["", "0", "404", "503", "1234567", "none-such"];

/// Bodies that are no replies, or hardly.
const BODIES: [&str; 9] =
    ["", " ", "{}", "null", "[]", "<x/>", "<html><body>down</body></html>", "a=b", "plain text"];

/// Holds all operations of a generated crate against the definition.
struct Alike<'d> {
    definition: &'d Definition,
    replies: usize,
    requests: usize,
}

/// What a member is like on the wire.
fn table(shape: &'static Shape) -> Vec<String> {
    let member = |member: wirewright::wire::Member| {
        let names = (member.xml(), member.json(), member.query(), member.also(), member.namespace());
        let is = (
            member.place(),
            member.required(),
            member.whole(),
            member.first(),
            member.lone(),
            member.absent(),
            member.required_in_requests(),
        );
        let values = (member.samples(), member.range(), member.boolean(), member.list(), member.map());
        format!("{names:?} {is:?} {values:?}")
    };
    shape.members().map(member).collect()
}

/// All that is said of an operation but for the document that its request carries.
fn described(operation: &Operation) -> String {
    let content = match operation.content {
        Content::Document(body) => {
            let table = table(body.shape);
            format!("{} {} {} {} {table:?}", body.member, body.format, body.declaration, body.media_type)
        }
        other => format!("{other:?}"),
    };
    format!("{:?} {content}", Operation { content: Content::Parameters, ..*operation })
}

/// All that a refusal says.
fn said(refusal: &dyn Refusal) -> String {
    let code = (refusal.code_text(), refusal.is_known(), refusal.class(), refusal.http_status());
    let words = (refusal.description(), refusal.message(), refusal.detail(), refusal.request_id());
    format!("{code:?} {words:?}")
}

/// A key of a map that may have it once is kept once, or refused: of two values none is lost without a word, by neither side.
#[test]
fn a_key_that_comes_twice_is_told() {
    let definition = load(&folders().into_iter().find(|folder| folder.ends_with("course")).unwrap());
    let (mut refused, mut kept) = (0, 0);
    for operation in definition.operations() {
        for &format in operation.described().formats {
            let answer = definition.sample_answer(operation, Sample::Full);
            let Ok(text) = definition.answer_text(operation, answer, format) else { continue };
            for text in doubled(format, &text) {
                let read = definition.read_reply(operation, response(200, &text), format, &Limits::new());
                match read {
                    Err(Error::Decode(error)) if error.error.kind() == &DecodeErrorKind::Duplicate => {
                        refused += 1;
                    }
                    _ => kept += 1,
                }
            }
        }
    }
    assert!(refused >= 3 && kept > refused, "{refused} refused, {kept} kept");
}

fn written(text: Result<String, EncodeError>) -> String {
    text.unwrap_or_else(|error| error.to_string())
}

fn response(status: u16, body: &str) -> Response<Vec<u8>> {
    ReplyKeys::unchecked(Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap())
}

/// What an envelope says in each format of an operation.
fn texts(operation: &Operation, envelope: &dyn Record, shape: &'static Shape) -> Vec<String> {
    let text = |&format: &Format| {
        let description = operation.protocol.format(format).unwrap();
        let text = encode_record(format, envelope, shape, &Options::new().with_nested(description.nested));
        written(text.and_then(|text| spelled(description, text)))
    };
    operation.formats.iter().map(text).collect()
}

/// A failure of a generated crate: all that it says, and its reply in each format.
struct Failed {
    said: String,
    texts: Vec<String>,
}

impl Failed {
    fn new<E: Envelope>(operation: &'static Operation, failure: E::Failure) -> Self {
        let said = said(&failure);
        let called = if E::ECHOES_NAME { operation.wire_name } else { operation.path };
        Self { said, texts: texts(operation, &E::refuse(failure, called), E::SHAPE) }
    }

    /// What a server says of errors: of a code, or where it rejects a request.
    fn of_error<E: Envelope>(operation: &'static Operation, error: &ServerError<'_>) -> Self {
        let failure = match *error {
            ServerError::Refused(code, parameter) => {
                E::Failure::refused(<E::Failure as Failure>::Code::from_wire(code), parameter)
            }
            ServerError::Rejected(rejection) => rejection.failure(),
        };
        Self::new::<E>(operation, failure)
    }
}

/// An error of a server.
#[derive(Debug)]
enum ServerError<'e> {
    /// The code, and the parameter at fault.
    Refused(&'e str, Option<&'e str>),
    Rejected(&'e Rejection),
}

/// What a generated crate reads in a reply.
enum Read {
    Raw(RawReply),
    /// The answer, in each format of the operation.
    Enveloped(Vec<String>),
    Failed(String, Class, Option<Failed>),
}

/// An operation of a generated crate without its types. What is generic is compiled for each of hundreds of operations, and so is no
/// more than this.
struct Typed {
    operation: &'static Operation,
    read: fn(Response<Vec<u8>>, Format) -> Read,
    receive: fn(&Incoming) -> Result<String, Rejection>,
    fail: fn(&'static Operation, &ServerError<'_>) -> Failed,
    /// Samples: the request, the parameters of the client, the options of the call, and what a session carries.
    samples: [Box<dyn Record + Sync>; 4],
}

impl Typed {
    fn new<R, C, O, S>() -> Self
    where
        R: Request + 'static,
        C: OwnedMessage + Sync + 'static,
        O: OwnedMessage + Sync + 'static,
        S: OwnedMessage + Sync + 'static,
    {
        Self {
            operation: R::OPERATION,
            read: |response, format| match read_reply::<R>(response, format, &Limits::new()) {
                Ok(answer) => match R::Envelope::into_raw(answer) {
                    Ok(raw) => Read::Raw(raw),
                    Err(answer) => {
                        let envelope = R::Envelope::seal(answer, R::OPERATION);
                        Read::Enveloped(texts(R::OPERATION, &envelope, R::Envelope::SHAPE))
                    }
                },
                Err(error) => {
                    let (text, class) = (error.to_string(), error.class());
                    let failure = match error {
                        Error::Vendor(error) => Some(error.failure),
                        _ => None,
                    };
                    Read::Failed(
                        text,
                        class,
                        failure.map(|failure| Failed::new::<R::FailedEnvelope>(R::OPERATION, failure)),
                    )
                }
            },
            receive: |incoming| {
                let received = Received::<R, C, O>::new(incoming)?;
                Ok(written(encode_record(Format::Query, &received.request, R::SHAPE, &Options::new())))
            },
            fail: Failed::of_error::<R::FailedEnvelope>,
            samples: [
                Box::new(sample::<R>(Sample::Full)),
                Box::new(sample_client::<C>(R::OPERATION.protocol, Sample::Full)),
                Box::new(sample::<O>(Sample::Full)),
                Box::new(sample::<S>(Sample::Full)),
            ],
        }
    }
}

impl Alike<'_> {
    /// A failure of both.
    fn failure(
        &self,
        operation: &OperationType,
        typed: &Failed,
        own: &wirewright_interpret::Failure,
        what: &dyn Debug,
    ) {
        let name = operation.described().name;
        assert_eq!(said(own), typed.said, "{name}: {what:?}");
        for (&format, typed) in operation.described().formats.iter().zip(&typed.texts) {
            let own = written(self.definition.failure_text(operation, own.clone(), format));
            assert_eq!(own, *typed, "{name}: {what:?}");
        }
    }

    /// What a server says of errors.
    fn errors(&self, operation: &OperationType, typed: &Typed) {
        let known = self.definition.vendor().errors.iter().map(|error| error.key.as_str());
        for code in known.chain(CODES) {
            for parameter in [None, Some("size")] {
                let error = ServerError::Refused(code, parameter);
                let failed = (typed.fail)(typed.operation, &error);
                self.failure(operation, &failed, &self.definition.refused(code, parameter), &error);
            }
        }
        for condition in CONDITIONS {
            for parameter in [None, Some("size")] {
                let mut rejection = Rejection::new(condition);
                rejection.parameter = parameter.map(str::to_owned);
                let failed = (typed.fail)(typed.operation, &ServerError::Rejected(&rejection));
                self.failure(operation, &failed, &self.definition.rejected(&rejection), &rejection);
            }
        }
    }

    /// What a client makes of a reply.
    fn reply(&mut self, operation: &OperationType, typed: &Typed, format: Format, status: u16, body: &str) {
        let read = (typed.read)(response(status, body), format);
        let own = self.definition.read_reply(operation, response(status, body), format, &Limits::new());
        let name = typed.operation.name;
        match (read, own) {
            (Read::Raw(typed), Ok(Answer::Raw(own))) => assert_eq!(own, typed, "{name}: {body}"),
            (Read::Enveloped(texts), Ok(Answer::Enveloped(own))) => {
                for (&format, typed) in typed.operation.formats.iter().zip(texts) {
                    let own = self.definition.answer_text(operation, own.clone(), format);
                    assert_eq!(written(own), typed, "{name}: {body}");
                }
            }
            (Read::Failed(text, class, failed), Err(own)) => {
                assert_eq!(own.to_string(), text, "{name}: {body}");
                assert_eq!(own.class(), class, "{name}: {body}");
                if let (Some(failed), Error::Vendor(own)) = (failed, own) {
                    self.failure(operation, &failed, &own.failure, &body);
                }
            }
            (Read::Failed(text, ..), Ok(own)) => {
                panic!("{name}: {status} {body}\nthe generated crate: {text}\nthe interpreter: {own:?}")
            }
            (_, own) => panic!(
                "{name}: {status} {body}\nthe generated crate: another answer\nthe interpreter: {own:?}"
            ),
        }
        self.replies += 1;
    }

    fn replies(&mut self, operation: &OperationType, typed: &Typed) {
        let definition = self.definition;
        let of_errors = definition.vendor().errors.iter().filter_map(|error| error.http);
        let mut statuses: Vec<u16> = of_errors.chain([200, 204, 400, 404, 500]).collect();
        statuses.sort_unstable();
        statuses.dedup();
        let first = definition.protocol().formats.first().map_or(Format::Xml, |format| format.format);
        for &status in &statuses {
            for body in BODIES {
                self.reply(operation, typed, first, status, body);
            }
        }
        for &format in typed.operation.formats {
            let answer = |kind| definition.sample_answer(operation, kind);
            let texts = [
                definition.answer_text(operation, answer(Sample::Minimal), format).unwrap(),
                definition.answer_text(operation, answer(Sample::Full), format).unwrap(),
                definition.failure_text(operation, definition.sample_failure(), format).unwrap(),
            ];
            for text in &texts {
                for &status in &statuses {
                    self.reply(operation, typed, format, status, text);
                }
            }
            // What is required alone is among what becomes of everything.
            for text in texts.iter().skip(1).flat_map(|text| mutated(format, text)) {
                self.reply(operation, typed, format, 200, &text);
            }
            for text in texts.iter().skip(1).flat_map(|text| doubled(format, text)) {
                self.reply(operation, typed, format, 200, &text);
            }
        }
    }

    /// What a server makes of a request.
    fn request(&mut self, operation: &OperationType, typed: &Typed, request: &HttpRequest<Vec<u8>>) {
        let limits = Limits::new();
        let received = receive(&[typed.operation], typed.operation.endpoint(), request, &limits);
        let own = receive(&[operation.described()], operation.described().endpoint(), request, &limits);
        let what =
            format!("{} {} {}", typed.operation.name, request.uri(), String::from_utf8_lossy(request.body()));
        match (received, own) {
            (Ok(received), Ok(own)) => {
                let own = self.definition.receive(operation, &own).map(|own| {
                    written(encode_record(Format::Query, &own, own.record_type().shape(), &Options::new()))
                });
                assert_eq!(own, (typed.receive)(&received), "{what}");
            }
            (Err((typed, _)), Err((own, _))) => assert_eq!(own, typed, "{what}"),
            (typed, own) => panic!("{what}\n{typed:?}\n{own:?}"),
        }
        self.requests += 1;
    }

    fn requests(&mut self, operation: &OperationType, typed: &Typed) {
        let [request, client, options, carried] = &typed.samples;
        let fields = [Secret::from("key")];
        for method in typed.operation.methods {
            let settings = Config::new().with_method(method.method.clone());
            let session = typed.operation.sessions.first().map(|kind| SessionContext {
                kind,
                parameters: &**carried,
                fields: &fields,
            });
            let context = CallContext {
                client: &**client,
                options: &**options,
                session,
                environment: Some(&SampleEnvironment),
                ..settings.context()
            };
            let sent = write_request(typed.operation, &**request, &context).unwrap();
            self.request(operation, typed, &sent);
            let uri = sent.uri().to_string();
            if let Some((start, query)) = uri.split_once('?') {
                for query in mutated(Format::Query, query) {
                    let mut changed = sent.clone();
                    *changed.uri_mut() = format!("{start}?{query}").parse().unwrap();
                    self.request(operation, typed, &changed);
                }
            }
            let format = match typed.operation.content {
                Content::Document(body) => body.format,
                _ if method.placement == Placement::Query => continue,
                Content::Parameters => Format::Query,
                _ => continue,
            };
            for body in mutated(format, &String::from_utf8_lossy(sent.body())) {
                let mut changed = sent.clone();
                changed.headers_mut().remove(header::CONTENT_LENGTH);
                *changed.body_mut() = body.into_bytes();
                self.request(operation, typed, &changed);
            }
        }
    }

    /// Everything.
    fn hold(&mut self, typed: &Typed, raw: &str, shapes: [&'static Shape; 3]) {
        let name = typed.operation.name;
        let operation = self.definition.operation(name).unwrap();
        assert_eq!(described(operation.described()), described(typed.operation));
        assert_eq!(format!("{:?}", operation.raw()), raw, "{name}");
        let own = [
            self.definition.request(operation).shape(),
            self.definition.client_parameters().shape(),
            self.definition.call_options().shape(),
        ];
        for (own, typed) in own.into_iter().zip(shapes) {
            assert_eq!(table(own), table(typed), "{name}");
        }
        if self.replies == 0 {
            // The errors are the vendor's.
            self.errors(operation, typed);
        }
        self.replies(operation, typed);
        self.requests(operation, typed);
    }
}

impl Visitor for Alike<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + 'static,
        C: OwnedMessage + Sync + 'static,
        O: OwnedMessage + Sync + 'static,
        S: OwnedMessage + Sync + 'static,
    {
        let shapes = [<R as Message>::SHAPE, C::SHAPE, O::SHAPE];
        self.hold(&Typed::new::<R, C, O, S>(), &format!("{:?}", R::RAW), shapes);
    }
}

#[test]
fn both_make_the_same_of_what_is_wrong() {
    let hold = |folder: &Path| {
        let definition = load(folder);
        let mut alike = Alike { definition: &definition, replies: 0, requests: 0 };
        visit(&definition.vendor().package, &mut alike);
        (alike.replies, alike.requests)
    };
    let folders = folders();
    let counts: Vec<_> = thread::scope(|scope| {
        let vendors: Vec<_> = folders.iter().map(|folder| scope.spawn(|| hold(folder))).collect();
        vendors.into_iter().map(|vendor| vendor.join().unwrap()).collect()
    });
    let (replies, requests): (Vec<usize>, Vec<usize>) = counts.into_iter().unzip();
    let (replies, requests): (usize, usize) = (replies.iter().sum(), requests.iter().sum());
    assert!(replies >= 30_000 && requests >= 5_000, "{replies} replies, {requests} requests");
}
