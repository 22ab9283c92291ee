//! What a caller can choose for all calls of a client.

use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderName, HeaderValue, Method};

use crate::{
    Format, Limits,
    exchange::{additions::Additions, context::CallContext, payload::Nothing, retry_policy::RetryPolicy},
    observe::exchange::{Exchange, Observer},
    sign::{Algorithm, PreparedKeys},
    transport::{clock_skew::ClockSkew, endpoint::ShownEndpoint, environment::Environment},
};

/// What a caller can choose for all calls of a client.
///
/// ```
/// use http::Method;
/// use wirewright::{Format, Limits, client::Config};
///
/// let settings = Config::new()
///     .with_endpoint("http://127.0.0.1:8080")
///     .with_format(Format::Xml)
///     .with_method(Method::GET)
///     .with_limits(Limits::new().with_max_bytes(1 << 20));
/// assert_eq!(settings.context().endpoint, Some("http://127.0.0.1:8080"));
/// ```
#[derive(Clone, Default)]
pub struct Config {
    endpoint: Option<String>,
    endpoints: Vec<(String, String)>,
    environment: Option<Arc<dyn Environment>>,
    format: Option<Format>,
    method: Option<Method>,
    callback: Option<String>,
    limits: Limits,
    retries: Option<RetryPolicy>,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    observer: Option<Observer>,
    algorithm: Option<&'static Algorithm>,
    keys: PreparedKeys,
    additions: Additions,
    no_request_ids: bool,
}

impl Config {
    /// The vendor's endpoint, JSON where it is offered, POST where it is offered, and the usual limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another scheme and host for every call, as in `http://127.0.0.1:8080`, however many hosts the vendor has. A path is in
    /// front of the operation's: with `http://host/music` the operation at `/rest/ping` is called at `http://host/music/rest/ping`.
    #[must_use]
    pub fn with_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Another scheme and host for the calls that go to one of the vendor's: `own`, as the vendor's definition spells it. It goes
    /// before [`with_endpoint`](Self::with_endpoint).
    ///
    /// ```
    /// use wirewright::client::Config;
    ///
    /// // Chats go to a mock, everything else goes where it should.
    /// let settings = Config::new().with_endpoint_of("https://chat.example.com", "http://127.0.0.1:8080");
    /// # drop(settings);
    /// ```
    #[must_use]
    pub fn with_endpoint_of(mut self, own: impl Into<String>, endpoint: impl Into<String>) -> Self {
        self.endpoints.insert(0, (own.into(), endpoint.into()));
        self
    }

    /// Where time and randomness come from, instead of the transport.
    #[must_use]
    pub fn with_environment(mut self, environment: Arc<dyn Environment>) -> Self {
        self.environment = Some(environment);
        self
    }

    /// The format to ask for.
    #[must_use]
    pub const fn with_format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// The HTTP method to use. With GET, secrets are in URLs, and operations that are offered by POST only are sent by POST;
    /// with POST, an operation that is offered by GET only is not sent at all.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Asks for JSONP with this callback, a path of identifiers such as `app.onReply`, whatever the format that is set.
    #[must_use]
    pub fn with_callback(mut self, callback: &str) -> Self {
        self.callback = Some(callback.to_owned());
        self
    }

    /// How large and how deep a reply may be.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How often a call is tried, and how long is waited in between. The default is [`RetryPolicy::new`], and
    /// [`RetryPolicy::patient`] for [paginated calls](crate::client::Paginator).
    #[must_use]
    pub const fn with_retry_policy(mut self, retries: RetryPolicy) -> Self {
        self.retries = Some(retries);
        self
    }

    /// How long one try of a call may take, instead of what the transport allows. For a reply that is read as a stream of rows it
    /// is the time until the head of the response is there. Where a request of [paginated calls](crate::client::Paginator) says how long
    /// the vendor holds it until there is something to tell, that time comes on top.
    #[must_use]
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long a call may take as a whole: its tries together, with the waits between them. A try is given no more than what is left
    /// of it, and none is made that would have to wait beyond it: what the last one ended with is the call's error. It is measured
    /// by the clock of the environment; without one a call is not sent. Of [paginated calls](crate::client::Paginator) each page
    /// has the whole time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wirewright::client::Config;
    ///
    /// // Three tries of 30 seconds each, as is usual, would be a minute and a half.
    /// let settings = Config::new().with_total_timeout(Duration::from_secs(45));
    /// assert_eq!(settings.context().total_timeout, Some(Duration::from_secs(45)));
    /// ```
    #[must_use]
    pub const fn with_total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Calls `tell` with every [exchange](Exchange), each try of a call included: with the request before it is sent, and with what
    /// came back. Of a reply that is read as a stream of rows, and of a request with files, it sees all but the body.
    ///
    /// ```
    /// use wirewright::client::Config;
    ///
    /// // No value of a parameter or a body is shown, so that it can go into any log.
    /// let settings = Config::new().with_observer(|exchange| eprintln!("{exchange}"));
    /// # drop(settings);
    /// ```
    #[must_use]
    pub fn with_observer(mut self, tell: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer::new(tell));
        self
    }

    /// What requests are signed by, where the vendor's definition lets the caller choose. The default is the first algorithm that it
    /// names; another one than it names is an error of the call.
    ///
    /// ```
    /// use wirewright::{client::Config, sign};
    ///
    /// let settings = Config::new().with_algorithm(&sign::SHA256);
    /// assert_eq!(settings.context().algorithm.map(|algorithm| algorithm.name()), Some("sha256"));
    /// ```
    #[must_use]
    pub const fn with_algorithm(mut self, algorithm: &'static Algorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// A header on every request, beside those that the definition tells of; the same name again takes the place of the one before. It is
    /// there before the request is signed. A name that the request has anyway, and one that HTTP needs to carry the message (`Host`,
    /// `Content-Length`), is an error of the call. Its value is in no log and no `Debug`.
    ///
    /// ```
    /// use http::{HeaderValue, header};
    /// use wirewright::client::Config;
    ///
    /// // Some vendors refuse calls of nobody.
    /// let me = HeaderValue::from_static("records/1.0 (records@example.com)");
    /// let settings = Config::new().with_header(header::USER_AGENT, me);
    /// # drop(settings);
    /// ```
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.additions.set_header(name, value);
        self
    }

    /// A parameter on every request that the definition does not tell of, in the query string or the form, behind the operation's own;
    /// the same name again is one more value. It is there before the request is signed. A name that the request has anyway is an
    /// error of the call. Its value is in no log and no `Debug`.
    ///
    /// ```
    /// use wirewright::client::Config;
    ///
    /// // Not on the page of any operation, but the vendor takes it.
    /// let settings = Config::new().with_parameter("maxlag", "5");
    /// # drop(settings);
    /// ```
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.additions.add_parameter(name, value);
        self
    }

    /// Whether requests get an ID where the caller gives none, for vendors whose replies echo one: a random text, another one for
    /// each try. They do unless this says otherwise, if the environment has randomness. A reply that echoes another ID than was
    /// sent, the caller's own or this one, is an error: [`Error::Mismatched`](crate::exchange::Error::Mismatched).
    ///
    /// ```
    /// use wirewright::client::Config;
    ///
    /// assert!(Config::new().context().request_ids);
    /// assert!(!Config::new().with_request_ids(false).context().request_ids);
    /// ```
    #[must_use]
    pub const fn with_request_ids(mut self, made: bool) -> Self {
        self.no_request_ids = !made;
        self
    }

    /// The time since 1970-01-01 00:00:00 UTC: of these settings' environment if they have some, else of the transport's.
    pub fn now(&self, transport: &dyn Environment) -> Option<Duration> {
        self.environment.as_deref().unwrap_or(transport).now()
    }

    /// A call's context with these settings.
    pub fn context(&self) -> CallContext<'_> {
        CallContext {
            endpoint: self.endpoint.as_deref(),
            endpoints: &self.endpoints,
            format: self.format,
            method: self.method.as_ref(),
            callback: self.callback.as_deref(),
            client: Nothing::NONE,
            options: Nothing::NONE,
            additions: [&self.additions, Additions::NONE],
            session: None,
            environment: self.environment.as_deref(),
            clock_skew: ClockSkew::NONE,
            limits: self.limits,
            retries: self.retries,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            observer: self.observer.as_ref(),
            algorithm: self.algorithm,
            keys: Some(&self.keys),
            request_ids: !self.no_request_ids,
        }
    }
}

/// Shows an endpoint only if it is one: anything else may hold a password.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("endpoint", &self.endpoint.as_deref().map(ShownEndpoint))
            .field(
                "endpoints",
                &self.endpoints.iter().map(|(own, other)| (own, ShownEndpoint(other))).collect::<Vec<_>>(),
            )
            .field("format", &self.format)
            .field("method", &self.method)
            .field("callback", &self.callback)
            .field("limits", &self.limits)
            .field("retries", &self.retries)
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("observer", &self.observer)
            .field("algorithm", &self.algorithm)
            .field("additions", &self.additions)
            .field("request_ids", &!self.no_request_ids)
            .finish_non_exhaustive()
    }
}
