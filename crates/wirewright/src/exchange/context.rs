//! What a call needs beside the parameters of its operation.

use std::{fmt, time::Duration};

use http::Method;

use crate::{
    Format, Limits, Secret,
    describe::protocol::{MethodDescription, Operation, SessionKind},
    exchange::{
        additions::Additions, auto_fill::FillContext, request_error::RequestError, retry_policy::RetryPolicy,
    },
    observe::exchange::Observer,
    sign::{Algorithm, PreparedKeys},
    transport::{
        clock_skew::ClockSkew,
        endpoint::ShownEndpoint,
        environment::{Environment, NoEnvironment},
    },
    wire::Record,
};

/// Everything that a request needs beside the operation's own parameters.
///
/// [`Config::context`](crate::client::Config::context) makes one; what a call has of its own is set over it:
///
/// ```
/// use wirewright::{Secret, client::Config, describe::SessionKind, exchange::{CallContext, Nothing, SessionContext}};
///
/// static BADGE: SessionKind = SessionKind { name: "badge", parameters: &[], fields: &["key"], keyed: true };
///
/// let settings = Config::new();
/// let fields = [Secret::from("hunter2")];
/// let session = SessionContext { kind: &BADGE, parameters: Nothing::NONE, fields: &fields };
/// let context = CallContext { session: Some(session), ..settings.context() };
/// assert!(!format!("{context:?}").contains("hunter2"));
/// ```
#[derive(Clone, Copy)]
pub struct CallContext<'a> {
    /// Scheme and host that every call goes to, as in `http://127.0.0.1:8080`, perhaps with a path in front of the
    /// operation's; each operation's own if `None`.
    pub endpoint: Option<&'a str>,
    /// Pairs of an endpoint of the vendor and the one that its calls go to instead. They take precedence over `endpoint`.
    pub endpoints: &'a [(String, String)],
    /// The format to ask for; JSON where it is offered if `None`.
    pub format: Option<Format>,
    /// The method to use, see [`Config::with_method`](crate::client::Config::with_method); POST where it is offered if `None`, so that secrets
    /// stay out of URLs.
    pub method: Option<&'a Method>,
    /// The callback of a JSONP reply.
    pub callback: Option<&'a str>,
    /// The client's parameters.
    pub client: &'a (dyn Record + Sync),
    /// The call's options.
    pub options: &'a (dyn Record + Sync),
    /// What is sent beside that: the client's additions, and the call's, which take precedence.
    pub additions: [&'a Additions; 2],
    /// The session that the call belongs to. One of a kind that the operation does not take is treated as absent.
    pub session: Option<SessionContext<'a>>,
    /// Where time and randomness come from; the transport if `None`.
    pub environment: Option<&'a dyn Environment>,
    /// By how much the server's clock is ahead of `environment`'s.
    pub clock_skew: ClockSkew,
    /// How large a reply may be, and how deep.
    pub limits: Limits,
    /// How often the call is tried; as is usual for its kind if `None`.
    pub retries: Option<RetryPolicy>,
    /// How long one try may take; as the transport has it if `None`.
    pub timeout: Option<Duration>,
    /// How long the call may take as a whole, over its tries and the waits between them; `None`: as long as they do.
    pub total_timeout: Option<Duration>,
    /// Who is told of every exchange.
    pub observer: Option<&'a Observer>,
    /// What requests are signed by, where the definition lets the caller choose; the first algorithm that it names if `None`.
    pub algorithm: Option<&'static Algorithm>,
    /// The keys that requests were signed by last; each is worked out for each request if `None`.
    pub keys: Option<&'a PreparedKeys>,
    /// Whether requests without an ID get one, see [`Config::with_request_ids`](crate::client::Config::with_request_ids).
    pub request_ids: bool,
}

/// The session that a call belongs to.
#[derive(Clone, Copy)]
pub struct SessionContext<'a> {
    /// Its kind.
    pub kind: &'static SessionKind,
    /// What its calls carry.
    pub parameters: &'a (dyn Record + Sync),
    /// The values of its kind's [fields](SessionKind::fields), in their order: what signs its requests.
    pub fields: &'a [Secret<String>],
}

impl<'a> SessionContext<'a> {
    /// The value of a field that computed values are made of.
    pub(crate) fn field(&self, name: &str) -> Option<&'a str> {
        let index = self.kind.fields.iter().position(|field| *field == name)?;
        self.fields.get(index).map(|field| field.expose().as_str())
    }
}

impl<'a> CallContext<'a> {
    /// The same with the environment of a transport, where it has none of its own.
    pub(crate) fn within(self, environment: &'a dyn Environment) -> Self {
        Self { environment: self.environment.or(Some(environment)), ..self }
    }

    /// Where `operation` is called.
    pub(crate) fn endpoint(&self, operation: &'static Operation) -> &'a str {
        self.endpoint_of(operation.endpoint())
    }

    /// Where calls go that a definition sends to `own`.
    pub(crate) fn endpoint_of(&self, own: &'static str) -> &'a str {
        let other = self.endpoints.iter().find(|(endpoint, _)| endpoint == own);
        other.map(|(_, other)| other.as_str()).or(self.endpoint).unwrap_or(own)
    }

    /// Something random, where there is a source of such.
    pub(crate) fn random(&self) -> Option<[u8; 16]> {
        self.environment?.random()
    }

    /// The time, where there is a clock.
    pub(crate) fn now(&self) -> Option<Duration> {
        self.environment?.now()
    }

    /// The time by the server's clock.
    pub(crate) fn server_time(&self) -> Option<Duration> {
        Some(self.clock_skew.server_time(self.now()?))
    }

    pub(crate) fn fill_context(&self, operation: &'static Operation) -> FillContext<'a> {
        let environment = self.environment.unwrap_or(&NoEnvironment);
        FillContext { operation, environment, clock_skew: self.clock_skew }
    }

    /// The format that `operation` is asked to answer in.
    ///
    /// # Errors
    ///
    /// When the caller chose a format that the operation does not answer in.
    pub fn format(&self, operation: &'static Operation) -> Result<Format, RequestError> {
        let offered = operation.formats;
        if offered.is_empty() {
            // No envelope comes back, unless the vendor refuses: then it chooses.
            return Ok(operation.protocol.formats.first().map_or(Format::Xml, |format| format.format));
        }
        let preferred = if self.callback.is_some() { Some(Format::Json) } else { self.format };
        let format = match preferred {
            Some(format) => offered.contains(&format).then_some(format),
            None if offered.contains(&Format::Json) => Some(Format::Json),
            None => offered.first().copied(),
        };
        format.ok_or(RequestError::FormatNotOffered {
            operation: operation.name,
            format: preferred.unwrap_or(Format::Json),
        })
    }

    pub(crate) fn method(
        &self,
        operation: &'static Operation,
    ) -> Result<&'static MethodDescription, RequestError> {
        let by_method = |wanted: &Method| operation.methods.iter().find(|offered| offered.method == *wanted);
        let method = match self.method {
            // Secrets are in URLs with GET: a form instead of a URL is let pass, a URL instead of a form is not.
            Some(&Method::GET) => by_method(&Method::GET).or_else(|| by_method(&Method::POST)),
            Some(wanted) => by_method(wanted),
            None if operation.prefers_get => by_method(&Method::GET).or_else(|| operation.methods.first()),
            None => by_method(&Method::POST).or_else(|| operation.methods.first()),
        };
        // Where it is neither of the two there is no choice.
        let chosen = || by_method(&Method::GET).or_else(|| by_method(&Method::POST)).is_some();
        let method = method.or_else(|| operation.methods.first().filter(|_| !chosen()));
        method.ok_or_else(|| RequestError::MethodNotOffered {
            operation: operation.name,
            method: self.method.unwrap_or(&Method::POST).clone(),
        })
    }
}

/// Shows neither parameters nor fields: they may be secrets.
impl fmt::Debug for SessionContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionContext").field("kind", &self.kind.name).finish_non_exhaustive()
    }
}

/// Shows neither parameters nor fields: they may be secrets.
impl fmt::Debug for CallContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallContext")
            .field("endpoint", &self.endpoint.map(ShownEndpoint))
            .field("format", &self.format)
            .field("method", &self.method)
            .field("callback", &self.callback)
            .field("additions", &self.additions)
            .field("session", &self.session)
            .field("limits", &self.limits)
            .field("retries", &self.retries)
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("observer", &self.observer)
            .field("algorithm", &self.algorithm)
            .field("request_ids", &self.request_ids)
            .finish_non_exhaustive()
    }
}
