//! What a definition must be beyond being well formed, one file a check.

mod address;
mod body;
mod combinations;
mod content;
mod datetime;
mod defaults;
mod endless;
mod envelope;
mod errors;
mod examples;
mod failure;
mod filled;
mod formats;
mod hosts;
mod locations;
mod multipart;
mod narrowing;
mod parameter_groups;
mod parameters;
mod partial;
mod raw;
mod repeatable;
mod rows;
mod rust_names;
mod secrets;
mod session;
mod session_kinds;
mod signature;
mod sources;
mod type_kind;
mod unreachable;
mod wire_clash;
mod wire_names;
mod within;

pub(crate) use address::is_plain_endpoint;
pub(crate) use secrets::{looks_secret, unmarked};
pub(crate) use wire_clash::FLATTENED;
pub(crate) use wire_names::is_xml_name;

use crate::diagnostic::{Fault, Report};
use crate::model::FormatKind;
use crate::read::tree::{Definition, Group, Member, Operation, Parameter, Protocol, Provider, TypeKind};
use crate::resolve::Scope;
use crate::source::Text;

/// Every check. They do not depend on each other.
const CHECKS: &[fn(&Context<'_>)] = &[
    address::check,
    body::check,
    locations::check,
    combinations::check,
    content::check,
    datetime::check,
    defaults::check,
    endless::check,
    envelope::check,
    errors::check,
    examples::check,
    failure::check,
    filled::check,
    formats::check,
    multipart::check,
    narrowing::check,
    parameter_groups::check,
    parameters::check,
    partial::check,
    raw::check,
    repeatable::check,
    rows::check,
    rust_names::check,
    secrets::check,
    session::check,
    session_kinds::check,
    signature::check,
    sources::check,
    type_kind::check,
    unreachable::check,
    wire_clash::check,
    wire_names::check,
    within::check,
];

/// Runs all checks.
pub(crate) fn all<'a>(
    package: &'a str,
    definition: &'a Definition<'a>,
    scope: &'a Scope<'a>,
    report: &'a Report,
) {
    let context = Context { package, definition, scope, report };
    for check in CHECKS {
        check(&context);
    }
}

/// What a check looks at, and where it puts its faults.
struct Context<'a> {
    package: &'a str,
    definition: &'a Definition<'a>,
    scope: &'a Scope<'a>,
    report: &'a Report,
}

impl<'a> Context<'a> {
    fn add(&self, fault: Fault) {
        self.report.add(fault);
    }

    fn protocol(&self) -> &'a Protocol<'a> {
        &self.definition.protocol
    }

    fn operations(&self) -> impl Iterator<Item = (&'a Group<'a>, &'a Operation<'a>)> + use<'a> {
        let groups = self.definition.groups.iter();
        groups.flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }

    /// The members of each structure: of types, requests, their bodies, and replies.
    fn structures(&self) -> impl Iterator<Item = &'a [Member<'a>]> + use<'a> {
        let types = self.definition.types.iter().filter_map(|kind| match &kind.kind {
            Some(TypeKind::Structure(members)) => Some(members.as_slice()),
            _ => None,
        });
        let own = self.operations().flat_map(|(_, operation)| {
            [operation.request.as_slice(), operation.carried(), operation.reply.as_slice()]
        });
        types.chain(own).chain(self.failure_data())
    }

    /// What stands around members of the envelope, each once, where it is said first.
    fn wrappers(&self) -> Vec<Text<'a>> {
        let mut wrappers: Vec<Text<'a>> = Vec::new();
        for within in self.protocol().envelope.value.iter().filter_map(|one| one.within) {
            if wrappers.iter().all(|known| known.value != within.value) {
                wrappers.push(within);
            }
        }
        wrappers
    }

    /// The members of failures' data, where they are said.
    fn failure_data(&self) -> impl Iterator<Item = &'a [Member<'a>]> + use<'a> {
        let own = self.operations().map(|(_, operation)| operation.failure.as_slice());
        std::iter::once(self.protocol().failure.as_slice()).chain(own)
    }

    /// The members of failures' data.
    fn failures(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        self.failure_data().flatten()
    }

    /// The members that are parameters of the client or of each call.
    fn filled_in(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        let parameters = self.protocol().parameters.iter();
        let own =
            |one: &&Parameter<'_>| one.from.is_some_and(|from| from.value.of_caller()) && !one.is_again();
        parameters.filter(own).map(|one| &one.member)
    }

    /// Every member of everything.
    fn members(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        let envelope = self.protocol().envelope.value.iter().map(|member| &member.member);
        self.structures().flatten().chain(envelope).chain(self.filled_in())
    }

    /// Whether replies come in this format.
    fn offers(&self, format: FormatKind) -> bool {
        self.protocol().formats.value.iter().any(|offered| offered.kind == format)
    }

    /// Whether anything but parameters is written in this format: a reply, or the body of a request.
    fn writes(&self, format: FormatKind) -> bool {
        let body = self.protocol().body.as_ref();
        self.offers(format) || body.is_some_and(|body| body.format.value == format)
    }

    /// Whether a common parameter is filled in by this.
    fn provides(&self, provider: Provider) -> bool {
        self.protocol()
            .parameters
            .iter()
            .any(|parameter| parameter.from.is_some_and(|from| from.value == provider))
    }
}

/// What a format is called in messages.
fn format_name(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "XML",
        FormatKind::Json => "JSON",
        FormatKind::Query => "query strings",
    }
}
