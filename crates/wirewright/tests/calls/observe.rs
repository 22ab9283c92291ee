//! What an observer sees of calls: every try, and no secret.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use crate::at_once::{AtOnce, ready};
use crate::scripted::{BUSY, OPENED, SHOWN, Scripted, json, light};
use crate::support::{Caller, Douse, Show, response};
use wirewright::{
    Format,
    client::{self, Config, Pagination, Step, TransportError, TransportErrorKind, blocking},
    observe::{Exchange, Exposed},
};

/// Config whose exchanges are written down, each with its call, attempt and time.
fn observed(settings: Config) -> (Config, Arc<Mutex<String>>) {
    let log = Arc::new(Mutex::new(String::new()));
    let settings = settings.with_observer({
        let log = Arc::clone(&log);
        move |exchange: &Exchange<'_>| {
            let (call, attempt, elapsed) = (exchange.call(), exchange.attempt(), exchange.elapsed());
            let name = exchange.operation().name;
            let took = elapsed.map_or(String::new(), |elapsed| format!(" after {elapsed:?}"));
            assert!(!format!("{exchange:?}").contains("hunter2"), "{exchange:?}");
            writeln!(log.lock().unwrap(), "{name} {call}.{attempt}{took}\n{exchange}").unwrap();
        }
    });
    (settings, log)
}

fn taken(log: &Mutex<String>) -> String {
    let log = std::mem::take(&mut *log.lock().unwrap());
    assert!(!log.contains("hunter2"), "{log}");
    log
}

#[test]
fn every_try_is_seen_from_both_sides() {
    let caller = Caller::new();
    let (settings, log) = observed(Config::new());
    let script = || {
        let broken = TransportError::new(
            TransportErrorKind::Timeout,
            "GET https://api.lantern.example/rpc?token=hunter2: nothing came",
        );
        Scripted::new([json(BUSY), Err(broken), json(SHOWN), json(OPENED)])
    };
    let expected = |call: u32| {
        let next = call + 1;
        let get = "> GET https://api.lantern.example/rpc?v=…&cmd=…&lamp=…&app=…&fmt=…&rid=…";
        format!(
            "lamp/show {call}.1\n{get}\n\
             lamp/show {call}.1 after 250ms\n< HTTP 200\n< content-type: application/json\n< {{\"reply\":{{\"code\":…}}}}\n\
             lamp/show {call}.2\n{get}\n\
             lamp/show {call}.2 after 250ms\n< the vendor did not answer in time: GET https://api.lantern.example/rpc?[redacted]: nothing came\n\
             lamp/show {call}.3\n{get}\n\
             lamp/show {call}.3 after 250ms\n< HTTP 200\n< content-type: application/json\n< {{\"reply\":{{\"code\":…,\"data\":{{\"lamp\":…,\"state\":\"…\"}}}}}}\n\
             lamp/light {next}.1\n> POST https://api.lantern.example/rpc\n\
             > content-type: application/x-www-form-urlencoded\n> content-length: 74\n\
             > v=…&cmd=…&user=…&password=…&app=…&fmt=…&rid=…\n\
             lamp/light {next}.1 after 250ms\n< HTTP 200\n< content-type: application/json\n\
             < {{\"reply\":{{\"code\":…,\"data\":{{\"token\":\"…\",\"key\":\"…\"}}}}}}\n"
        )
    };
    let (context, blocked) = (caller.context(&settings), script());
    blocking::call(&blocked, &Show { lamp: 1 }, &context).unwrap();
    blocking::call(&blocked, &light(), &context).unwrap();
    assert_eq!(taken(&log), expected(1));
    let script = script();
    ready(client::call(&AtOnce(&script), &Show { lamp: 1 }, &context)).unwrap();
    ready(client::call(&AtOnce(&script), &light(), &context)).unwrap();
    assert_eq!(taken(&log), expected(3));
}

/// What no definition tells of is not shown either.
#[test]
fn no_value_of_a_reply_is_shown() {
    let caller = Caller::new();
    let table: &[(&str, &str)] = &[
        (
            "<reply><code>0</code><data key=\"hunter2\">hunter2</data></reply>",
            "<reply><code>…</code><data key\"…\">…</data></reply>",
        ),
        ("<html><body>hunter2<br></body>", "<html><body>…<br></body>"),
        ("<reply><!-- hunter2 --><![CDATA[hunter2]]></reply>", "<reply><!--…--><![CDATA[…]]></reply>"),
        ("app.on({\"hunted\":\"hunter2\"});", "{\"hunted\":\"…\"}"),
        ("[1,\"hunter2\",{\"a\":null}", "[…,\"…\",{\"a\":…}"),
        ("{\"a\":hunter2}", "{\"a\":…}"),
        ("code=0&data_token=hunter2", "code=…&data_token=…"),
        // A text in base64, or without a name, is none of pairs.
        ("hunter2=", "…"),
        ("hunter2==&a=1", "…&a=…"),
        ("hunter2", "…"),
        ("Bearer hunter2: x=1", "…"),
    ];
    let mut shown = Vec::new();
    for (body, _) in table {
        let (settings, log) = observed(Config::new());
        let back = Scripted::new([Ok(response(200, "text/plain", *body))]);
        let _ = blocking::call(&back, &light(), &caller.context(&settings));
        shown.push(taken(&log).lines().last().unwrap().trim_start_matches("< ").to_owned());
    }
    assert_eq!(shown, table.iter().map(|(_, expected)| *expected).collect::<Vec<_>>());
    for body in [b"hunter2=\xff".to_vec(), vec![]] {
        let (settings, log) = observed(Config::new());
        let shown = if body.is_empty() { "< content-type: text/plain" } else { "< [9 bytes]" };
        let back = Scripted::new([Ok(response(200, "text/plain", body))]);
        let _ = blocking::call(&back, &light(), &caller.context(&settings));
        assert_eq!(taken(&log).lines().last(), Some(shown));
    }
    // An operation that does not answer in pairs has none to show.
    let (settings, log) = observed(Config::new());
    let back = Scripted::new([Ok(response(200, "text/plain", "a=hunter2"))]);
    let _ = blocking::call(&back, &Show { lamp: 1 }, &caller.context(&settings));
    assert_eq!(taken(&log).lines().last(), Some("< [9 bytes]"));
    // A long body is cut.
    let (settings, log) = observed(Config::new());
    let body = format!("{{\"reply\":{{\"code\":0,\"list\":[{}1]}}}}", "\"hunter2\",".repeat(100_000));
    let length = body.len();
    let _ = blocking::call(&Scripted::new([json(&body)]), &light(), &caller.context(&settings));
    let log = taken(&log);
    assert!(log.len() < 10_000 && log.ends_with(&format!("… [{length} bytes in all]\n")));
}

#[test]
fn headers_have_no_values_but_plain_ones() {
    let caller = Caller::new();
    let (settings, log) = observed(Config::new());
    let mut back = response(200, "application/json", SHOWN);
    for (name, value) in [("Set-Cookie", "sid=hunter2"), ("Location", "/hunter2"), ("Retry-After", "3")] {
        back.headers_mut().insert(name, value.parse().unwrap());
    }
    blocking::call(&Scripted::new([Ok(back)]), &Show { lamp: 1 }, &caller.context(&settings)).unwrap();
    let log = taken(&log);
    assert!(log.contains("< set-cookie: …\n< location: …\n< retry-after: 3\n"), "{log}");
}

#[test]
fn who_asks_by_name_gets_it_all() {
    let caller = Caller::new();
    let raw = Arc::new(Mutex::new(Vec::new()));
    let settings = Config::new().with_observer({
        let raw = Arc::clone(&raw);
        move |exchange: &Exchange<'_>| {
            let body = match exchange.expose() {
                Exposed::Request { body, .. } | Exposed::Response { body, .. } => body,
                _ => None,
            };
            raw.lock().unwrap().push(body.map(<[u8]>::to_vec));
        }
    });
    blocking::call(&Scripted::new([json(OPENED)]), &light(), &caller.context(&settings)).unwrap();
    let raw = raw.lock().unwrap();
    let [Some(request), Some(response)] = &raw[..] else { panic!("{raw:?}") };
    assert!(String::from_utf8_lossy(request).contains("&password=hunter2&"));
    assert_eq!(response, OPENED.as_bytes());
}

/// A call that continues is a call of its own; the tries of one belong together. The vendor's URL shows names alone.
#[test]
fn calls_that_continue_are_seen_too() {
    let caller = Caller::new();
    let (settings, log) = observed(Config::new().with_format(Format::Json));
    let context = caller.context(&settings);
    let mut pagination = Pagination::new(Douse { why: Some("/hunter2?at=hunter2&hunter2".into()) });
    for body in [BUSY, r#"{"reply":{"code":0}}"#, BUSY] {
        loop {
            match pagination.step(&context).unwrap() {
                Step::Send(_) => break,
                Step::Wait(_) => pagination.waited(),
                Step::Item(_) => {}
                Step::Done => panic!("it goes on"),
            }
        }
        pagination.take(json(body), &context).unwrap();
    }
    let log = taken(&log);
    let heads: Vec<_> =
        log.lines().filter(|line| line.starts_with("lamp") || line.starts_with("> POST")).collect();
    assert_eq!(
        heads,
        [
            "lamp/douse 1.1",
            "> POST https://api.lantern.example/rpc",
            "lamp/douse 1.1",
            "lamp/douse 1.2",
            "> POST https://api.lantern.example/rpc",
            "lamp/douse 1.2",
            "lamp/douse 2.1",
            "> POST https://api.lantern.example/…?at=…&…",
            "lamp/douse 2.1",
        ]
    );
}
