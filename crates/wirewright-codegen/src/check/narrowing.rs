//! An operation may offer less than the protocol, never more.

use std::collections::HashSet;

use super::context::{Context, format_name};
use crate::diagnostic::{Code, Fault};
use crate::model::{HttpMethod, Placement};

pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    for (_, operation) in cx.operations() {
        for method in operation.methods.iter().flat_map(|methods| &methods.value) {
            let offered =
                protocol.methods.value.iter().find(|offered| offered.value.verb == method.value.verb);
            let verb = verb(method.value.verb);
            match offered {
                // Two kinds of form are one place.
                Some(offered)
                    if (offered.value.placement == Placement::Query)
                        == (method.value.placement == Placement::Query) => {}
                // The body is taken, whatever other operations have in it.
                Some(_) if operation.body.is_some() => {}
                Some(offered) => cx.add(
                    Fault::new(Code::Narrowing, method.span, format!("{verb} carries the parameters elsewhere"))
                        .label("another place than the protocol's")
                        .related(offered.span, "the protocol's")
                        .expected("what the protocol says about the method"),
                ),
                None => cx.add(
                    Fault::new(Code::Narrowing, method.span, format!("the protocol does not offer {verb}"))
                        .label("not offered")
                        .related(protocol.methods.span, "what is offered")
                        .help("add it to the protocol's `methods`, and narrow the operations that do not take it"),
                ),
            }
        }
        if let Some(prefer) = operation.prefer {
            let methods = operation.methods.as_ref().unwrap_or(&protocol.methods);
            if !methods.value.iter().any(|method| method.value.verb == prefer.value) {
                let verb = verb(prefer.value);
                cx.add(
                    Fault::new(
                        Code::Narrowing,
                        prefer.span,
                        format!("`{}` does not take {verb}", operation.key.value),
                    )
                    .label("not offered")
                    .related(methods.span, "what it takes")
                    .expected("one of these methods"),
                );
            }
        }
        let mut seen = HashSet::new();
        for format in operation.formats.iter().flat_map(|formats| &formats.value) {
            let name = format_name(format.value);
            if !cx.offers(format.value) {
                cx.add(
                    Fault::new(Code::Narrowing, format.span, format!("the protocol does not offer {name}"))
                        .label("not offered")
                        .related(protocol.formats.span, "what is offered")
                        .help("add it to the protocol's `formats`, and narrow the operations that do not offer it"),
                );
            }
            if !seen.insert(format.value) {
                cx.add(
                    Fault::new(Code::DuplicateKey, format.span, format!("{name} is given twice"))
                        .label("the second time")
                        .expected("each format once"),
                );
            }
        }
    }
}

const fn verb(method: HttpMethod) -> &'static str {
    match method {
        HttpMethod::Get => "GET",
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
        HttpMethod::Delete => "DELETE",
    }
}
