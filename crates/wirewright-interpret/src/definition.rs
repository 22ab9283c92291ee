//! A definition, ready to call and to serve.

use std::{collections::HashMap, fmt, path::Path, sync::OnceLock};

use wirewright::{
    catalog::Vendor as Catalog,
    describe::{Operation, Protocol, RawDescription, SessionKind},
    described::EnvelopeKind,
    sign::Computation,
};
use wirewright_codegen::{
    Faults, load,
    model::{self, Vendor},
    plan::{
        context::Context,
        envelope::{FAILURE_DATA, Variant},
        kinds::state_members,
        operations::Named,
        parameters::{call_members, client_members},
    },
};

use crate::{
    computed,
    envelope::{EnvelopeMembers, EnvelopeType},
    kind::{Kind, RecordType},
    leak,
    operation::{self, Parts},
    protocol,
    types::Types,
};

/// A vendor's definition whose types and operations are values.
///
/// What is loaded stays in memory for the life of the program, as the types of generated code do: about a megabyte for fifty
/// operations.
pub struct Definition {
    pub(crate) context: Context<'static>,
    pub(crate) types: Types,
    pub(crate) protocol: &'static Protocol,
    pub(crate) computation: Option<&'static Computation>,
    pub(crate) kinds: Vec<SessionType>,
    /// In the order of the definition.
    operations: Vec<OperationType>,
    by_name: HashMap<&'static str, usize>,
    client: &'static RecordType,
    options: &'static RecordType,
    /// The data that comes with a failure.
    pub(crate) failure_data: Kind,
    pub(crate) envelope_members: EnvelopeMembers,
    /// The envelopes of failures, by those of the context: around the data that the definition tells of, and around any.
    failed: Vec<[OnceLock<EnvelopeType>; 2]>,
    /// What it tells people, when somebody has asked.
    pub(crate) catalog: OnceLock<&'static Catalog>,
}

/// A kind of session with its types.
#[derive(Clone, Copy, Debug)]
pub struct SessionType {
    pub(crate) model: &'static model::Session,
    pub(crate) described: &'static SessionKind,
    /// What its calls carry.
    pub(crate) carried: &'static RecordType,
    /// What is kept between calls.
    pub(crate) state: &'static RecordType,
    /// The operation that opens it, by its place among all.
    pub(crate) opens: usize,
    /// The operation that closes it.
    pub(crate) closes: Option<usize>,
}

impl SessionType {
    /// Its description.
    pub const fn described(&self) -> &'static SessionKind {
        self.described
    }

    /// The type of what its calls carry.
    pub const fn carried(&self) -> &'static RecordType {
        self.carried
    }
}

/// An operation with its types, which are made when somebody asks for them.
pub struct OperationType {
    pub(crate) index: usize,
    pub(crate) model: &'static model::Operation,
    described: &'static Operation,
    raw: Option<&'static RawDescription>,
    body: Option<&'static RecordType>,
    request: OnceLock<&'static RecordType>,
    reply: OnceLock<&'static RecordType>,
    envelope: OnceLock<EnvelopeType>,
}

impl OperationType {
    /// Its description.
    pub const fn described(&self) -> &'static Operation {
        self.described
    }

    /// What its reply may be, when it is no envelope.
    pub const fn raw(&self) -> Option<&'static RawDescription> {
        self.raw
    }

    /// What the definition says of it.
    pub const fn model(&self) -> &'static model::Operation {
        self.model
    }
}

impl Definition {
    /// Reads and checks the definition in `folder`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the definition, and files that cannot be read.
    pub fn load(folder: &Path) -> Result<Self, Faults> {
        load(folder).map(Self::new)
    }

    /// The definition of a vendor that was read and checked.
    pub fn new(vendor: Vendor) -> Self {
        let vendor: &'static Vendor = leak::one(vendor);
        let context = Context::new(vendor);
        let types = Types::new(vendor);
        let computation = computed::computation(vendor, &context.computed);
        let protocol = protocol::protocol(vendor, &context.computed, computation);
        let described = protocol::session_kinds(&context.kinds);
        let parts = Parts { context: &context, types: &types, protocol, kinds: &described };
        let operations: Vec<OperationType> = context
            .operations
            .iter()
            .enumerate()
            .map(|(index, named)| operation(parts, index, named))
            .collect();
        let by_name =
            operations.iter().enumerate().map(|(index, each)| (each.described.name, index)).collect();
        let record = |name, members: Vec<model::Member>| types.record(name, leak::list(members), false);
        let kinds = context.kinds.iter().zip(described).map(|(plan, described)| SessionType {
            model: plan.session,
            described,
            carried: record("SessionParameters", plan.members.clone()),
            state: record("SessionState", state_members(plan.session)),
            opens: place(vendor, plan.session.opens),
            closes: plan.session.closes.map(|closes| place(vendor, closes)),
        });
        let kinds = kinds.collect();
        let failure_data = match vendor.failure.as_slice() {
            [] => Kind::Document,
            members => Kind::Record(types.record(FAILURE_DATA, members, true)),
        };
        Self {
            client: record("ClientParameters", client_members(vendor)),
            options: record("CallOptions", call_members(vendor)),
            envelope_members: EnvelopeMembers::new(vendor, &types),
            failed: context.envelopes.iter().map(|_| Default::default()).collect(),
            catalog: OnceLock::new(),
            context,
            types,
            protocol,
            computation,
            kinds,
            operations,
            by_name,
            failure_data,
        }
    }

    /// What the definition says, checked.
    pub const fn vendor(&self) -> &'static Vendor {
        self.context.vendor
    }

    /// What all operations share.
    pub const fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// The operations, in the order of the definition.
    pub fn operations(&self) -> &[OperationType] {
        &self.operations
    }

    /// An operation by its name, as in `auth/logout`.
    pub fn operation(&self, name: &str) -> Option<&OperationType> {
        self.operations.get(*self.by_name.get(name)?)
    }

    /// The kinds of session, in the order of the definition.
    pub fn sessions(&self) -> &[SessionType] {
        &self.kinds
    }

    /// A kind of session by its name.
    pub fn session(&self, name: &str) -> Option<&SessionType> {
        self.kinds.iter().find(|kind| kind.described.name == name)
    }

    /// The kind of session that an operation opens.
    pub fn opened_by(&self, operation: &OperationType) -> Option<&SessionType> {
        self.kinds.iter().find(|kind| kind.opens == operation.index)
    }

    /// The operation that opens sessions of this kind.
    pub fn opening(&self, kind: &SessionType) -> &OperationType {
        // A kind's place is that of one of these.
        &self.operations[kind.opens]
    }

    /// The operation that closes sessions of this kind, if there is one.
    pub fn closing(&self, kind: &SessionType) -> Option<&OperationType> {
        self.operations.get(kind.closes?)
    }

    /// Whether an operation closes the session that it is called with.
    pub fn closes(&self, operation: &OperationType) -> bool {
        self.kinds.iter().any(|kind| kind.closes == Some(operation.index))
    }

    /// The type of what every call of a client carries.
    pub const fn client_parameters(&self) -> &'static RecordType {
        self.client
    }

    /// The type of what a caller may add to any call.
    pub const fn call_options(&self) -> &'static RecordType {
        self.options
    }

    /// The type of an operation's request.
    pub fn request(&self, operation: &OperationType) -> &'static RecordType {
        operation.request.get_or_init(|| operation::request(&self.types, operation.model, operation.body))
    }

    /// The type of the data of an operation's reply.
    pub fn reply(&self, operation: &OperationType) -> &'static RecordType {
        let model = operation.model;
        operation.reply.get_or_init(|| self.types.reply(&model.reply, model.partial.is_some()))
    }

    pub(crate) fn named(&self, operation: &OperationType) -> Option<&Named<'static>> {
        self.context.operations.get(operation.index)
    }

    /// The variant of an operation's envelope.
    pub(crate) fn variant(&self, operation: &OperationType) -> Option<&Variant> {
        self.context.envelopes.get(self.named(operation)?.envelope)
    }

    /// One of an operation's envelopes.
    pub(crate) fn envelope<'d>(
        &'d self,
        operation: &'d OperationType,
        kind: EnvelopeKind,
    ) -> Option<&'d EnvelopeType> {
        let make = |variant, data| {
            EnvelopeType::new(&self.context, &self.types, &self.envelope_members, variant, data)
        };
        if kind == EnvelopeKind::Reply {
            let variant = self.variant(operation)?;
            return Some(
                operation.envelope.get_or_init(|| make(variant, Kind::Record(self.reply(operation)))),
            );
        }
        let index = self.named(operation)?.failed_envelope;
        let (variant, [typed, loose]) = (self.context.envelopes.get(index)?, self.failed.get(index)?);
        Some(match (kind, self.failure_data) {
            (EnvelopeKind::Failure, Kind::Record(_)) => {
                typed.get_or_init(|| make(variant, self.failure_data))
            }
            _ => loose.get_or_init(|| make(variant, Kind::Document)),
        })
    }
}

fn operation(parts: Parts<'_>, index: usize, named: &Named<'static>) -> OperationType {
    let model = named.operation;
    let body = model.body.as_ref().map(|members| operation::body(parts.context.vendor, parts.types, members));
    OperationType {
        index,
        model,
        described: operation::operation(parts, named, body),
        raw: model.raw.as_ref().map(operation::raw),
        body,
        request: OnceLock::new(),
        reply: OnceLock::new(),
        envelope: OnceLock::new(),
    }
}

/// Where an operation is among all.
fn place(vendor: &Vendor, (group, operation): (usize, usize)) -> usize {
    let before: usize = vendor.groups.iter().take(group).map(|group| group.operations.len()).sum();
    before + operation
}

impl fmt::Debug for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Definition").field(&self.vendor().package).finish()
    }
}

impl fmt::Debug for OperationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OperationType").field(&self.described.name).finish()
    }
}
