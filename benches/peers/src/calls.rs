//! One call over each HTTP library, against the same as somebody writes it who needs this call and nothing else.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use videntity::{Client, Config};
use wirewright_reqwest::reqwest;
use wirewright_ureq::ureq;

use crate::{
    documents::LOGOUT,
    suite::{Group, OURS, leak},
};

const USER: &str = "apiuser";
const PASSWORD: &str = "Xk29sLq8Rt5mNp3";
const ACCOUNT: &str = "123456789012345";
const KEY: &str = "De325h3Fsdg76rt";
/// As the edges have it, for both sides: with a limit ureq starts a thread to look up an address.
const PATIENCE: Duration = Duration::from_secs(30);
const FORM: &str = "application/x-www-form-urlencoded";

pub fn calls() -> Vec<Group> {
    let origin = leak(serve()).as_str();
    let config = || Config::new().with_endpoint(origin);

    let agent = || {
        let config = ureq::Agent::config_builder().proxy(None).timeout_global(Some(PATIENCE));
        config.build().new_agent()
    };
    let ours = Client::new(wirewright_ureq::Transport::over(agent())).with_config(config());
    let by_hand = agent();
    let ureq = Group::new("one call over ureq", 1.02, Some(&KEY))
        .case(OURS, (), move |()| {
            let session = ours.login(USER, PASSWORD, ACCOUNT).send_blocking().unwrap();
            session.answer().unwrap().data.session_key.expose().to_owned()
        })
        .case("by hand", (), move |()| {
            let request = by_hand.post(format!("{origin}/session/login")).content_type(FORM);
            session_key(&request.send(login_form()).unwrap().body_mut().read_to_string().unwrap())
        });

    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let builder = || reqwest::Client::builder().no_proxy().timeout(PATIENCE);
    let ours = Client::new(wirewright_reqwest::Transport::over(builder()).unwrap()).with_config(config());
    let library = builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let (our_runtime, runtime) = (runtime(), runtime());
    let reqwest = Group::new("one call over reqwest", 1.06, Some(&KEY))
        .case(OURS, (), move |()| {
            let session = our_runtime.block_on(ours.login(USER, PASSWORD, ACCOUNT).send()).unwrap();
            session.answer().unwrap().data.session_key.expose().to_owned()
        })
        .case("by hand", (), move |()| {
            let reply = runtime.block_on(async {
                let request = library.post(format!("{origin}/session/login"));
                let request = request.header(reqwest::header::CONTENT_TYPE, FORM).body(login_form());
                request.send().await.unwrap().text().await.unwrap()
            });
            session_key(&reply)
        });
    vec![ureq, reqwest]
}

fn login_form() -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("username", USER)
        .append_pair("password", PASSWORD)
        .append_pair("account_number", ACCOUNT)
        .finish()
}

/// The key of a reply that says that all is well.
fn session_key(reply: &str) -> String {
    assert!(reply.contains("<status>SUCCESS</status>"));
    let (_, rest) = reply.split_once("<session_key>").unwrap();
    rest.split_once("</session_key>").unwrap().0.to_owned()
}

/// A server on loopback that reads requests as far as it must, and gives all of them the same answer; where it is.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    origin
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let body = LOGOUT.replace("/session/logout", "/session/login");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml; charset=utf-8\r\nContent-Length";
    let reply = format!("{head}: {}\r\n\r\n{body}", body.len());
    stream.set_nodelay(true).ok()?;
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let end = loop {
            if let Some(end) = end_of_request(&received) {
                break end;
            }
            let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
            received.extend_from_slice(&buffer[..count]);
        };
        received.drain(..end);
        stream.write_all(reply.as_bytes()).ok()?;
    }
}

/// Where a request ends that has a length.
fn end_of_request(received: &[u8]) -> Option<usize> {
    let end = received.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&received[..end]).ok()?.to_ascii_lowercase();
    let (_, rest) = head.split_once("content-length:")?;
    let length: usize = rest.lines().next()?.trim().parse().ok()?;
    (received.len() >= end + length).then_some(end + length)
}
