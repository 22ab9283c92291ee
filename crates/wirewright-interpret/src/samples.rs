//! Values made from their own description: samples, for mocks and tests.

use std::sync::LazyLock;

use wirewright::{
    describe::ParameterSource,
    described::sample_into,
    testing::Sample,
    wire::{Aborted, Decoder, Fill, Shape},
};
use wirewright_codegen::{
    model::{EnvelopeMember, Role},
    plan::{
        envelope::{answer_members, failure_members, is_argument, is_echo, is_status},
        errors::sample_code,
        members::needed,
    },
};

use crate::{
    definition::{Definition, OperationType},
    kind::{Kind, RecordType},
    outcome::{Enveloped, Failure},
    shape::{MemberShape, Root, shape},
    value::{DynamicRecord, DynamicValue},
};

/// A structure of one member, to make a value that is no structure.
struct Holder<'v>(&'v mut DynamicValue);

impl<'de> Fill<'de> for Holder<'_> {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        static SHAPE: LazyLock<&'static Shape> =
            LazyLock::new(|| shape(Root::named("Holder"), vec![MemberShape::named("value", true)]));
        decoder.record(*SHAPE, &mut [self.0.slot()])
    }
}

/// A sample of a structure: texts are their member's name, numbers count up from 1, unions are their first variant.
pub fn sample(of: &'static RecordType, sample: Sample) -> DynamicRecord {
    let mut record = DynamicRecord::empty(of);
    sample_into(&mut record, sample);
    record
}

/// A sample of one value, which is there.
fn value(kind: Kind) -> DynamicValue {
    let mut value = DynamicValue::empty(kind);
    sample_into(&mut Holder(&mut value), Sample::Full);
    value
}

impl Definition {
    /// A sample of the client's parameters, with the credentials of one kind: what is required with the first one, and everything with the
    /// last.
    pub fn sample_client(&self, kind: Sample) -> DynamicRecord {
        let of = self.client_parameters();
        let mut client = sample(of, kind);
        let kinds = self.protocol().credentials();
        let chosen = if kind == Sample::Minimal { kinds.first() } else { kinds.last() };
        let Some(chosen) = chosen else { return client };
        let (all, none) = (sample(of, Sample::Full), DynamicRecord::empty(of));
        for parameter in self.protocol().parameters.iter().filter(|one| !one.credentials.is_empty()) {
            let ParameterSource::Client(member) = parameter.source else { continue };
            let from = if parameter.credentials.contains(chosen) { &all } else { &none };
            if let (Some(value), Some(other)) = (client.members.get_mut(member), from.members.get(member)) {
                value.clone_from(other);
            }
        }
        client
    }

    /// An answer with what is required, or with everything.
    pub fn sample_answer(&self, operation: &OperationType, kind: Sample) -> Enveloped {
        let reply = DynamicValue::Record(Box::new(sample(self.reply(operation), kind)));
        let mut answer = self.usual_answer(Box::new(reply));
        let unknown = |member: &&EnvelopeMember| !is_status(member) && member.value.is_none();
        for member in answer_members(self.vendor()).filter(unknown) {
            let index = self.place(member);
            if let (Some(place), Some(own)) =
                (answer.values.get_mut(index), self.envelope_members.kind(index))
                && (kind == Sample::Full || needed(&member.member))
            {
                *place = value(own);
            }
        }
        answer
    }

    /// An answer with everything that the definition tells of, as a vendor might give it: nothing that nobody has described, and what
    /// says how it went says that it went well.
    pub fn plausible_answer(&self, operation: &OperationType) -> Enveloped {
        let mut reply = sample(self.reply(operation), Sample::Full);
        reply.clear_undescribed();
        let mut answer = self.usual_answer(Box::new(DynamicValue::Record(Box::new(reply))));
        for member in answer_members(self.vendor()) {
            let told = is_status(member) || member.value.is_some() || is_echo(member);
            if told || matches!(member.role, Some(Role::RequestId | Role::Data)) {
                continue;
            }
            let index = self.place(member);
            if let (Some(place), Some(own)) =
                (answer.values.get_mut(index), self.envelope_members.kind(index))
            {
                *place = value(own);
                place.clear_undescribed();
                let is_text = matches!(place.present(), Some(DynamicValue::Text(_)));
                let text = if member.role == Some(Role::Message) { "OK" } else { &member.member.name.wire };
                if is_text {
                    // A text into a text.
                    let _ = place.set_text(text);
                }
            }
        }
        answer
    }

    /// Makes up what every failure has and only a server that runs knows, as far as it is absent: when it answered, say.
    pub fn fill_failure(&self, failure: &mut Failure) {
        for member in failure_members(self.vendor()).filter(|member| is_argument(member)) {
            let index = self.place(member);
            if let (Some(place), Some(own)) =
                (failure.values.get_mut(index), self.envelope_members.kind(index))
                && place.is_absent()
            {
                *place = value(own);
            }
        }
    }

    /// A failure of the first code with everything that may come with it.
    pub fn sample_failure(&self) -> Failure {
        let vendor = self.vendor();
        let mut failure = self.refused(&sample_code(vendor), None);
        let told = |role| matches!(role, Some(Role::Message | Role::Name));
        let unknown = |member: &&EnvelopeMember| !told(member.role) && member.value.is_none();
        for member in failure_members(vendor).filter(unknown) {
            let index = self.place(member);
            if let (Some(place), Some(own)) =
                (failure.values.get_mut(index), self.envelope_members.kind(index))
            {
                *place = value(own);
            }
        }
        let data = self.data_place().and_then(|index| failure.values.get_mut(index));
        if let (Kind::Record(of), Some(DynamicValue::Optional(option))) = (self.failure_data, data) {
            option.value = Some(Box::new(DynamicValue::Record(Box::new(sample(of, Sample::Full)))));
        }
        failure
    }
}
