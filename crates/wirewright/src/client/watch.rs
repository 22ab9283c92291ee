//! One try of a call, as an observer and `tracing` see it.

use std::time::Duration;

use crate::{
    describe::protocol::Operation,
    exchange::{context::CallContext, error::Error},
    observe::{
        exchange::{Exchange, Exposed, Observer},
        span::Span,
    },
    sign::ReplyKeys,
    transport::{error::TransportError, request_id::RequestId},
};

/// One try of a call, as those see it who look on. Without any it does nothing.
pub(crate) struct Watch {
    operation: &'static Operation,
    call: usize,
    attempt: u32,
    request_id: Option<RequestId>,
    reply_keys: Option<ReplyKeys>,
    method: http::Method,
    observer: Option<Observer>,
    started: Option<Duration>,
    span: Span,
}

/// The number of a call for its observer; 0 without one.
pub(crate) fn number(context: &CallContext<'_>) -> usize {
    context.observer.map_or(0, Observer::number)
}

impl Watch {
    /// Begins with a request that is about to be sent.
    pub(crate) fn begin<B>(
        operation: &'static Operation,
        context: &CallContext<'_>,
        (call, attempt): (usize, u32),
        request: &http::Request<B>,
        body: Option<&[u8]>,
    ) -> Self {
        let request_id = RequestId::of(request).cloned();
        let reply_keys = request.extensions().get().cloned();
        let span = Span::of(operation, context.format(operation).ok(), attempt, request_id.as_ref());
        let started = if context.observer.is_some() || Span::IS_SEEN { context.now() } else { None };
        let observer = context.observer.cloned();
        let (method, uri, headers) = (request.method(), request.uri(), request.headers());
        let sent = method.clone();
        let watch =
            Self { operation, call, attempt, request_id, reply_keys, method: sent, observer, started, span };
        watch.tell(None, Exposed::Request { method, uri, headers, body });
        watch
    }

    /// What the request is sent within.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Something came back: if it is a response, it is read as the reply to this request.
    pub(crate) fn returned<B>(
        &self,
        context: &CallContext<'_>,
        response: &mut Result<http::Response<B>, TransportError>,
        body: impl FnOnce(&B) -> Option<&[u8]>,
    ) {
        let half = match response {
            Ok(response) => {
                RequestId::expect(self.request_id.as_ref(), response.extensions_mut());
                if let Some(keys) = &self.reply_keys {
                    response.extensions_mut().insert(keys.clone());
                }
                // Errors tell it.
                response.extensions_mut().insert(self.method.clone());
                self.span.status(response.status());
                let (status, headers) = (response.status(), response.headers());
                Exposed::Response { status, headers, body: body(response.body()) }
            }
            Err(error) => Exposed::Failed(error),
        };
        self.tell(self.elapsed(context), half);
    }

    /// The try has ended so.
    pub(crate) fn end<A, F>(self, context: &CallContext<'_>, result: &Result<A, Error<F>>) {
        self.span.end(self.elapsed(context), outcome(result));
    }

    fn elapsed(&self, context: &CallContext<'_>) -> Option<Duration> {
        let started = self.started?;
        Some(context.now()?.saturating_sub(started))
    }

    fn tell(&self, elapsed: Option<Duration>, half: Exposed<'_>) {
        if let Some(observer) = &self.observer {
            let Self { operation, call, attempt, .. } = *self;
            let request_id = self.request_id.as_ref();
            observer.tell(&Exchange { operation, call, attempt, request_id, elapsed, half });
        }
    }
}

/// How a try ended, in a word.
const fn outcome<A, F>(result: &Result<A, Error<F>>) -> &'static str {
    match result {
        Ok(_) => "answer",
        Err(Error::Vendor(_)) => "vendor",
        Err(Error::Decode(_)) => "decode",
        Err(Error::Http(_)) => "http",
        Err(Error::Mismatched(_)) => "mismatched",
        #[cfg(feature = "rows")]
        Err(Error::Rows(_)) => "rows",
        Err(Error::Transport(_)) => "transport",
        Err(Error::Request(_)) => "request",
        Err(Error::Unopened) => "unopened",
    }
}
