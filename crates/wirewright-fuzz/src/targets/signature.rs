//! Signatures: none but the right one is taken.

use http::Method;
use wirewright::{
    Limits, Secret,
    client::Config,
    exchange::{CallContext, Request as _, SessionContext, write_request},
    server::receive,
    sign::{BasePart, BaseString, EncodeSet, ParameterOrder, Signing, TextEncoding},
    testing::{Sample, arbitrary, sample},
};

use crate::Outcome;

static DESCENDING: Signing = Signing {
    base: BaseString {
        parts: &[
            BasePart::Constant("v1"),
            BasePart::Method,
            BasePart::Host,
            BasePart::Path,
            BasePart::Parameters,
        ],
        join: "\n",
        encode: EncodeSet::None,
        order: ParameterOrder::Descending,
        parameter_encode: EncodeSet::Form,
        pair: "=",
        pairs: "&",
    },
    encoding: TextEncoding::Hex,
};
static OAUTH1: Signing = Signing { base: BaseString::OAUTH1, encoding: TextEncoding::Base64 };

/// The key that signs.
const KEY: &str = "a key";

/// The bytes are parameters to sign, and after a line break what they are changed to.
///
/// # Panics
///
/// When a signature is taken for another text than the one that was signed.
pub fn signature(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut lines = data.splitn(2, |byte| *byte == b'\n');
    let mut line = || String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let (signed, changed) = (line(), line());
    let url = "https://api.example/auth/logout";
    for signing in [&OAUTH1, &DESCENDING] {
        let key = KEY.as_bytes();
        let signature = signing.sign(key, "GET", url, &signed);
        let verify = |url, text: &str, signature: &str| signing.verify(key, "GET", url, text, signature);
        assert!(verify(url, &signed, &signature), "a signature is the signature of its text");
        assert!(!signing.verify(b"another key", "GET", url, &signed, &signature));
        assert!(!verify("https://api.example/auth/login", &signed, &signature));
        let alike = pairs(&signed) == pairs(&changed);
        assert_eq!(verify(url, &changed, &signature), alike, "{signed:?} {changed:?}");
        let as_text = signed == signature || changed == signature;
        assert!(as_text || !verify(url, &signed, &changed), "{changed:?} is not {signature:?}");
        outcome.take(alike);
    }
    request(&mut outcome, data);
    outcome
}

/// The pairs as signatures have them: in no order.
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    pairs.sort();
    pairs
}

/// A whole request is signed, changed at one place, and received.
fn request(outcome: &mut Outcome, data: &[u8]) {
    let operation = nina::auth::Logout::OPERATION;
    let (client, session): (nina::ClientParameters, nina::ClientSessionParameters) =
        (sample(Sample::Full), sample(Sample::Full));
    let request: nina::auth::Logout = arbitrary(data);
    let options: nina::CallOptions = arbitrary(data.get(data.len() / 2..).unwrap_or_default());
    let settings = Config::new().with_method(Method::POST).with_endpoint("https://api.example");
    let key = Secret::from(KEY);
    let context = CallContext {
        client: &client,
        options: &options,
        session: Some(SessionContext { kind: &nina::CLIENT_SESSION, parameters: &session, key: Some(&key) }),
        ..settings.context()
    };
    let Ok(sent) = write_request(operation, &request, &context) else {
        return outcome.refuse("not sent");
    };
    let check = |request: &http::Request<Vec<u8>>| {
        let incoming = receive(&[operation], "https://api.example", request, &Limits::new()).ok()?;
        incoming.verify(KEY).ok()
    };
    assert!(check(&sent).is_some(), "a request that was signed is taken");
    let before = String::from_utf8_lossy(sent.body()).into_owned();
    let mut body = sent.body().clone();
    let place = data.iter().fold(0, |place, byte| usize::from(*byte) + place * 31 % 65_521);
    let place = place % body.len().max(1);
    if let Some(byte) = body.get_mut(place) {
        *byte = data.first().copied().unwrap_or_default();
    }
    let after = String::from_utf8_lossy(&body).into_owned();
    let (parts, _) = sent.into_parts();
    let taken = check(&http::Request::from_parts(parts, body)).is_some();
    // A space stands for the `+` of a base64 text that was sent bare.
    let read = |text: &str| -> Vec<(String, String)> {
        let text = pairs(text).into_iter();
        text.map(
            |(name, value)| {
                if name == "sig_sha256" { (name, value.replace(' ', "+")) } else { (name, value) }
            },
        )
        .collect()
    };
    assert!(!taken || read(&before) == read(&after), "{before:?} {after:?}");
    outcome.take(taken);
}

/// Parameters.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let texts = [
        "devId=KEY&f=json&s=chatting+chuck&a=TOKEN%2B1%2F2%3D\na=TOKEN%2B1%2F2%3D&devId=KEY&f=json&s=chatting%20chuck",
        "a=1&b=2\na=1&b=3",
        "a=1&a=2&A=%FF\nA=%FE&a=2&a=1",
        "\n",
    ];
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}
