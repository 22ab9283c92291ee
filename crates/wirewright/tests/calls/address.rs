//! Operations that share a path: which of them a request is for.

use crate::support::Envelope;
use http::Method;
use wirewright::{
    Format, Limits,
    describe::{
        FormatDescription, MethodDescription, Operation, ParameterDescription, ParameterLocation,
        ParameterSource, Placement, Protocol,
    },
    generated::write_failure,
    server::receive,
    wire::Document,
};

const fn common(
    name: &'static str,
    source: ParameterSource,
    location: ParameterLocation,
) -> ParameterDescription {
    ParameterDescription { location, ..ParameterDescription::new(name, source) }
}

const PLAIN_PROTOCOL: Protocol = Protocol {
    title: "Buoy",
    endpoint: "https://buoy.example",
    formats: &[FormatDescription::new(Format::Xml, "text/xml")],
    parameters: &[common("", ParameterSource::Request, ParameterLocation::Parameters)],
    charset: None,
    code_header: None,
    computation: None,
};

static PLAIN: Protocol = PLAIN_PROTOCOL;
static NAMED: Protocol = Protocol {
    endpoint: "https://{action}.buoy.example",
    parameters: &[
        common("action", ParameterSource::Operation, ParameterLocation::Host),
        common("", ParameterSource::Request, ParameterLocation::Parameters),
    ],
    ..PLAIN_PROTOCOL
};
const ADDED: Operation = Operation {
    name: "light/add",
    wire_name: "add",
    path: "/light",
    methods: &[MethodDescription { method: Method::POST, placement: Placement::Form }],
    formats: &[Format::Xml],
    sessionless: true,
    ..Operation::new(&PLAIN)
};
const SHOWN: Operation = Operation {
    name: "light/show",
    methods: &[MethodDescription { method: Method::GET, placement: Placement::Query }],
    ..ADDED
};
static ADD: Operation = ADDED;
static SHOW: Operation = SHOWN;
static FAR: Operation = Operation { name: "far/add", endpoint: Some("https://far.buoy.example"), ..ADDED };
static PORT: Operation = Operation { name: "port/add", endpoint: Some("https://buoy.example:8443"), ..ADDED };
static ANY: Operation = Operation { name: "any/add", endpoint: Some("https://{site}.buoy.example"), ..ADDED };
static LIFT: Operation = Operation { name: "x/lift", wire_name: "Lift", protocol: &NAMED, ..SHOWN };
static LOWER: Operation = Operation { name: "x/lower", wire_name: "lower", protocol: &NAMED, ..SHOWN };
static RAISE: Operation = Operation { methods: ADDED.methods, name: "x/raise", ..LOWER };

/// What two operations at one path may differ in: the method, the host, the port, and the name in a header or in the host. The checks of
/// definitions let no others share a path.
#[test]
fn operations_at_one_path_are_told_apart() {
    const ALL: [&Operation; 5] = [&ANY, &ADD, &SHOW, &FAR, &PORT];
    const BY_HOST: [&Operation; 3] = [&LIFT, &RAISE, &LOWER];
    let found = |operations: &[&'static Operation], method: &str, host: &str| {
        let request = http::Request::builder().method(method).uri("/light").header("host", host);
        let request = request.body(Vec::new()).expect("a request");
        match receive(operations, "http://127.0.0.1", &request, &Limits::new()) {
            Ok(incoming) => incoming.operation_name().to_owned(),
            Err((refused, incoming)) => {
                let incoming = incoming.expect("an answer can be written");
                let response = write_failure::<Envelope<Document>>(&incoming, refused.failure());
                let allow = response.headers().get("allow").map(|allow| allow.to_str().unwrap_or_default());
                format!("{:?} {}", refused.condition, allow.unwrap_or("-"))
            }
        }
    };
    for (operations, method, host, expected) in [
        (&ALL[1..3], "POST", "buoy.example", "light/add"),
        (&ALL[1..3], "GET", "buoy.example", "light/show"),
        (&ALL[1..3], "PUT", "buoy.example", "MethodNotAllowed GET, POST"),
        (&ALL[..], "POST", "buoy.example", "light/add"),
        (&ALL[..], "GET", "buoy.example:443", "light/show"),
        (&ALL[..], "POST", "far.buoy.example", "far/add"),
        (&ALL[..], "POST", "near.buoy.example", "any/add"),
        (&ALL[..], "GET", "far.buoy.example", "MethodNotAllowed POST"),
        (&ALL[..], "POST", "buoy.example:8443", "port/add"),
        (&ALL[..], "GET", "localhost:8000", "light/show"),
        (&BY_HOST[..], "GET", "lift.buoy.example", "x/lift"),
        (&BY_HOST[..], "GET", "lower.buoy.example", "x/lower"),
        (&BY_HOST[..], "POST", "lower.buoy.example", "x/raise"),
        (&BY_HOST[..], "POST", "lift.buoy.example", "MethodNotAllowed GET"),
        (&BY_HOST[..], "GET", "sink.buoy.example", "OperationUnknown -"),
    ] {
        assert_eq!(found(operations, method, host), expected, "{method} {host}");
    }
}
