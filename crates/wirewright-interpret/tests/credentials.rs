//! A vendor that takes one kind of credentials of several: what clients send and servers take, of the generated crate and of the definition
//! as it is interpreted. The kinds are those of Subsonic and `OpenSubsonic`: <https://www.subsonic.org/pages/api.jsp> (Authentication) and
//! <https://opensubsonic.netlify.app/docs/extensions/apikeyauth/>.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop anywhere")]

use std::fmt::Write as _;
use std::path::Path;

use http::{Method, Request};
use subsonic::{CallOptions, ClientParameters, ErrorCode, Failure, system::Ping};
use wirewright::{
    Format, Limits, Options,
    client::Config,
    describe::Operation,
    exchange::{CallContext, Failure as _, Request as _, RequestError, write_request},
    from_str_with,
    server::{Rejection, Secrets, receive},
    wire::Record,
};
use wirewright_interpret::{Definition, DynamicRecord};

const HOST: &str = "http://your-server";

fn definition() -> &'static Definition {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs/subsonic");
    Box::leak(Box::new(Definition::load(&folder).unwrap()))
}

/// What a client with these parameters sends, or why it sends nothing.
fn sent(
    operation: &'static Operation,
    own: &dyn Record,
    client: &(dyn Record + Sync),
    options: &(dyn Record + Sync),
) -> Result<String, RequestError> {
    let config = Config::new().with_method(Method::GET).with_format(Format::Json);
    let context = CallContext { client, options, environment: Some(&Salt), ..config.context() };
    Ok(write_request(operation, own, &context)?.uri().query().unwrap_or_default().to_owned())
}

/// The salt of every call.
struct Salt;

impl wirewright::client::Environment for Salt {
    fn now(&self) -> Option<std::time::Duration> {
        None
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some([0x5a; 16])
    }
}

#[test]
fn a_client_has_all_of_one_kind_and_nothing_of_the_others() {
    let definition = definition();
    let ping = definition.operation("system/ping").unwrap();
    let mut text = String::new();
    for given in [
        "u=joe&secret=sesame&c=app",
        "u=joe&p=sesame&c=app",
        "apiKey=1234&c=app",
        "c=app",
        "u=joe&c=app",
        "secret=sesame&c=app",
        "u=joe&apiKey=1234&c=app",
        "u=joe&p=sesame&secret=sesame&c=app",
    ] {
        let (format, options) = (Format::Query, Options::new());
        let client: ClientParameters = from_str_with(format, given, &options).unwrap();
        let mut dynamic = DynamicRecord::empty(definition.client_parameters());
        let shape = definition.client_parameters().shape();
        wirewright::described::decode_into(format, given, &options, shape, &mut dynamic).unwrap();
        let shown = |sent: Result<String, RequestError>| sent.unwrap_or_else(|error| error.to_string());
        let of_crate = shown(sent(Ping::OPERATION, &Ping::default(), &client, &CallOptions::default()));
        let own = DynamicRecord::empty(definition.request(ping));
        let options = DynamicRecord::empty(definition.call_options());
        let interpreted = shown(sent(ping.described(), &own, &dynamic, &options));
        assert_eq!(of_crate, interpreted, "{given}");
        writeln!(text, "{given}\n    {of_crate}").unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_server_is_told_one_kind() {
    let definition = definition();
    let ping = definition.operation("system/ping").unwrap();
    let token = "t=26719a1196d2a940705a59634eb18eab&s=c19b2d";
    let missing = Some(ErrorCode::ParameterMissing);
    let conflicting = Some(ErrorCode::ConflictingMechanisms);
    for (query, code) in [
        (format!("u=joe&{token}"), None),
        ("u=joe&p=sesame".to_owned(), None),
        ("apiKey=1234".to_owned(), None),
        (String::new(), missing),
        ("u=joe".to_owned(), missing),
        (token.to_owned(), missing),
        ("u=joe&t=26719a1196d2a940705a59634eb18eab".to_owned(), missing),
        ("p=sesame".to_owned(), missing),
        // "passing in `u` must be treated as an error 43"
        ("u=joe&apiKey=1234".to_owned(), conflicting),
        (format!("u=joe&p=sesame&{token}"), conflicting),
        (format!("u=joe&{token}&apiKey=1234"), conflicting),
    ] {
        let request = Request::get(format!("{HOST}/rest/ping.view?{query}&v=1.16.1&c=app")).body(Vec::new());
        let request = request.unwrap();
        let of_crate = receive(&[Ping::OPERATION], HOST, &request, &Limits::new());
        let interpreted = receive(&[ping.described()], HOST, &request, &Limits::new());
        let (refused, same) = (of_crate.err().map(|(refused, _)| refused), interpreted.err());
        let refused_alike = same.map(|(refused, _)| refused);
        assert_eq!(format!("{refused:?}"), format!("{refused_alike:?}"), "{query}");
        let failure = refused.as_ref().map(Rejection::failure::<Failure>);
        assert_eq!(failure.as_ref().map(|failure| *failure.code()), code, "{query}: {refused:?}");
    }
}

/// Nobody vouches for a client that is not known: neither for what it signs nor for what it sends.
#[test]
fn who_is_not_known_is_refused() {
    let client =
        |text: &str| from_str_with::<ClientParameters>(Format::Query, text, &Options::new()).unwrap();
    let joe = client("u=joe&secret=sesame&c=app");
    let token = "u=joe&t=26719a1196d2a940705a59634eb18eab&s=c19b2d";
    for (query, known, refused) in [
        (token, Some(&joe), None),
        ("u=joe&t=26719a1196d2a940705a59634eb18eac&s=c19b2d", Some(&joe), Some(ErrorCode::WrongCredentials)),
        (token, None, Some(ErrorCode::WrongCredentials)),
        ("u=joe&p=sesame", Some(&joe), None),
        ("u=joe&p=sesame", None, Some(ErrorCode::WrongCredentials)),
        ("apiKey=1234", None, Some(ErrorCode::WrongCredentials)),
    ] {
        let request = Request::get(format!("{HOST}/rest/ping.view?{query}&v=1.16.1&c=app")).body(Vec::new());
        let incoming = receive(&[Ping::OPERATION], HOST, &request.unwrap(), &Limits::new()).ok().unwrap();
        let claimed: ClientParameters = incoming.read_client().unwrap();
        let secrets = Secrets::none();
        let secrets = known.map_or(secrets.of_unknown_client(&claimed), |known| secrets.of_client(known));
        let verified = incoming.verify(&secrets);
        let code = verified.as_ref().err().map(|refused| *refused.failure::<Failure>().code());
        assert_eq!(code, refused, "{query}, known: {}", known.is_some());
    }
}
