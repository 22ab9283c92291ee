//! Refusals inside of what HTTP and the envelope call a success, from a server to a client.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use http::Response;
use lighthouse::{
    Answer, CallOptions, Client, Config, ErrorCode, Failure,
    lamp::{Renew, RenewReply},
    server::{AnySession, Claims, Received, Server, Service},
    types::Wick,
};
use wirewright::{
    Format, Limits,
    exchange::{Error, ErrorCode as _, read_reply},
};

/// Renews as it is told to.
struct Keeper(Result<&'static str, ErrorCode>);

impl Service for Keeper {
    async fn session(&self, _: &Claims, _: &CallOptions) -> Result<AnySession, Failure> {
        Err(Failure::new(ErrorCode::NoWatch))
    }

    async fn renew(&self, _: Received<Renew>) -> Result<Answer<RenewReply>, Failure> {
        match &self.0 {
            Ok(is) => {
                let mut reply = RenewReply::default();
                reply.wick = Some(Wick::new(*is));
                Ok(Answer::new(reply))
            }
            Err(code) => {
                let mut failure = Failure::new(*code);
                failure.words = Some("it is wet".into());
                Err(failure)
            }
        }
    }
}

fn trimmed(
    result: Result<&'static str, ErrorCode>,
    format: Format,
) -> Result<Option<String>, Error<Failure>> {
    let server = Server::new(Keeper(result), "https://lighthouse.example");
    let config = Config::new().with_format(format).with_request_ids(false);
    let answer = Client::new(&server, "north").with_config(config).renew().send_blocking()?;
    Ok(answer.data.wick.map(|wick| wick.is))
}

#[test]
fn a_refusal_inside_of_a_success_is_one() {
    for format in [Format::Json, Format::Xml] {
        for is in ["trimmed", "new"] {
            assert_eq!(trimmed(Ok(is), format).unwrap().as_deref(), Some(is), "{format}");
        }
        // Errors that the reply tells of, one that the envelope tells of, and what nobody has heard of.
        for (result, code, words) in [
            (Err(ErrorCode::Wet), "51", Some("it is wet")),
            (Err(ErrorCode::NoWatch), "30", Some("it is wet")),
            (Ok("77"), "77", None),
        ] {
            match trimmed(result, format) {
                Err(Error::Vendor(error)) => {
                    assert_eq!(error.status.as_u16(), 200, "{format}");
                    assert_eq!(error.failure.code.as_wire().as_deref(), Some(code), "{format}");
                    assert!(words.is_none() || error.failure.words.as_deref() == words, "{format}");
                }
                other => panic!("{format}, {result:?}: {other:?}"),
            }
        }
    }
}

/// What tells of a refusal is in the reply; what it does not tell is none.
#[test]
fn where_the_refusal_is_told() {
    for (log, expected) in [
        ("{}", "success"),
        (r#"{"wick":{"is":"new"}}"#, "success"),
        (r#"{"wick":{"is":"51","why":"so"}}"#, "51 so"),
        (r#"{"wick":{"is":"50"},"inches":3}"#, "50 The wick is gone."),
    ] {
        let body = format!(r#"{{"state":"lit","log":{log}}}"#);
        let found = match read_reply::<Renew>(Response::new(body.into_bytes()), Format::Json, &Limits::new())
        {
            Ok(_) => "success".to_owned(),
            Err(Error::Vendor(error)) => {
                let code = error.failure.code.as_wire().unwrap_or_default().into_owned();
                format!(
                    "{code} {}",
                    error.failure.words.as_deref().unwrap_or(error.failure.code.description())
                )
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{log}");
    }
}
