//! The crate's tests, one program: the pages' examples, the wire text of every operation, round trips of every type.

use std::fmt::Write as _;

use super::{
    pending::Pending,
    prose::prose,
    runtime::format_path,
    text::{Item, List, Text, literal, raw_literal},
};
use crate::model::{EnvelopeMember, ErrorKeys, Example, ExampleRequest, Role, TypeKind, ValueType, When};
use crate::packaging::Packaging;
use crate::plan::{
    context::Context,
    envelope::FAILURE_DATA,
    errors::sample_code,
    members::needed,
    names::{Unique, part, snake},
    operations::{Named, REQUEST, reply_part},
    parameters::Provided,
};

/// Where the tests are: modules of one program, as linking is what most of them would cost.
const FOLDER: &str = "tests/definition";

/// What modules use that compare with snapshots.
const SNAPSHOTS: &[&str] = &["use wirewright::testing;", "", "use crate::snapshot;"];
/// What the module of properties uses.
const PROPERTIES: &[&str] = &["use proptest::test_runner::{Config, TestRunner};", "use wirewright::testing;"];

/// The tests' files, with their paths.
pub(super) fn modules<'a>(context: &'a Context<'_>, packaging: &'a Packaging) -> Vec<Pending<'a>> {
    let file = |name: &str, write: Box<dyn Fn() -> Option<String> + Sync + 'a>| {
        (format!("{FOLDER}/{name}.rs"), write)
    };
    vec![
        file("properties", Box::new(|| Some(properties(context)))),
        file("wire", Box::new(|| Some(wire(context)))),
        file("examples", Box::new(|| examples(context))),
        file("main", Box::new(|| Some(program(context, packaging)))),
    ]
}

/// The program: its modules, and what they share.
fn program(context: &Context<'_>, packaging: &Packaging) -> String {
    let mut text = Text::new();
    text.module_doc(&format!("What the definition says of the {}.", prose(&context.vendor.title)));
    text.blank();
    text.line("#![allow(clippy::nursery, clippy::pedantic, reason = \"the texts are the vendor's\")]");
    text.blank();
    if context.operations.iter().any(|named| !named.operation.examples.is_empty()) {
        text.line("mod examples;");
    }
    text.line("mod properties;");
    text.line("mod wire;");
    text.blank();
    text.doc("Compares with the snapshot beside the definition, where a change on the wire is reviewed.");
    text.block("fn snapshot(name: &str, text: &str)", |text| {
        text.line("let mut settings = insta::Settings::clone_current();");
        // Seen from the folder of the tests.
        let folder = format!("../../{}", packaging.snapshots);
        text.line(format!("settings.set_snapshot_path({});", literal(&folder)));
        text.line("settings.set_prepend_module_to_snapshot(false);");
        text.line("settings.set_omit_expression(true);");
        text.line("settings.bind(|| insta::assert_snapshot!(name, text));");
    });
    text.finish()
}

/// A module of the tests.
fn module(context: &Context<'_>, doc: &str, uses: &[&str], body: &str) -> String {
    let mut text = Text::new();
    text.module_doc(&format!("{doc} of the {}.", prose(&context.vendor.title)));
    text.blank();
    for line in uses {
        text.line(*line);
    }
    text.line(body.trim_end());
    text.finish()
}

/// The examples, or nothing when no page has one.
fn examples(context: &Context<'_>) -> Option<String> {
    let mut body = Text::new();
    let mut names = Unique::default();
    let mut any = false;
    for named in &context.operations {
        for each in &named.operation.examples {
            any = true;
            body.blank();
            let name = names.take(format!("{}_{}", named.function, part(&each.name.rust)));
            example(&mut body, context, named, each, &name);
        }
    }
    any.then(|| module(context, "The examples on the vendor's pages", SNAPSHOTS, &body.finish()))
}

fn example(text: &mut Text, context: &Context<'_>, named: &Named<'_>, example: &Example, name: &str) {
    let snapshot = |text: &mut Text, what: &str| {
        text.line(format!("snapshot({}, &read);", literal(&named.example_snapshot(example, what))));
    };
    text.doc(&super::prose::facts(&example.facts, "An example of the vendor's page."));
    text.line("#[test]");
    text.block(format!("fn {name}()"), |text| {
        own_request(text, context, named);
        if let Some(request) = &example.request {
            let (sent, request) = match request {
                ExampleRequest::Form(sent) => (sent, "testing::ExampleRequest::Form(sent)"),
                ExampleRequest::Query(sent) => (sent, "testing::ExampleRequest::Query(sent)"),
                ExampleRequest::Url(sent) => (sent, "testing::ExampleRequest::Url(sent)"),
                ExampleRequest::Document { url, body } => {
                    text.assignment("let url", &raw_literal(url));
                    (body, "testing::ExampleRequest::Document { url, body: sent }")
                }
            };
            text.assignment("let sent", &raw_literal(sent));
            let with_headers;
            let request = if example.headers.is_empty() {
                request
            } else {
                text.assignment("let headers", &raw_literal(&example.headers));
                with_headers = format!("{request}.with_headers(headers)");
                &with_headers
            };
            let head = format!("let read = testing::example_request::<{}>", parts(context));
            let lacks = example.lacks.iter().map(|name| Item::from(literal(name)));
            let arguments = [
                format!("&{}", own(context, "server::OPERATIONS")).into(),
                sessions(context, named),
                Item::from(request),
                Item::List("&".to_owned(), List::array(lacks)),
            ];
            text.list(&head, &List::call(arguments), ";");
            snapshot(text, REQUEST);
            if !example.keys.is_empty() {
                signature(text, context, named, example, request);
            }
        }
        for reply in &example.replies {
            text.assignment("let sent", &raw_literal(&reply.text));
            let expected = match (&reply.fails, &example.error) {
                (Some((line, column)), _) => {
                    format!("testing::Expected::Undecodable {{ line: {line}, column: {column} }}")
                }
                (None, Some(code)) => format!("testing::Expected::Code({})", literal(code)),
                (None, None) => "testing::Expected::Answer".to_owned(),
            };
            let format = format!("wirewright::{}", format_path(reply.format));
            let mut arguments = vec![format.into(), "sent".into(), Item::from(expected)];
            let head = if reply.headers.is_empty() {
                "let read = testing::example_reply::<Request>"
            } else {
                text.assignment("let headers", &raw_literal(&reply.headers));
                arguments.insert(2, "headers".into());
                "let read = testing::example_reply_with::<Request>"
            };
            text.list(head, &List::call(arguments), ";");
            snapshot(text, reply_part(reply.format));
            if context.computed.reply.is_some() && !example.keys.is_empty() {
                keys(text, example);
                let format = format!("wirewright::{}", format_path(reply.format));
                let head = "testing::example_reply_signature::<Request>";
                text.list(head, &List::call([format.into(), "sent".into(), Item::from("&keys")]), ";");
            }
        }
    });
}

/// That a sample is signed with the keys that are said of it.
fn signature(text: &mut Text, context: &Context<'_>, named: &Named<'_>, example: &Example, request: &str) {
    keys(text, example);
    let arguments = [
        format!("&{}", own(context, "server::OPERATIONS")).into(),
        sessions(context, named),
        Item::from(request),
        "&keys".into(),
    ];
    text.list(&format!("testing::example_signature::<{}>", parts(context)), &List::call(arguments), ";");
}

/// What an example is signed with.
fn keys(text: &mut Text, example: &Example) {
    let keys =
        example.keys.iter().map(|(name, key)| Item::from(format!("({}, {})", literal(name), literal(key))));
    text.list("let secrets = ", &List::array(keys), ";");
    let mut keys = "testing::ExampleKeys::new(&secrets)".to_owned();
    if let Some(clock) = example.clock {
        let _ = write!(keys, ".at({clock})");
    }
    if let Some(nonce) = &example.nonce {
        let _ = write!(keys, ".with_nonce({})", literal(nonce));
    }
    text.assignment("let keys", &keys);
}

/// The operation's own request, by a short name.
fn own_request(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    text.line(format!("type Request = {};", named.path_in(&context.crate_name(), &named.request)));
    text.blank();
}

/// The path of something that the crate exports.
fn own(context: &Context<'_>, name: &str) -> String {
    format!("{}::{name}", context.crate_name())
}

/// The types of a request's parts: the operation's own, the client's and the call's.
fn parts(context: &Context<'_>) -> String {
    let provided = Provided::new(context.vendor);
    let in_crate = |name| {
        if name == "Nothing" { "wirewright::exchange::Nothing".to_owned() } else { own(context, name) }
    };
    format!("Request, {}, {}", in_crate(provided.client_type()), in_crate(provided.options_type()))
}

/// The sessions that the operation is tried with.
fn sessions(context: &Context<'_>, named: &Named<'_>) -> Item {
    let kinds = named.operation.sessions.iter().map(|&kind| &context.kinds[kind]);
    let samples = kinds.map(|kind| {
        let carried = if kind.members.is_empty() {
            "wirewright::exchange::Nothing".to_owned()
        } else {
            own(context, &kind.parameters())
        };
        Item::from(format!("testing::SampleSession::new::<{carried}>(&{})", own(context, &kind.constant())))
    });
    Item::List("&".to_owned(), List::array(samples))
}

/// Requests, answers and failures as they are on the wire.
fn wire(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.blank();
    sample_answer(&mut body, context);
    body.blank();
    sample_failure(&mut body, context);
    for named in &context.operations {
        body.blank();
        body.line("#[test]");
        body.block(format!("fn {}()", named.function), |text| {
            own_request(text, context, named);
            let mut arguments = vec![sessions(context, named)];
            let function = if named.operation.raw.is_some() {
                "raw_exchange"
            } else {
                arguments.push("sample_answer".into());
                "exchange"
            };
            arguments.push("sample_failure".into());
            let head = format!("let text = testing::{function}::<{}>", parts(context));
            text.list(&head, &List::call(arguments), ";");
            text.line(format!("snapshot({}, &text);", literal(&named.snapshot())));
        });
    }
    let doc = "Every operation as it is on the wire, both ways and in every format";
    module(context, doc, SNAPSHOTS, &body.finish())
}

/// A function that makes an answer with what is required, or with everything.
fn sample_answer(text: &mut Text, context: &Context<'_>) {
    let members = context.vendor.envelope.members.iter().filter(|member| {
        member.when != When::Failure
            && member.value.is_none()
            && !matches!(member.role, Some(Role::Data | Role::Status))
    });
    let (needed, more): (Vec<_>, Vec<_>) = members.partition(|member| needed(&member.member));
    let mut arguments: Vec<Item> = vec!["testing::sample(sample)".into()];
    arguments.extend(needed.iter().map(|member| {
        let into = member.member.value == ValueType::String && !member.member.secret;
        Item::from(if into { "testing::value::<String>()" } else { "testing::value()" })
    }));
    text.doc("An answer with what is required, or with everything.");
    let answer = own(context, "Answer");
    let head = format!(
        "fn sample_answer<D: wirewright::wire::OwnedMessage>(sample: testing::Sample) -> {answer}<D>"
    );
    text.block(head, |text| {
        if more.is_empty() {
            return text.list(&format!("{answer}::new"), &List::call(arguments), "");
        }
        text.list(&format!("let mut answer = {answer}::new"), &List::call(arguments), ";");
        text.block("if sample == testing::Sample::Full", |text| {
            for EnvelopeMember { member, .. } in &more {
                text.line(format!("answer.{} = testing::value();", member.name.rust));
            }
        });
        text.line("answer");
    });
}

/// A function that makes a failure of the first code with everything that may come with it.
fn sample_failure(text: &mut Text, context: &Context<'_>) {
    let code = match (context.vendor.errors.first(), context.vendor.error_keys) {
        (Some(error), _) => error.rust.clone(),
        (None, ErrorKeys::Numbers) => format!("Other({})", sample_code(context.vendor)),
        (None, ErrorKeys::Names) => format!("Other({}.to_owned())", literal(&sample_code(context.vendor))),
    };
    let code = format!("{}::{code}", own(context, "ErrorCode"));
    let is_outcome = |role| {
        matches!(
            role,
            Some(Role::Message | Role::Name | Role::Status | Role::Code | Role::Data | Role::Operation)
        )
    };
    let members = context.vendor.envelope.members.iter();
    let more: Vec<_> = members
        .filter(|member| member.when != When::Success && member.value.is_none() && !is_outcome(member.role))
        .collect();
    text.doc("A failure of the first code, with everything that may come with it.");
    let failure = own(context, "Failure");
    text.block(format!("fn sample_failure() -> {failure}"), |text| {
        let typed = !context.vendor.failure.is_empty();
        if more.is_empty() && !typed {
            return text.line(format!("{failure}::new({code})"));
        }
        text.line(format!("let mut failure = {failure}::new({code});"));
        for EnvelopeMember { member, .. } in more {
            text.line(format!("failure.{} = testing::value();", member.name.rust));
        }
        if typed {
            text.line("failure.data = testing::sample(testing::Sample::Full);");
        }
        text.line("failure");
    });
}

/// What is written is read back equal.
fn properties(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.blank();
    body.doc("Every type in every format of the vendor: what is written is read back equal.");
    body.block("fn round_trips<T: wirewright::wire::OwnedMessage + PartialEq + std::fmt::Debug>()", |text| {
        text.line("property(|bytes| {");
        text.indented(|text| {
            text.block(format!("for format in {}.formats", own(context, "PROTOCOL")), |text| {
                text.line("testing::round_trip::<T>(format.format, format.nested, bytes);");
            });
            let offered = |kind| context.vendor.formats.iter().any(|format| format.kind == kind);
            if let Some(body) = context.vendor.body.as_ref().filter(|body| !offered(body.format)) {
                let format = format_path(body.format);
                text.line(format!("testing::round_trip::<T>(wirewright::{format}, \".\", bytes);"));
            }
            text.line("testing::round_trip::<T>(wirewright::Format::Query, \".\", bytes);");
        });
        text.line("});");
    });
    body.blank();
    body.doc("Tries what holds for a value that is made of any bytes. Bytes that fail are kept in `proptest-regressions`, and tried first the next time.");
    body.block("fn property(holds: fn(&[u8]))", |text| {
        text.line("let config = Config { source_file: Some(file!()), ..Config::default() };");
        text.line("let bytes = proptest::collection::vec(proptest::arbitrary::any::<u8>(), 0..512);");
        text.line("let tried = TestRunner::new(config).run(&bytes, |bytes| {");
        text.indented(|text| {
            text.line("holds(&bytes);");
            text.line("Ok(())");
        });
        text.line("});");
        text.line("assert!(tried.is_ok(), \"{tried:?}\");");
    });
    let mut names = Unique::default();
    let mut property = |text: &mut Text, name: String, type_name: &str| {
        text.blank();
        text.line("#[test]");
        let head = format!("fn {}()", names.take(name));
        text.block(head, |text| text.line(format!("round_trips::<{type_name}>();")));
    };
    for named in &context.operations {
        let (name, package) = (&named.function, context.crate_name());
        let envelope = own(context, &format!("envelope::{}", context.envelopes[named.envelope].name));
        property(&mut body, format!("{name}_request"), &named.path_in(&package, &named.request));
        if named.operation.body.is_some() {
            property(&mut body, format!("{name}_body"), &named.path_in(&package, &named.body()));
        }
        if named.operation.raw.is_none() {
            let reply = named.reply_in(&package);
            property(&mut body, format!("{name}_reply"), &format!("{envelope}<{reply}>"));
        }
    }
    for described in &context.vendor.types {
        if matches!(described.kind, TypeKind::Structure(_)) {
            let name = &described.name.rust;
            let path = own(context, &format!("types::{name}"));
            property(&mut body, format!("type_{}", snake(name)), &path);
        }
    }
    let provided = Provided::new(context.vendor);
    for (there, name) in [
        (!context.vendor.failure.is_empty(), FAILURE_DATA),
        (provided.client, "ClientParameters"),
        (provided.call, "CallOptions"),
    ] {
        if there {
            property(&mut body, snake(name), &own(context, name));
        }
    }
    for kind in &context.kinds {
        let carried = (!kind.members.is_empty()).then(|| kind.parameters());
        for name in carried.into_iter().chain([kind.state()]) {
            property(&mut body, snake(&name), &own(context, &name));
        }
    }
    module(context, "Round trips of every type", PROPERTIES, &body.finish())
}
