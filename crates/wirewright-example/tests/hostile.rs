//! How a running server departs from its vendor's pages, case by case: nothing panics, no failure passes for a success, and no
//! body is lost. The cases are what an open-oscar-server was seen to answer; each is named after what it was seen to do.

use std::fmt::Debug;

use http::{Response, StatusCode, header};
use nina::{Answer, Error, Failure, Format, Limits, aim, auth, buddylist, im, presence};
use wirewright::{
    exchange::{self, Request, read_reply},
    server,
};

struct Case {
    /// The row.
    what: &'static str,
    /// Reads it as a reply of one operation, and says what came of it.
    read: fn(&Case) -> String,
    asked: Format,
    status: u16,
    content_type: &'static str,
    body: &'static str,
    expected: &'static str,
    /// What the answer has, as its `Debug` says it.
    shows: &'static [&'static str],
}

const JSON: &str = "application/json";
const XML: &str = "text/xml";
const HTML: &str = "text/html; charset=utf-8";

/// Reads a case as a reply to `R`. The body is kept, whatever the error.
fn to<R, D>(case: &Case) -> String
where
    R: Request<Answer = Answer<D>, Failure = Failure>,
    D: Debug,
{
    let mut response = Response::new(case.body.as_bytes().to_vec());
    *response.status_mut() = StatusCode::from_u16(case.status).expect("a status");
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, case.content_type.parse().expect("a header"));
    // They come with every call, and say nothing about the reply.
    headers.insert("X-Ratelimit-Remaining", header::HeaderValue::from_static("0"));
    headers.insert(header::SET_COOKIE, header::HeaderValue::from_static("nsid=; Max-Age=0"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    let result = read_reply::<R>(response, case.asked, &Limits::new());
    if let Err(error) = &result {
        let kept = error.body().unwrap_or_else(|| panic!("{}: the body is lost", case.what));
        assert_eq!(kept.expose(), case.body.as_bytes(), "{}", case.what);
    }
    if let Ok(answer) = &result {
        let shown = format!("{answer:?}");
        for part in case.shows {
            assert!(shown.contains(part), "{}: {part} is not in {shown}", case.what);
        }
    }
    outcome(&result)
}

/// In one line what came of a response.
fn outcome<D>(result: &Result<Answer<D>, Error>) -> String {
    match result {
        Ok(_) => "answer".to_owned(),
        Err(Error::Vendor(error)) => {
            let code = exchange::ErrorCode::as_wire(exchange::Failure::code(&error.failure));
            let code = code.unwrap_or_default().into_owned();
            let detail = error.failure.status_detail_code.map(|detail| format!(" {detail}"));
            let url = error.failure.data.redirect_url.as_ref().map(|url| format!(" {url}"));
            format!("vendor {code}{}{}", detail.unwrap_or_default(), url.unwrap_or_default())
        }
        Err(Error::Decode(error)) => format!("decode {}", error.error.line()),
        Err(Error::Http(error)) => format!("http {} {}", error.status.as_u16(), error.reason),
        Err(error) => format!("{error:?}"),
    }
}

const CASES: &[Case] = &[
    Case {
        what: "auth/logout by GET: a redirect to the login page",
        read: to::<auth::Logout, _>,
        asked: Format::Json,
        status: 302,
        content_type: HTML,
        body: "<!DOCTYPE html>\n<html><body><a href=\"/_cqr/login/login.psp\">Found</a></body></ht\
               ml>\n",
        expected: "http 302 the body is a web page",
        shows: &[],
    },
    Case {
        what: "the same, as the HTTP library of the server writes it",
        read: to::<auth::Logout, _>,
        asked: Format::Xml,
        status: 302,
        content_type: HTML,
        body: "<a href=\"/_cqr/login/login.psp\">Found</a>.\n\n",
        expected: "http 302 the body is a web page",
        shows: &[],
    },
    Case {
        what: "auth/logout by POST: 404 with an envelope, and XML was asked",
        read: to::<auth::Logout, _>,
        asked: Format::Xml,
        status: 404,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":404,\"statusText\":\"Not Found\"}}\n",
        expected: "vendor 404",
        shows: &[],
    },
    Case {
        what: "clientLogin f=qs: JSON comes",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Query,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"data\":{\"token\":{\"a\":\
               \"x==\",\"expiresIn\":\"86400\"},\"tokenExpiresIn\":86400,\"sessionSe\
               cret\":\"s==\",\"hostTime\":\"1222790202\",\"loginId\":\"a\\u0026b\\u\
               003c\\u003e\"}}}\n",
        expected: "answer",
        shows: &[
            "expires_in: Some(86400)",
            "token_expires_in: Some(86400)",
            "host_time: Some(1222790202)",
            "login_id: Some(\"a&b<>\")",
        ],
    },
    Case {
        what: "clientLogin XML expiresIn: 0, and r is dropped",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><statusCode>200</statusCode><\
               statusText>OK</statusText><data><token><expiresIn>0</expiresIn><a>x==\
               </a></token><sessionSecret>s==</sessionSecret><hostTime>1222790202</h\
               ostTime></data></response>\n",
        expected: "answer",
        shows: &["expires_in: Some(0)", "request_id: None"],
    },
    Case {
        what: "clientLogin wrong password: HTTP 401 with JSON although XML was asked",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Xml,
        status: 401,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":401,\"statusText\":\"Unauthorized\"}}\n",
        expected: "vendor 401",
        shows: &[],
    },
    Case {
        what: "what the page has for it",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":\"330\",\"statusDetailCode\":\"3011\",\"statusText\":\
               \"More authentication required\"}}",
        expected: "vendor 330 3011",
        shows: &[],
    },
    Case {
        what: "clientLogin missing s or pwd",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Json,
        status: 400,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":400,\"statusText\":\"missing required parameter\"}}\n",
        expected: "vendor 400",
        shows: &[],
    },
    Case {
        what: "clientLogin by GET: 404 and not 405",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Query,
        status: 404,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":404,\"statusText\":\"Not Found\"}}",
        expected: "vendor 404",
        shows: &[],
    },
    Case {
        what: "a success without what it promises",
        read: to::<auth::ClientLogin, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\"}}",
        expected: "decode 1",
        shows: &[],
    },
    Case {
        what: "a redirect with data in an error (getToken)",
        read: to::<auth::GetToken, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":401,\"statusText\":\"Authentication Required\",\"data\
               \":{\"redirectURL\":\"https:\\/\\/my.screenname.nina.bz\\/_cqr\"}}}",
        expected: "vendor 401 https://my.screenname.nina.bz/_cqr",
        shows: &[],
    },
    Case {
        what: "consent is needed (startSession)",
        read: to::<aim::StartSession, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<response><statusCode>450</statusCode><statusText>Consent required</statusText><dat\
               a><redirectURL>https://my.screenname.nina.bz/consent?a=1&amp;b=2</red\
               irectURL></data></response>",
        expected: "vendor 450 https://my.screenname.nina.bz/consent?a=1&b=2",
        shows: &[],
    },
    Case {
        what: "errors in startSession: HTTP 200, in the format that was asked",
        read: to::<aim::StartSession, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><statusCode>401</statusCode><\
               statusText>Authentication Required</statusText></response>",
        expected: "vendor 401",
        shows: &[],
    },
    Case {
        what: "errors elsewhere: HTTP 400 with JSON regardless of f, and a line's end",
        read: to::<presence::SetState, _>,
        asked: Format::Xml,
        status: 400,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":400,\"statusText\":\"missing required parameter: view\
               \"}}\n",
        expected: "vendor 400",
        shows: &[],
    },
    Case {
        what: "invalid aimsid: 401",
        read: to::<aim::FetchEvents, _>,
        asked: Format::Xml,
        status: 401,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":401,\"statusText\":\"invalid or expired session\"}}\n",
        expected: "vendor 401",
        shows: &[],
    },
    Case {
        what: "endSession XML: another root in another case",
        read: to::<aim::EndSession, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<EndSessionResponse><Response><StatusCode>200</StatusCode><StatusText>OK</StatusTex\
               t></Response></EndSessionResponse>",
        expected: "http 200 the body has no status",
        shows: &[],
    },
    Case {
        what: "fetchEvents XML: only the declaration, no root element",
        read: to::<aim::FetchEvents, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        expected: "decode 2",
        shows: &[],
    },
    Case {
        what: "presence/get XML: empty data",
        read: to::<presence::Get, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<response><statusCode>200</statusCode><statusText>OK</statusText><data></data></res\
               ponse>",
        expected: "answer",
        shows: &["users: []", "groups: []"],
    },
    Case {
        what: "requestId on fetchEvents: not echoed; an event that the page does not know",
        read: to::<aim::FetchEvents, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"data\":{\"events\":[{\"ty\
               pe\":\"typing\",\"seqNum\":1,\"timestamp\":1222790202,\"eventData\":{\
               \"aimId\":\"a\",\"typingStatus\":\"typed\"}},{\"type\":\"status\",\"s\
               eqNum\":\"2\",\"eventData\":{\"x\":[1]}},{\"type\":\"sessionEnded\",\
               \"seqNum\":3}],\"lastSeqNum\":3,\"timeToNextFetch\":500,\"fetchBaseUR\
               L\":\"http:\\/\\/x\\/aim\\/fetchEvents?aimsid=1\\u0026seqNum=4\"}}}",
        expected: "answer",
        shows: &[
            "request_id: None",
            "typing_status: Typed",
            "content: Other(\"status\"",
            "content: SessionEnded",
            "last_sequence_number: Some(3)",
        ],
    },
    Case {
        what: "extra data of startSession",
        read: to::<aim::StartSession, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"data\":{\"aimsid\":\"0a0a\
               0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a\",\"ts\"\
               :1222790202,\"fetchTimeout\":30000,\"timeToNextFetch\":500,\"fetchBas\
               eURL\":\"http:\\/\\/x\",\"myInfo\":{\"aimId\":\"a\",\"displayId\":\"A\
               \",\"state\":\"online\",\"userType\":\"aim\"},\"events\":{\"buddylist\
               \":{\"groups\":[{\"name\":\"Friends\",\"buddies\":[{\"aimId\":\"b\",\
               \"state\":\"away\"}]}]}},\"wellKnownUrls\":{\"webApiBase\":\"http:\\/\
               \\/x\\/\"}}}}",
        expected: "answer",
        shows: &["fetch_timeout: Some(30000)", "aim_id: \"b\"", "web_api_base: Some(\"http://x/\")"],
    },
    Case {
        what: "JSON escaping, and JSONP behind which a semicolon is",
        read: to::<presence::GetProfile, _>,
        asked: Format::Json,
        status: 200,
        content_type: "application/javascript",
        body: "cb({\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"requestId\":\"7\",\"da\
               ta\":{\"screenName\":\"me\",\"profile\":\"\\u003cb\\u003eHi \\u0026 b\
               ye\\u003c/b\\u003e\"}}});",
        expected: "answer",
        shows: &["request_id: Some(\"7\")", "profile: Some(\"<b>Hi & bye</b>\")"],
    },
    Case {
        what: "JSONP of a failure, and a line's end behind it",
        read: to::<presence::Get, _>,
        asked: Format::Json,
        status: 200,
        content_type: "application/javascript",
        body: "cb({\"response\":{\"statusCode\":460,\"statusText\":\"missing\"}});\n",
        expected: "vendor 460",
        shows: &[],
    },
    Case {
        what: "a bad JSONP callback",
        read: to::<aim::FetchEvents, _>,
        asked: Format::Json,
        status: 400,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":400,\"statusText\":\"invalid callback parameter\"}}\n",
        expected: "vendor 400",
        shows: &[],
    },
    Case {
        what: "the result of sendIM: msgId and state, no subCode",
        read: to::<im::SendIm, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"data\":{\"msgId\":\"0000-\
               1\",\"state\":\"delivered\"}}}",
        expected: "answer",
        shows: &["sub_code: None", "message_id: Some(\"0000-1\")", "state: Some(\"delivered\")"],
    },
    Case {
        what: "the result of a change to the buddy list",
        read: to::<buddylist::AddGroup, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"data\":{\"resultCode\":\"\
               success\"}}}",
        expected: "answer",
        shows: &["result_code: Some(Success)"],
    },
    Case {
        what: "sendIM to an unknown user: no body at all",
        read: to::<im::SendIm, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "",
        expected: "http 200 the body is empty",
        shows: &[],
    },
    Case {
        what: "startOSCARSession without aimsid: HTTP 400",
        read: to::<aim::StartOscarSession, _>,
        asked: Format::Xml,
        status: 400,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":400,\"statusText\":\"missing aimsid parameter\"}}\n",
        expected: "vendor 400",
        shows: &[],
    },
    Case {
        what: "startOSCARSession with the aimsid of startSession: HTTP 500 in words",
        read: to::<aim::StartOscarSession, _>,
        asked: Format::Xml,
        status: 500,
        content_type: "text/plain; charset=utf-8",
        body: "internal server error\n",
        expected: "http 500 the body is plain text, in none of the operation's formats",
        shows: &[],
    },
    Case {
        what: "an envelope of success inside an error of HTTP",
        read: to::<aim::StartOscarSession, _>,
        asked: Format::Json,
        status: 500,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\"}}",
        expected: "http 500 the envelope says success and HTTP does not",
        shows: &[],
    },
    Case {
        what: "addBuddy data: the buddy",
        read: to::<buddylist::AddBuddy, _>,
        asked: Format::Json,
        status: 200,
        content_type: JSON,
        body: "{\"response\":{\"statusCode\":200,\"statusText\":\"OK\",\"data\":{\"buddyInfo\":{\"\
               aimId\":\"b\",\"displayId\":\"B\",\"state\":\"offline\",\"userType\":\
               \"icq\"},\"resultCode\":\"success\"}}}",
        expected: "answer",
        shows: &["state: Some(Offline)", "user_type: Some(Icq)"],
    },
    Case {
        what: "getProfile of another user: the caller's own",
        read: to::<presence::GetProfile, _>,
        asked: Format::Xml,
        status: 200,
        content_type: XML,
        body: "<response><statusCode>200</statusCode><statusText>OK</statusText><data><screenName>\
               me</screenName><profile/></data></response>",
        expected: "answer",
        shows: &["screen_name: Some(\"me\")", "profile: Some(\"\")"],
    },
];

#[test]
fn what_a_running_server_answers() {
    for case in CASES {
        assert_eq!((case.read)(case), case.expected, "{}", case.what);
    }
}

/// Tokens and secrets come in the alphabet that is safe in URLs, with padding: they are opaque, and signed with all the same.
#[test]
fn tokens_in_another_alphabet_are_carried_as_they_are() {
    let (token, secret) = ("aZ-_".repeat(85) + "abc=", "kJ-_".repeat(10) + "abc=");
    let reply = auth::ClientLoginReply::new(nina::types::Token::new(token.as_str()), secret.as_str());
    let state = nina::ClientSessionState::open(&auth::ClientLogin::new("a", "password"), &reply);
    let parameters = state.parameters();
    let (client, options) = (nina::ClientParameters::new("dev"), nina::CallOptions::default());
    let fields = [state.key.clone()];
    let session =
        exchange::SessionContext { kind: &nina::CLIENT_SESSION, parameters: &parameters, fields: &fields };
    let settings = nina::Config::new().with_method(http::Method::GET);
    let context = exchange::CallContext {
        client: &client,
        options: &options,
        session: Some(session),
        ..settings.context()
    };
    let sent = exchange::write_request(auth::Logout::OPERATION, &auth::Logout::default(), &context);
    let sent = sent.expect("it is sent");
    let received =
        server::receive(&[auth::Logout::OPERATION], "https://api.screenname.nina.bz", &sent, &Limits::new());
    let received = received.expect("it is received");
    assert!(sent.uri().query().is_some_and(|query| query.contains(&token.replace('=', "%3D"))));
    received
        .verify(&server::Secrets::none().of_session(&nina::CLIENT_SESSION, &[state.key.expose()]))
        .expect("it is signed");
}
