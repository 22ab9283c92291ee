//! The server side: what is recognised, what is refused and how, and whole exchanges.

use crate::support::{
    Answer, CallOptions, Caller, ClientParameters, Code, DOUSE, Douse, Doused, ENDPOINT, Envelope, Failure,
    LIGHT, Light, OPERATIONS, Opening, SHOW, SessionParameters, Show, Shown, State, outcome,
};
use http::Method;
use http::Request;
use wirewright::{
    Format, Limits, Wire,
    client::Config,
    describe::{Operation, ServerCondition},
    exchange::{self, Failure as _, read_reply, write_request},
    generated::{self, OpenedEnvelope, Payload, write_answer, write_failure},
    server::{Incoming, Received, Rejection, not_found, receive},
    testing,
    wire::Document,
};

const KEY: &str = "key-hunter2";

fn request(method: &str, target: &str, body: &[u8]) -> Request<Vec<u8>> {
    let request = Request::builder().method(method).uri(target);
    request.body(body.to_vec()).expect("the parts make a request")
}

fn received(request: &Request<Vec<u8>>) -> Result<Incoming, (Rejection, Option<Box<Incoming>>)> {
    receive(&OPERATIONS, ENDPOINT, request, &Limits::new().with_max_bytes(1000))
}

/// What a request is recognised as, or why and in which format it is refused.
fn recognised(request: &Request<Vec<u8>>) -> String {
    let refusal = |refused: &Rejection, format| {
        format!("{:?} {} {format}", refused.condition, refused.parameter.as_deref().unwrap_or("-"))
    };
    match received(request) {
        Ok(incoming) => {
            let typed = match incoming.operation().name {
                "lamp/light" => Received::<Light, ClientParameters, CallOptions>::new(&incoming).err(),
                "lamp/show" => Received::<Show, ClientParameters, CallOptions>::new(&incoming).err(),
                _ => (Received::<Douse, ClientParameters, CallOptions>::new(&incoming).err())
                    .or_else(|| incoming.read::<SessionParameters>().err()),
            };
            match typed {
                None => format!("{} {}", incoming.operation().name, incoming.format()),
                Some(refused) => refusal(&refused, incoming.format().to_string()),
            }
        }
        Err((refused, Some(incoming))) => refusal(&refused, incoming.format().to_string()),
        Err((refused, None)) => refusal(&refused, "-".into()),
    }
}

#[test]
fn requests_are_recognised_or_refused() {
    let long = format!("v=2&cmd=show&lamp=1&app=a&fmt=json&x={}", "x".repeat(1000));
    for (method, target, body, expected) in [
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json", "", "lamp/show JSON"),
        (
            "GET",
            "https://other.example/rpc?v=2&cmd=show&lamp=1&app=a&fmt=xml&unknown=1&unknown=2",
            "",
            "lamp/show XML",
        ),
        ("GET", "/rpc?&&%76=%32&c%6Dd=sh%6Fw&lamp=%31&app=&fmt=json&rid=", "ignored", "lamp/show JSON"),
        (
            "POST",
            "/rpc",
            "v=2&cmd=light&user=u&password=p&site_name=n&app=a&fmt=qs",
            "lamp/light query string",
        ),
        // Paths.
        ("GET", "/", "", "OperationUnknown - XML"),
        // With a slash behind it, it is the path all the same.
        ("GET", "/rpc/", "", "OperationUnknown cmd XML"),
        ("GET", "/rpc//", "", "OperationUnknown - XML"),
        ("GET", "/RPC?fmt=qs", "", "OperationUnknown - query string"),
        ("GET", "/%72pc?v=2&cmd=show&lamp=1&app=a&fmt=json", "", "OperationUnknown - JSON"),
        // Which operation.
        ("GET", "/rpc?v=2&cmd=shout&lamp=1&app=a&fmt=json", "", "OperationUnknown - JSON"),
        ("GET", "/rpc?v=2&lamp=1&app=a&fmt=json", "", "OperationUnknown cmd JSON"),
        ("GET", "/rpc?v=2&cmd=show&cmd=show&lamp=1&app=a&fmt=json", "", "ParameterInvalid cmd JSON"),
        ("GET", "/rpc", "", "OperationUnknown cmd XML"),
        // Methods.
        ("GET", "/rpc?v=2&cmd=light&user=u&password=p&app=a&fmt=json", "", "MethodNotAllowed - JSON"),
        ("PUT", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json", "", "MethodNotAllowed - JSON"),
        ("HEAD", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=xml", "", "MethodNotAllowed - XML"),
        ("get", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json", "", "MethodNotAllowed - JSON"),
        ("POST", "/rpc", "v=2&cmd=show&lamp=1&app=a&fmt=json", "MethodNotAllowed - JSON"),
        // Parameters in the wrong place are not there.
        ("POST", "/rpc?v=2&cmd=light&user=u&password=p&app=a&fmt=json", "", "OperationUnknown cmd JSON"),
        ("POST", "/rpc?user=u", "v=2&cmd=light&password=p&app=a&fmt=json", "ParameterMissing user JSON"),
        ("GET", "/rpc?v=2&cmd=show&app=a&fmt=json", "lamp=1", "ParameterMissing lamp JSON"),
        // Missing, wrong, twice.
        ("GET", "/rpc?v=2&cmd=show&app=a&fmt=json", "", "ParameterMissing lamp JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=&app=a&fmt=json", "", "ParameterInvalid lamp JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=x&app=a&fmt=json", "", "ParameterInvalid lamp JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&lamp=1&app=a&fmt=json", "", "ParameterInvalid lamp JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&%6camp=2&app=a&fmt=json", "", "ParameterInvalid lamp JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&fmt=json", "", "ParameterMissing app JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&app=b&fmt=json", "", "ParameterInvalid app JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json&rid=1&rid=2", "", "ParameterInvalid rid JSON"),
        ("GET", "/rpc?v=2&cmd=douse&app=a&fmt=json&sig=", "", "ParameterMissing token JSON"),
        ("GET", "/rpc?v=2&cmd=douse&app=a&fmt=json&token=t&token=u", "", "ParameterInvalid token JSON"),
        ("GET", "/rpc?cmd=show&lamp=1&app=a&fmt=json", "", "ParameterMissing v JSON"),
        ("GET", "/rpc?v=3&cmd=show&lamp=1&app=a&fmt=json", "", "ParameterInvalid v JSON"),
        ("GET", "/rpc?v=2&v=2&cmd=show&lamp=1&app=a&fmt=json", "", "ParameterInvalid v JSON"),
        // Formats and callbacks.
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a", "", "ParameterMissing fmt XML"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=amf", "", "ParameterInvalid fmt XML"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=qs", "", "ParameterInvalid fmt XML"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=", "", "ParameterInvalid fmt XML"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json&fmt=json", "", "ParameterInvalid fmt XML"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json&cb=alert(1)//", "", "ParameterInvalid cb JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&cb=%3Cscript%3E&fmt=json", "", "ParameterInvalid cb JSON"),
        ("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json&cb=a&cb=b", "", "ParameterInvalid cb JSON"),
        ("GET", &format!("/rpc?{long}"), "", "ParameterInvalid - XML"),
        ("POST", "/rpc", &long, "ParameterInvalid - XML"),
    ] {
        assert_eq!(
            recognised(&request(method, target, body.as_bytes())),
            expected,
            "{method} {target} {body}"
        );
    }
    let not_utf8 = request("POST", "/rpc", b"v=2&cmd=light&user=\xff&password=p&app=a&fmt=json");
    assert_eq!(recognised(&not_utf8), "ParameterInvalid - XML");
}

/// What HTTP has a status for is said in the vendor's envelope all the same, in the format that was asked for.
#[test]
fn unknown_paths_and_methods_are_refused_in_the_envelope() {
    for (method, target, status, allow, body) in [
        ("GET", "/nowhere?fmt=json", 404, None, r#"{"reply":{"code":4}}"#),
        (
            "POST",
            "/nowhere",
            404,
            None,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><reply><code>4</code></reply>",
        ),
        ("PUT", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json", 405, Some("GET"), r#"{"reply":{"code":3}}"#),
    ] {
        let request = request(method, target, b"");
        let (refused, incoming) =
            receive(&OPERATIONS, ENDPOINT, &request, &Limits::new()).expect_err("it is refused");
        let incoming = incoming.expect("an answer can be written");
        assert_eq!(incoming.path(), request.uri().path());
        assert_eq!(incoming.operation_name().is_empty(), status == 404, "{target}");
        let response = write_failure::<Envelope<Document>>(&incoming, refused.failure());
        let allowed = response.headers().get("allow").map(|value| value.to_str().expect("a text"));
        assert_eq!((response.status().as_u16(), allowed), (status, allow), "{target}");
        assert_eq!(String::from_utf8_lossy(response.body()), body, "{target}");
    }
}

/// Behind a proxy, or nested in a router: below a path, whether or not that is taken off before the server sees the request.
#[test]
fn a_server_is_below_a_path() {
    let settings = Config::new().with_endpoint(format!("{ENDPOINT}/music"));
    let own = Douse { why: Some("too + bright".into()) };
    let written =
        write_request(&DOUSE, &own, &Caller::new().context(&settings)).expect("the request can be written");
    assert_eq!(written.uri().path(), "/music/rpc");
    let below = |origin: &str, path: &str| {
        let mut request = written.clone();
        *request.uri_mut() = path.parse().expect("a path");
        let incoming =
            receive(&OPERATIONS, origin, &request, &Limits::new()).map_err(|(refused, _)| refused)?;
        incoming.verify(&crate::support::under(&[KEY])).map(|()| incoming.path().to_owned())
    };
    let origin = format!("{ENDPOINT}/music");
    for (origin, path, expected) in [
        (&*origin, "/music/rpc", Ok("/rpc")),
        (&format!("{origin}/"), "/music/rpc", Ok("/rpc")),
        (&*origin, "/rpc", Ok("/rpc")),
        (&*origin, "/musical/rpc", Err(ServerCondition::OperationUnknown)),
        (&*origin, "/music/music/rpc", Err(ServerCondition::OperationUnknown)),
        (ENDPOINT, "/music/rpc", Err(ServerCondition::OperationUnknown)),
        // The path is signed.
        (ENDPOINT, "/rpc", Err(ServerCondition::SignatureWrong)),
    ] {
        let found = below(origin, path).map_err(|refused| refused.condition);
        assert_eq!(found.as_deref(), expected.as_ref().copied(), "{path} at {origin}");
    }
}

/// A signed request, as the client writes it.
fn signed(method: Method) -> Request<Vec<u8>> {
    let settings = Config::new().with_method(method).with_format(Format::Json);
    let own = Douse { why: Some("too + bright".into()) };
    write_request(&DOUSE, &own, &Caller::new().context(&settings)).expect("the request can be written")
}

fn verified(request: &Request<Vec<u8>>) -> Result<(), Rejection> {
    received(request).map_err(|(refused, _)| refused)?.verify(&crate::support::under(&[KEY]))
}

#[test]
fn signatures() {
    let get = signed(Method::GET);
    let query = get.uri().query().expect("the parameters are in the URL").to_owned();
    let with = |query: &str| verified(&request("GET", &format!("/rpc?{query}"), b""));
    let (before, signature) = query.split_once("sig=").expect("the request is signed");
    let (signature, after) = signature.split_once('&').expect("the signature is not the last");
    let refused = |condition| Err((condition, Some("sig".to_owned())));
    let outcome = |query: &str| with(query).map_err(|refused| (refused.condition, refused.parameter));

    assert_eq!(outcome(&query), Ok(()));
    assert_eq!(verified(&signed(Method::POST)), Ok(()));
    for same in [
        query.replace('+', "%20"),
        query.replace("sig=", "%73i%67="),
        query.replace("why=", "wh%79="),
        format!("{before}{after}&sig={signature}"),
        format!("sig={signature}&{after}&&{}", before.trim_end_matches('&')),
    ] {
        assert_eq!(outcome(&same), Ok(()), "the same in other words: {same}");
    }

    let bytes = signature.as_bytes();
    for (index, bit) in (0..bytes.len()).flat_map(|index| (0..7).map(move |bit| (index, bit))) {
        let mut flipped = bytes.to_vec();
        flipped[index] ^= 1 << bit;
        let flipped: String = form_urlencoded::byte_serialize(&flipped).collect();
        let query = format!("{before}sig={flipped}&{after}");
        assert_eq!(outcome(&query), refused(ServerCondition::SignatureWrong), "{flipped}");
    }
    for (what, query) in [
        ("an empty signature", format!("{before}sig=&{after}")),
        ("a signature cut short", format!("{before}sig={}&{after}", &signature[1..])),
        ("a signature in upper case", format!("{before}sig={}&{after}", signature.to_uppercase())),
        ("another value", query.replace("bright", "brighT")),
        ("another token", query.replace("token=to", "token=tO")),
        ("another format", query.replace("fmt=json", "fmt=xml")),
        ("another name", query.replace("why=", "Why=")),
        ("one more parameter", format!("{query}&more")),
        ("one less", query.replace("&rid=r-1", "")),
        ("an encoding inside an encoding", query.replace("%2B", "%252B")),
    ] {
        assert_eq!(outcome(&query), refused(ServerCondition::SignatureWrong), "{what}: {query}");
    }
    let none = format!("{before}{after}");
    assert_eq!(outcome(&none), refused(ServerCondition::ParameterMissing));
    for twice in [format!("{query}&sig={signature}"), format!("{query}&si%67=")] {
        assert_eq!(outcome(&twice), refused(ServerCondition::ParameterInvalid), "{twice}");
    }

    // The same parameters by another method, under another path, and under another key.
    assert!(verified(&request("POST", "/rpc", query.as_bytes())).is_err());
    let other = wirewright::describe::Operation {
        path: "/other",
        methods: DOUSE.methods,
        formats: DOUSE.formats,
        ..DOUSE_LIKE
    };
    let other: &'static _ = Box::leak(Box::new(other));
    let moved = request("GET", &format!("/other?{query}"), b"");
    let moved = receive(&[other], ENDPOINT, &moved, &Limits::new()).expect("the request is understood");
    assert!(moved.verify(&crate::support::under(&[KEY])).is_err());
    let incoming = received(&get).expect("the request is understood");
    assert!(incoming.verify(&crate::support::under(&[KEY])).is_ok());
    for key in ["", "key-hunter", "key-hunter2 ", "Key-hunter2"] {
        assert_eq!(
            incoming.verify(&crate::support::under(&[key])).map_err(|refused| refused.condition),
            Err(ServerCondition::SignatureWrong),
            "{key:?}"
        );
    }
    // An operation that is not signed has nothing to verify.
    let show = received(&request("GET", "/rpc?v=2&cmd=show&lamp=1&app=a&fmt=json", b""));
    assert!(show.expect("the request is understood").verify(&crate::support::under(&[""])).is_ok());
}

const DOUSE_LIKE: wirewright::describe::Operation = wirewright::describe::Operation {
    name: "lamp/douse",
    wire_name: "douse",
    endpoint: None,
    path: "",
    protocol: &crate::support::PROTOCOL,
    methods: &[],
    formats: &[],
    sessions: &[&crate::support::SESSION],
    sessionless: false,
    signed: true,
    signature_optional: false,
    prefers_get: false,
    secure: false,
    repeatable: false,
    content: wirewright::describe::Content::Parameters,
    filled: &[],
    placed: &[],
    ..wirewright::describe::Operation::new(&crate::support::PROTOCOL)
};

#[test]
fn answers_and_failures() {
    let incoming = |format: &str| {
        let target = format!("/rpc?v=2&cmd=show&lamp=1&app=a&fmt={format}");
        received(&request("GET", &target, b"")).expect("the request is understood")
    };
    let lamp = Shown { lamp: 1, state: State::Lit, note: Some("</a>\u{2028}".into()), tags: vec![] };
    let answer = Answer { data: lamp, rid: Some("r".into()) };
    for (format, media_type, body) in [
        (
            "xml",
            "text/xml; charset=utf-8",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><reply><code>0</code><rid>r</rid><data><lamp>1</lamp>\
             <state>LIT</state><note>&lt;/a&gt;\u{2028}</note></data></reply>",
        ),
        (
            "json",
            "application/json; charset=utf-8",
            "{\"reply\":{\"code\":0,\"rid\":\"r\",\"data\":{\"lamp\":1,\"state\":\"LIT\",\"note\":\"</a>\u{2028}\",\"tags\":[]}}}",
        ),
        (
            "json&cb=app.show",
            "text/javascript; charset=utf-8",
            "app.show({\"reply\":{\"code\":0,\"rid\":\"r\",\"data\":{\"lamp\":1,\"state\":\"LIT\",\"note\":\"</a>\\u2028\",\"tags\":[]}}});",
        ),
    ] {
        let incoming = incoming(format);
        assert_eq!(incoming.callback(), format.split_once("cb=").map(|(_, callback)| callback));
        let response = write_answer::<Envelope<Shown>>(&incoming, answer.clone());
        let header = |name| response.headers().get(name).map(|value| value.to_str().expect("a text"));
        assert_eq!(response.status(), 200);
        assert_eq!(header("Content-Type"), Some(media_type));
        assert_eq!(header("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(header("Cache-Control"), Some("no-store"));
        assert_eq!(String::from_utf8_lossy(response.body()), body);
        let read = read_reply::<Show>(response, incoming.format(), &Limits::new());
        assert_eq!(read.expect("the answer is read"), answer);

        let refused = incoming.read::<Light>().expect_err("the user is missing");
        let response = write_failure::<Envelope<Document>>(&incoming, refused.failure());
        assert_eq!(response.status(), 200, "web RPC has its errors inside HTTP 200");
        let read = read_reply::<Show>(response, incoming.format(), &Limits::new());
        assert_eq!(outcome(&read), "vendor 1");
        let error = read.expect_err("it is a failure");
        assert_eq!((error.code(), error.message()), (Some(&Code::Missing), Some("user")));
    }
    let unwritable = Answer { data: Shown { note: Some("\u{1}".into()), ..answer.data }, rid: None };
    let response = write_answer::<Envelope<Shown>>(&incoming("xml"), unwritable.clone());
    assert_eq!(response.status(), 500, "XML has no such character");
    let response = write_answer::<Envelope<Shown>>(&incoming("xml&rid=%01"), unwritable);
    assert_eq!(response.status(), 400, "the client has such characters as well");
    assert_eq!(not_found().status(), 404);
}

#[test]
fn a_refusal_says_what_it_is() {
    let refused = Rejection::new(ServerCondition::SignatureWrong);
    assert_eq!(refused.to_string(), "the request is refused: the signature does not match");
    assert_eq!(refused.failure::<Failure>().code(), &Code::Signature);
    let missing = received(&request("GET", "/rpc?v=2&cmd=show&lamp=1&app=a", b"")).expect_err("no format");
    assert_eq!(missing.0.to_string(), "the request is refused: a required parameter is missing (fmt)");
    // A condition that the vendor has no code for is the nearest that it has one for.
    assert_eq!(Rejection::new(ServerCondition::SessionExpired).failure::<Failure>().code(), &Code::Invalid);
}

#[test]
fn whole_exchanges() {
    let failure = || Failure { code: Code::Busy, text: Some("busy".into()), rid: None, data: Document::Null };
    let light = testing::exchange::<Light, ClientParameters, CallOptions>(
        &[],
        |kind| Answer { data: testing::sample::<Opening>(kind), rid: None },
        failure,
    );
    let show = testing::exchange::<Show, ClientParameters, CallOptions>(
        &[],
        |kind| Answer { data: testing::sample::<Shown>(kind), rid: Some("r".into()) },
        failure,
    );
    let douse = testing::exchange::<Douse, ClientParameters, CallOptions>(
        &[testing::SampleSession::new::<SessionParameters>(&crate::support::SESSION)],
        |_| Answer { data: Doused {}, rid: None },
        failure,
    );
    for (text, requests) in [(light, 6), (show, 4), (douse, 12)] {
        assert_eq!(text.matches("# request").count(), requests, "{text}");
        assert!(text.contains(" with code 7, \"busy\": retry later"), "{text}");
        assert!(text.contains("app.onReply({"), "{text}");
    }
    assert_eq!([LIGHT.name, SHOW.name, DOUSE.name], ["lamp/light", "lamp/show", "lamp/douse"]);
}

/// As [`Show`], with replies in an envelope that is not read as it was written.
#[derive(Clone, Debug, PartialEq, Wire)]
struct Peek {
    lamp: u32,
}

impl exchange::Request for Peek {
    const OPERATION: &'static Operation = &SHOW;
    type Envelope = Forgetful<Shown>;
    type FailedEnvelope = Envelope<Document>;
    type LooseEnvelope = Envelope<Document>;
    type Answer = Answer<Shown>;
    type Failure = Failure;
}

/// Without an ID it has no status for whoever reads it, and an ID is forgotten.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "reply", json_root = "reply")]
struct Forgetful<D> {
    rid: Option<String>,
    data: Option<D>,
}

impl<D: Payload> generated::Envelope for Forgetful<D> {
    type Answer = Answer<D>;
    type Failure = Failure;

    fn open(self) -> OpenedEnvelope<Answer<D>, Failure> {
        match (self.rid, self.data) {
            (Some(_), Some(data)) => OpenedEnvelope::Success(Answer { data, rid: None }),
            _ => OpenedEnvelope::NoStatus,
        }
    }

    fn seal(answer: Answer<D>, _operation: &'static Operation) -> Self {
        Self { rid: answer.rid, data: answer.data.present() }
    }

    fn refuse(failure: Failure, _path: &str) -> Self {
        Self { rid: failure.rid, data: None }
    }
}

/// The tests that are generated for an operation fail where a side does not read what the other one wrote: both go through here.
#[test]
fn exchanges_that_are_not_read_back_fail() {
    let fails = |rid: Option<&'static str>| {
        let exchange = || {
            testing::exchange::<Peek, ClientParameters, CallOptions>(
                &[],
                |kind| Answer { data: testing::sample::<Shown>(kind), rid: rid.map(str::to_owned) },
                || Failure { code: Code::Busy, text: None, rid: None, data: Document::Null },
            )
        };
        let panic = std::panic::catch_unwind(exchange).expect_err("a test that fails");
        *panic.downcast::<String>().expect("a message")
    };
    let unread = fails(None);
    assert!(unread.starts_with("an answer is not read: "), "{unread}");
    assert!(unread.contains("\"lamp\":1"), "what was written is shown: {unread}");
    let forgotten = fails(Some("r-1"));
    assert!(forgotten.contains("what was read is not what was written: HTTP 200"), "{forgotten}");
}
