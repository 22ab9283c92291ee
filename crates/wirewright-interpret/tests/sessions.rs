//! Sessions of an interpreted client are those of the generated crate: one restores what the other saved, and both sign alike.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use http::Response;
use support::{SampleEnvironment, folders, load};
use wirewright::{
    Format, Limits,
    client::Config,
    exchange::{CallContext, Request as _, write_request},
    generated::DescribedSession,
    testing::Sample,
    wire::{FromWire as _, Record},
};
use wirewright_interpret::{Definition, DynamicRecord, sample};

const LOGIN: &str = r#"{"response": {"statusCode": 200, "statusText": "OK", "data": {
    "token": {"expiresIn": 86400, "a": "tssh"}, "sessionSecret": "hush", "hostTime": 1222790202}}}"#;

fn nina() -> Definition {
    let folder = folders().into_iter().find(|folder| folder.ends_with("nina")).unwrap();
    load(&folder)
}

#[test]
fn a_session_is_that_of_the_generated_crate() {
    let definition = nina();
    let kind = definition.session("client").unwrap();
    let operation = definition.operation("auth/clientLogin").unwrap();
    let request = definition.parse_request(operation, "s=chuck&pwd=hunter2", b"", &[]).unwrap();
    let reply = Response::new(LOGIN.as_bytes().to_vec());
    let answer = definition.read_reply(operation, reply, Format::Json, &Limits::new()).unwrap();
    let now = Duration::from_secs(1_222_790_192);
    let session = definition.opened(kind, &request, &answer, None, Some(now)).unwrap();

    let mut typed = nina::auth::ClientLogin::empty();
    wirewright::described::parse_request_into(
        nina::auth::ClientLogin::OPERATION,
        <nina::auth::ClientLogin as wirewright::wire::Message>::SHAPE,
        &mut typed,
        "s=chuck&pwd=hunter2",
        b"",
        &[],
    )
    .unwrap();
    let reply = Response::new(LOGIN.as_bytes().to_vec());
    let generated =
        wirewright::exchange::read_reply::<nina::auth::ClientLogin>(reply, Format::Json, &Limits::new());
    let state = nina::ClientSessionState::opened(&typed, &generated.unwrap(), Some(now)).unwrap();

    let saved = session.save().unwrap();
    assert_eq!(saved.expose(), state.save().unwrap().expose());
    assert_eq!(nina::ClientSessionState::restore(saved.expose()).unwrap(), state);
    let restored = definition.restore(kind, saved.expose()).unwrap();
    assert_eq!(restored.fields(), state.fields());
    assert_eq!(state.fields(), std::slice::from_ref(&state.key));
    assert_eq!((restored.clock_skew(), restored.clock_skew().as_millis()), (state.clock_skew(), 10_000));

    // A call of either is the same, its signature too.
    let logout = definition.operation("auth/logout").unwrap();
    let client = sample(definition.client_parameters(), Sample::Minimal);
    let settings = Config::new();
    let own = DynamicRecord::empty(definition.request(logout));
    let write = |session| {
        let options = DynamicRecord::empty(definition.call_options());
        let context = CallContext {
            client: &client as &(dyn Record + Sync),
            options: &options,
            session: Some(session),
            environment: Some(&SampleEnvironment),
            request_ids: false,
            ..settings.context()
        };
        let request = write_request(logout.described(), &own, &context).unwrap();
        (request.uri().to_string(), String::from_utf8(request.into_body()).unwrap())
    };
    let (carried, fields) = (state.carried(), state.fields());
    let of_state = wirewright::exchange::SessionContext {
        kind: nina::ClientSessionState::KIND,
        parameters: &carried,
        fields: &fields,
    };
    let (uri, body) = write(restored.context());
    assert!(uri.contains("sig_sha256=") || body.contains("sig_sha256="), "{uri}\n{body}");
    assert_eq!((uri, body), write(of_state));
    for shown in [format!("{session:?}"), format!("{request:?}"), format!("{answer:?}")] {
        assert!(!["tssh", "hush", "hunter2"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
}

#[test]
fn a_server_names_the_session_that_it_opens() {
    let definition = nina();
    let kind = definition.session("client").unwrap();
    let operation = definition.operation("auth/clientLogin").unwrap();
    let request = DynamicRecord::empty(definition.request(operation));
    let reply = Response::new(LOGIN.as_bytes().to_vec());
    let mut answer = definition.read_reply(operation, reply, Format::Json, &Limits::new()).unwrap();
    definition.rename(kind, &mut answer, "of-the-mock");
    let session = definition.opened(kind, &request, &answer, None, None).unwrap();
    assert!(session.save().unwrap().expose().contains("of-the-mock"));
}
