//! Who makes a call.

use crate::{
    client::{core::Core, scope::Scope},
    exchange::{error::Error, offered::Api, typed::Failure},
};

/// Who makes a call: a vendor's client, or a reference to one. A call that has its client by value closes the client's session, and
/// gives the client back when it fails.
///
/// Its methods are called as no operation's method of a generated client is, so that none of them hides another.
pub trait AsClient: Sized {
    /// The vendor.
    type Api: Api;
    /// What carries the calls.
    type Transport;
    /// The session that it is in.
    type Scope: Scope;
    /// The same vendor's client in another session.
    type In<N: Scope>;
    /// What a call gives.
    type Output<A, F: Failure>;

    /// What is behind it.
    fn call_core(&self) -> &Core<Self::Api, Self::Transport, Self::Scope>;

    /// The vendor's client with this behind it.
    fn client_of<N: Scope>(core: Core<Self::Api, Self::Transport, N>) -> Self::In<N>;

    /// What a call gives that ended so.
    fn end_call<A, F: Failure>(self, result: Result<A, Error<F>>) -> Self::Output<A, F>;
}

impl<C: AsClient> AsClient for &C {
    type Api = C::Api;
    type Transport = C::Transport;
    type Scope = C::Scope;
    type In<N: Scope> = C::In<N>;
    type Output<A, F: Failure> = Result<A, Error<F>>;

    fn call_core(&self) -> &Core<C::Api, C::Transport, C::Scope> {
        (**self).call_core()
    }

    fn client_of<N: Scope>(core: Core<C::Api, C::Transport, N>) -> C::In<N> {
        C::client_of(core)
    }

    fn end_call<A, F: Failure>(self, result: Result<A, Error<F>>) -> Result<A, Error<F>> {
        result
    }
}
