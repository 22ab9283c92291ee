//! A transport, and what its calls carry.

use std::string::String;
use std::{fmt, time::Duration};

use crate::{
    Secret,
    client::{
        call_config::CallConfig,
        config::Config,
        scope::{NoSession, Scope},
    },
    exchange::{
        context::{CallContext, SessionContext},
        offered::Api,
    },
    transport::environment::Environment,
};

/// What is behind a vendor's client: a transport, a [`Config`], what every call carries, and the session that it is in.
pub struct Core<A: Api, T, S: Scope = NoSession> {
    pub(super) transport: T,
    config: Config,
    parameters: A::Parameters,
    session: S,
    answer: Option<S::Answer>,
}

impl<A: Api, T> Core<A, T> {
    /// A client in no session.
    pub fn new(transport: T, parameters: A::Parameters) -> Self {
        Self { transport, config: Config::new(), parameters, session: NoSession, answer: None }
    }
}

impl<A: Api, T, S: Scope> Core<A, T, S> {
    /// The same with another config.
    #[must_use]
    pub fn with_config(self, config: Config) -> Self {
        Self { config, ..self }
    }

    /// The same with other parameters.
    #[must_use]
    pub fn with_parameters(self, parameters: A::Parameters) -> Self {
        Self { parameters, ..self }
    }

    /// What the session keeps between calls.
    pub const fn session(&self) -> &S {
        &self.session
    }

    /// What the vendor answered when the session was opened.
    pub const fn answer(&self) -> Option<&S::Answer> {
        self.answer.as_ref()
    }

    /// The same client in another session.
    #[must_use]
    pub fn enter<N: Scope>(&self, session: N, answer: Option<N::Answer>) -> Core<A, T, N>
    where
        T: Clone,
    {
        let (config, parameters) = (self.config.clone(), self.parameters.clone());
        Core { transport: self.transport.clone(), config, parameters, session, answer }
    }

    /// What carries the calls.
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    /// Does something with the context of a call.
    pub fn with_context<O>(
        &self,
        own: &CallConfig<A::Options>,
        call: impl FnOnce(&CallContext<'_>) -> O,
    ) -> O {
        call(&self.context(own, &self.carried()))
    }

    /// The time, by the clock of the config, or of the transport's environment.
    pub(super) fn now(&self, environment: &dyn Environment) -> Option<Duration> {
        self.config.now(environment)
    }

    /// What the session adds to a call, which the call's context borrows.
    pub(super) fn carried(&self) -> Carried<S> {
        Carried { parameters: self.session.carried(), fields: self.session.fields() }
    }

    /// The context of one call.
    pub(super) fn context<'a>(
        &'a self,
        own: &'a CallConfig<A::Options>,
        carried: &'a Carried<S>,
    ) -> CallContext<'a> {
        let session =
            |kind| SessionContext { kind, parameters: &carried.parameters, fields: &carried.fields };
        let context = CallContext {
            client: &self.parameters,
            options: &own.options,
            session: S::KIND.map(session),
            clock_skew: self.session.clock_skew(),
            ..self.config.context()
        };
        own.over(context)
    }
}

/// What a session adds to a call.
pub(super) struct Carried<S: Scope> {
    parameters: S::Carried,
    fields: Vec<Secret<String>>,
}

impl<A: Api, T: Clone> Clone for Core<A, T> {
    fn clone(&self) -> Self {
        self.enter(NoSession, None)
    }
}

/// Shows nothing of the session: it holds secrets.
impl<A: Api, T, S: Scope> fmt::Debug for Core<A, T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let session = S::KIND.map(|kind| kind.name);
        f.debug_struct("Client")
            .field("config", &self.config)
            .field("session", &session)
            .finish_non_exhaustive()
    }
}
