//! Requests with files: as they are on the wire, read back by a server, streamed, and refused.

use std::{
    io::{self, Cursor, Read},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::at_once::ready;
use http::Method;
use proptest::{collection, prelude::*};
use wirewright::{
    Chunks, File, Format, Limits, Wire,
    client::{Config, Environment, RequestBody, Transport, TransportError, TransportErrorKind, blocking},
    describe::{
        Content, FormatDescription, MethodDescription, Operation, ParameterDescription, ParameterSource,
        Placement, Protocol, ServerCondition,
    },
    exchange::{RequestError, write_request, write_upload},
    multipart::{self, Form, FormError},
    server::{Incoming, Rejection, receive},
};

const ORIGIN: &str = "https://api.darkroom.example";

const fn common(name: &'static str, source: ParameterSource) -> ParameterDescription {
    ParameterDescription::new(name, source)
}

static PROTOCOL: Protocol = Protocol {
    charset: None,
    title: "Darkroom",
    endpoint: ORIGIN,
    formats: &[FormatDescription {
        format: Format::Xml,
        value: None,
        also: &[],
        declaration: false,
        media_type: "text/xml",
        nested: ".",
        lines: false,
    }],
    parameters: &[
        common("api", ParameterSource::Operation),
        common("", ParameterSource::Request),
        common("v", ParameterSource::Constant("2")),
    ],
    code_header: None,
    computation: None,
};

static DEVELOP: Operation = Operation {
    name: "film/develop",
    wire_name: "develop",
    endpoint: None,
    path: "/rpc",
    protocol: &PROTOCOL,
    methods: &[MethodDescription { method: Method::POST, placement: Placement::Form }],
    formats: &[Format::Xml],
    sessions: &[],
    sessionless: true,
    signed: false,
    signature_optional: false,
    prefers_get: false,
    secure: false,
    repeatable: false,
    content: Content::Multipart { files: &["negative", "prints", "the \"note\""] },
    filled: &[],
    placed: &[],
    ..Operation::new(&PROTOCOL)
};

/// At the same path, and without files.
static LOOK: Operation =
    Operation { name: "film/look", wire_name: "look", content: Content::Parameters, ..PLAIN };

const PLAIN: Operation = Operation {
    name: "",
    wire_name: "",
    endpoint: None,
    path: "/rpc",
    protocol: &PROTOCOL,
    methods: &[MethodDescription { method: Method::POST, placement: Placement::Form }],
    formats: &[Format::Xml],
    sessions: &[],
    sessionless: true,
    signed: false,
    signature_optional: false,
    prefers_get: false,
    secure: false,
    repeatable: false,
    content: Content::Parameters,
    filled: &[],
    placed: &[],
    ..Operation::new(&PROTOCOL)
};

#[derive(Clone, Debug, PartialEq, Wire)]
struct Develop {
    title: String,
    negative: File,
    tint: Option<u32>,
    prints: Vec<File>,
    #[wire(query = "the \"note\"")]
    note: Option<File>,
}

impl Develop {
    fn of(negative: File) -> Self {
        Self { title: "a & b".into(), negative, tint: None, prints: Vec::new(), note: None }
    }
}

/// Always throws the same.
struct Still;

impl Environment for Still {
    fn random(&self) -> Option<[u8; 16]> {
        Some([0xa5; 16])
    }
}

fn settings() -> Config {
    Config::new().with_environment(Arc::new(Still))
}

fn in_memory(own: &Develop) -> http::Request<Vec<u8>> {
    write_request(&DEVELOP, own, &settings().context()).expect("the request can be written")
}

fn streamed(own: &Develop) -> http::Request<RequestBody> {
    write_upload(&DEVELOP, own, &settings().context()).expect("the request can be written")
}

fn full() -> Develop {
    Develop {
        tint: Some(7),
        prints: vec![File::new("1.png", *b"\x89PNG"), File::new("2.png", *b"").with_media_type("image/png")],
        note: Some(File::new("a \"b\"\r\nc.txt", *b"--not the boundary\r\n").with_media_type("text/plain")),
        ..Develop::of(File::new("n\u{e9}g.tif", *b"II*\0"))
    }
}

#[test]
fn parameters_and_files_are_parts_in_their_order() {
    let request = in_memory(&full());
    let boundary = format!("wirewright-{}", "a5".repeat(16));
    assert_eq!(request.headers()["Content-Type"], format!("multipart/form-data; boundary={boundary}"));
    assert_eq!(request.headers()["Content-Length"], request.body().len().to_string());
    let part = |headers: &str, content: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {headers}\r\n\r\n{content}\r\n")
    };
    let expected = [
        part("name=\"api\"", "develop"),
        part("name=\"title\"", "a & b"),
        part(
            "name=\"negative\"; filename=\"n\u{e9}g.tif\"\r\nContent-Type: application/octet-stream",
            "II*\0",
        ),
        part("name=\"tint\"", "7"),
        part("name=\"prints\"; filename=\"1.png\"\r\nContent-Type: application/octet-stream", "\u{fffd}PNG"),
        part("name=\"prints\"; filename=\"2.png\"\r\nContent-Type: image/png", ""),
        part(
            "name=\"the %22note%22\"; filename=\"a %22b%22%0D%0Ac.txt\"\r\nContent-Type: text/plain",
            "--not the boundary\r\n",
        ),
        part("name=\"v\"", "2"),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(String::from_utf8_lossy(request.body()), expected.concat());
}

fn incoming(request: &http::Request<Vec<u8>>) -> Result<Incoming, Rejection> {
    receive(&[&LOOK, &DEVELOP], ORIGIN, request, &Limits::new()).map_err(|(refused, _)| refused)
}

#[test]
fn a_server_reads_what_a_client_sends() {
    for sent in [full(), Develop::of(File::new("x", *b"y"))] {
        let incoming = incoming(&in_memory(&sent)).expect("it is understood");
        assert_eq!(incoming.operation_name(), "film/develop");
        let mut read: Develop = incoming.read_request().expect("it is read");
        // A file without a media type goes out as bytes of any kind.
        let told = |file: &File| match file.media_type() {
            None => file.clone().with_media_type("application/octet-stream"),
            Some(_) => file.clone(),
        };
        assert_eq!(read.negative, told(&sent.negative));
        assert_eq!(read.prints, sent.prints.iter().map(told).collect::<Vec<_>>());
        read.negative = sent.negative.clone();
        read.prints.clone_from(&sent.prints);
        assert_eq!(read, sent);
        // Neither content nor name of a file is shown.
        let shown = format!("{read:?} {incoming:?}");
        assert!(!shown.contains("PNG") && !shown.contains(".tif") && !shown.contains("II*"), "{shown}");
    }
}

/// The headers and the content of a part.
type Sent = (&'static str, &'static [u8]);

/// A request with a body of these parts.
fn posted(parts: &[Sent]) -> http::Request<Vec<u8>> {
    let mut body = Vec::new();
    for (headers, content) in parts {
        let headers = format!("--b\r\nContent-Disposition: form-data; {headers}\r\n\r\n");
        body.extend([headers.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(b"--b--\r\n");
    http::Request::post("/rpc")
        .header("Content-Type", "multipart/form-data; boundary=b")
        .body(body)
        .expect("the parts make a request")
}

#[test]
fn a_server_refuses_what_is_not_the_operation_s() {
    const API: Sent = ("name=\"api\"", b"develop");
    const V: Sent = ("name=\"v\"", b"2");
    const TITLE: Sent = ("name=\"title\"", b"t");
    const NEGATIVE: Sent = ("name=\"negative\"; filename=\"n\"", b"n");
    let refused = |condition, parameter: &str| {
        let mut refused = Rejection::new(condition);
        refused.parameter = Some(parameter).filter(|name| !name.is_empty()).map(Into::into);
        let detail = "it is of the type `multipart/form-data`; `application/x-www-form-urlencoded` is taken";
        refused.detail = (condition == ServerCondition::MediaTypeWrong).then(|| detail.into());
        Err(refused)
    };
    let (missing, invalid) = (ServerCondition::ParameterMissing, ServerCondition::ParameterInvalid);
    let cases: &[(&[Sent], Result<(), Rejection>)] = &[
        (&[API, V, TITLE, NEGATIVE], Ok(())),
        (&[V, NEGATIVE, TITLE, API], Ok(())),
        (&[API, V, TITLE], refused(missing, "negative")),
        (&[API, V, NEGATIVE], refused(missing, "title")),
        (&[API, V, TITLE, NEGATIVE, NEGATIVE], refused(invalid, "negative")),
        (&[API, V, TITLE, TITLE, NEGATIVE], refused(invalid, "title")),
        (&[API, V, V, TITLE, NEGATIVE], refused(invalid, "v")),
        (&[API, API, V, TITLE, NEGATIVE], refused(invalid, "api")),
        (&[API, V, TITLE, ("name=\"negative\"", b"n")], refused(invalid, "negative")),
        (&[API, V, NEGATIVE, ("name=\"title\"; filename=\"t\"", b"t")], refused(invalid, "title")),
        (&[API, V, TITLE, NEGATIVE, ("name=\"more\"; filename=\"t\"", b"t")], refused(invalid, "more")),
        (&[API, V, TITLE, NEGATIVE, ("name=\"more\"", b"t")], Ok(())),
        (&[API, V, TITLE, NEGATIVE, ("name=\"tint\"", b"dark")], refused(invalid, "tint")),
        (&[API, V, ("name=\"title\"", b"\xff"), NEGATIVE], refused(invalid, "")),
        // What a browser sends where no file was chosen.
        (&[API, V, TITLE, ("name=\"negative\"; filename=\"\"", b"")], refused(missing, "negative")),
        (&[API, V, TITLE, ("name=\"negative\"; filename=\"\"", b"n")], refused(invalid, "")),
        (&[("name=\"api\"", b"look"), V], refused(ServerCondition::MediaTypeWrong, "")),
    ];
    for (parts, expected) in cases {
        let outcome = incoming(&posted(parts)).and_then(|incoming| incoming.read_request::<Develop>());
        assert_eq!(&outcome.map(|_| ()), expected, "{parts:?}");
    }
    let form = http::Request::post("/rpc").header("Content-Type", "application/x-www-form-urlencoded");
    let form = form.body(b"api=develop&v=2&title=t&negative=n".to_vec()).expect("a request");
    assert_eq!(incoming(&form).map(|_| ()), refused(invalid, ""));
    let small = Limits::new().with_max_bytes(100);
    let large = posted(&[API, V, TITLE, NEGATIVE]);
    assert!(receive(&[&DEVELOP], ORIGIN, &large, &small).is_err());
}

#[test]
fn malformed_bodies_are_refused_with_their_place() {
    const HEAD: &str = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
    let usual = "multipart/form-data; boundary=b";
    let one = format!("{HEAD}1\r\n--b--");
    let type_of =
        |content_type: &str| multipart::parts(content_type, one.as_bytes(), &Limits::new()).map(|_| ());
    for right in
        [usual, "Multipart/Form-Data;boundary=\"b\"", "multipart/form-data; charset=utf-8 ; Boundary=b"]
    {
        assert_eq!(type_of(right), Ok(()), "{right}");
    }
    for wrong in [
        "multipart/form-data",
        "multipart/mixed; boundary=b",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=b; boundary=b",
        "multipart/form-data; boundary=\"b",
        "multipart/form-data; boundary=\"b\u{20}c\"",
        "multipart/form-data boundary=b",
        "",
    ] {
        assert!(type_of(wrong).is_err(), "{wrong}");
    }

    let headers = |headers: &str| format!("--b\r\n{headers}\r\n\r\n1\r\n--b--\r\n");
    let disposition = |rest: &str| headers(&format!("Content-Disposition: {rest}"));
    for right in [
        "--b--".to_owned(),
        "--b--\r\n".to_owned(),
        format!("{HEAD}1\r\n--b \t\r\n{}", HEAD.strip_prefix("--b\r\n").unwrap_or_default())
            + "2\r\n--b-- \r\n",
        disposition("form-data; name=a"),
        disposition("FORM-DATA;Name=\"a\" ; FileName=\"b;c=d\""),
        headers("content-disposition:form-data; name=\"a\"\r\nX-Else: 1\r\nContent-Transfer-Encoding: 8BIT"),
    ] {
        let outcome = multipart::parts(usual, right.as_bytes(), &Limits::new());
        assert!(outcome.is_ok(), "{right:?}: {outcome:?}");
    }
    for (body, at) in [
        (String::new(), 0),
        (format!("preamble\r\n{one}"), 0),
        ("--c--".to_owned(), 0),
        ("--b".to_owned(), 3),
        ("--bb".to_owned(), 3),
        ("--b--\r\nepilogue".to_owned(), 7),
        (HEAD.to_owned(), HEAD.len()),
        (format!("{HEAD}1\r\n--"), HEAD.len()),
        (format!("{HEAD}1\r\n--b"), HEAD.len() + 6),
        (format!("{HEAD}1\r\n--bc\r\n"), HEAD.len() + 6),
        ("--b\r\n\r\n1\r\n--b--".to_owned(), 5),
        (headers("Content-Type: text/plain"), 5),
        (
            headers(
                "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"",
            ),
            47,
        ),
        (headers("Content-Disposition: form-data; name=\"a\"\r\nContent-Type:"), 5),
        (headers("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64"), 5),
        (headers("Content-Disposition: form-data; name=\"a\"\r\n folded"), 47),
        (headers("Content-Disposition: form-data;\u{1} name=\"a\""), 5),
        (headers("no header"), 5),
        (disposition("form-data"), 5),
        (disposition("attachment; name=\"a\""), 5),
        (disposition("form-data; name=\"a\"; name=\"b\""), 5),
        (disposition("form-data; name=\"a\"; filename=\"b\"; filename=\"c\""), 5),
        (disposition("form-data; name=\"a\"; filename*=UTF-8''b"), 5),
        (disposition("form-data; name=\"a"), 5),
        (disposition("form-data; name=\"a\\\"b\""), 5),
        (disposition("form-data; name=\"a\" x"), 5),
        (headers(&"x".repeat(9000)), 5),
    ] {
        let outcome = multipart::parts(usual, body.as_bytes(), &Limits::new());
        let error = outcome.expect_err(&body);
        assert_eq!(error.offset(), at, "{body:?}: {error}");
        assert!(error.to_string().starts_with(&format!("multipart/form-data, byte {at}: ")), "{error}");
    }
    let many = HEAD.repeat(2000).replace("\r\n\r\n", "\r\n\r\n\r\n");
    let error = multipart::parts(usual, many.as_bytes(), &Limits::new()).expect_err("too many parts");
    assert!(error.to_string().ends_with("more than 1024 parts"), "{error}");
}

#[test]
fn nothing_is_injected_into_headers() {
    let finish = |form: Form| form.finish("b").map(|_| ());
    let file = |name: &str, media_type: &str| {
        finish(Form::new().file("f", File::new(name, *b"1").with_media_type(media_type)))
    };
    assert_eq!(file("a.txt", "text/plain; charset=utf-8"), Ok(()));
    let refused = Err(FormError::File { name: "f".into() });
    for (name, media_type) in [
        ("a", "text/plain\r\nX-More: 1"),
        ("a", "text"),
        ("a", "/"),
        ("a", " text/plain"),
        ("a", ""),
        ("a", "text/pl\u{e4}in"),
        ("", "text/plain"),
        ("a\0", "text/plain"),
    ] {
        assert_eq!(file(name, media_type), refused, "{name:?} {media_type:?}");
    }
    assert_eq!(finish(Form::new().text("a\u{7}b", "1")), Err(FormError::Name { name: "ab".into() }));
    for boundary in ["", "a b", "a\r\nb", "\u{e4}", &"b".repeat(71)] {
        assert_eq!(Form::new().finish(boundary).map(|_| ()), Err(FormError::Boundary), "{boundary:?}");
    }
    let own = Develop::of(File::new("n", *b"").with_media_type("a\r\n/b"));
    let error = write_request(&DEVELOP, &own, &settings().context()).expect_err("no header");
    assert!(matches!(&error, RequestError::Form(FormError::File { name }) if name == "negative"), "{error}");
    assert_eq!(
        error.to_string(),
        "the request was not sent: the multipart request cannot be written: the file \"negative\" needs a name without control \
         characters, and a media type such as audio/wav",
    );
    // A form may hold secrets.
    assert!(!format!("{:?}", Form::new().text("pin", "1234")).contains("1234"));
}

#[test]
fn a_boundary_is_found_without_randomness() {
    let settings = Config::new();
    let first = format!("wirewright-{:016x}", 0);
    let mut own = Develop::of(File::new("n", *b"n"));
    let content_type = |own: &Develop| {
        let request = write_request(&DEVELOP, own, &settings.context()).expect("it can be written");
        let _: Develop = incoming(&request).expect("it is understood").read_request().expect("it is read");
        request.headers()["Content-Type"].to_str().expect("a text").to_owned()
    };
    assert!(content_type(&own).ends_with(&first));
    own.negative = File::new("n", format!("\r\n--{first}--\r\n").into_bytes());
    own.title = format!("wirewright-{:016x}", 1);
    assert!(content_type(&own).ends_with(&format!("wirewright-{:016x}", 2)));
    own.negative = File::from_reader("n", Some(1), io::empty());
    let outcome = write_upload(&DEVELOP, &own, &settings.context()).map(|_| ());
    assert!(matches!(outcome, Err(RequestError::NoRandomness { operation: "film/develop" })));
}

/// A reader of so many bytes, which counts how many have been read.
struct Counted {
    left: usize,
    read: Arc<AtomicUsize>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.left);
        buffer[..length].fill(b'x');
        self.left -= length;
        self.read.fetch_add(length, Ordering::Relaxed);
        Ok(length)
    }
}

#[test]
fn files_are_read_while_they_are_sent() {
    const LENGTH: usize = 8 << 20;
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let length = u64::try_from(LENGTH).ok();
    let file =
        File::from_opened("film", length, move || Ok(Counted { left: LENGTH, read: Arc::clone(&counted) }));
    let own = Develop::of(file);
    let request = streamed(&own);
    let told: usize = request.headers()["Content-Length"].to_str().expect("a text").parse().expect("digits");
    assert_eq!(request.body().content_length(), u64::try_from(told).ok());
    assert_eq!(read.load(Ordering::Relaxed), 0, "nothing is read before it is sent");
    let (mut reader, mut buffer) = (request.into_body().into_reader(), [0; 1000]);
    let mut sent = 0;
    loop {
        let length = reader.read(&mut buffer).expect("it can be read");
        sent += length;
        assert!(read.load(Ordering::Relaxed) <= sent, "no more is read than was sent");
        if length == 0 {
            break;
        }
    }
    assert_eq!((sent, read.load(Ordering::Relaxed)), (told, LENGTH));

    // What is opened anew can be sent again; in chunks as well.
    let mut chunks = streamed(&own).into_body().into_chunks();
    let mut sent = 0;
    while let Some(chunk) = ready(chunks.next_chunk()).expect("it can be read") {
        assert!((1..=1 << 16).contains(&chunk.len()), "{}", chunk.len());
        sent += chunk.len();
    }
    assert_eq!(sent, told);
    let outcome = write_request(&DEVELOP, &own, &settings().context()).map(|_| ());
    assert!(matches!(outcome, Err(RequestError::Streamed { operation: "film/develop" })));
}

#[test]
fn a_reader_is_sent_once() {
    let own = Develop::of(File::from_reader("film", None, Cursor::new(b"content".to_vec())));
    let again = own.clone();
    assert_eq!(own, again, "clones share the reader");
    assert_ne!(own.negative, File::from_reader("film", None, Cursor::new(b"content".to_vec())));
    let request = streamed(&own);
    assert_eq!(request.body().content_length(), None);
    assert!(!request.headers().contains_key("Content-Length"));
    let bytes = request.into_body().into_bytes().expect("the first time");
    assert!(bytes.windows(7).any(|part| part == b"content"));
    for body in [streamed(&own).into_body(), streamed(&again).into_body()] {
        let error = body.into_bytes().expect_err("it has been read");
        assert_eq!(error.kind(), TransportErrorKind::Upload);
        assert!(error.expose().to_string().contains("`File::from_opened`"), "{error:?}");
    }
}

#[test]
fn a_length_that_is_not_kept_is_an_error_and_stays_one() {
    for (told, content) in [(3, "four"), (5, "four"), (1, ""), (0, "x")] {
        let file =
            || File::from_opened("film", Some(told), move || Ok(Cursor::new(content.as_bytes().to_vec())));
        let body = || streamed(&Develop::of(file())).into_body();
        assert_eq!(body().into_bytes().expect_err(content).kind(), TransportErrorKind::Upload);
        assert_eq!(ready(body().collect()).expect_err(content).kind(), TransportErrorKind::Upload);
        let mut reader = body().into_reader();
        let error = io::copy(&mut reader, &mut io::sink()).expect_err(content);
        let error = error.downcast::<TransportError>().expect("a transport's error");
        assert_eq!(error.kind(), TransportErrorKind::Upload);
        // An end would pass for the end of the body.
        assert!(reader.read(&mut [0; 8]).is_err(), "{told} {content}");
        let mut chunks = body().into_chunks();
        while let Ok(chunk) = ready(chunks.next_chunk()) {
            assert!(chunk.is_some(), "{told} {content}");
        }
        assert!(ready(chunks.next_chunk()).is_err());
    }
    let broken = File::from_opened("film", None, || Err::<io::Empty, _>(io::Error::other("no such film")));
    let error = streamed(&Develop::of(broken)).into_body().into_bytes().expect_err("it cannot be opened");
    assert_eq!(error.to_string(), "a file of the request could not be sent");
    assert_eq!(error.expose().to_string(), "no such film");
}

/// Chunks of these texts.
struct Texts(std::vec::IntoIter<&'static str>);

impl Chunks for Texts {
    type Chunk = &'static str;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<&'static str>, TransportError> {
        Ok(self.0.next())
    }
}

#[test]
fn chunks_go_over_async_transports_only() {
    let texts = || Ok(Texts(vec!["a", "", "bc"].into_iter()));
    let file = File::from_chunks("film", Some(3), texts);
    let own = Develop::of(file);
    let collected = ready(streamed(&own).into_body().collect()).expect("it comes");
    assert!(collected.windows(5).any(|part| part == b"\nabc\r"));
    let error = streamed(&own).into_body().into_bytes().expect_err("it blocks");
    assert_eq!(error.kind(), TransportErrorKind::Upload);
    let error =
        io::copy(&mut streamed(&own).into_body().into_reader(), &mut io::sink()).expect_err("it blocks");
    assert!(error.to_string().contains("could not be sent"), "{error}");
}

/// A transport that keeps what it is given, and knows nothing of uploads.
#[derive(Default)]
struct Keeper(Mutex<Vec<http::Request<Vec<u8>>>>);

impl blocking::Transport for Keeper {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.0.lock().expect("nobody has failed").push(request);
        Ok(http::Response::new(Vec::new()))
    }
}

impl Transport for Keeper {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(self, request)
    }
}

#[test]
fn transports_that_cannot_stream_send_from_memory() {
    let file = || File::from_reader("film", None, Cursor::new(b"content".to_vec()));
    let keeper = Arc::new(Keeper::default());
    blocking::Transport::upload(&&keeper, streamed(&Develop::of(file()))).expect("it is kept");
    ready(Transport::upload(&&keeper, streamed(&Develop::of(file())))).expect("it is kept");
    let kept = keeper.0.lock().expect("nobody has failed");
    assert_eq!(kept.len(), 2);
    for request in kept.iter() {
        assert_eq!(request.headers()["Content-Length"], request.body().len().to_string());
        let read: Develop = incoming(request).expect("it is understood").read_request().expect("it is read");
        assert_eq!(read.negative.bytes(), Some(&b"content"[..]));
    }
}

#[test]
fn debug_shows_no_content() {
    let body = streamed(&full()).into_body();
    assert!(!format!("{body:?} {:?}", full()).contains("PNG"));
}

fn name() -> impl Strategy<Value = String> {
    // `%22` would be read as a quotation mark: that is how the HTML standard has it.
    "[^%\\p{Cc}]{1,12}|[a\"\r\n]{1,6}"
}

proptest! {
    #[test]
    fn forms_are_read_as_they_are_written(
        parts in collection::vec((name(), any::<String>(), proptest::option::of((name(), collection::vec(any::<u8>(), 0..200)))), 0..6),
    ) {
        let mut form = Form::new();
        for (name, text, file) in &parts {
            form = match file {
                Some((file_name, content)) => form.file(name, File::new(file_name, content.as_slice())),
                None => form.text(name, text),
            };
        }
        let (content_type, body) = form.finish("a-boundary-that-no-text-has-by-chance").expect("a form");
        let body = body.into_bytes().expect("it is in memory");
        let read = multipart::parts(&content_type, &body, &Limits::new()).expect("it is a form");
        prop_assert_eq!(read.len(), parts.len());
        for (read, (name, text, file)) in read.iter().zip(&parts) {
            prop_assert_eq!(&read.name, name);
            let content = file.as_ref().map_or(text.as_bytes(), |(_, content)| content);
            prop_assert_eq!(read.content, content);
            prop_assert_eq!(&read.file_name, &file.as_ref().map(|(name, _)| name.clone()));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in collection::vec(any::<u8>(), 0..300)) {
        let body = [b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".as_slice(), &bytes].concat();
        if let Ok(parts) = multipart::parts("multipart/form-data; boundary=b", &body, &Limits::new()) {
            prop_assert!(!parts.is_empty());
        }
    }
}
