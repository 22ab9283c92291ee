//! What checks look at.

use crate::diagnostic::{Fault, Report};
use crate::model::FormatKind;
use crate::read::tree::{Definition, Group, Member, Operation, Parameter, Protocol, Provider, TypeKind};
use crate::resolve::Scope;
use crate::source::{Sources, Text};

/// What a check looks at, and where it puts its faults.
pub(super) struct Context<'a> {
    pub(super) package: &'a str,
    pub(super) definition: &'a Definition<'a>,
    pub(super) scope: &'a Scope<'a>,
    pub(super) sources: &'a Sources,
    pub(super) report: &'a Report,
}

impl<'a> Context<'a> {
    pub(super) fn add(&self, fault: Fault) {
        self.report.add(fault);
    }

    pub(super) fn protocol(&self) -> &'a Protocol<'a> {
        &self.definition.protocol
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = (&'a Group<'a>, &'a Operation<'a>)> + use<'a> {
        let groups = self.definition.groups.iter();
        groups.flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }

    /// The members of each structure: of types, requests, their bodies, and replies.
    pub(super) fn structures(&self) -> impl Iterator<Item = &'a [Member<'a>]> + use<'a> {
        let types = self.definition.types.iter().filter_map(|kind| match &kind.kind {
            Some(TypeKind::Structure(members)) => Some(members.as_slice()),
            _ => None,
        });
        let own = self.operations().flat_map(|(_, operation)| {
            [operation.request.as_slice(), operation.carried(), operation.reply.as_slice()]
        });
        types.chain(own).chain(self.failure_data())
    }

    /// What is around members of the envelope, each once, where it is said first.
    pub(super) fn wrappers(&self) -> Vec<Text<'a>> {
        let mut wrappers: Vec<Text<'a>> = Vec::new();
        for within in self.protocol().envelope.value.iter().filter_map(|one| one.within) {
            if wrappers.iter().all(|known| known.value != within.value) {
                wrappers.push(within);
            }
        }
        wrappers
    }

    /// The members of failures' data, where they are said.
    pub(super) fn failure_data(&self) -> impl Iterator<Item = &'a [Member<'a>]> + use<'a> {
        let own = self.operations().map(|(_, operation)| operation.failure.as_slice());
        std::iter::once(self.protocol().failure.as_slice()).chain(own)
    }

    /// The members of failures' data.
    pub(super) fn failures(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        self.failure_data().flatten()
    }

    /// The members that are parameters of the client or of each call.
    pub(super) fn filled_in(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        let parameters = self.protocol().parameters.iter();
        let own =
            |one: &&Parameter<'_>| one.from.is_some_and(|from| from.value.of_caller()) && !one.is_again();
        parameters.filter(own).map(|one| &one.member)
    }

    /// Every member of everything.
    pub(super) fn members(&self) -> impl Iterator<Item = &'a Member<'a>> + use<'a> {
        let envelope = self.protocol().envelope.value.iter().map(|member| &member.member);
        self.structures().flatten().chain(envelope).chain(self.filled_in())
    }

    /// Whether replies come in this format.
    pub(super) fn offers(&self, format: FormatKind) -> bool {
        self.protocol().formats.value.iter().any(|offered| offered.kind == format)
    }

    /// Whether anything but parameters is written in this format: a reply, or the body of a request.
    pub(super) fn writes(&self, format: FormatKind) -> bool {
        let body = self.protocol().body.as_ref();
        self.offers(format) || body.is_some_and(|body| body.format.value == format)
    }

    /// Whether a common parameter is filled in by this.
    pub(super) fn provides(&self, provider: Provider) -> bool {
        self.protocol()
            .parameters
            .iter()
            .any(|parameter| parameter.from.is_some_and(|from| from.value == provider))
    }
}

/// What a format is called in messages.
pub(super) fn format_name(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "XML",
        FormatKind::Json => "JSON",
        FormatKind::Query => "query strings",
    }
}
