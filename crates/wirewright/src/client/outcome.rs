//! What becomes of a successful call.

use std::{marker::PhantomData, time::Duration};

use crate::{
    client::{caller::AsClient, scope::Scope as _},
    exchange::{described::DescribedSession, error::Error, typed::Request},
    session::outcome::SessionOpenOutcome,
};

/// What becomes of a successful call of the request `R`, made by `C`.
pub trait Outcome<C: AsClient, R: Request> {
    /// What the caller gets.
    type Given;
    /// Whether it looks at the clock.
    const CLOCK: bool = false;

    /// Makes it of the answer. `now` is the caller's clock, where it looks at it.
    ///
    /// # Errors
    ///
    /// [`Error::Unopened`], when it was to open a session and did not.
    fn give(
        caller: &C,
        request: &R,
        answer: R::Answer,
        now: Option<Duration>,
    ) -> Result<Self::Given, Error<R::Failure>>;
}

/// The answer.
#[derive(Debug)]
pub enum Answers {}

/// A session with the state `N`.
#[derive(Debug)]
pub struct Opens<N>(PhantomData<fn() -> N>);

/// A session with the state `N`, or the answer where none was opened.
#[derive(Debug)]
pub struct MayOpen<N>(PhantomData<fn() -> N>);

impl<C: AsClient, R: Request> Outcome<C, R> for Answers {
    type Given = R::Answer;

    fn give(_: &C, _: &R, answer: R::Answer, _: Option<Duration>) -> Result<R::Answer, Error<R::Failure>> {
        Ok(answer)
    }
}

impl<C, R, N> Outcome<C, R> for Opens<N>
where
    C: AsClient<Transport: Clone>,
    R: Request<Answer: Send + Sync>,
    N: DescribedSession<Opening = R>,
{
    type Given = C::In<N>;
    const CLOCK: bool = true;

    fn give(
        caller: &C,
        request: &R,
        answer: R::Answer,
        now: Option<Duration>,
    ) -> Result<C::In<N>, Error<R::Failure>> {
        match MayOpen::<N>::give(caller, request, answer, now)? {
            SessionOpenOutcome::Session(session) => Ok(session),
            SessionOpenOutcome::Answer(_) => Err(Error::Unopened),
        }
    }
}

impl<C, R, N> Outcome<C, R> for MayOpen<N>
where
    C: AsClient<Transport: Clone>,
    R: Request<Answer: Send + Sync>,
    N: DescribedSession<Opening = R>,
{
    type Given = SessionOpenOutcome<C::In<N>, R::Answer>;
    const CLOCK: bool = true;

    fn give(
        caller: &C,
        request: &R,
        answer: R::Answer,
        now: Option<Duration>,
    ) -> Result<Self::Given, Error<R::Failure>> {
        let kept = |name: &str| caller.call_core().session().kept(name);
        Ok(match N::opened_in(request, &answer, &kept, now) {
            Some(state) => {
                SessionOpenOutcome::Session(C::client_of(caller.call_core().enter(state, Some(answer))))
            }
            None => SessionOpenOutcome::Answer(answer),
        })
    }
}
