//! The vendors' printed requests and replies are read as the definitions say, and as the generated crates read them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use http::Request;
use support::{Snapshot, folders, format, load, plan};
use wirewright::{
    Limits,
    describe::Placement,
    exchange::{Error, Refusal as _},
    server::{Incoming, Rejection, receive},
    sign::ReplyKeys,
    wire::Shape,
};
use wirewright_codegen::model::{Example, ExampleReply, ExampleRequest, FormatKind};
use wirewright_interpret::{Answer, Definition, DynamicRecord, OperationType, printed_reply};

/// A reply: what it is, and the same written again in every format of the operation.
fn reply(
    definition: &Definition,
    operation: &OperationType,
    example: &Example,
    reply: &ExampleReply,
    mut snapshot: Snapshot,
) {
    let response = ReplyKeys::unchecked(printed_reply(reply).unwrap());
    let read = definition.read_reply(operation, response, format(reply.format), &Limits::new());
    let (name, formats) = (operation.described().name, operation.described().formats);
    let written: Vec<String> = match (&read, &example.error, reply.fails) {
        (Err(Error::Decode(error)), _, Some(place)) => {
            assert_eq!((error.error.line(), error.error.column()), place, "{name}: {error}");
            snapshot.is(&error.to_string());
            return snapshot.ends();
        }
        (Err(Error::Vendor(error)), Some(code), None) => {
            assert_eq!(error.failure.code_text().as_deref(), Some(code.as_str()), "{name}");
            snapshot.is(&format!("{error}\n"));
            snapshot.skip_dump("Failure {");
            let write = |format| definition.failure_text(operation, error.failure.clone(), format).unwrap();
            formats.iter().map(|&format| write(format)).collect()
        }
        (Ok(Answer::Enveloped(answer)), None, None) => {
            snapshot.skip_dump("Answer {");
            let write = |format| definition.answer_text(operation, answer.clone(), format).unwrap();
            formats.iter().map(|&format| write(format)).collect()
        }
        (read, ..) => panic!("{name} is {read:?}"),
    };
    for (format, text) in formats.iter().zip(written) {
        snapshot.is(&format!("# written again, {format}\n{text}\n\n"));
    }
    snapshot.ends();
}

/// Reads some of a request's parameters.
type Read = fn(&Incoming, &'static Shape, &mut DynamicRecord) -> Result<(), Rejection>;

/// A request: what is read of it, and what is wrong with it. Pages leave parameters out, which the example `lacks`.
fn request(
    definition: &Definition,
    operation: &OperationType,
    sent: &ExampleRequest,
    example: &Example,
    mut snapshot: Snapshot,
) {
    let described = operation.described();
    let form = matches!(sent, ExampleRequest::Form(_));
    let method =
        described.methods.iter().find(|method| (method.placement != Placement::Query) == form).unwrap();
    let (url, body) = match sent {
        ExampleRequest::Form(form) => (described.path.to_owned(), form.as_str()),
        ExampleRequest::Query(query) if query.is_empty() => (described.path.to_owned(), ""),
        ExampleRequest::Query(query) => (format!("{}?{query}", described.path), ""),
        ExampleRequest::Url(url) => (url.clone(), ""),
        ExampleRequest::Document { url, body } if url.is_empty() || url.starts_with('?') => {
            (format!("{}{url}", described.path), body.as_str())
        }
        ExampleRequest::Document { url, body } => (url.clone(), body.as_str()),
    };
    let request = Request::builder().method(method.method.as_str()).uri(url);
    let headers = example.headers.lines().filter_map(|line| line.split_once(':'));
    let request = headers.fold(request, |request, (name, value)| request.header(name.trim(), value.trim()));
    let request = request.body(body.as_bytes().to_vec());
    let operations: Vec<_> = definition.operations().iter().map(OperationType::described).collect();
    snapshot.is(&format!("{}\n", described.name));
    let (incoming, refused) =
        match receive(&operations, described.endpoint(), &request.unwrap(), &Limits::new()) {
            Ok(incoming) => {
                assert_eq!(incoming.operation().name, described.name);
                let claims = |kind| definition.claim(definition.session(kind)?, &incoming).unwrap();
                let claimed = described.sessions.iter().any(|kind| claims(kind.name).is_some());
                let served = definition.receive(operation, &incoming);
                let served =
                    served.and_then(|_| if claimed { Ok(()) } else { incoming.without_session() }).err();
                (incoming, served)
            }
            Err((refused, incoming)) => (*incoming.unwrap(), Some(refused)),
        };
    let lacks = &example.lacks;
    assert_eq!(refused.is_some(), !lacks.is_empty(), "{}: {refused:?}, {lacks:?}", described.name);
    if let Some(refused) = refused {
        snapshot.is(&format!("{refused}\n"));
    }
    let mut parts: Vec<(&str, _, Read)> = vec![
        ("request", definition.request(operation), |incoming, shape, record| {
            incoming.read_request_into(shape, record)
        }),
        ("client", definition.client_parameters(), |incoming, shape, record| {
            incoming.read_client_into(shape, record)
        }),
        ("options", definition.call_options(), |incoming, shape, record| {
            incoming.read_options_into(shape, record)
        }),
    ];
    for kind in described.sessions {
        let of = definition.session(kind.name).unwrap().carried();
        parts.push((kind.name, of, |incoming, shape, record| incoming.read_into(shape, record)));
    }
    for (name, of, read) in parts.into_iter().filter(|(_, of, _)| !of.shape().members.is_empty()) {
        let mut record = DynamicRecord::empty(of);
        if let Err(rejection) = read(&incoming, of.shape(), &mut record) {
            snapshot.is(&format!("{name}: {rejection:?}\n"));
            continue;
        }
        // How a value of a generated type is shown is its own.
        let start = snapshot.line();
        assert!(start.starts_with(&format!("{name}: ")) && !start.contains("Rejection"), "{start}");
        while start.ends_with('{') && snapshot.line() != "}" {}
    }
    snapshot.ends();
}

#[test]
fn every_example_is_read_as_generated_code_reads_it() {
    let mut read = 0;
    for folder in folders() {
        let definition = load(&folder);
        for named in &plan(&definition).operations {
            let operation = definition.operation(&named.title()).unwrap();
            for example in &named.operation.examples {
                let find = |what| {
                    let name = named.example_snapshot(example, what);
                    Snapshot::find(&folder, &name).unwrap_or_else(|| panic!("there is no snapshot {name}"))
                };
                if let Some(sent) = &example.request {
                    request(&definition, operation, sent, example, find("request"));
                    read += 1;
                }
                for printed in &example.replies {
                    let what = match printed.format {
                        FormatKind::Xml => "xml",
                        FormatKind::Json => "json",
                        FormatKind::Query => "query",
                    };
                    reply(&definition, operation, example, printed, find(what));
                    read += 1;
                }
            }
        }
    }
    assert!(read >= 79, "{read} examples");
}
