//! What an observer sees of exchanges whose bodies are not in memory, over both client edges: the rest of them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod edge_support;

use std::{
    fmt::Write as _,
    io::Cursor,
    sync::{Arc, Mutex},
};

use edge_support::{
    Act::{self, Read, Write},
    Edge, Wanted, acting,
};
use videntity::{transaction::UploadInquiry, types::InquiryResponseType};
use wirewright::{File, client::Config, observe::Exposed};

/// What is told of exchanges, and of which of them the body is there for who asks by name.
type Log = Arc<Mutex<String>>;

fn observed(origin: &str) -> (Config, Log) {
    let log = Log::default();
    let settings = Config::new().with_endpoint(origin).with_observer({
        let log = Arc::clone(&log);
        move |exchange| {
            let whole = match exchange.expose() {
                Exposed::Request { body, .. } | Exposed::Response { body, .. } => body.is_some(),
                _ => false,
            };
            let (call, attempt) = (exchange.call(), exchange.attempt());
            writeln!(log.lock().unwrap(), "{call}.{attempt}, body {whole}\n{exchange}").unwrap();
        }
    });
    (settings, log)
}

const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
const TABLE: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\n\r\n\
    <out><rc>0</rc><msg/><table><cols><th name=\"a\" type=\"a\">A</th></cols><data><tr><td>hunter2</td></tr>\
    </data></table></out>";

/// The first answer is a gateway's; the caller asks once more.
#[test]
fn a_stream_of_rows_is_seen_but_for_its_body() {
    const ACTS: &[Act] = &[Read, Write(BUSY), Read, Write(TABLE)];
    for edge in Edge::both(&Wanted::default()) {
        let (origin, _) = acting(ACTS);
        let (settings, log) = observed(&origin);
        let state = ten_ten_data::UserSessionState::new("analyst", "hunter2", "hunter2");
        let name = edge.name();
        match edge {
            Edge::Ureq(transport) => {
                let client = ten_ten_data::Client::new(transport).with_config(settings);
                let session = client.resume(state);
                session.getdata().send_for_rows_blocking().map(drop).unwrap_err();
                session.getdata().send_for_rows_blocking().unwrap().finish().map(drop).unwrap();
            }
            Edge::Reqwest(transport, runtime) => runtime.block_on(async {
                let client = ten_ten_data::Client::new(transport).with_config(settings);
                let session = client.resume(state);
                session.getdata().send_for_rows().await.map(drop).unwrap_err();
                session.getdata().send_for_rows().await.unwrap().finish().await.map(drop).unwrap();
            }),
        }
        let log = log.lock().unwrap();
        assert!(!log.contains("hunter2"), "{name}: {log}");
        let heads: Vec<_> =
            log.lines().filter(|line| line.contains("body") || line.contains("HTTP")).collect();
        assert_eq!(
            heads,
            [
                "1.1, body true",
                "1.1, body false",
                "< HTTP 503",
                "2.1, body true",
                "2.1, body false",
                "< HTTP 200",
            ],
            "{name}"
        );
        assert_eq!(log.matches("\n< [read while it comes]\n").count(), 2, "{name}: {log}");
    }
}

#[test]
fn an_upload_is_seen_but_for_its_files() {
    const REPLY: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\n\r\n\
        <response><status>SUCCESS</status><api_tx_number>1</api_tx_number><detail>hunter2</detail>\
        <response_name_value><inquiry_message_id>hunter2</inquiry_message_id></response_name_value>\
        <timestamp>2008-09-30 15:56:42</timestamp></response>";
    const ACTS: &[Act] = &[Read, Write(REPLY)];
    for edge in Edge::both(&Wanted::default()) {
        let (origin, _) = acting(ACTS);
        let (settings, log) = observed(&origin);
        let state = videntity::SessionState::new("hunter2");
        let file = File::from_reader("a.wav", Some(7), Cursor::new(b"hunter2".to_vec()));
        let mut request = UploadInquiry::new(InquiryResponseType::Audio);
        request.phone_audio = Some(file);
        let name = edge.name();
        match edge {
            Edge::Ureq(transport) => {
                let client = videntity::Client::new(transport).with_config(settings);
                client.resume(state).call(request).send_blocking().map(drop).unwrap();
            }
            Edge::Reqwest(transport, runtime) => {
                let client = videntity::Client::new(transport).with_config(settings);
                runtime.block_on(client.resume(state).call(request).send()).map(drop).unwrap();
            }
        }
        let log = log.lock().unwrap();
        assert!(!log.contains("hunter2"), "{name}: {log}");
        assert!(log.starts_with("1.1, body false\n> POST "), "{name}: {log}");
        assert!(log.contains("\n> [not in memory]\n1.1, body true\n< HTTP 200\n"), "{name}: {log}");
        assert!(log.contains("<detail>…</detail>"), "{name}: {log}");
    }
}
