//! What a definition must be beyond being well formed, one file a check.

mod address;
mod combinations;
mod content;
mod datetime;
mod endless;
mod envelope;
mod errors;
mod examples;
mod formats;
mod narrowing;
mod parameters;
mod rust_names;
mod secrets;
mod session;
mod signature;
mod type_kind;
mod unreachable;
mod wire_clash;
mod wire_names;

pub(crate) use secrets::{looks_secret, unmarked};
pub(crate) use wire_clash::FLATTENED;
pub(crate) use wire_names::is_xml_name;

use crate::diagnostic::{Fault, Report};
use crate::model::FormatKind;
use crate::read::tree::{Definition, Group, Member, Operation, Protocol, Provider, TypeKind};
use crate::resolve::Scope;

/// Every check. They do not depend on each other.
const CHECKS: &[fn(&Context<'_>)] = &[
    address::check,
    combinations::check,
    content::check,
    datetime::check,
    endless::check,
    envelope::check,
    errors::check,
    examples::check,
    formats::check,
    narrowing::check,
    parameters::check,
    rust_names::check,
    secrets::check,
    session::check,
    signature::check,
    type_kind::check,
    unreachable::check,
    wire_clash::check,
    wire_names::check,
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

    /// The members of each structure: of types, requests and replies.
    fn structures(&self) -> impl Iterator<Item = &'a [Member<'a>]> + use<'a> {
        let types = self.definition.types.iter().filter_map(|kind| match &kind.kind {
            Some(TypeKind::Structure(members)) => Some(members.as_slice()),
            _ => None,
        });
        let own = self
            .operations()
            .flat_map(|(_, operation)| [operation.request.as_slice(), operation.reply.as_slice()]);
        types.chain(own)
    }

    /// The members that are parameters of the client or of each call.
    fn filled_in(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        let filled = |from: Provider| matches!(from, Provider::Client | Provider::Call);
        let parameters = self.protocol().parameters.iter();
        parameters.filter(move |one| one.from.is_some_and(|from| filled(from.value))).map(|one| &one.member)
    }

    /// Every member of everything.
    fn members(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        let envelope = self.protocol().envelope.value.iter().map(|member| &member.member);
        self.structures().flatten().chain(envelope).chain(self.filled_in())
    }

    fn offers(&self, format: FormatKind) -> bool {
        self.protocol().formats.value.iter().any(|offered| offered.kind == format)
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
