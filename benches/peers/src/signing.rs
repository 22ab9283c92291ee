//! Requests signed, as definitions of vendors have it.

use std::{
    hint::black_box,
    num::NonZeroU64,
    time::{Duration, UNIX_EPOCH},
};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign},
    sign::v4,
};
use aws_smithy_runtime_api::client::identity::Identity;
use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, HeaderName, HeaderValue};
use wirewright::{
    Wire, query,
    sign::{
        Computation, Compute as _, EncodeSet, HMAC_SHA1, HMAC_SHA256, Known, KnownText, Message, PairList,
        PairPart, PairSource, Part, PreparedKeys, SHA256, Signed, Step, StepContent, TextEncoding,
    },
};

use crate::{
    documents::request,
    suite::{Group, OURS, leak},
};

pub fn signing() -> Vec<Group> {
    [by_key(), vec![aws(), oauth()]].into_iter().flatten().collect()
}

/// NINA's: the base string of OAuth 1.0a under the key of a session.
fn by_key() -> Vec<Group> {
    const KEY: &str = "pgBumyiK1xwvjLjcDLRCW7/LySPp+DUXQ3PpDU3c84w=";
    const URL: &str = "https://api.screenname.nina.bz/auth/logout";
    static SIGNING: Computation = Computation {
        reply: None,
        steps: &[
            Step {
                percent_encode: EncodeSet::Rfc3986,
                ..Step::new(
                    "parameters",
                    StepContent::Pairs(&PairList {
                        without: &["sig_sha256"],
                        ..PairList::new(&[PairSource::Query, PairSource::Form])
                    }),
                )
            },
            Step {
                percent_encode: EncodeSet::Rfc3986,
                algorithms: &[&HMAC_SHA256],
                key: &[&[Part::Session { name: "key", optional: false }]],
                encoding: Some(TextEncoding::Base64),
                ..Step::new("signature", StepContent::Template(BASE))
            },
        ],
        parameters: &[],
    };

    struct Session;

    impl Known for Session {
        fn client(&self, _: usize) -> Option<KnownText<'_>> {
            None
        }

        fn session(&self, _: &str) -> Option<KnownText<'_>> {
            Some(KnownText::new(KEY))
        }
    }
    // As a client signs: it has written the form itself, and its session keeps the key.
    let keys = leak(PreparedKeys::new());
    let message = |form| Message { method: "POST", url: URL, form, serialized: true, ..Message::EMPTY };
    let signed =
        move |form| SIGNING.value(1, &Signed::new(&message(form), &Session).under(Some(keys))).unwrap();
    let parameters = leak(query::to_string(&request()).unwrap()).as_str();
    let text = leak(SIGNING.shown(1, &Signed::new(&message(parameters), &Session)).unwrap()).as_str();
    let mac = || Hmac::<sha2::Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    let finish = |mac: Hmac<sha2::Sha256>| {
        base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes())
    };
    let ready = mac();
    vec![
        Group::new("signing a request, against its bare HMAC", 1.6, None)
            .case(OURS, parameters, signed)
            .case("hmac, sha2, base64", text, move |text| finish(mac().chain_update(text))),
        Group::new("signing, the bare HMAC's key ready", 2.0, None).case(OURS, parameters, signed).case(
            "hmac, sha2, base64",
            text,
            move |text| finish(ready.clone().chain_update(text)),
        ),
    ]
}

const BASE: &[Part] = &[Part::Method, Part::Literal("&"), Part::Url, Part::Literal("&"), Part::Step(0)];

/// The `Authorization` of a form that is posted to Amazon's SNS.
fn aws() -> Group {
    const URL: &str = "https://sns.us-east-1.amazonaws.com/";
    const HOST: &str = "sns.us-east-1.amazonaws.com";
    const FORM: &str = "application/x-www-form-urlencoded";
    const NAMES: &[&str] = &["host", "content-type", "x-amz-*"];
    const ACCESS_KEY: &str = "AKIDEXAMPLE";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const SECONDS: u64 = 1_440_938_160;
    const BODY: &str = "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Achuck\
                        &Subject=two+words&Message=you+logged+out+successfully%2C+chuck%40nina.bz";
    static SIGNING: Computation = Computation {
        reply: None,
        steps: &[
            Step::new(
                "scope",
                StepContent::Template(&[
                    Part::Parameter { name: "day", prefix: "", optional: false },
                    Part::Literal("/"),
                    Part::Client { name: "region", member: 0, secret: false, optional: false },
                    Part::Literal("/sns/aws4_request"),
                ]),
            ),
            Step {
                percent_encode: EncodeSet::Rfc3986,
                ..Step::new("query", StepContent::Pairs(&PairList::new(&[PairSource::Query])))
            },
            Step::new(
                "signed",
                StepContent::Pairs(&PairList {
                    only: Some(NAMES),
                    lowercase: true,
                    repeated: Some(","),
                    each: &[PairPart::Name],
                    join: ";",
                    ..PairList::new(&[PairSource::Headers])
                }),
            ),
            Step::new(
                "headers",
                StepContent::Pairs(&PairList {
                    only: Some(NAMES),
                    names_of: Some(2),
                    lowercase: true,
                    repeated: Some(","),
                    collapsed: true,
                    each: &[PairPart::Name, PairPart::Literal(":"), PairPart::Value, PairPart::Literal("\n")],
                    join: "",
                    ..PairList::new(&[PairSource::Headers])
                }),
            ),
            Step {
                algorithms: &[&SHA256],
                encoding: Some(TextEncoding::Hex),
                ..Step::new("payload", StepContent::Template(&[Part::Body]))
            },
            Step {
                algorithms: &[&SHA256],
                encoding: Some(TextEncoding::Hex),
                ..Step::new(
                    "request",
                    StepContent::Template(&[
                        Part::Method,
                        Part::Literal("\n/\n"),
                        Part::Step(1),
                        Part::Literal("\n"),
                        Part::Step(3),
                        Part::Literal("\n"),
                        Part::Step(2),
                        Part::Literal("\n"),
                        Part::Step(4),
                    ]),
                )
            },
            Step {
                algorithms: &[&HMAC_SHA256],
                key: &[
                    &[
                        Part::Literal("AWS4"),
                        Part::Client { name: "secret", member: 2, secret: true, optional: false },
                    ],
                    &[Part::Parameter { name: "day", prefix: "", optional: false }],
                    &[Part::Client { name: "region", member: 0, secret: false, optional: false }],
                    &[Part::Literal("sns")],
                    &[Part::Literal("aws4_request")],
                ],
                encoding: Some(TextEncoding::Hex),
                ..Step::new(
                    "signature",
                    StepContent::Template(&[
                        Part::Literal("AWS4-HMAC-SHA256\n"),
                        Part::Parameter { name: "X-Amz-Date", prefix: "", optional: false },
                        Part::Literal("\n"),
                        Part::Step(0),
                        Part::Literal("\n"),
                        Part::Step(5),
                    ]),
                )
            },
            Step::new(
                "authorization",
                StepContent::Template(&[
                    Part::Literal("AWS4-HMAC-SHA256 Credential="),
                    Part::Client { name: "access-key", member: 1, secret: false, optional: false },
                    Part::Literal("/"),
                    Part::Step(0),
                    Part::Literal(", SignedHeaders="),
                    Part::Step(2),
                    Part::Literal(", Signature="),
                    Part::Step(6),
                ]),
            ),
        ],
        parameters: &[],
    };

    struct Client;

    impl Known for Client {
        fn client(&self, member: usize) -> Option<KnownText<'_>> {
            ["us-east-1", ACCESS_KEY, SECRET].get(member).copied().map(KnownText::new)
        }

        fn session(&self, _: &str) -> Option<KnownText<'_>> {
            None
        }
    }
    let headers = [("host", HOST), ("content-type", FORM), ("x-amz-date", "20150830T123600Z")];
    let headers: &HeaderMap = leak(
        headers
            .into_iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect(),
    );
    let keys = leak(PreparedKeys::new());
    let identity = leak(Identity::from(Credentials::new(ACCESS_KEY, SECRET, None, None, "peers")));
    Group::new("a form post by AWS V4", 1.0, None)
        .case(OURS, BODY, move |form| {
            let message = Message {
                method: "POST",
                url: URL,
                form,
                serialized: true,
                headers: Some(headers),
                body: form.as_bytes(),
                computed: "day=20150830",
                ..Message::EMPTY
            };
            SIGNING.value(7, &Signed::new(&message, &Client).under(Some(keys))).unwrap()
        })
        .case("aws-sigv4", BODY, move |form| {
            let params: SigningParams<'_> = v4::SigningParams::builder()
                .identity(identity)
                .region("us-east-1")
                .name("sns")
                .time(UNIX_EPOCH + Duration::from_secs(SECONDS))
                .settings(SigningSettings::default())
                .build()
                .unwrap()
                .into();
            let sent = [("host", HOST), ("content-type", FORM)].into_iter();
            let body = SignableBody::Bytes(form.as_bytes());
            let request = SignableRequest::new("POST", URL, sent, body).unwrap();
            let (instructions, _) = sign(request, &params).unwrap().into_parts();
            let mut headers = instructions.headers();
            headers.find(|(name, _)| *name == "authorization").unwrap().1.to_owned()
        })
}

/// A form and its `Authorization` by OAuth 1.0a with HMAC-SHA1 (RFC 5849).
fn oauth() -> Group {
    const URL: &str = "https://example.com/api/v1/comments/create.json";
    const NONCE: &str = "Dk-OGluFEQ4f";
    const SECONDS: u64 = 1_234_567_890;
    const COMPUTED: &str = "oauth_consumer_key=consumer_key&oauth_nonce=Dk-OGluFEQ4f&oauth_signature_method=HMAC-SHA1\
                            &oauth_timestamp=1234567890&oauth_token=token";

    #[derive(Wire, oauth1_request::Request)]
    struct Comment {
        article_id: u64,
        text: String,
    }

    static SIGNING: Computation = Computation {
        reply: None,
        steps: &[
            Step {
                percent_encode: EncodeSet::Rfc3986,
                ..Step::new(
                    "normalized",
                    StepContent::Pairs(&PairList::new(&[
                        PairSource::Query,
                        PairSource::Form,
                        PairSource::Computed,
                    ])),
                )
            },
            Step {
                percent_encode: EncodeSet::Rfc3986,
                ..Step::new(
                    "key",
                    StepContent::Template(&[
                        Part::Client { name: "secret", member: 0, secret: true, optional: false },
                        Part::Literal("&"),
                        Part::Session { name: "token_secret", optional: true },
                    ]),
                )
            },
            Step {
                percent_encode: EncodeSet::Rfc3986,
                algorithms: &[&HMAC_SHA1],
                key: &[&[Part::Step(1)]],
                encoding: Some(TextEncoding::Base64),
                ..Step::new("signature", StepContent::Template(BASE))
            },
            Step {
                percent_encode: EncodeSet::Rfc3986,
                ..Step::new(
                    "listed",
                    StepContent::Pairs(&PairList {
                        each: &[
                            PairPart::Name,
                            PairPart::Literal("=\""),
                            PairPart::Value,
                            PairPart::Literal("\""),
                        ],
                        join: ",",
                        ..PairList::new(&[PairSource::Computed])
                    }),
                )
            },
            Step {
                percent_encode: EncodeSet::Rfc3986,
                ..Step::new("encoded", StepContent::Template(&[Part::Step(2)]))
            },
            Step::new(
                "authorization",
                StepContent::Template(&[
                    Part::Literal("OAuth "),
                    Part::Step(3),
                    Part::Literal(",oauth_signature=\""),
                    Part::Step(4),
                    Part::Literal("\""),
                ]),
            ),
        ],
        parameters: &[],
    };

    struct Client;

    impl Known for Client {
        fn client(&self, _: usize) -> Option<KnownText<'_>> {
            Some(KnownText::new("consumer_secret"))
        }

        fn session(&self, _: &str) -> Option<KnownText<'_>> {
            Some(KnownText::new("token_secret"))
        }
    }
    let comment: &Comment =
        leak(Comment { article_id: 123_456_789, text: "A request signed with OAuth & Rust".into() });
    let keys = leak(PreparedKeys::new());
    let token = oauth1_request::Token::from_parts("consumer_key", "consumer_secret", "token", "token_secret");
    let mut builder = oauth1_request::Builder::with_token(token, oauth1_request::HMAC_SHA1);
    builder.nonce(NONCE).timestamp(NonZeroU64::new(SECONDS));
    Group::new("a form post by OAuth 1.0a", 1.0, None)
        .case(OURS, comment, move |comment| {
            let form = query::to_string(comment).unwrap();
            let message = Message {
                method: "POST",
                url: URL,
                form: &form,
                serialized: true,
                computed: COMPUTED,
                ..Message::EMPTY
            };
            SIGNING.value(5, &Signed::new(&message, &Client).under(Some(keys))).unwrap()
        })
        .case("oauth1-request", comment, move |comment| {
            black_box(oauth1_request::to_form(comment));
            builder.post(URL, comment)
        })
}
