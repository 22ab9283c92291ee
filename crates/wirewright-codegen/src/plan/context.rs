//! What every generated file of one vendor is written from.

use super::{
    apis::{self, Api},
    computed::ComputedPlan,
    cycles::cycles,
    envelope::{self, Variant},
    kinds::{Choices, SessionPlan},
    names::Unique,
    operations::{self, Named},
    wrapper,
};
use crate::model::{From, TypeKind, ValueType, Vendor};

/// What every file of one vendor needs to know about its types and operations.
pub struct Context<'v> {
    /// The definition.
    pub vendor: &'v Vendor,
    /// Every operation, in the order of the definition.
    pub operations: Vec<Named<'v>>,
    /// The envelopes that the operations use.
    pub envelopes: Vec<Variant>,
    /// The index of the envelope of refused calls whose operation nobody knows.
    pub unknown_envelope: usize,
    /// The type of each of the envelope's wrappers.
    pub wrappers: Vec<String>,
    /// The kinds of session, in the order of the definition.
    pub kinds: Vec<SessionPlan<'v>>,
    /// What operations can be called with, where that is several kinds.
    pub choices: Choices,
    /// What is decided about computed values.
    pub computed: ComputedPlan<'v>,
    /// The types that describe what operations share: the usual one first.
    pub apis: Vec<Api>,
    /// For each type, the number of its cycle: two types with one number contain each other.
    cycles: Vec<usize>,
}

/// Where a type is spelled: the types' own module knows them without a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Inside the type of this index.
    Types(usize),
    /// In any other module.
    Elsewhere,
}

impl<'v> Context<'v> {
    /// All of it is decided here.
    pub fn new(vendor: &'v Vendor) -> Self {
        let mut operations = operations::named(vendor);
        let mut names = Unique::default();
        let wrappers = wrapper::names(vendor, &mut names);
        let (envelopes, unknown_envelope) = envelope::variants(vendor, &mut operations, &mut names);
        let computed = ComputedPlan::new(vendor);
        let kinds = SessionPlan::all(vendor, &computed);
        let choices = Choices::new(vendor, &kinds);
        let apis = apis::all(&operations, &envelopes, unknown_envelope);
        Self {
            vendor,
            operations,
            envelopes,
            unknown_envelope,
            kinds,
            choices,
            computed,
            apis,
            wrappers,
            cycles: cycles(vendor),
        }
    }

    /// The type that describes what an operation shares with others.
    pub fn api(&self, named: &Named<'_>) -> &str {
        let is = |api: &&Api| (api.envelope, api.failed_envelope) == (named.envelope, named.failed_envelope);
        self.apis.iter().find(is).map_or("Api", |api| &api.name)
    }

    /// Whether an operation neither opens nor closes a session of some kind.
    pub fn is_ordinary(&self, named: &Named<'_>) -> bool {
        self.opened_by(named).is_none() && !self.kinds.iter().any(|kind| self.closes(kind, named))
    }

    /// Whether an operation closes sessions of this kind.
    pub fn closes(&self, kind: &SessionPlan<'_>, named: &Named<'_>) -> bool {
        kind.session.closes.is_some_and(|closes| self.operation(closes).function == named.function)
    }

    /// The name of the crate in Rust.
    pub fn crate_name(&self) -> String {
        self.vendor.package.replace('-', "_")
    }

    /// The operations that a session's life begins and ends with.
    pub fn operation(&self, (group, operation): (usize, usize)) -> &Named<'v> {
        let before: usize = self.vendor.groups.iter().take(group).map(|group| group.operations.len()).sum();
        &self.operations[before + operation]
    }

    /// The kind of session that an operation opens.
    pub fn opened_by(&self, named: &Named<'_>) -> Option<&SessionPlan<'v>> {
        self.kinds.iter().find(|kind| self.operation(kind.session.opens).function == named.function)
    }

    /// Whether a member hides values of this type.
    pub fn is_hidden(&self, index: usize) -> bool {
        let vendor = self.vendor;
        let of_types = vendor.types.iter().filter_map(|described| match &described.kind {
            TypeKind::Structure(members) => Some(members),
            _ => None,
        });
        let operations = vendor.groups.iter().flat_map(|group| &group.operations);
        let of_operations = operations.flat_map(|operation| {
            let sides = [Some(&operation.request), operation.body.as_ref(), Some(&operation.reply)];
            sides.into_iter().flatten()
        });
        let parameters = vendor.parameters.iter().filter_map(|parameter| match &parameter.from {
            From::Client(member) | From::Call(member) => Some(member),
            _ => None,
        });
        let envelope = vendor.envelope.members.iter().map(|one| &one.member);
        let members = of_types.chain(of_operations).chain([&vendor.failure]).flatten();
        members
            .chain(parameters)
            .chain(envelope)
            .any(|member| member.secret && member.value == ValueType::Type(index))
    }

    /// Whether a value of this type, inside the type of `scope`, would make it infinitely large.
    pub fn boxed(&self, value: &ValueType, scope: Scope) -> bool {
        match (value, scope) {
            (ValueType::Type(inner), Scope::Types(outer)) => self.cycles[*inner] == self.cycles[outer],
            _ => false,
        }
    }
}
