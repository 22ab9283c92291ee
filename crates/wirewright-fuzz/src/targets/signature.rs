//! Signatures: none but the right one is taken.

use http::Method;
use wirewright::{
    Limits, Secret,
    client::Config,
    exchange::{CallContext, Request as _, SessionContext, write_request},
    server::{Secrets, receive},
    sign::{
        Algorithm, Computation, Compute as _, EncodeSet, HMAC_SHA256, Known, KnownText, Message, PairList,
        PairOrder, PairSource, Part, Signed, Step, StepContent, TextEncoding,
    },
    testing::{Sample, arbitrary, sample},
};

use crate::Outcome;

static ALGORITHMS: [&Algorithm; 1] = [&HMAC_SHA256];

/// One step of pairs, and one that signs the text with them.
const fn signed(list: &'static PairList, text: &'static [Part], encode: EncodeSet) -> [Step; 2] {
    [
        Step { percent_encode: encode, ..Step::new("pairs", StepContent::Pairs(list)) },
        Step {
            algorithms: &ALGORITHMS,
            key: &[&[Part::Session { name: "key", optional: false }]],
            encoding: Some(TextEncoding::Hex),
            ..Step::new("signature", StepContent::Template(text))
        },
    ]
}

const QUERY: &[PairSource] = &[PairSource::Query];

static DESCENDING: Computation = Computation {
    steps: &signed(
        &PairList { order: PairOrder::Descending, ..PairList::new(QUERY) },
        &[Part::Literal("v1\n"), Part::Method, Part::Host, Part::Path, Part::Literal("\n"), Part::Step(0)],
        EncodeSet::Form,
    ),
    parameters: &[],
    reply: None,
};
static SORTED: Computation = Computation {
    steps: &signed(
        &PairList::new(QUERY),
        &[Part::Method, Part::Url, Part::Literal("?"), Part::Step(0)],
        EncodeSet::Rfc3986,
    ),
    parameters: &[],
    reply: None,
};

/// A session with a key.
struct Key<'k>(&'k str);

impl Known for Key<'_> {
    fn client(&self, _: usize) -> Option<KnownText<'_>> {
        None
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        (field == "key").then(|| KnownText::new(self.0))
    }
}

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
    for signing in [&SORTED, &DESCENDING] {
        let sign = |key: &str, url: &str, query: &str| {
            let message = Message { method: "GET", url, query, ..Message::EMPTY };
            signing.value(1, &Signed::new(&message, &Key(key))).expect("all of it is there")
        };
        let signature = sign(KEY, url, &signed);
        assert_eq!(sign(KEY, url, &signed), signature, "a signature is the signature of its text");
        assert_ne!(sign("another key", url, &signed), signature);
        assert_ne!(sign(KEY, "https://api.example/auth/login", &signed), signature);
        let alike = pairs(&signed) == pairs(&changed);
        assert_eq!(sign(KEY, url, &changed) == signature, alike, "{signed:?} {changed:?}");
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
    let fields = [Secret::from(KEY)];
    let context = CallContext {
        client: &client,
        options: &options,
        session: Some(SessionContext { kind: &nina::CLIENT_SESSION, parameters: &session, fields: &fields }),
        ..settings.context()
    };
    let Ok(sent) = write_request(operation, &request, &context) else {
        return outcome.refuse("not sent");
    };
    let check = |request: &http::Request<Vec<u8>>| {
        let incoming = receive(&[operation], "https://api.example", request, &Limits::new()).ok()?;
        incoming.verify(&Secrets::none().of_session(&nina::CLIENT_SESSION, &[KEY])).ok()
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
