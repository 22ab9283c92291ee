//! Generated types by serde's traits, behind the feature `serde` of their crates.

use lighthouse::{
    types::{State, Watch},
    watch::{Open, OpenReply},
};
use wirewright::serde::Exposed;

/// The traits are there for requests, replies and types; also for those of the definition that says everything.
#[test]
fn types_have_the_traits() {
    fn has<T: wirewright::serde::Serialize + for<'de> wirewright::serde::Deserialize<'de>>() {}
    has::<Open>();
    has::<OpenReply>();
    has::<Watch>();
    has::<lighthouse::CallOptions>();
    has::<lighthouse::ClientParameters>();
    has::<course::FailureData>();
    has::<course::body::Put>();
    has::<course::body::PutBody>();
}

#[test]
fn secrets_are_written_by_name_only() -> Result<(), serde_json::Error> {
    let mut watch = Watch::new("w-7");
    watch.lamp = Some(1200.5);
    let mut reply = OpenReply::new(watch, "grain");
    reply.now = Some(12);
    assert_eq!(serde_json::to_string(&reply)?, r#"{"watch":{"lamp":1200.5},"now":12}"#);
    let all = serde_json::to_string(&Exposed(&reply))?;
    assert_eq!(all, r#"{"watch":{"number":"w-7","lamp":1200.5},"salt":"grain","now":12}"#);
    assert_eq!(serde_json::from_str::<OpenReply>(&all)?, reply);
    let error = serde_json::from_str::<OpenReply>(r#"{"watch":{"lamp":1200.5},"now":12}"#).unwrap_err();
    assert!(error.to_string().contains("watch.number"), "{error}");
    Ok(())
}

#[test]
fn unknown_values_are_kept() -> Result<(), serde_json::Error> {
    let state: State = serde_json::from_str(r#""flickering""#)?;
    assert_eq!(state, State::Other("flickering".to_owned()));
    assert_eq!(serde_json::to_string(&state)?, r#""flickering""#);
    Ok(())
}
