//! Requests as public client programs send them to the real vendors, against the mocks: a mock must serve who the vendor serves.
//! What the programs send is in the definitions, with its source.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::cell::RefCell;

use http::{Request, Response};
use support::mock;
use wirewright::{
    Wire,
    client::{Config, Environment, System, TransportError, blocking::Transport},
    rows::SeparatedRows,
};
use wirewright_cli::mock::Mock;

const ORIGIN: &str = "http://127.0.0.1:1";

fn answer(mock: &Mock, method: &str, target: &str, body: &str) -> String {
    let request = Request::builder().method(method).uri(target).body(body.as_bytes().to_vec()).unwrap();
    String::from_utf8(mock.answer(ORIGIN, &request).into_body()).unwrap()
}

/// The text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap_or_else(|| panic!("{text}")).0
}

/// A JavaScript client of NINA: `JSON` in capitals, in the URL and in the form; `k` for `devId`; `ClientName`; a session that is
/// started unsigned.
#[test]
fn nina() {
    let mock = mock("nina");
    for (target, body) in [
        ("/auth/clientLogin?f=JSON", "f=JSON&k=key&s=chuck&pwd=p&clientVersion=0.1&ClientName=page"),
        ("/auth/clientLogin?f=JSON&k=key&s=chuck&pwd=p", ""),
        ("/auth/clientLogin?f=JSON&s=chuck", "devId=key&pwd=p"),
    ] {
        let opened = answer(&mock, "POST", target, body);
        assert!(opened.starts_with(r#"{"response":{"statusCode":200"#), "{target} {body}: {opened}");
        let token = between(&opened, r#""a":""#, "\"");
        let start = format!("/aim/startSession?f=JSON&k=key&a={token}&events=im,buddylist");
        let started = answer(&mock, "GET", &start, "");
        let aimsid = between(&started, r#""aimsid":""#, "\"");
        // The ID of the session takes precedence over the token beside it, whose signature nobody looks at; the key is not needed.
        for target in [
            format!(
                "/im/sendIM?f=JSON&k=key&ts=1700000000&sig_sha256=x&t=bob&message=hi&a={token}&aimsid={aimsid}"
            ),
            // A time of the call with a fraction.
            format!("/im/sendIM?f=JSON&ts=1700000000.123&t=bob&message=hi&aimsid={aimsid}"),
            format!("/aim/fetchEvents?aimsid={aimsid}&f=JSON"),
            format!("/aim/deleteEvents?aimsid={aimsid}&eventNumber=1&f=JSON"),
            format!("/presence/get?aimsid={aimsid}&t=bob&f=JSON"),
            format!("/preference/set?aimsid={aimsid}&globalOTR=&playIMSound=1&f=JSON"),
        ] {
            let sent = answer(&mock, "GET", &target, "");
            assert!(sent.starts_with(r#"{"response":{"statusCode":200"#), "{target}: {sent}");
        }
        let asked = answer(&mock, "POST", "/auth/getConsent?f=JSON", "devId=key&enc=x");
        assert!(asked.starts_with(r#"{"response":{"statusCode":200"#), "{asked}");
        // Only what the definition says is taken unsigned.
        let refused = answer(&mock, "GET", &format!("/auth/logout?f=JSON&k=key&a={token}"), "");
        assert!(refused.contains(r#""statusCode":460"#), "{refused}");
    }
    let other = answer(&mock, "POST", "/auth/clientLogin?f=Json", "k=key&s=chuck&pwd=p");
    assert!(other.contains("<statusCode>462</statusCode>"), "{other}");
}

/// Clients of 1010data log in and out by GET as well as by POST, and send `kill` with every call.
#[test]
fn ten_ten_data() {
    let mock = mock("ten-ten-data");
    // Some end the path with a slash.
    for (method, path) in [("GET", "/gw.k"), ("POST", "/gw.k"), ("POST", "/gw.k/")] {
        let login = format!("{path}?api=login&apiversion=3&uid=u&pswd=p&kill=possess");
        let opened = answer(&mock, method, &login, "");
        assert!(opened.contains("<rc>0</rc>"), "{opened}");
        let (sid, pswd) = (between(&opened, "<sid>", "</sid>"), between(&opened, "<pswd>", "</pswd>"));
        let session = format!("apiversion=3&uid=u&pswd={pswd}&sid={sid}&kill=possess");
        let document = "<in><name>pub.demo</name><ops><tabu label=\"t\"><break col=\"a\"/></tabu></ops>\
                        <format type=\"csv\" values=\"formatted\"><sep>|</sep><linesep>^</linesep></format></in>";
        let queried = answer(&mock, "POST", &format!("{path}?api=querydata&{session}"), document);
        assert!(queried.contains("<rc>0</rc>") && queried.contains("<csv>"), "{queried}");
        let closed = answer(&mock, method, &format!("{path}?api=logout&{session}"), "");
        assert!(closed.contains("<rc>0</rc>"), "{closed}");
    }
}

/// Where calls go, and nothing of what they ask for.
#[derive(Default)]
struct Line(RefCell<Vec<String>>);

impl Transport for Line {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let uri = request.uri();
        self.0.borrow_mut().push(format!("{}{}", uri.host().unwrap_or_default(), uri.path()));
        Ok(Response::new(b"<out><rc>0</rc><msg/><uid>u_0</uid></out>".to_vec()))
    }

    fn environment(&self) -> &dyn Environment {
        &System
    }
}

/// A customer's gateway is below a path of its own, and so is that of its pools: one endpoint leads to both, whatever is in front. A mock
/// serves pools where the page has them, and where the rest is.
#[test]
fn pools_of_ten_ten_data() {
    for (endpoint, pool, login) in [
        (None, "www2.1010data.com/cgi-bin/gw", "www2.1010data.com/gw.k"),
        (Some("https://acme.1010data.com"), "acme.1010data.com/gw", "acme.1010data.com/gw.k"),
        (
            Some("https://acme.1010data.com/cgi-bin/prod-stable"),
            "acme.1010data.com/cgi-bin/prod-stable/gw",
            "acme.1010data.com/cgi-bin/prod-stable/gw.k",
        ),
    ] {
        let line = Line::default();
        let config = endpoint.map_or_else(Config::new, |endpoint| Config::new().with_endpoint(endpoint));
        let client = ten_ten_data::Client::new(&line).with_config(config);
        client.getuid("owner", "p", "group").send_blocking().unwrap();
        // The answer opens no session; it has gone where it should.
        let _ = client.login("u", "p").send_blocking();
        assert_eq!(*line.0.borrow(), [pool, login], "{endpoint:?}");
    }
    let mock = mock("ten-ten-data");
    for path in ["/cgi-bin/gw", "/gw", "/gw/"] {
        let taken = answer(&mock, "POST", &format!("{path}?api=getuid&apiversion=3&uid=o&pswd=p&gid=g"), "");
        assert!(taken.contains("<rc>0</rc>") && taken.contains("<uid>"), "{path}: {taken}");
    }
    let elsewhere = answer(&mock, "POST", "/cgi-bin/other?api=getuid&apiversion=3&uid=o&pswd=p&gid=g", "");
    assert!(!elsewhere.contains("<rc>0</rc>"), "{elsewhere}");
}

/// A client over a mock, without sockets.
struct Over(Mock);

impl Transport for &Over {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        Ok(self.0.answer(ORIGIN, &request))
    }

    fn environment(&self) -> &dyn Environment {
        &System
    }
}

/// A row of the sample, by the headings of its first line.
#[derive(Debug, PartialEq, Wire)]
struct Sale {
    amount: f64,
    store: u32,
}

/// Separated text is read row by row, typed by its headings, with the separators that were asked for.
#[test]
fn separated_text_of_ten_ten_data() {
    let over = Over(mock("ten-ten-data"));
    let login = ten_ten_data::Client::new(&over).login("u", "p").send_blocking().unwrap();
    let session = login.session::<ten_ten_data::Failure>().unwrap();
    let answer = session.querydata("pub.demo.sales", "").send_blocking().unwrap();
    let csv = answer.data.csv.unwrap();
    let rows = SeparatedRows::new(csv.as_str(), "|", "^");
    assert_eq!(rows.columns(), ["store", "amount"]);
    let sales: Vec<Sale> = rows.rows_as().collect::<Result<_, _>>().unwrap();
    assert_eq!(sales, [Sale { amount: 19.5, store: 12 }]);
}
