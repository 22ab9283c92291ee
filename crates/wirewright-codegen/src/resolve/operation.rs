//! Groups, operations and examples.

use std::collections::HashMap;

use crate::diagnostic::{Code, Fault};
use crate::model::{Example, ExampleReply, ExampleRequest, Group, Name, Operation};
use crate::read::tree;
use crate::source::At;

use super::{Resolver, facts, name, owned};

impl Resolver<'_> {
    pub(super) fn group(&self, written: &tree::Group<'_>) -> Group {
        Group {
            name: Name { wire: written.name.clone(), rust: written.rust.clone() },
            facts: facts(&written.facts),
            operations: written
                .operations
                .iter()
                .map(|operation| self.operation(written, operation))
                .collect(),
        }
    }

    fn operation(&self, group: &tree::Group<'_>, written: &tree::Operation<'_>) -> Operation {
        let protocol = &self.definition.protocol;
        let path = owned(written.path.or(protocol.path));
        Operation {
            name: name(written.key, &written.rust),
            wire_name: owned(written.wire_name).unwrap_or_else(|| written.key.value.to_owned()),
            path: path.unwrap_or_else(|| format!("/{}/{}", group.name, written.key.value)),
            facts: facts(&written.facts),
            methods: match &written.methods {
                None => protocol.methods.value.iter().map(|method| method.value).collect(),
                Some(methods) => methods.value.iter().map(|method| method.value).collect(),
            },
            formats: self.formats(written),
            session: written.session.is_some(),
            signed: written.signed.is_some(),
            secure: written.secure,
            request: written.request.iter().map(|member| self.member(member)).collect(),
            reply: written.reply.iter().map(|member| self.member(member)).collect(),
            order: self.order(written),
            errors: written.errors.iter().filter_map(|error| self.error_key(error)).collect(),
            examples: written.examples.iter().map(|example| self.example(example)).collect(),
        }
    }

    fn formats(&self, written: &tree::Operation<'_>) -> Vec<usize> {
        let offered = &self.definition.protocol.formats.value;
        match &written.formats {
            None => (0..offered.len()).collect(),
            Some(narrowed) => {
                let index = |kind: &At<_>| offered.iter().position(|format| format.kind == kind.value);
                narrowed.value.iter().filter_map(index).collect()
            }
        }
    }

    /// Every member of the envelope once, as `order` says.
    fn order(&self, written: &tree::Operation<'_>) -> Vec<usize> {
        let members = &self.definition.protocol.envelope.value;
        let Some(order) = &written.order else { return (0..members.len()).collect() };
        let known: HashMap<&str, usize> =
            members.iter().enumerate().map(|(index, member)| (member.member.key.value, index)).collect();
        let mut seen = vec![false; members.len()];
        let mut indices = Vec::new();
        let mut all_known = true;
        for text in &order.value {
            let Some(index) = known.get(text.value).copied() else {
                self.report.add(
                    Fault::new(
                        Code::UnknownReference,
                        text.span,
                        format!("the envelope has no member `{}`", text.value),
                    )
                    .label("not in `[envelope]`")
                    .expected("the name of a member in `[envelope]`")
                    .did_you_mean(text.value, members.iter().map(|member| member.member.key.value)),
                );
                all_known = false;
                continue;
            };
            if let Some(seen) = seen.get_mut(index) {
                if *seen {
                    self.report.add(
                        Fault::new(
                            Code::Order,
                            text.span,
                            format!("`{}` stands twice in the order", text.value),
                        )
                        .label("the second time")
                        .expected("each member of the envelope once"),
                    );
                }
                *seen = true;
            }
            indices.push(index);
        }
        let left: Vec<String> = members
            .iter()
            .zip(&seen)
            .filter(|(_, seen)| !**seen)
            .map(|(member, _)| format!("`{}`", member.member.key.value))
            .collect();
        if !left.is_empty() && all_known {
            self.report.add(
                Fault::new(Code::Order, order.span, "the order leaves out members of the envelope")
                    .label(format!("without {}", left.join(", ")))
                    .expected("each member of the envelope once"),
            );
        }
        indices
    }

    fn example(&self, written: &tree::Example<'_>) -> Example {
        let request = written.requests.first().map(|(word, text)| {
            let text = text.value.to_owned();
            match word.value {
                "form" => ExampleRequest::Form(text),
                "query" => ExampleRequest::Query(text),
                _ => ExampleRequest::Url(text),
            }
        });
        let fails =
            |format| written.fails.iter().find(|(kind, _)| kind.value == format).map(|(_, place)| *place);
        Example {
            name: Name { wire: owned(written.name).unwrap_or_default(), rust: written.rust.clone() },
            facts: facts(&written.facts),
            request,
            replies: written
                .replies
                .iter()
                .map(|(kind, text)| ExampleReply {
                    format: kind.value,
                    text: text.value.to_owned(),
                    fails: fails(kind.value),
                })
                .collect(),
            error: written.error.as_ref().and_then(|error| self.error_key(error)),
        }
    }
}
