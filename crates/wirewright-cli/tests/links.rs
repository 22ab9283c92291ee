//! URLs in a mock's answers lead to the mock: whoever follows them stays there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use http::{Request, header};
use nina::{Client, Config};
use support::{definition, mock, with};
use wirewright::catalog::NextCall;
use wirewright_cli::mock::{Mock, Server, ServerConfig};

/// What a page of the vendor's might show, with hosts that are the vendor's, and one that is not.
const STARTED: &str = r#"{"response":{"statusCode":200,"statusText":"OK","data":{
    "aimsid":"printed","timeToNextFetch":1,"lifestreamApiBase":"https://api.oscar.nina.bz",
    "fetchBaseURL":"http://x.events.nina.bz:8080/aim/fetchEvents?aimsid=printed&seqNum=7",
    "wellKnownUrls":{"fetchBaseURL":"https://x.events.nina.bz/"},
    "myInfo":{"aimId":"chuck","presenceIcon":"http://API.oscar.nina.bz/presence/icon?t=a&b=%20",
              "buddyIcon":"https://api.oscar.nina.bz.example/icon","statusMsg":"see https://api.oscar.nina.bz/"}}}}"#;

/// A mock of NINA whose definition shows a reply of `aim/startSession`.
fn printed() -> Mock {
    let example = format!("\n[[startSession.example]]\nname = \"started\"\nreply.json = '''{STARTED}'''\n");
    Mock::new(with("nina", "aim.toml", |text| text + &example))
}

fn settings(server: &Server) -> Config {
    Config::new().with_endpoint(server.origin())
}

#[test]
fn events_are_fetched_at_the_mock_round_by_round() {
    let below = |path| move |mock| Server::with_config(mock, ServerConfig::new().with_path(path)).unwrap();
    let servers = [mock("nina"), printed()].map(below(""));
    // Below a path what is signed has it, and so have URLs of replies.
    for server in servers.into_iter().chain([mock("nina"), printed()].map(below("/music/v1"))) {
        let client =
            Client::new(wirewright_ureq::Transport::new(), "developer").with_config(settings(&server));
        let session = client.client_login("chuck", "password").send_blocking().unwrap();
        let online = session.start_session().send_blocking().unwrap();
        server.mock().faults().clear();
        let events: Vec<_> =
            online.fetch_events().paginate_blocking().take(7).collect::<Result<_, _>>().unwrap();
        assert_eq!(events.len(), 7);
        assert!(server.mock().faults().calls() >= 3, "{}", server.mock().faults().calls());
        online.end_session().send_blocking().unwrap();
        session.logout().send_blocking().unwrap();
        assert_eq!(server.mock().sessions(), 0);
    }
}

#[test]
fn events_are_fetched_without_blocking_as_well() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for mock in [mock("nina"), printed()] {
        let server = Server::start(mock, 0).unwrap();
        let transport = wirewright_reqwest::Transport::new().unwrap();
        let client = Client::new(transport, "developer").with_config(settings(&server));
        runtime.block_on(async {
            let session = client.client_login("chuck", "password").send().await.unwrap();
            let online = session.start_session().send().await.unwrap();
            server.mock().faults().clear();
            let mut events = online.fetch_events().paginate();
            for _ in 0..7 {
                events.next().await.unwrap().unwrap();
            }
            assert!(server.mock().faults().calls() >= 3, "{}", server.mock().faults().calls());
        });
    }
}

/// What a client of another kind sees: a call by hand, to a name of the mock that is not the one it knows itself by.
#[test]
fn urls_lead_where_the_request_went() {
    let (mock, origin) = (printed(), "http://127.0.0.1:80");
    let send = |host: &str| {
        let request =
            Request::get("/aim/startSession?f=json&k=developer&anonymous=1").header(header::HOST, host);
        let response = mock.answer(origin, &request.body(Vec::new()).unwrap());
        String::from_utf8(response.into_body()).unwrap()
    };
    for host in ["mock.test:8080", "[::1]:9", "127.0.0.1:80"] {
        let text = send(host);
        let aimsid = text.split("\"aimsid\":\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(aimsid.starts_with("mock-aim-"), "{text}");
        for expected in [
            format!("\"fetchBaseURL\":\"http://{host}/aim/fetchEvents?aimsid={aimsid}&seqNum=7\""),
            format!("\"lifestreamApiBase\":\"http://{host}\""),
            format!("\"presenceIcon\":\"http://{host}/presence/icon?t=a&b=%20\""),
            // None is a URL of the vendor's, or of a next call: two have other hosts, one is a text with a URL in it.
            "\"wellKnownUrls\":{\"fetchBaseURL\":\"https://x.events.nina.bz/\"}".to_owned(),
            "\"buddyIcon\":\"https://api.oscar.nina.bz.example/icon\"".to_owned(),
            "\"statusMsg\":\"see https://api.oscar.nina.bz/\"".to_owned(),
        ] {
            assert!(text.contains(&expected), "{expected} in {text}");
        }
    }
    // What is no host is none.
    assert!(send("chuck:hunter2@elsewhere.test").contains("\"lifestreamApiBase\":\"http://127.0.0.1:80\""));

    // The URL is good as it is, with what is the client's and the call's.
    let text = send("mock.test");
    let url = text.split("\"fetchBaseURL\":\"http://mock.test").nth(1).unwrap().split('"').next().unwrap();
    let request = Request::get(format!("{url}&k=developer&f=json&timeout=100")).body(Vec::new()).unwrap();
    let text = String::from_utf8(mock.answer(origin, &request).into_body()).unwrap();
    assert!(text.contains("\"statusCode\":200"), "{text}");
    let aimsid = url.split("aimsid=").nth(1).unwrap().split('&').next().unwrap();
    assert!(text.contains(&format!("/aim/fetchEvents?aimsid={aimsid}\"")), "{text}");
}

/// Where the endpoint has places for parameters, any host of its form is the vendor's. Attributes are texts as well.
#[test]
fn hosts_with_places_are_the_vendor_s_as_well() {
    let url = r#"<berth id="https://north.harbour.example/b-7""#;
    let mock = Mock::new(with("harbour", "berth.toml", |text| text.replace(r#"<berth id="b-7""#, url)));
    let send = |path: &str, action: &str| {
        let request = Request::get(format!("{path}?f=xml&ship=Ada"))
            .header(header::HOST, "mock.test")
            .header("x-forwarded-host", "quay.harbour.example")
            .header("x-harbour-key", "key")
            .header("x-version", "1.2 beta")
            .header("x-action", action)
            .header("x-arrival", "at 1222790202");
        let response = mock.answer("https://quay.harbour.example", &request.body(Vec::new()).unwrap());
        String::from_utf8(response.into_body()).unwrap()
    };
    let taken = send("/berth/take.do", "harbour#take");
    assert!(taken.contains(r#"<berth id="https://mock.test/b-7" length="12.5">"#), "{taken}");
    // A session that no URL carries; what is no URL yet becomes one.
    let entered = send("/berth/enter.do", "harbour#enter");
    assert!(entered.contains("<next>https://mock.test/lookout/watch.do</next>"), "{entered}");
}

#[test]
fn the_catalog_tells_which_members_lead_on() {
    let nina = definition("nina").catalog();
    let to_events = |told_by| NextCall { told_by, url: "fetchBaseURL", operation: "aim/fetchEvents" };
    assert_eq!(nina.next_calls, ["aim/startSession", "aim/fetchEvents"].map(to_events));
}
