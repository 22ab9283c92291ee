//! What the operations of a vendor share, and what each has of its own.

use std::{marker::PhantomData, time::Duration};

use crate::{
    describe::{protocol::Operation, raw::RawDescription},
    exchange::{
        payload::Payload,
        raw_envelope::RawEnvelope,
        raw_reply::RawReply,
        typed::{Envelope, Failure, Request},
    },
    wire::{Document, OwnedMessage},
};

/// What the operations of a vendor share. Operations whose replies are in an envelope of their own have another one, which differs in
/// the envelopes only.
pub trait Api: Sized + 'static {
    /// What every call of a client carries.
    type Parameters: OwnedMessage + Clone + Send + Sync;
    /// What a caller may add to any call.
    type Options: OwnedMessage + Clone + Send + Sync;
    /// What a refused call gives.
    type Failure: Failure<Data: Payload>;
    /// What a successful call gives.
    type Answer<D>;
    /// What is around the data of a reply.
    type Envelope<D: Payload>: Envelope<Answer = Self::Answer<D>, Failure = Self::Failure>;
    /// What is around the data that comes with an error.
    type FailedEnvelope<D: Payload>: Envelope<Failure = Self::Failure>;

    /// Says which request an answer is for, unless it says so itself, for vendors whose answers have a member for it.
    fn echo<D>(_answer: &mut Self::Answer<D>, _request_id: Option<String>) {}
}

/// The operations of a vendor whose replies are no envelope; their errors are in one all the same.
pub struct Raw<A>(PhantomData<A>);

impl<A: Api> Api for Raw<A> {
    type Parameters = A::Parameters;
    type Options = A::Options;
    type Failure = A::Failure;
    type Answer<D> = RawReply;
    type Envelope<D: Payload> = RawEnvelope<A::Failure>;
    type FailedEnvelope<D: Payload> = A::FailedEnvelope<D>;
}

/// The request of a vendor's operation, as a generated crate describes it: the rest of [`Request`] follows from that.
pub trait OfferedRequest: OwnedMessage + Send + Sync {
    /// The vendor.
    type Api: Api;
    /// The data of a reply.
    type Reply: Payload;
    /// What becomes of a successful call: see [`Answers`](crate::client::Answers), [`Opens`](crate::client::Opens), [`MayOpen`](crate::client::MayOpen).
    type Outcome;
    /// The operation.
    const OPERATION: &'static Operation;
    /// What the reply may be, where it is no envelope.
    const RAW: Option<&'static RawDescription> = None;

    /// How long the vendor holds this request until there is something to tell, where it does: none of the time that an answer may
    /// take, as [`Config::with_timeout`](crate::client::Config::with_timeout) has it.
    fn held(&self) -> Option<Duration> {
        None
    }
}

impl<R: OfferedRequest> Request for R {
    const OPERATION: &'static Operation = <R as OfferedRequest>::OPERATION;
    const RAW: Option<&'static RawDescription> = <R as OfferedRequest>::RAW;
    type Envelope = <R::Api as Api>::Envelope<R::Reply>;
    type FailedEnvelope = <R::Api as Api>::FailedEnvelope<<<R::Api as Api>::Failure as Failure>::Data>;
    type LooseEnvelope = <R::Api as Api>::FailedEnvelope<Document>;
    type Answer = <R::Api as Api>::Answer<R::Reply>;
    type Failure = <R::Api as Api>::Failure;

    fn held(&self) -> Option<Duration> {
        OfferedRequest::held(self)
    }
}
