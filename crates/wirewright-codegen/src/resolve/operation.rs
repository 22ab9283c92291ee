//! Groups, operations and examples.

use crate::model::{
    self, Example, ExampleReply, ExampleRequest, FormEncoding, Group, HttpMethod, Name, Operation, Raw,
};
use crate::read::tree;
use crate::rules;
use crate::source::{At, Text};
use crate::words::keys::example_request;
use crate::words::{Key, kind};

use super::{Resolver, facts, name, owned};

fn raw(written: &tree::Raw<'_>) -> Raw {
    let media = written.media.iter().flat_map(|media| &media.value);
    let statuses = written.status.iter().flat_map(|statuses| &statuses.value);
    Raw {
        media_types: media.map(|media| media.value.to_owned()).collect(),
        statuses: statuses.filter_map(|status| status.value.text.parse().ok()).collect(),
    }
}

fn pairs(written: &[(Text<'_>, Text<'_>)]) -> Vec<(String, String)> {
    written.iter().map(|(name, value)| (name.value.to_owned(), value.value.to_owned())).collect()
}

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
        let endpoint = written
            .endpoint
            .filter(|endpoint| protocol.endpoint.is_none_or(|common| common.value != endpoint.value));
        Operation {
            endpoint: owned(endpoint),
            name: name(written.key, &written.rust),
            wire_name: owned(written.wire_name).unwrap_or_else(|| written.key.value.to_owned()),
            path: written.path_in(group, protocol),
            facts: self.inherited(group, written),
            methods: match &written.methods {
                None => protocol.methods.value.iter().map(|method| method.value).collect(),
                Some(methods) => methods.value.iter().map(|method| method.value).collect(),
            },
            formats: if written.raw.is_some() { Vec::new() } else { self.formats(written) },
            namespace: owned(written.namespace),
            raw: written.raw.as_ref().map(raw),
            sessions: self.sessions_of(written),
            sessionless: written.sessionless(),
            form: match written.multipart {
                Some(_) => FormEncoding::Multipart,
                None => FormEncoding::UrlEncoded,
            },
            signed: written.signed.is_some(),
            signature_optional: written.signature_optional.is_some(),
            prefers_get: written.prefer.is_some_and(|prefer| prefer.value == HttpMethod::Get),
            secure: written.secure,
            repeatable: written.repeatable.is_some(),
            request: written.request.iter().map(|member| self.member(member)).collect(),
            constants: written
                .constants
                .iter()
                .map(|(name, value)| (name.value.to_owned(), value.value.to_owned()))
                .collect(),
            body: written
                .body
                .as_ref()
                .map(|body| body.value.iter().map(|member| self.member(member)).collect()),
            reply: written.reply.iter().map(|member| self.member(member)).collect(),
            failure: written.failure.iter().map(|member| self.member(member)).collect(),
            rows: self.rows(written).map(Box::new),
            row_lines: self.row_lines(written).map(Box::new),
            body_rows: self.body_rows(written).map(Box::new),
            outcome: self.outcome(written).map(Box::new),
            pagination: self.pagination(group, written).map(Box::new),
            order: self.order(written),
            partial: owned(written.partial),
            status: written.status.and_then(|status| status.value.try_into().ok()).unwrap_or(200),
            empty_reply: written.empty_reply.is_some(),
            errors: written.errors.iter().filter_map(|error| self.error_key(error)).collect(),
            examples: written.examples.iter().map(|example| self.example(example)).collect(),
        }
    }

    /// An operation's facts. Who states it and how sure that is, its group or the protocol may say for all.
    fn inherited(&self, group: &tree::Group<'_>, written: &tree::Operation<'_>) -> model::Facts {
        let around = [&group.facts, &self.definition.protocol.facts];
        let own = facts(&written.facts);
        let stated = |source: &&str| !source.trim().is_empty();
        model::Facts {
            source: own
                .source
                .filter(|source| stated(&source.as_str()))
                .or_else(|| around.iter().find_map(|facts| facts.source.filter(stated)).map(str::to_owned)),
            confidence: own.confidence.or_else(|| around.iter().find_map(|facts| facts.confidence)),
            ..own
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

    fn example(&self, written: &tree::Example<'_>) -> Example {
        let said = |key: Key<kind::Text>| {
            let found = written.requests.iter().find(|(word, _)| key.is(word.value));
            found.map(|(_, text)| text.value.to_owned())
        };
        let request = match (
            said(example_request::BODY),
            said(example_request::FORM),
            said(example_request::QUERY),
            said(example_request::URL),
        ) {
            (Some(body), _, Some(query), _) => {
                Some(ExampleRequest::Document { url: format!("?{query}"), body })
            }
            (Some(body), _, None, url) => {
                Some(ExampleRequest::Document { url: url.unwrap_or_default(), body })
            }
            (None, Some(form), ..) => Some(ExampleRequest::Form(form)),
            (None, None, Some(query), _) => Some(ExampleRequest::Query(query)),
            (None, None, None, url) => url.map(ExampleRequest::Url),
        };
        let fails =
            |format| written.fails.iter().find(|(kind, _)| kind.value == format).map(|(_, place)| *place);
        Example {
            name: Name { wire: owned(written.name).unwrap_or_default(), rust: written.rust.clone() },
            facts: facts(&written.facts),
            request,
            headers: owned(written.request_headers).unwrap_or_default(),
            keys: pairs(&written.keys),
            clock: written.clock.and_then(|clock| rules::seconds(clock.value)),
            nonce: owned(written.nonce),
            replies: written
                .replies
                .iter()
                .map(|(kind, text)| ExampleReply {
                    format: kind.value,
                    text: text.value.to_owned(),
                    headers: owned(written.reply_headers).unwrap_or_default(),
                    fails: fails(kind.value),
                })
                .collect(),
            lacks: written.lacks.iter().map(|name| name.value.to_owned()).collect(),
            error: written.error.as_ref().and_then(|error| self.error_key(error)),
        }
    }
}
