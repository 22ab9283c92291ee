//! A definition that lists no errors: its sample failure is one nevertheless, in the interpreter as in the generated tests.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wirewright::{
    Format, Limits,
    client::Config,
    exchange::{CallContext, Error, Refusal as _, write_request},
    server::receive,
};
use wirewright_codegen::{emit, load_sources, packaging::Packaging};
use wirewright_interpret::{Definition, DynamicRecord};

/// The envelope; the code in the generated tests; the interpreter's.
const CASES: [(&str, &str, &str); 6] = [
    (r#"code = { is = "status", type = "integer", success = [0] }"#, "Other(1)", "1"),
    (r#"code = { is = "status", type = "integer", success = [1, 0] }"#, "Other(2)", "2"),
    (r#"code = { is = "status", type = "integer", success = [1] }"#, "Other(0)", "0"),
    (r#"state = { is = "status", success = ["ok"] }"#, r#"Other("unknown".to_owned())"#, "unknown"),
    (r#"state = { is = "status", success = ["unknown"] }"#, r#"Other("unknown-1".to_owned())"#, "unknown-1"),
    (
        r#"state = { is = "status", success = ["ok"], failure = "no" }
           code = { is = "code", type = "integer", on = "failure" }"#,
        "Other(0)",
        "0",
    ),
];

#[test]
fn a_sample_failure_is_read_as_a_failure() {
    for (envelope, generated, code) in CASES {
        let protocol = format!(
            r#"
            title    = "Buoy API"
            source   = "buoy.example"
            endpoint = "https://buoy.example"
            methods  = {{ GET = "query" }}
            formats  = {{ json = {{}} }}
            parameters = {{ "*" = {{ from = "request" }} }}
            [envelope]
            {envelope}
            data = {{ is = "data" }}
            "#
        );
        let files = vec![
            ("protocol.toml".to_owned(), protocol),
            ("light.toml".to_owned(), "[lit]\ndoc = \"Whether it is lit.\"\n".to_owned()),
        ];
        let vendor = load_sources("buoy", files).unwrap_or_else(|faults| panic!("{}", faults.render(false)));
        let tests = emit::files(&vendor, &Packaging::new("buoy"));
        let wire = tests.iter().find(|file| file.path == "tests/definition/wire.rs").unwrap();
        let expected = format!("buoy::Failure::new(buoy::ErrorCode::{generated})");
        assert!(wire.text.contains(&expected), "{envelope}: {expected} in\n{}", wire.text);

        let definition = Definition::new(vendor);
        let operation = definition.operation("light/lit").unwrap();
        let [own, client, options] =
            [definition.request(operation), definition.client_parameters(), definition.call_options()]
                .map(DynamicRecord::empty);
        let settings = Config::new();
        let context = CallContext { client: &client, options: &options, ..settings.context() };
        let request = write_request(operation.described(), &own, &context).unwrap();
        let described = operation.described();
        let incoming = receive(&[described], described.endpoint(), &request, &Limits::new()).unwrap();
        let response = definition.write_failure(&incoming, definition.sample_failure());
        let body = String::from_utf8_lossy(response.body()).into_owned();
        match definition.read_reply(operation, response, Format::Json, &Limits::new()) {
            Err(Error::Vendor(refused)) => {
                assert_eq!(refused.failure.code_text().as_deref(), Some(code), "{envelope}: {body}");
            }
            other => panic!("{envelope}: {body} is no failure: {other:?}"),
        }
    }
}
