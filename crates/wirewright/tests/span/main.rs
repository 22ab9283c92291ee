//! What `tracing` sees of calls: every try, and no secret. A test of its own process: whether anybody listens is remembered for all
//! threads of one.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

#[path = "../calls/at_once.rs"]
mod at_once;
#[path = "../calls/scripted.rs"]
mod scripted;
#[path = "../calls/support.rs"]
mod support;

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use crate::at_once::{AtOnce, ready};
use crate::scripted::{BUSY, OPENED, SHOWN, Scripted, json, light};
use crate::support::{Caller, Show, response};
use tracing::{Metadata, Subscriber, field, span};
use wirewright::client::{self, Config, TransportError, TransportErrorKind, blocking};

/// Notes the spans that are made, and what is in each at its end.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>);

struct Fields<'a>(&'a mut String);

impl field::Visit for Fields<'_> {
    fn record_debug(&mut self, field: &field::Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "wirewright"
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut spans = self.0.lock().unwrap();
        let mut text = attributes.metadata().name().to_owned();
        attributes.record(&mut Fields(&mut text));
        spans.push(text);
        span::Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut self.0.lock().unwrap()[index]));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}

    fn enter(&self, id: &span::Id) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        self.0.lock().unwrap()[index].push_str(" (");
    }

    fn exit(&self, id: &span::Id) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        self.0.lock().unwrap()[index].push(')');
    }
}

#[test]
fn each_try_is_a_span() {
    let (caller, settings) = (Caller::new(), Config::new());
    let script = || {
        let refused = TransportError::new(TransportErrorKind::Other, "/rpc?token=hunter2");
        Scripted::new([
            json(BUSY),
            Err(refused),
            json(SHOWN),
            json(OPENED),
            Ok(response(502, "text/html", "<html>hunter2</html>")),
        ])
    };
    let show = r#"call vendor="Lantern" operation="lamp/show" attempt"#;
    let lit = r#"call vendor="Lantern" operation="lamp/light" attempt"#;
    let expected = [
        format!("{show}=1 request_id=r-1 format=JSON () status=200 duration_ms=250.0 outcome=\"vendor\""),
        format!("{show}=2 request_id=r-1 format=JSON () duration_ms=250.0 outcome=\"transport\""),
        format!("{show}=3 request_id=r-1 format=JSON () status=200 duration_ms=250.0 outcome=\"answer\""),
        format!("{lit}=1 request_id=r-1 format=JSON () status=200 duration_ms=250.0 outcome=\"answer\""),
        format!("{lit}=1 request_id=r-1 format=JSON () status=502 duration_ms=250.0 outcome=\"http\""),
    ];
    let context = caller.context(&settings);
    let spans = Spans::default();
    tracing::subscriber::with_default(spans.clone(), || {
        let script = script();
        blocking::call(&script, &Show { lamp: 1 }, &context).unwrap();
        blocking::call(&script, &light(), &context).unwrap();
        blocking::call(&script, &light(), &context).unwrap_err();
    });
    assert_eq!(std::mem::take(&mut *spans.0.lock().unwrap()), expected);
    tracing::subscriber::with_default(spans.clone(), || {
        let script = script();
        ready(client::call(&AtOnce(&script), &Show { lamp: 1 }, &context)).unwrap();
        ready(client::call(&AtOnce(&script), &light(), &context)).unwrap();
        ready(client::call(&AtOnce(&script), &light(), &context)).unwrap_err();
    });
    // An instrumented future is entered once more to be dropped.
    let spans: Vec<_> = spans.0.lock().unwrap().iter().map(|span| span.replace(" () ()", " ()")).collect();
    assert_eq!(spans, expected);
}
