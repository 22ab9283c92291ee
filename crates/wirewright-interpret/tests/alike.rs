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
    describe::{Content, Operation, Placement, ServerCondition},
    described::{encode_record, spelled},
    exchange::{
        CallContext, Error, ErrorCode, Failure, Refusal, Request, SessionContext, read_reply, write_request,
    },
    generated::{Envelope, Received, Visitor},
    server::{Rejection, receive},
    sign::ReplyKeys,
    testing::{Sample, sample, sample_client},
    to_string_with,
    wire::{Message, OwnedMessage, Shape},
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

fn options(operation: &Operation, format: Format) -> Options {
    Options::new().with_nested(operation.protocol.format(format).map_or(".", |format| format.nested))
}

fn response(status: u16, body: &str) -> Response<Vec<u8>> {
    ReplyKeys::unchecked(Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap())
}

impl Alike<'_> {
    /// A failure of both.
    fn failure<R: Request>(
        &self,
        operation: &OperationType,
        (typed, own): (R::Failure, wirewright_interpret::Failure),
        what: &dyn Debug,
    ) {
        let name = R::OPERATION.name;
        assert_eq!(said(&own), said(&typed), "{name}: {what:?}");
        let called = if R::FailedEnvelope::ECHOES_NAME { R::OPERATION.wire_name } else { R::OPERATION.path };
        let envelope = R::FailedEnvelope::refuse(typed, called);
        for &format in R::OPERATION.formats {
            let typed = written(to_string_with(format, &envelope, &options(R::OPERATION, format)));
            let described = R::OPERATION.protocol.format(format).unwrap();
            let typed = spelled(described, typed).unwrap();
            let own = written(self.definition.failure_text(operation, own.clone(), format));
            assert_eq!(own, typed, "{name}: {what:?}");
        }
    }

    /// What a server says of errors.
    fn errors<R: Request>(&self, operation: &OperationType) {
        let known = self.definition.vendor().errors.iter().map(|error| error.key.as_str());
        for code in known.chain(CODES) {
            for parameter in [None, Some("size")] {
                let typed = R::Failure::refused(<R::Failure as Failure>::Code::from_wire(code), parameter);
                self.failure::<R>(operation, (typed, self.definition.refused(code, parameter)), &code);
            }
        }
        for condition in CONDITIONS {
            for parameter in [None, Some("size")] {
                let mut rejection = Rejection::new(condition);
                rejection.parameter = parameter.map(str::to_owned);
                let failures = (rejection.failure(), self.definition.rejected(&rejection));
                self.failure::<R>(operation, failures, &rejection);
            }
        }
    }

    /// What a client makes of a reply.
    fn reply<R: Request>(&mut self, operation: &OperationType, format: Format, status: u16, body: &str)
    where
        R::Answer: Debug,
    {
        let limits = Limits::new();
        let typed = read_reply::<R>(response(status, body), format, &limits);
        let own = self.definition.read_reply(operation, response(status, body), format, &limits);
        let name = R::OPERATION.name;
        match (typed, own) {
            (Ok(typed), Ok(own)) => match (R::Envelope::into_raw(typed), own) {
                (Ok(typed), Answer::Raw(own)) => assert_eq!(own, typed, "{name}: {body}"),
                (Err(typed), Answer::Enveloped(own)) => {
                    let envelope = R::Envelope::seal(typed, R::OPERATION);
                    for &format in R::OPERATION.formats {
                        let typed = to_string_with(format, &envelope, &options(R::OPERATION, format));
                        let described = R::OPERATION.protocol.format(format).unwrap();
                        let typed = typed.map(|text| spelled(described, text).unwrap());
                        let own = self.definition.answer_text(operation, own.clone(), format);
                        assert_eq!(written(own), written(typed), "{name}: {body}");
                    }
                }
                (typed, own) => panic!("{name}: {body}\n{typed:?}\n{own:?}"),
            },
            (Err(typed), Err(own)) => {
                assert_eq!(own.to_string(), typed.to_string(), "{name}: {body}");
                assert_eq!(own.class(), typed.class(), "{name}: {body}");
                if let (Error::Vendor(typed), Error::Vendor(own)) = (typed, own) {
                    self.failure::<R>(operation, (typed.failure, own.failure), &body);
                }
            }
            (typed, own) => {
                panic!("{name}: {status} {body}\nthe generated crate: {typed:?}\nthe interpreter: {own:?}")
            }
        }
        self.replies += 1;
    }

    fn replies<R: Request>(&mut self, operation: &OperationType)
    where
        R::Answer: Debug,
    {
        let definition = self.definition;
        let of_errors = definition.vendor().errors.iter().filter_map(|error| error.http);
        let mut statuses: Vec<u16> = of_errors.chain([200, 204, 400, 404, 500]).collect();
        statuses.sort_unstable();
        statuses.dedup();
        let first = definition.protocol().formats.first().map_or(Format::Xml, |format| format.format);
        for &status in &statuses {
            for body in BODIES {
                self.reply::<R>(operation, first, status, body);
            }
        }
        for &format in R::OPERATION.formats {
            let answer = |kind| definition.sample_answer(operation, kind);
            let texts = [
                definition.answer_text(operation, answer(Sample::Minimal), format).unwrap(),
                definition.answer_text(operation, answer(Sample::Full), format).unwrap(),
                definition.failure_text(operation, definition.sample_failure(), format).unwrap(),
            ];
            for text in &texts {
                for &status in &statuses {
                    self.reply::<R>(operation, format, status, text);
                }
            }
            // What is required alone is among what becomes of everything.
            for text in texts.iter().skip(1).flat_map(|text| mutated(format, text)) {
                self.reply::<R>(operation, format, 200, &text);
            }
            for text in texts.iter().skip(1).flat_map(|text| doubled(format, text)) {
                self.reply::<R>(operation, format, 200, &text);
            }
        }
    }

    /// What a server makes of a request.
    fn request<R, C, O>(&mut self, operation: &OperationType, request: &HttpRequest<Vec<u8>>)
    where
        R: Request + Debug,
        C: OwnedMessage + Debug,
        O: OwnedMessage + Debug,
    {
        let limits = Limits::new();
        let typed = receive(&[R::OPERATION], R::OPERATION.endpoint(), request, &limits);
        let own = receive(&[operation.described()], operation.described().endpoint(), request, &limits);
        let what =
            format!("{} {} {}", R::OPERATION.name, request.uri(), String::from_utf8_lossy(request.body()));
        match (typed, own) {
            (Ok(typed), Ok(own)) => {
                let typed = Received::<R, C, O>::new(&typed);
                let own = self.definition.receive(operation, &own);
                match (typed, own) {
                    (Ok(typed), Ok(own)) => {
                        let options = Options::new();
                        let shape = own.record_type().shape();
                        let own = encode_record(Format::Query, &own, shape, &options);
                        let typed = to_string_with(Format::Query, &typed.request, &options);
                        assert_eq!(written(own), written(typed), "{what}");
                    }
                    (Err(typed), Err(own)) => assert_eq!(own, typed, "{what}"),
                    (typed, own) => panic!("{what}\n{typed:?}\n{own:?}"),
                }
            }
            (Err((typed, _)), Err((own, _))) => assert_eq!(own, typed, "{what}"),
            (typed, own) => panic!("{what}\n{typed:?}\n{own:?}"),
        }
        self.requests += 1;
    }

    fn requests<R, C, O, S>(&mut self, operation: &OperationType)
    where
        R: Request + Debug,
        C: OwnedMessage + Debug + Sync,
        O: OwnedMessage + Debug + Sync,
        S: OwnedMessage + Sync,
    {
        let (request, client, options): (R, C, O) =
            (sample(Sample::Full), sample_client(R::OPERATION.protocol, Sample::Full), sample(Sample::Full));
        let (carried, fields): (S, _) = (sample(Sample::Full), [Secret::from("key")]);
        for method in R::OPERATION.methods {
            let settings = Config::new().with_method(method.method.clone());
            let session = R::OPERATION.sessions.first().map(|kind| SessionContext {
                kind,
                parameters: &carried,
                fields: &fields,
            });
            let context = CallContext {
                client: &client,
                options: &options,
                session,
                environment: Some(&SampleEnvironment),
                ..settings.context()
            };
            let sent = write_request(R::OPERATION, &request, &context).unwrap();
            self.request::<R, C, O>(operation, &sent);
            let uri = sent.uri().to_string();
            if let Some((start, query)) = uri.split_once('?') {
                for query in mutated(Format::Query, query) {
                    let mut changed = sent.clone();
                    *changed.uri_mut() = format!("{start}?{query}").parse().unwrap();
                    self.request::<R, C, O>(operation, &changed);
                }
            }
            let format = match R::OPERATION.content {
                Content::Document(body) => body.format,
                _ if method.placement == Placement::Query => continue,
                Content::Parameters => Format::Query,
                _ => continue,
            };
            for body in mutated(format, &String::from_utf8_lossy(sent.body())) {
                let mut changed = sent.clone();
                changed.headers_mut().remove(header::CONTENT_LENGTH);
                *changed.body_mut() = body.into_bytes();
                self.request::<R, C, O>(operation, &changed);
            }
        }
    }
}

impl Visitor for Alike<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + Debug,
        R::Answer: Debug,
        C: OwnedMessage + Debug + Sync + 'static,
        O: OwnedMessage + Debug + Sync + 'static,
        S: OwnedMessage + Sync + 'static,
    {
        let operation = self.definition.operation(R::OPERATION.name).unwrap();
        assert_eq!(described(operation.described()), described(R::OPERATION));
        assert_eq!(format!("{:?}", operation.raw()), format!("{:?}", R::RAW), "{}", R::OPERATION.name);
        for (own, typed) in [
            (self.definition.request(operation).shape(), <R as Message>::SHAPE),
            (self.definition.client_parameters().shape(), C::SHAPE),
            (self.definition.call_options().shape(), O::SHAPE),
        ] {
            assert_eq!(table(own), table(typed), "{}", R::OPERATION.name);
        }
        if self.replies == 0 {
            // The errors are the vendor's.
            self.errors::<R>(operation);
        }
        self.replies::<R>(operation);
        self.requests::<R, C, O, S>(operation);
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
