//! What reads the pages of a whole, and does no I/O.

use std::{marker::PhantomData, time::Duration};

use crate::{
    Format, Limits,
    client::pagination::request::{Page, PaginatedRequest},
    describe::protocol::Operation,
    exchange::{error::Error, refusal::Refusal, reply::read_reply},
    wire::Record,
};

/// What reads the pages of an operation, and knows its types or their description.
pub trait PagesReading {
    /// The parameters of a call. Two that are equal ask for the same page.
    type Request: Record + Clone + PartialEq;
    /// What a successful call gives.
    type Answer;
    /// What a refused call gives.
    type Failure: Refusal;
    /// What pages are made of.
    type Item;

    /// The operation.
    fn operation(&self) -> &'static Operation;

    /// Where a URL of a reply may lead, beside the operation's own endpoint: schemes and hosts.
    fn hosts(&self) -> &'static [&'static str];

    /// Whether the vendor may be asked for the same page again, as it may have something new by then.
    fn is_live(&self) -> bool;

    /// How long the vendor holds a request until there is something to tell, where it does.
    fn held(&self, request: &Self::Request) -> Option<Duration>;

    /// Reads a reply.
    ///
    /// # Errors
    ///
    /// As for any call.
    fn read(
        &self,
        response: http::Response<Vec<u8>>,
        format: Format,
        limits: &Limits,
    ) -> Result<Self::Answer, Error<Self::Failure>>;

    /// Takes an answer apart. Parameters that it has new values for are set in the request.
    fn part(&self, request: &mut Self::Request, answer: Self::Answer) -> Page<Self::Item>;
}

/// The reading of pages whose types are known.
pub(crate) struct Typed<R>(PhantomData<fn() -> R>);

impl<R> Typed<R> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<R: PaginatedRequest> PagesReading for Typed<R> {
    type Request = R;
    type Answer = R::Answer;
    type Failure = R::Failure;
    type Item = R::Item;

    fn operation(&self) -> &'static Operation {
        R::OPERATION
    }

    fn hosts(&self) -> &'static [&'static str] {
        R::HOSTS
    }

    fn is_live(&self) -> bool {
        R::LIVE
    }

    fn held(&self, request: &R) -> Option<Duration> {
        request.held()
    }

    fn read(
        &self,
        response: http::Response<Vec<u8>>,
        format: Format,
        limits: &Limits,
    ) -> Result<R::Answer, Error<R::Failure>> {
        read_reply::<R>(response, format, limits)
    }

    fn part(&self, request: &mut R, answer: R::Answer) -> Page<R::Item> {
        request.part(answer)
    }
}
