//! What one call has of its own, beside its request.

use std::time::Duration;

use http::Method;

use crate::{
    Format, Limits,
    exchange::{additions::Additions, context::CallContext, retry_policy::RetryPolicy, typed::Request},
};

/// What one call has of its own: the vendor's options, and what takes precedence over the client's [`Config`](crate::client::Config).
#[derive(Clone, Debug, Default)]
pub struct CallConfig<O> {
    /// The vendor's options.
    pub options: O,
    /// The format to ask for.
    pub format: Option<Format>,
    /// The HTTP method to use.
    pub method: Option<Method>,
    /// How long one try may take.
    pub timeout: Option<Duration>,
    /// How long the call may take as a whole, over its tries and the waits between them.
    pub total_timeout: Option<Duration>,
    /// How often it is tried.
    pub retry_policy: Option<RetryPolicy>,
    /// How large and how deep a reply may be.
    pub limits: Option<Limits>,
    /// Headers and parameters beside those that the definition tells of, and beside the config's.
    pub additions: Additions,
}

/// How long an answer may take that the vendor has held for a while, unless the config has a time: what transports allow.
const TO_ANSWER: Duration = Duration::from_secs(30);

/// How long one try of a request may take, where the config has this time, or none. What the vendor holds on purpose is none of the
/// time that an answer may take, and the time of a transport does not know of it.
pub fn attempt_timeout(held: Option<Duration>, timeout: Option<Duration>) -> Option<Duration> {
    match held {
        Some(held) => Some(held.saturating_add(timeout.unwrap_or(TO_ANSWER))),
        None => timeout,
    }
}

impl<O> CallConfig<O> {
    /// These options, and else what the client's config says.
    pub const fn new(options: O) -> Self {
        Self {
            options,
            format: None,
            method: None,
            timeout: None,
            total_timeout: None,
            retry_policy: None,
            limits: None,
            additions: Additions::new(),
        }
    }

    /// `context` with what is said here of a call of `request`.
    #[expect(
        clippy::large_types_passed_by_value,
        reason = "it is a set of references that is made anew for each call"
    )]
    pub(super) fn of<'a>(&'a self, request: &impl Request, context: CallContext<'a>) -> CallContext<'a> {
        CallContext {
            timeout: self.timeout.or_else(|| attempt_timeout(request.held(), context.timeout)),
            ..context
        }
    }

    /// `context` with what is said here.
    #[expect(
        clippy::large_types_passed_by_value,
        reason = "it is a set of references that is made anew for each call"
    )]
    pub(super) fn over<'a>(&'a self, context: CallContext<'a>) -> CallContext<'a> {
        CallContext {
            format: self.format.or(context.format),
            method: self.method.as_ref().or(context.method),
            timeout: self.timeout.or(context.timeout),
            total_timeout: self.total_timeout.or(context.total_timeout),
            retries: self.retry_policy.or(context.retries),
            limits: self.limits.unwrap_or(context.limits),
            additions: [context.additions[0], &self.additions],
            ..context
        }
    }
}
