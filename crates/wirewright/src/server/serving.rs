//! How a request reaches the method of a vendor's service, for all vendors and operations.

use std::{borrow::ToOwned as _, string::String, vec::Vec};
use std::{fmt, future::Ready, marker::PhantomData};

use crate::{
    Secret,
    describe::{
        class::ServerCondition,
        protocol::{Operation, SessionKind},
    },
    exchange::{
        offered::{Api, OfferedRequest},
        typed::{Envelope as _, ErrorCode as _, Failure as _, Request},
    },
    server::{
        incoming::{Incoming, Received},
        raw::write_raw,
        rejection::Rejection,
        respond::{write_answer, write_failure, write_refusal},
        serve::Dispatch,
        signature::Secrets,
    },
};

type Response = http::Response<Vec<u8>>;
type Failure<A> = <A as Api>::Failure;
type FailureData<A> = <Failure<A> as crate::exchange::typed::Failure>::Data;

/// A call as a service of a vendor gets it.
type ReceivedBy<A, R> = Received<R, <A as Api>::Parameters, <A as Api>::Options>;

/// What answers the request `R`: a future, as an `async fn` gives one.
pub trait Answering<R: Request>: Future<Output = Result<R::Answer, R::Failure>> + Send {}

impl<R: Request, F: Future<Output = Result<R::Answer, R::Failure>> + Send> Answering<R> for F {}

/// How the requests to a vendor reach the methods of a service `S`.
pub trait Serve<S: Sync>: Sized + 'static {
    /// The vendor.
    type Api: Api;
    /// Its operations.
    const OPERATIONS: &'static [&'static Operation];

    /// Whether requests are signed with secrets of the client, which the service looks up.
    const CLIENT_SECRETS: bool = false;

    /// The parameters of the client that a request says it is from, with the secrets that the service knows of it. `None`: there is no
    /// such client.
    fn known_client(
        _service: &S,
        _claimed: &<Self::Api as Api>::Parameters,
    ) -> impl Future<Output = Option<<Self::Api as Api>::Parameters>> + Send {
        std::future::ready(None)
    }

    /// The service's answer to a request that has been recognised.
    fn answer(at: Serving<'_, Self, S>) -> impl Future<Output = Response> + Send;

    /// The response to one that has not been.
    fn reject(at: Serving<'_, Self, S>, rejection: &Rejection) -> Response {
        at.reject(rejection)
    }

    /// Completes a failure that was found before a method of the service was asked.
    fn complete(service: &S, rejection: &Rejection, failure: &mut Failure<Self::Api>);
}

/// The same for vendors that have sessions.
pub trait ServeSessions<S: Sync>: Serve<S> {
    /// What a request says about its session.
    type Claims: Send + Sync;
    /// A session of any kind.
    type Session: Send;

    /// What a request says about its session, if it says something.
    ///
    /// # Errors
    ///
    /// When a parameter is missing or wrong.
    fn claims(incoming: &Incoming) -> Result<Option<Self::Claims>, Rejection>;

    /// The session that is meant.
    fn session(
        service: &S,
        claims: &Self::Claims,
        options: &<Self::Api as Api>::Options,
    ) -> impl Future<Output = Result<Self::Session, Failure<Self::Api>>> + Send;

    /// What its calls are signed with: its kind, and the values of its fields. `None`: nothing.
    fn fields(_session: &Self::Session) -> Option<(&'static SessionKind, Vec<&str>)> {
        None
    }
}

impl<S: Sync, D: Serve<S>> Dispatch<S> for D {
    const OPERATIONS: &'static [&'static Operation] = <D as Serve<S>>::OPERATIONS;

    async fn answer(service: &S, incoming: &Incoming) -> Response {
        <D as Serve<S>>::answer(Serving::new(service, incoming)).await
    }

    fn refuse(service: &S, incoming: &Incoming, rejection: &Rejection) -> Response {
        D::reject(Serving::new(service, incoming), rejection)
    }
}

/// One request that a service answers.
pub struct Serving<'a, D, S> {
    service: &'a S,
    incoming: &'a Incoming,
    dispatch: PhantomData<fn() -> D>,
}

impl<D, S> Clone for Serving<'_, D, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D, S> Copy for Serving<'_, D, S> {}

impl<'a, D: Serve<S>, S: Sync> Serving<'a, D, S> {
    const fn new(service: &'a S, incoming: &'a Incoming) -> Self {
        Self { service, incoming, dispatch: PhantomData }
    }

    /// The name of its operation; empty when no operation has the path.
    pub fn operation_name(&self) -> &'static str {
        self.incoming.operation_name()
    }

    /// An operation that belongs to no session.
    pub async fn call<R, F>(self, method: impl FnOnce(&'a S, ReceivedBy<D::Api, R>) -> F + Send) -> Response
    where
        R: OfferedRequest<Api: Api<Failure = Failure<D::Api>>>,
        F: Answering<R>,
    {
        let received: ReceivedBy<D::Api, R> = match Received::new(self.incoming) {
            Ok(received) => received,
            Err(rejection) => return self.reject_as::<R>(&rejection),
        };
        match self.proven(&received.client, None).await {
            Ok(()) => self.answered::<R>(method(self.service, received).await),
            Err(rejection) => self.reject_as::<R>(&rejection),
        }
    }

    /// An operation of a session.
    pub async fn call_in<R, X, F>(
        self,
        method: impl FnOnce(&'a S, X, ReceivedBy<D::Api, R>) -> F + Send,
    ) -> Response
    where
        D: ServeSessions<S>,
        R: OfferedRequest<Api: Api<Failure = Failure<D::Api>>>,
        X: TryFrom<D::Session> + Send,
        F: Answering<R>,
    {
        let received: ReceivedBy<D::Api, R> = match Received::new(self.incoming) {
            Ok(received) => received,
            Err(rejection) => return self.reject_as::<R>(&rejection),
        };
        match self.session::<R, X>(&received.client, &received.options).await {
            Ok(Some(session)) => self.answered::<R>(method(self.service, session, received).await),
            Ok(None) => self.reject_as::<R>(&Rejection::new(ServerCondition::SessionUnknown)),
            Err(response) => response,
        }
    }

    /// An operation of a session, or of none.
    pub async fn call_perhaps_in<R, X, F>(
        self,
        method: impl FnOnce(&'a S, Option<X>, ReceivedBy<D::Api, R>) -> F + Send,
    ) -> Response
    where
        D: ServeSessions<S>,
        R: OfferedRequest<Api: Api<Failure = Failure<D::Api>>>,
        X: TryFrom<D::Session> + Send,
        F: Answering<R>,
    {
        let received: ReceivedBy<D::Api, R> = match Received::new(self.incoming) {
            Ok(received) => received,
            Err(rejection) => return self.reject_as::<R>(&rejection),
        };
        match self.session::<R, X>(&received.client, &received.options).await {
            Ok(session) => self.answered::<R>(method(self.service, session, received).await),
            Err(response) => response,
        }
    }

    /// The session of a call, if it has one, and its signature checked.
    async fn session<R, X>(
        self,
        client: &<D::Api as Api>::Parameters,
        options: &<D::Api as Api>::Options,
    ) -> Result<Option<X>, Response>
    where
        D: ServeSessions<S>,
        R: OfferedRequest<Api: Api<Failure = Failure<D::Api>>>,
        X: TryFrom<D::Session>,
    {
        let reject = |rejection: Rejection| self.reject_as::<R>(&rejection);
        let Some(claims) = D::claims(self.incoming).map_err(reject)? else {
            self.incoming.without_session().map_err(reject)?;
            self.proven(client, None).await.map_err(reject)?;
            return Ok(None);
        };
        let session = D::session(self.service, &claims, options).await;
        let session = session.map_err(|failure| self.failed::<R::Api>(failure))?;
        let fields = D::fields(&session).map(|(kind, fields)| (kind, owned(&fields)));
        self.proven(client, fields).await.map_err(reject)?;
        // One of a kind that the operation does not take is none.
        X::try_from(session).map(Some).map_err(|_| reject(Rejection::new(ServerCondition::SessionUnknown)))
    }

    /// What a call proves by the secrets of its client and its session.
    async fn proven(
        self,
        client: &<D::Api as Api>::Parameters,
        session: Option<(&'static SessionKind, Vec<Secret<String>>)>,
    ) -> Result<(), Rejection> {
        if !D::CLIENT_SECRETS && session.is_none() {
            return Ok(());
        }
        let known = if D::CLIENT_SECRETS { D::known_client(self.service, client).await } else { None };
        let secrets = match &known {
            Some(known) => Secrets::none().of_client(known),
            None if D::CLIENT_SECRETS => Secrets::none().of_unknown_client(client),
            None => Secrets::none(),
        };
        let Some((kind, fields)) = session else { return self.incoming.verify(&secrets) };
        let fields: Vec<&str> = fields.iter().map(|field| field.expose().as_str()).collect();
        self.incoming.verify(&secrets.of_session(kind, &fields))
    }

    fn answered<R>(self, result: Result<<R as Request>::Answer, <R as Request>::Failure>) -> Response
    where
        R: OfferedRequest<Api: Api<Failure = Failure<D::Api>>>,
    {
        let mut answer = match result {
            Ok(answer) => answer,
            Err(failure) => {
                let code = failure.code().as_wire().map(std::borrow::Cow::into_owned);
                let told = write_refusal::<<R as Request>::Envelope>(
                    self.incoming,
                    code.as_deref(),
                    failure.message(),
                );
                return told.unwrap_or_else(|| self.failed::<R::Api>(failure));
            }
        };
        R::Api::echo(&mut answer, self.request_id());
        match <R as Request>::Envelope::into_raw(answer) {
            Ok(reply) => write_raw(reply),
            Err(answer) => write_answer::<<R as Request>::Envelope>(self.incoming, answer),
        }
    }

    /// The failure in the envelope of an operation, and with the request's ID.
    fn failed<A: Api>(self, mut failure: A::Failure) -> Response {
        if failure.request_id().is_none() {
            failure.set_request_id(self.request_id());
        }
        write_failure::<A::FailedEnvelope<FailureData<A>>>(self.incoming, failure)
    }

    fn request_id(self) -> Option<std::string::String> {
        self.incoming.request_id().map(|id| id.as_str().to_owned())
    }

    /// The vendor's error for a request that no method is asked about, in the usual envelope.
    pub fn reject(self, rejection: &Rejection) -> Response {
        self.failed::<D::Api>(rejected::<D, S>(self.service, rejection))
    }

    /// The same in the envelope of an operation.
    pub fn reject_as<R>(self, rejection: &Rejection) -> Response
    where
        R: OfferedRequest<Api: Api<Failure = Failure<D::Api>>>,
    {
        self.failed::<R::Api>(rejected::<D, S>(self.service, rejection))
    }
}

impl<D, S> fmt::Debug for Serving<'_, D, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving").field("operation", &self.incoming.operation_name()).finish_non_exhaustive()
    }
}

/// Copies of secrets, which are wiped like them.
fn owned(fields: &[&str]) -> Vec<Secret<String>> {
    fields.iter().map(|field| Secret::from(*field)).collect()
}

fn rejected<D: Serve<S>, S: Sync>(service: &S, rejection: &Rejection) -> Failure<D::Api> {
    let mut failure = rejection.failure();
    D::complete(service, rejection, &mut failure);
    failure
}

/// What the caller of an operation gets that the service does not implement.
pub fn not_offered<D: Serve<S>, S: Sync, A>(service: &S) -> Ready<Result<A, Failure<D::Api>>> {
    let rejection = Rejection::new(ServerCondition::OperationUnknown);
    std::future::ready(Err(rejected::<D, S>(service, &rejection)))
}
