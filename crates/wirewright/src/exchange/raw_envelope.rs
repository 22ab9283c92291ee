//! What is where other operations have an envelope.

use std::{fmt, marker::PhantomData};

use crate::{
    describe::protocol::Operation,
    exchange::{
        payload::Nothing,
        raw_reply::RawReply,
        typed::{Envelope, Failure, OpenedEnvelope},
    },
    wire::{
        Aborted, Decoder, Encoder, Fill, FromWire, Message, Record, Shape, Slot, SlotKind, ToWire, Value,
    },
};

/// Stands where other operations have an envelope. It is on no wire, and holds nothing: a reply without an envelope is written by
/// [`write_raw`](crate::generated::write_raw).
pub struct RawEnvelope<F>(PhantomData<fn() -> F>);

impl<F> RawEnvelope<F> {
    const NEW: Self = Self(PhantomData);
}

impl<F> fmt::Debug for RawEnvelope<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawEnvelope")
    }
}

impl<F> PartialEq for RawEnvelope<F> {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl<F> ToWire for RawEnvelope<F> {
    fn value(&self) -> Value<'_> {
        Value::Record(self)
    }
}

impl<'de, F> FromWire<'de> for RawEnvelope<F> {
    const SLOT_KIND: SlotKind = SlotKind::Record;

    fn empty() -> Self {
        Self::NEW
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Record(self)
    }
}

impl<F> Message for RawEnvelope<F> {
    const SHAPE: &'static Shape = Nothing::SHAPE;
}

impl<F> Record for RawEnvelope<F> {
    fn encode_fields(&self, encoder: &mut dyn Encoder) {
        Nothing {}.encode_fields(encoder);
    }
}

impl<'de, F> Fill<'de> for RawEnvelope<F> {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        Nothing {}.decode_fields(decoder)
    }
}

impl<F: Failure> Envelope for RawEnvelope<F> {
    type Answer = RawReply;
    type Failure = F;

    fn open(self) -> OpenedEnvelope<RawReply, F> {
        OpenedEnvelope::NoStatus
    }

    fn seal(_answer: RawReply, _operation: &'static Operation) -> Self {
        Self::NEW
    }

    fn refuse(_failure: F, _called: &str) -> Self {
        Self::NEW
    }

    fn raw(reply: RawReply) -> Result<RawReply, RawReply> {
        Ok(reply)
    }

    fn into_raw(answer: RawReply) -> Result<RawReply, RawReply> {
        Ok(answer)
    }
}
