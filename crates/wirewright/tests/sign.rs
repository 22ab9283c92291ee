//! Signatures against published and independently computed vectors.

use proptest::prelude::*;
use wirewright::sign::{
    BasePart, BaseString, EncodeSet, ParameterOrder, Signing, TextEncoding, derive_key, hmac_sha256,
    percent_encode,
};

const OAUTH1: Signing = Signing { base: BaseString::OAUTH1, encoding: TextEncoding::Base64 };

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
        let code = TextEncoding::Hex.encode(&hmac_sha256(key, message));
        assert_eq!(code.get(..expected.len()), Some(expected));
    }
    // A key of exactly a block is not hashed; one byte more is. Both were computed with Python's hmac.
    for (length, expected) in [(64, "3b7a8d453e76edb5"), (65, "c2d7d4c2256ddb09")] {
        let code = TextEncoding::Hex.encode(&hmac_sha256(&vec![b'k'; length], b"m"));
        assert_eq!(code.get(..16), Some(expected), "a key of {length} bytes");
    }
}

#[test]
fn the_base_string_of_rfc_5849() {
    let parameters = "b5=%3D%253D&a3=a&c%40=&a2=r%20b&oauth_consumer_key=9djdj82h48djs9d2&oauth_token=kkk9d7dh3k39sjv7\
                      &oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_nonce=7d8f3e4a&c2&a3=2+q";
    assert_eq!(
        BaseString::OAUTH1.build("POST", "http://example.com/request", parameters),
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
        let base = BaseString { parts: &[BasePart::Url], encode: EncodeSet::None, ..BaseString::OAUTH1 };
        assert_eq!(base.build("GET", url, ""), expected);
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
        let key = derive_key(vector.password, vector.session_secret, TextEncoding::Base64);
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
            assert_eq!(BaseString::OAUTH1.build(vector.verb, vector.url, &parameters), vector.base);
            let key = key.expose().as_bytes();
            let verify =
                |signature: &str| OAUTH1.verify(key, vector.verb, vector.url, &parameters, signature);
            assert_eq!(OAUTH1.sign(key, vector.verb, vector.url, &parameters), vector.signature);
            assert!(verify(vector.signature));
            assert!(verify(&vector.signature.replace('+', " ")), "a raw + arrives as a space");
            for wrong in ["", " ", "=", vector.session_key, &vector.signature[1..], &vector.signature[..43]] {
                assert!(!verify(wrong), "{wrong:?}");
            }
            assert!(!verify(&vector.signature.to_lowercase()));
            assert!(!verify(&format!("{}=", vector.signature)));
        }
    }
}

#[test]
fn other_orders_and_encodings() {
    let base = |order, parameter_encode| BaseString {
        parts: &[
            BasePart::Constant("v1"),
            BasePart::Host,
            BasePart::Path,
            BasePart::Method,
            BasePart::Parameters,
        ],
        join: "\n",
        encode: EncodeSet::None,
        order,
        parameter_encode,
        pair: ":",
        pairs: ",",
    };
    for (order, encode, parameters) in [
        (ParameterOrder::Sorted, EncodeSet::Rfc3986, "a%20b:%2B,b:,b:1,z:y"),
        (ParameterOrder::Descending, EncodeSet::Form, "z:y,b:1,b:,a+b:%2B"),
        (ParameterOrder::Wire, EncodeSet::None, "b:1,z:y,b:,a b:+"),
    ] {
        let text = base(order, encode).build("post", "https://Api.Example:8443/a/B", "b=1&z=y&&b&a+b=%2b");
        assert_eq!(text, format!("v1\napi.example:8443\n/a/B\nPOST\n{parameters}"));
    }
}

#[test]
fn an_empty_key_verifies_nothing() {
    for encoding in [TextEncoding::Base64, TextEncoding::Base64Url, TextEncoding::Hex] {
        let signing = Signing { base: BaseString::OAUTH1, encoding };
        let signature = signing.sign(b"", "GET", "https://a.example/", "a=1");
        assert!(!signing.verify(b"", "GET", "https://a.example/", "a=1", &signature));
        let signature = signing.sign(b"k", "GET", "https://a.example/", "a=1");
        assert!(signing.verify(b"k", "GET", "https://a.example/", "a=1", &signature));
    }
    let bytes = [0xfb, 0xff, 0x00];
    assert_eq!(TextEncoding::Base64.encode(&bytes), "+/8A");
    assert_eq!(TextEncoding::Base64Url.encode(&bytes), "-_8A");
    assert_eq!(TextEncoding::Hex.encode(&bytes), "fbff00");
}

/// The base string as its definition reads (RFC 5849 section 3.4.1), step by step.
fn by_the_book(base: &BaseString, verb: &str, url: &str, form: &str) -> String {
    let encode = |text: &str| percent_encode(text).into_owned();
    let mut pairs: Vec<_> = form_urlencoded::parse(form.as_bytes())
        .map(|(name, value)| (encode(&name), encode(&value)))
        .collect();
    match base.order {
        ParameterOrder::Sorted => pairs.sort(),
        ParameterOrder::Descending => pairs.sort_by(|one, other| other.cmp(one)),
        ParameterOrder::Wire => {}
    }
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    [verb, url, &pairs.join("&")].map(encode).join("&")
}

proptest! {
    #[test]
    fn base_strings_are_built_as_their_definition_reads(
        form in "([a-zA-Z0-9+%&=é€\u{1F600}*~._-]|%[0-9A-Fa-f]{2}|&){0,120}",
        order in prop_oneof![
            Just(ParameterOrder::Sorted),
            Just(ParameterOrder::Descending),
            Just(ParameterOrder::Wire)
        ],
    ) {
        let base = BaseString { order, ..BaseString::OAUTH1 };
        let url = "https://api.example/path";
        prop_assert_eq!(base.build("GET", url, &form), by_the_book(&base, "GET", url, &form));
    }
}
