//! The interpreter and the generated crates are two readings of one definition: what they write is the same, byte for byte, for
//! every operation, format and direction of every definition. The generated crates' side is in the snapshots of the wire.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;

use http::{Request, Response, StatusCode, header};
use support::{SampleEnvironment, Snapshot, folders, load, plan};
use wirewright::{
    Format, Limits, Secret,
    client::Config,
    describe::ParameterSource,
    exchange::{CallContext, Error, RawReply, SessionContext, write_request},
    generated::write_raw,
    server::{Incoming, Secrets, receive},
    sign::ReplyKeys,
    testing::Sample,
};
use wirewright_interpret::{Answer, Definition, DynamicRecord, Failure, OperationType, SessionType, sample};

/// The key that signs sample requests.
const KEY: &str = "sample-key";

/// The values of a session's fields that sign.
fn fields(kind: &SessionType) -> Vec<Secret<String>> {
    kind.described().fields.iter().map(|_| Secret::from(KEY)).collect()
}

/// A definition, an operation of it, and its snapshot.
struct Wire<'d> {
    definition: &'d Definition,
    operation: &'d OperationType,
    snapshot: Snapshot,
}

impl<'d> Wire<'d> {
    /// The sessions that the operation is called with; `None` is none.
    fn ways(&self) -> Vec<Option<&'d SessionType>> {
        let described = self.operation.described();
        let kinds = described.sessions.iter().map(|kind| self.definition.session(kind.name));
        kinds.chain(described.sessionless.then_some(None)).collect()
    }

    fn write(
        &self,
        own: &DynamicRecord,
        settings: &Config,
        parts: [&DynamicRecord; 2],
        session: Option<(&SessionType, &DynamicRecord)>,
    ) -> Request<Vec<u8>> {
        let [client, options] = parts;
        let fields = session.map(|(kind, _)| fields(kind)).unwrap_or_default();
        let session = session.map(|(kind, carried)| SessionContext {
            kind: kind.described(),
            parameters: carried,
            fields: &fields,
        });
        let context = CallContext {
            client,
            options,
            session,
            environment: Some(&SampleEnvironment),
            request_ids: false,
            ..settings.context()
        };
        write_request(self.operation.described(), own, &context).expect("a sample request can be written")
    }

    /// A sample request, after it has been received, read, and written again.
    fn send(&self, settings: &Config, kind: Sample, way: Option<&'d SessionType>) -> Request<Vec<u8>> {
        let definition = self.definition;
        let of = |record| sample(record, kind);
        let (client, options) = (definition.sample_client(kind), of(definition.call_options()));
        let session = way.map(|way| (way, of(way.carried())));
        let session = session.as_ref().map(|(way, carried)| (*way, carried));
        let sent =
            self.write(&of(definition.request(self.operation)), settings, [&client, &options], session);
        let incoming = self.receive(&sent);
        let request = definition.receive(self.operation, &incoming).expect("the request is read");
        let read = |of| {
            let mut record = DynamicRecord::empty(of);
            incoming.read_into(of.shape(), &mut record).expect("the session's parameters are read");
            record
        };
        let carried = way.map(|way| (way, read(way.carried())));
        let keys: Vec<&str> = way.iter().flat_map(|way| way.described().fields).map(|_| KEY).collect();
        let secrets = Secrets::none().of_client(&client);
        let secrets = way.map_or(secrets, |way| secrets.of_session(way.described(), &keys));
        incoming.verify(&secrets).expect("the signature is right");
        let sent_by = client;
        let [mut client, mut options] =
            [definition.client_parameters(), definition.call_options()].map(DynamicRecord::empty);
        incoming.read_client_into(definition.client_parameters().shape(), &mut client).unwrap();
        if self.operation.described().protocol.parameters.iter().any(|parameter| parameter.secret) {
            // What no request carries, no server reads.
            client = sent_by;
        }
        incoming.read_options_into(definition.call_options().shape(), &mut options).unwrap();
        let carried = carried.as_ref().map(|(way, carried)| (*way, carried));
        let again = self.write(&request, settings, [&client, &options], carried);
        assert_eq!(show_request(&again), show_request(&sent), "what was read is what was sent");
        sent
    }

    fn receive(&self, sent: &Request<Vec<u8>>) -> Incoming {
        let described = self.operation.described();
        receive(&[described], described.endpoint(), sent, &Limits::new())
            .expect("a sample request is received")
    }

    fn incoming(&self, settings: &Config) -> Incoming {
        self.receive(&self.send(settings, Sample::Minimal, self.ways()[0]))
    }

    /// The requests by every method, in every format and with each of the sessions that the operation takes.
    fn requests(&mut self, formats: &[Option<Format>]) {
        let ways = self.ways();
        for kind in [Sample::Minimal, Sample::Full] {
            for way in &ways {
                let way_name = match way {
                    _ if ways.len() == 1 => String::new(),
                    None => ", without a session".to_owned(),
                    Some(way) => format!(", {}", way.described().name),
                };
                for method in self.operation.described().methods {
                    for &format in formats {
                        let mut settings = Config::new().with_method(method.method.clone());
                        let mut text = format!("# request, {}{way_name}", kind_name(kind));
                        if let Some(format) = format {
                            settings = settings.with_format(format);
                            let _ = write!(text, ", {format}");
                        }
                        let sent = show_request(&self.send(&settings, kind, *way));
                        self.snapshot.is(&format!("{text}\n{sent}\n"));
                    }
                }
            }
        }
    }

    /// A response, and what is read of it.
    fn reply(
        &mut self,
        heading: &str,
        response: Response<Vec<u8>>,
        format: Format,
    ) -> Result<Answer, Error<Failure>> {
        let content_type =
            response.headers().get(header::CONTENT_TYPE).map_or("none", |value| value.to_str().unwrap());
        let status = response.status().as_u16();
        let body = String::from_utf8_lossy(response.body());
        let mut headers = String::new();
        if !self.operation.described().reply_headers.is_empty() {
            let usual = [header::CONTENT_TYPE, header::X_CONTENT_TYPE_OPTIONS, header::CACHE_CONTROL];
            for (name, value) in response.headers().iter().filter(|(name, _)| !usual.contains(name)) {
                let _ = writeln!(headers, "{name}: {}", value.to_str().unwrap());
            }
        }
        self.snapshot
            .is(&format!("# {heading}\nHTTP {status}\nContent-Type: {content_type}\n{headers}\n{body}\n\n"));
        let response = ReplyKeys::unchecked(response);
        let read = self.definition.read_reply(self.operation, response, format, &Limits::new());
        self.outcome(&read);
        read
    }

    fn outcome(&mut self, read: &Result<Answer, Error<Failure>>) {
        match read {
            Ok(Answer::Raw(reply)) => self.snapshot.is(&format!("{reply:#?}\n\n")),
            Ok(_) => self.snapshot.skip_dump("Answer {"),
            Err(Error::Vendor(error)) => {
                self.snapshot.is(&format!("{error}\n"));
                self.snapshot.skip_dump("Failure {");
            }
            Err(error) => self.snapshot.is(&format!("{error}\n\n")),
        }
    }

    /// All of an operation whose reply is an envelope.
    fn enveloped(mut self) {
        let (definition, operation) = (self.definition, self.operation);
        let described = operation.described();
        let formats: Vec<_> = described.formats.iter().copied().map(Some).collect();
        self.requests(&formats);
        let answer = |kind| Answer::Enveloped(definition.sample_answer(operation, kind));
        let callback =
            described.protocol.parameters.iter().any(|each| each.source == ParameterSource::Callback);
        if callback && described.formats.contains(&Format::Json) {
            let incoming = self.incoming(&Config::new().with_callback("app.onReply"));
            let response = definition.write_answer(&incoming, answer(Sample::Full));
            let _ = self.reply("answer, everything, JSONP", response, Format::Json);
        }
        for &format in described.formats {
            let incoming = self.incoming(&Config::new().with_format(format));
            for kind in [Sample::Minimal, Sample::Full] {
                let response = definition.write_answer(&incoming, answer(kind));
                let body = response.body().clone();
                let read = self.reply(&format!("answer, {}, {format}", kind_name(kind)), response, format);
                if let Ok(read) = read {
                    let again = definition.write_answer(&incoming, read);
                    assert_same(&body, again.body());
                }
            }
            let response = definition.write_failure(&incoming, definition.sample_failure());
            let body = response.body().clone();
            if let Err(Error::Vendor(error)) = self.reply(&format!("failure, {format}"), response, format) {
                let again = definition.write_failure(&incoming, error.failure);
                assert_same(&body, again.body());
            }
        }
        self.snapshot.ends();
    }

    /// All of an operation whose reply is none.
    fn raw(mut self) {
        let (definition, operation) = (self.definition, self.operation);
        let raw = operation.raw().unwrap();
        self.requests(&[None]);
        let incoming = self.incoming(&Config::new());
        let usual = ["application/octet-stream"];
        let media_types = if raw.media_types.is_empty() { &usual } else { raw.media_types };
        let statuses = if raw.statuses.is_empty() { &[200] } else { raw.statuses };
        for &status in statuses {
            let status = StatusCode::from_u16(status).unwrap();
            if status.is_redirection() {
                let reply = RawReply::redirect("https://moved.example/x?y=1").with_status(status);
                self.read("redirect", definition.write_answer(&incoming, Answer::Raw(reply)));
                continue;
            }
            for media_type in media_types {
                let reply = RawReply::new(media_type, [0x00, 0xff, b'<', b'&']).with_status(status);
                self.read("answer", definition.write_answer(&incoming, Answer::Raw(reply)));
            }
        }
        let refusal = definition.write_failure(&incoming, definition.sample_failure());
        self.snapshot.is(&format!("# failure\n{}\n\n", String::from_utf8_lossy(refusal.body())));
        self.read("what is read of it", refusal);
        if !raw.media_types.is_empty() {
            self.read("another media type", write_raw(RawReply::new("application/x-other", [0x00])));
        }
        let large = write_raw(RawReply::new(media_types[0], [0; 9]));
        self.read_within("too large", large, &Limits::new().with_max_bytes(8));
        let page = RawReply::new("text/html", "<html></html>").with_status(StatusCode::BAD_GATEWAY);
        self.read("a gateway's page", write_raw(page));
        self.snapshot.ends();
    }

    fn read(&mut self, heading: &str, response: Response<Vec<u8>>) {
        self.read_within(heading, response, &Limits::new());
    }

    fn read_within(&mut self, heading: &str, response: Response<Vec<u8>>, limits: &Limits) {
        let first = self.definition.protocol().formats.first().map_or(Format::Xml, |format| format.format);
        self.snapshot.is(&format!("# {heading}\n"));
        let response = ReplyKeys::unchecked(response);
        let read = self.definition.read_reply(self.operation, response, first, limits);
        self.outcome(&read);
    }
}

const fn kind_name(kind: Sample) -> &'static str {
    match kind {
        Sample::Minimal => "what is required",
        Sample::Full => "everything",
    }
}

fn show_request(request: &Request<Vec<u8>>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    let of_body = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    for (name, value) in request.headers().iter().filter(|(name, _)| !of_body.contains(name)) {
        let _ = writeln!(text, "{name}: {}", value.to_str().unwrap());
    }
    if let Some(content_type) = request.headers().get(header::CONTENT_TYPE) {
        let _ = writeln!(text, "Content-Type: {}", content_type.to_str().unwrap());
        let _ = writeln!(text, "\n{}", String::from_utf8_lossy(request.body()));
    }
    text
}

fn assert_same(left: &[u8], right: &[u8]) {
    assert_eq!(
        String::from_utf8_lossy(left),
        String::from_utf8_lossy(right),
        "what was read is what was written"
    );
}

#[test]
fn every_operation_is_on_the_wire_as_generated_code_has_it() {
    let mut operations = 0;
    for folder in folders() {
        let definition = load(&folder);
        for named in &plan(&definition).operations {
            let operation = definition.operation(&named.title()).unwrap();
            let snapshot = Snapshot::find(&folder, &named.snapshot());
            let snapshot = snapshot.unwrap_or_else(|| panic!("{} has no snapshot", named.title()));
            let wire = Wire { definition: &definition, operation, snapshot };
            if operation.raw().is_some() {
                wire.raw();
            } else {
                wire.enveloped();
            }
            operations += 1;
        }
    }
    assert!(operations >= 220, "{operations} operations");
}
