//! Signatures against published and independently computed vectors.

use proptest::prelude::*;
use wirewright::sign::{
    Algorithm, Computation, Compute as _, EncodeSet, HMAC_SHA256, HMAC_SHA512, Known, KnownText, Message,
    NothingKnown, PairList, PairOrder, PairPart, PairSource, Part, PreparedKeys, Signed, Step, StepContent,
    TextEncoding, percent_encode,
};

const QUERY: &[PairSource] = &[PairSource::Query];

/// The base string of OAuth 1.0 (RFC 5849 section 3.4.1), signed; and the key of a session that signs.
static OAUTH1: Computation = Computation {
    steps: &[
        Step {
            percent_encode: EncodeSet::Rfc3986,
            ..Step::new("parameters", StepContent::Pairs(&PairList::new(QUERY)))
        },
        Step {
            percent_encode: EncodeSet::Rfc3986,
            algorithms: &[&HMAC_SHA256],
            key: &[&[Part::Session { name: "key", optional: false }]],
            encoding: Some(TextEncoding::Base64),
            ..Step::new("signature", StepContent::Template(BASE))
        },
        Step {
            algorithms: &[&HMAC_SHA256],
            key: &[&[Part::Opening(0)]],
            encoding: Some(TextEncoding::Base64),
            ..Step::new("session-key", StepContent::Template(&[Part::Opening(1)]))
        },
    ],
    parameters: &[],
    reply: None,
};

const BASE: &[Part] = &[Part::Method, Part::Literal("&"), Part::Url, Part::Literal("&"), Part::Step(0)];

/// A session with this key.
struct Key<'k>(&'k str);

impl Known for Key<'_> {
    fn client(&self, _: usize) -> Option<KnownText<'_>> {
        None
    }

    fn session(&self, field: &str) -> Option<KnownText<'_>> {
        (field == "key").then(|| KnownText::new(self.0))
    }
}

const fn message<'m>(method: &'m str, url: &'m str, query: &'m str) -> Message<'m> {
    Message { method, url, query, ..Message::EMPTY }
}

/// What is signed.
fn base(method: &str, url: &str, query: &str) -> String {
    OAUTH1
        .shown(1, &Signed::new(&message(method, url, query), &NothingKnown))
        .expect("no secret is filled in")
}

#[test]
fn hmac_sha256_as_rfc_4231_has_it() {
    let counting: Vec<u8> = (1..=25).collect();
    let long = [0xaa; 131];
    let cases: [(&[u8], &[u8], &str); 7] = [
        (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (&counting, &[0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        // Truncated to 128 bits.
        (&[0x0c; 20], b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
        (
            &long,
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            &long,
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to \
              be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, message, expected) in cases {
        let code = TextEncoding::Hex.encode(&HMAC_SHA256.of(Some(key), message));
        assert_eq!(code.get(..expected.len()), Some(expected));
    }
    // A key of exactly a block is not hashed; one byte more is. Both were computed with Python's hmac.
    for (length, expected) in [(64, "3b7a8d453e76edb5"), (65, "c2d7d4c2256ddb09")] {
        let code = TextEncoding::Hex.encode(&HMAC_SHA256.of(Some(&vec![b'k'; length]), b"m"));
        assert_eq!(code.get(..16), Some(expected), "a key of {length} bytes");
    }
}

#[test]
fn the_base_string_of_rfc_5849() {
    let parameters = "b5=%3D%253D&a3=a&c%40=&a2=r%20b&oauth_consumer_key=9djdj82h48djs9d2&oauth_token=kkk9d7dh3k39sjv7\
                      &oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_nonce=7d8f3e4a&c2&a3=2+q";
    assert_eq!(
        base("POST", "http://example.com/request", parameters),
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D\
         %26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1\
         %26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    );
    for (url, expected) in [
        ("http://EXAMPLE.COM:80/r%20v/X", "http://example.com/r%20v/X"),
        ("https://www.example.net:8080/", "https://www.example.net:8080/"),
        ("HTTPS://example.net:443", "https://example.net/"),
        ("http://example.net:443/", "http://example.net:443/"),
        ("https://example.net:80/", "https://example.net:80/"),
        ("https://example.net:/a", "https://example.net/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("https://example.net/a?b=c", "https://example.net/a"),
        ("https://example.net?b=c#d", "https://example.net/"),
    ] {
        static URL: Computation = Computation {
            steps: &[Step::new("url", StepContent::Template(&[Part::Url]))],
            parameters: &[],
            reply: None,
        };
        assert_eq!(URL.value(0, &Signed::new(&message("GET", url, ""), &NothingKnown)).unwrap(), expected);
    }
}

struct Vector {
    password: &'static str,
    session_secret: &'static str,
    session_key: &'static str,
    verb: &'static str,
    url: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    base: &'static str,
    signature: &'static str,
}

/// The first three were made with oauthlib, an independent implementation; the session key of the others is the example on the
/// vendor's page.
const VECTORS: [Vector; 6] = [
    Vector {
        password: "secret",
        session_secret: "abcdef0123456789",
        session_key: "KgvC/yY+Rf+yVpMD1oBZ00YyLpxz+05Kg25UpQdJyDc=",
        verb: "GET",
        url: "http://api.screenname.nina.bz/auth/logout",
        parameters: &[("devId", "ao1abcDEF"), ("f", "xml"), ("a", "%2FwQAAA%3D%3D")],
        base: "GET&http%3A%2F%2Fapi.screenname.nina.bz%2Fauth%2Flogout&a%3D%25252FwQAAA%25253D%25253D%26devId%3Dao1abcDEF\
               %26f%3Dxml",
        signature: "IiRKR/ut0qj33HEkFL2Dm1sjPq852NXkgncpb5WOz/o=",
    },
    Vector {
        password: "p w&d=é",
        session_secret: "S3cr3t==",
        session_key: "JVBMXZHlSeLq+otfzFkQrB0muIbfQBIu5ej+sp4ibkI=",
        verb: "POST",
        url: "https://api.screenname.nina.bz/auth/logout",
        parameters: &[
            ("devId", "x y"),
            ("f", "json"),
            ("c", "cb.fn"),
            ("r", "r-1~_*"),
            ("a", "tok/en+="),
            ("s", "bøb"),
        ],
        base: "POST&https%3A%2F%2Fapi.screenname.nina.bz%2Fauth%2Flogout&a%3Dtok%252Fen%252B%253D%26c%3Dcb.fn\
               %26devId%3Dx%2520y%26f%3Djson%26r%3Dr-1~_%252A%26s%3Db%25C3%25B8b",
        signature: "N5jqL3uJfrzQAQCmLyBBcv1dM5vuolBR5Cdw5Rsnbi4=",
    },
    Vector {
        password: "x",
        session_secret: "",
        session_key: "8n5lJ9a4QIQwpma3RgcMMH9UK7VO5+bcswPz5SwLCfs=",
        verb: "GET",
        url: "http://API.screenname.nina.bz:80/auth/logout",
        parameters: &[("f", ""), ("a", "1"), ("a", "0"), ("language", "en-us")],
        base: "GET&http%3A%2F%2Fapi.screenname.nina.bz%2Fauth%2Flogout&a%3D0%26a%3D1%26f%3D%26language%3Den-us",
        signature: "L04cfU+qUvlFPTheplIbILrvw6tlmwDxMp/AUoLueO4=",
    },
    Vector {
        password: "test",
        session_secret: "Olpq7NboSbO0gxym",
        session_key: "pgBumyiK1xwvjLjcDLRCW7/LySPp+DUXQ3PpDU3c84w=",
        verb: "GET",
        url: "http://api.screenname.nina.bz/auth/logout",
        parameters: &[("a", "TOKEN+1/2="), ("devId", "KEY"), ("f", "json"), ("s", "chatting chuck")],
        base: "GET&http%3A%2F%2Fapi.screenname.nina.bz%2Fauth%2Flogout&a%3DTOKEN%252B1%252F2%253D%26devId%3DKEY%26f%3Djson\
               %26s%3Dchatting%2520chuck",
        signature: "mVezlGdyHsxExGlWX2WKhEDAV7ylbfXj1ouQOqdnEWM=",
    },
    Vector {
        password: "test",
        session_secret: "Olpq7NboSbO0gxym",
        session_key: "pgBumyiK1xwvjLjcDLRCW7/LySPp+DUXQ3PpDU3c84w=",
        verb: "POST",
        url: "http://api.screenname.nina.bz/auth/logout",
        parameters: &[("a", "TOKEN+1/2="), ("devId", "KEY"), ("f", "json"), ("s", "chatting chuck")],
        base: "POST&http%3A%2F%2Fapi.screenname.nina.bz%2Fauth%2Flogout&a%3DTOKEN%252B1%252F2%253D%26devId%3DKEY%26f%3Djson\
               %26s%3Dchatting%2520chuck",
        signature: "MxCDCDHy8hJkBbajKneUuGNjtYKJ/mAK4Zgdpmm6s0s=",
    },
    Vector {
        password: "test",
        session_secret: "Olpq7NboSbO0gxym",
        session_key: "pgBumyiK1xwvjLjcDLRCW7/LySPp+DUXQ3PpDU3c84w=",
        verb: "GET",
        url: "http://api.oscar.nina.bz/im/sendIM",
        parameters: &[("t", "bob"), ("t", "alice"), ("message", "Hi & é ~*!'()"), ("B", "1"), ("a b", "c")],
        base: "GET&http%3A%2F%2Fapi.oscar.nina.bz%2Fim%2FsendIM&B%3D1%26a%2520b%3Dc\
               %26message%3DHi%2520%2526%2520%25C3%25A9%2520~%252A%2521%2527%2528%2529%26t%3Dalice%26t%3Dbob",
        signature: "tbdOn+b7o6SCAebVsPqILVG8GQkqiqV+bU4cY/G6O50=",
    },
];

#[test]
fn the_vendors_recipe() {
    for vector in VECTORS {
        let key = OAUTH1.derived(2, &[vector.password, vector.session_secret]);
        assert_eq!(key.expose(), vector.session_key);
        let form: String =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(vector.parameters).finish();
        let percent: Vec<String> = vector
            .parameters
            .iter()
            .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)))
            .collect();
        // How spaces and the like were written on the wire makes no difference.
        for parameters in [form, percent.join("&")] {
            assert_eq!(base(vector.verb, vector.url, &parameters), vector.base);
            let message = message(vector.verb, vector.url, &parameters);
            let signature = OAUTH1.value(1, &Signed::new(&message, &Key(key.expose()))).unwrap();
            assert_eq!(signature, vector.signature);
        }
    }
}

#[test]
fn other_orders_and_encodings() {
    const EACH: &[PairPart] = &[PairPart::Name, PairPart::Literal(":"), PairPart::Value];
    const fn pairs(order: PairOrder) -> PairList {
        PairList { order, each: EACH, join: ",", ..PairList::new(QUERY) }
    }
    const fn step(list: &'static PairList, percent_encode: EncodeSet) -> Step {
        Step { percent_encode, ..Step::new("pairs", StepContent::Pairs(list)) }
    }
    static ORDERS: Computation = Computation {
        reply: None,
        steps: &[
            step(&pairs(PairOrder::Sorted), EncodeSet::Rfc3986),
            step(&pairs(PairOrder::Descending), EncodeSet::Form),
            step(&pairs(PairOrder::Wire), EncodeSet::None),
            step(&pairs(PairOrder::SortedBeforeEncoding), EncodeSet::Rfc3986),
            step(
                &PairList {
                    repeated: Some("|"),
                    prefix: "?",
                    only: Some(&["b", "a*"]),
                    except: &["az"],
                    ..pairs(PairOrder::Sorted)
                },
                EncodeSet::Rfc3986,
            ),
            step(&PairList { lowercase: true, collapsed: true, ..pairs(PairOrder::Wire) }, EncodeSet::Form),
            step(&PairList { as_sent: true, ..pairs(PairOrder::Wire) }, EncodeSet::None),
        ],
        parameters: &[],
    };
    let query = "b=1&z=y&&b&a+b=%2b";
    for (index, query, expected) in [
        (0, query, "a%20b:%2B,b:,b:1,z:y"),
        (1, query, "z:y,b:1,b:,a+b:%2B"),
        (2, query, "b:1,z:y,b:,a b:+"),
        // `[` is before `a` and its code is not.
        (0, "a%5B=1&aa=2&a1=3", "a%5B:1,a1:3,aa:2"),
        (3, "a%5B=1&aa=2&a1=3", "a1:3,a%5B:1,aa:2"),
        (4, "z=9&b=1&az=0&ab=2%2F3&b=4", "?ab:2%2F3,b:1%7C4"),
        (5, "Ab=++x+%09+y&AB=z", "ab:x+y,ab:z"),
        (6, "b=%2b+&flag&a=", "b:%2b+,flag,a:"),
        (4, "z=1", ""),
    ] {
        let message = message("post", "https://Api.Example:8443/a/B", query);
        let text = ORDERS.value(index, &Signed::new(&message, &NothingKnown)).unwrap();
        assert_eq!(text, expected, "{index}: {query}");
    }
}

#[test]
fn an_empty_key_signs_nothing() {
    let message = message("GET", "https://a.example/", "a=1");
    let signed = |key: &str| OAUTH1.value(1, &Signed::new(&message, &Key(key)));
    assert!(signed("").is_err());
    assert!(signed("k").is_ok());
    assert!(OAUTH1.value(1, &Signed::new(&message, &NothingKnown)).is_err());
    // What is signed can be shown, and the key cannot.
    assert_eq!(base("GET", "https://a.example/", "a=1"), "GET&https%3A%2F%2Fa.example%2F&a%3D1");
    let bytes = [0xfb, 0xff, 0x00];
    assert_eq!(TextEncoding::Base64.encode(&bytes), "+/8A");
    assert_eq!(TextEncoding::Base64Url.encode(&bytes), "-_8A");
    assert_eq!(TextEncoding::Hex.encode(&bytes), "fbff00");
}

static ALGORITHMS: [&Algorithm; 2] = [&HMAC_SHA256, &HMAC_SHA512];

/// A key that is one value, one that is derived from several, and one that is written in base64; by either of two algorithms.
static KEYS: Computation = {
    const KEY: Part = Part::Session { name: "key", optional: false };
    const DATE: Part = Part::Operation;
    const fn step(key: &'static [&'static [Part]], key_encoding: Option<TextEncoding>) -> Step {
        Step {
            algorithms: &ALGORITHMS,
            key,
            key_encoding,
            encoding: Some(TextEncoding::Hex),
            ..Step::new("signature", StepContent::Template(&[Part::Method]))
        }
    }
    Computation {
        steps: &[
            step(&[&[KEY]], None),
            step(&[&[Part::Literal("AWS4"), KEY], &[DATE], &[Part::Literal("aws4_request")]], None),
            step(&[&[KEY]], Some(TextEncoding::Base64)),
        ],
        parameters: &[],
        reply: None,
    }
};

#[test]
fn keys_that_are_kept_sign_as_those_that_are_made_each_time() {
    let keys = PreparedKeys::new();
    // Each key comes once more after more others than are kept.
    let texts = ["c2VjcmV0", "a2V5", "c2VjcmV0", "a2V5cw==", "bW9yZQ==", "b25l", "c2VjcmV0"];
    for (text, date) in texts.iter().flat_map(|text| ["20261130", "20261201"].map(|date| (text, date))) {
        for algorithm in ALGORITHMS {
            for step in 0..KEYS.steps.len() {
                let message = Message { method: "POST", operation: date, ..Message::EMPTY };
                let key = Key(text);
                let signed = Signed::new(&message, &key).by(Some(algorithm));
                let made = KEYS.value(step, &signed).unwrap();
                // The first time it is made and kept, the second time it is there.
                for _ in 0..2 {
                    assert_eq!(KEYS.value(step, &signed.under(Some(&keys))).unwrap(), made);
                }
            }
        }
    }
    // A key that nobody has is not kept, and neither is what is wrong.
    let message = message("GET", "https://a.example/", "a=1");
    for key in ["", "no base64!"] {
        let key = Key(key);
        let signed = Signed::new(&message, &key);
        assert_eq!(KEYS.value(2, &signed.under(Some(&keys))), KEYS.value(2, &signed));
        assert!(KEYS.value(2, &signed.under(Some(&keys))).is_err());
    }
    assert_eq!(format!("{keys:?} {:?}", keys.clone()), "[redacted] [redacted]");
}

/// The base string as its definition reads (RFC 5849 section 3.4.1), step by step.
fn by_the_book(verb: &str, url: &str, form: &str) -> String {
    let encode = |text: &str| percent_encode(text).into_owned();
    let mut pairs: Vec<_> = form_urlencoded::parse(form.as_bytes())
        .map(|(name, value)| (encode(&name), encode(&value)))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    [verb, url, &pairs.join("&")].map(encode).join("&")
}

/// Lists in several orders and spellings, each by itself and encoded once more.
static SERIALIZED: Computation = {
    const EACH: &[PairPart] = &[PairPart::Value, PairPart::Literal("&"), PairPart::Name];
    const fn list(list: &'static PairList, percent_encode: EncodeSet) -> Step {
        Step { percent_encode, ..Step::new("pairs", StepContent::Pairs(list)) }
    }
    const fn more(inner: &'static [Part], percent_encode: EncodeSet) -> Step {
        Step { percent_encode, ..Step::new("more", StepContent::Template(inner)) }
    }
    Computation {
        steps: &[
            list(&PairList { without: &["a"], ..PairList::new(QUERY) }, EncodeSet::Rfc3986),
            list(&PairList { each: EACH, ..PairList::new(QUERY) }, EncodeSet::Rfc3986),
            list(&PairList { order: PairOrder::Descending, ..PairList::new(QUERY) }, EncodeSet::Rfc3986),
            list(
                &PairList { order: PairOrder::SortedBeforeEncoding, ..PairList::new(QUERY) },
                EncodeSet::Rfc3986,
            ),
            list(
                &PairList { order: PairOrder::Wire, lowercase: true, ..PairList::new(QUERY) },
                EncodeSet::Rfc3986,
            ),
            list(&PairList { as_sent: true, ..PairList::new(QUERY) }, EncodeSet::Rfc3986),
            list(&PairList::new(QUERY), EncodeSet::Form),
            list(&PairList::new(QUERY), EncodeSet::None),
            more(&[Part::Step(0)], EncodeSet::Rfc3986),
            more(&[Part::Step(1)], EncodeSet::Form),
            more(&[Part::Step(3)], EncodeSet::Rfc3986),
        ],
        parameters: &[],
        reply: None,
    }
};

proptest! {
    #[test]
    fn base_strings_are_built_as_their_definition_reads(
        form in "([a-zA-Z0-9+%&=é€\u{1F600}*~._-]|%[0-9A-Fa-f]{2}|&){0,120}",
    ) {
        let url = "https://api.example/path";
        prop_assert_eq!(base("GET", url, &form), by_the_book("GET", url, &form));
    }

    /// What a client spells itself need not be decoded.
    #[test]
    fn serialized_forms_are_encoded_as_any(
        pairs in proptest::collection::vec(("[a-c ~*é/]{0,10}", "[a-zA-Z0-9 %&=+*~._é€-]{0,24}"), 0..20),
        step in 0..SERIALIZED.steps.len(),
    ) {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let message = message("GET", "https://a.example/", &form);
        let told = Message { serialized: true, ..message };
        let value = |message: &Message<'_>| SERIALIZED.value(step, &Signed::new(message, &NothingKnown));
        prop_assert_eq!(value(&told), value(&message));
    }
}
