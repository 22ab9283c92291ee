//! What one call has of its own, beside its request.

use std::time::Duration;

use http::Method;

use crate::{
    Format, Limits,
    exchange::{context::CallContext, retry_policy::RetryPolicy},
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
        }
    }

    /// `context` with what is said here.
    pub(super) fn over<'a>(&'a self, context: CallContext<'a>) -> CallContext<'a> {
        CallContext {
            format: self.format.or(context.format),
            method: self.method.as_ref().or(context.method),
            timeout: self.timeout.or(context.timeout),
            total_timeout: self.total_timeout.or(context.total_timeout),
            retries: self.retry_policy.or(context.retries),
            limits: self.limits.unwrap_or(context.limits),
            ..context
        }
    }
}
