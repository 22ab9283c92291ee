//! Values made from their own description: samples, for mocks and tests.

use std::sync::LazyLock;

use wirewright::{
    described::sample_into,
    testing::Sample,
    wire::{Aborted, Decoder, Fill, Shape},
};
use wirewright_codegen::{
    model::{EnvelopeMember, Role, When},
    plan::{
        envelope::{failure_members, is_status},
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

    fn clear(&mut self) {}
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
    /// An answer with what is required, or with everything.
    pub fn sample_answer(&self, operation: &OperationType, kind: Sample) -> Enveloped {
        let vendor = self.vendor();
        let mut values = self.envelope_members.absent();
        for (index, member) in vendor.envelope.members.iter().enumerate() {
            let (Some(place), Some(own)) = (values.get_mut(index), self.envelope_members.kind(index)) else {
                continue;
            };
            match member {
                EnvelopeMember { role: Some(Role::Data), .. } => {
                    if let DynamicValue::Optional(option) = place {
                        let reply = self.reply(operation);
                        option.of = Kind::Record(reply);
                        option.value = Some(Box::new(DynamicValue::Record(Box::new(sample(reply, kind)))));
                    }
                }
                member if is_status(member) => {
                    let success = vendor.envelope.success.first().map_or("", String::as_str);
                    let _ = place.set_text(success);
                }
                EnvelopeMember { when: When::Failure, .. } => {}
                one if kind == Sample::Full || needed(&one.member) => *place = value(own),
                _ => {}
            }
        }
        Enveloped { values, data: self.data_place() }
    }

    /// A failure of the first code with everything that may come with it.
    pub fn sample_failure(&self) -> Failure {
        let vendor = self.vendor();
        let code = vendor.errors.first().map_or("0", |error| error.key.as_str());
        let mut failure = self.usual_failure(code);
        let told = |role| matches!(role, Some(Role::Message | Role::Name));
        for member in failure_members(vendor).filter(|member| !told(member.role)) {
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
