//! The crate's tests: the pages' examples, the wire text of every operation, and round trips of every type.

use super::{
    envelope::Variant,
    names::{Context, joined},
    parameters::Provided,
    protocol::format_path,
    text::{Item, List, Text, literal, prose, raw_literal},
};
use crate::model::{Example, ExampleRequest, Group, Operation, Role, TypeKind, ValueType, When};

fn snapshot(text: &mut Text, context: &Context<'_>) {
    text.doc("Compares with the snapshot beside the definition, where a change on the wire is reviewed.");
    text.block("fn snapshot(name: &str, text: &str)", |text| {
        text.line("let mut settings = insta::Settings::clone_current();");
        let folder = format!("../../../../protocol-defs/{}/snapshots", context.vendor.package);
        text.line(format!("settings.set_snapshot_path({});", literal(&folder)));
        text.line("settings.set_prepend_module_to_snapshot(false);");
        text.line("settings.set_omit_expression(true);");
        text.line("settings.bind(|| insta::assert_snapshot!(name, text));");
    });
}

fn file(context: &Context<'_>, doc: &str, body: &str) -> String {
    let mut text = Text::new();
    text.module_doc(&format!("{doc} of the {}.", prose(&context.vendor.title)));
    text.blank();
    super::test_imports(&mut text, context, body);
    text.finish()
}

/// `tests/examples.rs`, or nothing when no page has an example.
pub(super) fn examples(context: &Context<'_>) -> Option<String> {
    let mut body = Text::new();
    body.blank();
    snapshot(&mut body, context);
    let mut any = false;
    for (group, operation) in context.vendor.operations() {
        for each in &operation.examples {
            any = true;
            body.blank();
            example(&mut body, context, group, operation, each);
        }
    }
    any.then(|| file(context, "The examples on the vendor's pages", &body.finish()))
}

fn example(text: &mut Text, context: &Context<'_>, group: &Group, operation: &Operation, example: &Example) {
    let module = format!("{}::{}", group.name.rust, operation.name.rust);
    let name = joined(&[&group.name, &operation.name, &example.name]);
    text.doc(&super::text::facts(&example.facts, "An example of the vendor's page."));
    text.line("#[test]");
    text.block(format!("fn {name}()"), |text| {
        if let Some(request) = &example.request {
            let (kind, sent) = match request {
                ExampleRequest::Form(sent) => ("Form", sent),
                ExampleRequest::Query(sent) => ("Query", sent),
                ExampleRequest::Url(sent) => ("Url", sent),
            };
            text.line(format!("let sent = {};", raw_literal(sent)));
            let provided = Provided::new(context);
            let session = if operation.session && provided.session { "SessionParameters" } else { "Nothing" };
            let head = format!(
                "let read = testing::example_request::<{module}::Request, {}, {}, {session}>",
                provided.client_type(),
                provided.options_type()
            );
            text.list(&head, &List::call([Item::from(format!("ExampleRequest::{kind}(sent)"))]), ";");
            text.line(format!(
                "snapshot({}, &read);",
                literal(&format!(
                    "{}.{}.request",
                    dotted(group, operation),
                    super::names::plain(&example.name.rust)
                ))
            ));
        }
        for reply in &example.replies {
            text.line(format!("let sent = {};", raw_literal(&reply.text)));
            let expected = match (&reply.fails, &example.error) {
                (Some((line, column)), _) => {
                    format!("Expected::Undecodable {{ line: {line}, column: {column} }}")
                }
                (None, Some(code)) => format!("Expected::Code({})", literal(code)),
                (None, None) => "Expected::Answer".to_owned(),
            };
            let head = format!("let read = testing::example_reply::<{module}::Request>");
            let arguments = [format_path(reply.format).into(), "sent".into(), Item::from(expected)];
            text.list(&head, &List::call(arguments), ";");
            let format = match reply.format {
                crate::model::FormatKind::Xml => "xml",
                crate::model::FormatKind::Json => "json",
                crate::model::FormatKind::Query => "query",
            };
            text.line(format!(
                "snapshot({}, &read);",
                literal(&format!(
                    "{}.{}.{format}",
                    dotted(group, operation),
                    super::names::plain(&example.name.rust)
                ))
            ));
        }
    });
}

/// `auth.logout`: the beginning of an operation's snapshots' names.
fn dotted(group: &Group, operation: &Operation) -> String {
    format!("{}.{}", group.name.wire, operation.name.wire)
}

/// `tests/wire.rs`: requests, answers and failures as they are on the wire.
pub(super) fn wire(context: &Context<'_>) -> String {
    let provided = Provided::new(context);
    let mut body = Text::new();
    body.blank();
    snapshot(&mut body, context);
    for (group, operation) in context.vendor.operations() {
        let module = format!("{}::{}", group.name.rust, operation.name.rust);
        body.blank();
        body.line("#[test]");
        body.block(format!("fn {}()", joined(&[&group.name, &operation.name])), |text| {
            let session = if operation.session && provided.session { "SessionParameters" } else { "Nothing" };
            sample_answer(text, context);
            sample_failure(text, context);
            let head = format!(
                "let text = testing::exchange::<{module}::Request, {}, {}, {session}>",
                provided.client_type(),
                provided.options_type()
            );
            text.list(&head, &List::call(["sample_answer".into(), "sample_failure".into()]), ";");
            text.line(format!("snapshot({}, &text);", literal(&dotted(group, operation))));
        });
    }
    file(context, "Every operation as it is on the wire, both ways and in every format", &body.finish())
}

/// A function that makes an answer with what is required, or with everything.
fn sample_answer(text: &mut Text, context: &Context<'_>) {
    let members = || {
        let members = context.vendor.envelope.members.iter();
        members.filter(|member| {
            member.when != When::Failure && !matches!(member.role, Some(Role::Data | Role::Status))
        })
    };
    let (needed, optional): (Vec<_>, Vec<_>) =
        members().partition(|member| !super::names::optional(&member.member));
    let mut arguments: Vec<Item> = vec!["testing::sample(sample)".into()];
    arguments.extend(needed.iter().map(|member| {
        let into = member.member.value == ValueType::String && !member.member.secret;
        Item::from(if into { "testing::value::<String>()" } else { "testing::value()" })
    }));
    if optional.is_empty() {
        text.closure("let sample_answer = |sample|", "Answer::new", &List::call(arguments));
        return;
    }
    text.line("let sample_answer = |sample| {");
    text.indented(|text| {
        text.list("let mut answer = Answer::new", &List::call(arguments), ";");
        text.block("if sample == Sample::Full", |text| {
            for member in &optional {
                text.line(format!("answer.{} = testing::value();", member.member.name.rust));
            }
        });
        text.line("answer");
    });
    text.line("};");
}

/// A function that makes a failure of the first code with everything that may come with it.
fn sample_failure(text: &mut Text, context: &Context<'_>) {
    let code = context
        .vendor
        .errors
        .first()
        .map_or_else(|| "ErrorCode::Other(0)".to_owned(), |error| format!("ErrorCode::{}", error.rust));
    let told = |role| {
        matches!(
            role,
            Some(Role::Message | Role::Name | Role::Status | Role::Code | Role::Data | Role::Operation)
        )
    };
    let members = context.vendor.envelope.members.iter();
    let more: Vec<_> = members.filter(|member| member.when != When::Success && !told(member.role)).collect();
    if more.is_empty() {
        text.line(format!("let sample_failure = || Failure::new({code});"));
        return;
    }
    text.line("let sample_failure = || {");
    text.indented(|text| {
        text.line(format!("let mut failure = Failure::new({code});"));
        for member in more {
            text.line(format!("failure.{} = testing::value();", member.member.name.rust));
        }
        text.line("failure");
    });
    text.line("};");
}

/// `tests/properties.rs`: what is written is read back equal.
pub(super) fn properties(context: &Context<'_>, envelopes: &[Variant]) -> String {
    let mut body = Text::new();
    body.blank();
    body.doc("Every type in every format of the vendor: what is written is read back equal.");
    body.line("fn round_trips<T: OwnedMessage + PartialEq + std::fmt::Debug>(bytes: &[u8]) {");
    body.indented(|text| {
        text.block("for format in PROTOCOL.formats", |text| {
            text.line("testing::round_trip::<T>(format.format, format.nested, bytes);");
        });
        text.line("testing::round_trip::<T>(Format::Query, \".\", bytes);");
    });
    body.line("}");
    body.blank();
    body.block("proptest!", |text| {
        let mut first = true;
        let mut property = |text: &mut Text, name: &str, type_name: &str| {
            if !first {
                text.blank();
            }
            first = false;
            text.line("#[test]");
            text.block(format!("fn {name}(bytes in collection::vec(any::<u8>(), 0..512))"), |text| {
                text.line(format!("round_trips::<{type_name}>(&bytes);"));
            });
        };
        for (group, operation) in context.vendor.operations() {
            let module = format!("{}::{}", group.name.rust, operation.name.rust);
            let name = joined(&[&group.name, &operation.name]);
            let envelope = envelopes.iter().find(|variant| variant.order == operation.order);
            let envelope = envelope.map_or("Envelope", |variant| variant.name.as_str());
            property(text, &format!("{name}_request"), &format!("{module}::Request"));
            property(text, &format!("{name}_reply"), &format!("{envelope}<{module}::Reply>"));
        }
        for described in &context.vendor.types {
            if matches!(described.kind, TypeKind::Structure(_)) {
                let name = &described.name.rust;
                property(text, &format!("type_{}", super::snake(name)), &format!("types::{name}"));
            }
        }
        let provided = Provided::new(context);
        for (there, name) in [
            (provided.client, "ClientParameters"),
            (provided.call, "CallOptions"),
            (provided.session, "SessionParameters"),
            (context.vendor.session.is_some(), "SessionState"),
        ] {
            if there {
                property(text, &super::snake(name), name);
            }
        }
    });
    file(context, "Round trips of every type", &body.finish())
}
