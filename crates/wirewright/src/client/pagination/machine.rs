//! The state machine behind paginated calls. It sends nothing, waits for nothing, and knows no types.

use std::{collections::VecDeque, fmt, time::Duration};

use crate::{
    Secret,
    client::{
        call_config::attempt_timeout,
        pagination::{
            reading::PagesReading,
            request::{Counted, NextPage, Page, leads},
        },
        watch::{self, Watch},
    },
    describe::class::Class,
    exchange::{
        context::CallContext,
        error::Error,
        request::write_request_to,
        request_error::RequestError,
        retry_policy::{RetryPolicy, retry_after},
    },
    observe::span::Span,
    transport::error::TransportError,
};

/// What comes next of paginated calls.
pub enum Step<T> {
    /// An item.
    Item(T),
    /// So much time has to pass; then [`Pagination::waited`](crate::client::Pagination::waited) is called.
    Wait(Duration),
    /// This request is to be sent; then [`Pagination::take`](crate::client::Pagination::take) is called with what came back.
    Send(Box<http::Request<Vec<u8>>>),
    /// There is nothing more.
    Done,
}

/// Paginated calls, without I/O and without types: what [`Pagination`](crate::client::Pagination) is for generated requests, and what a
/// tool drives that knows an operation by its description. Errors are handed out as that one does it.
pub struct DescribedPagination<P: PagesReading> {
    reading: P,
    request: P::Request,
    /// Where the next call goes, unless that is where the request leads.
    url: Option<Secret<String>>,
    /// What has come and was not handed out yet.
    items: VecDeque<P::Item>,
    /// How many come behind them, where the last reply told.
    behind: Option<u64>,
    /// How many have come since the first page, where that was asked for.
    counted: Option<u64>,
    /// What has to pass before the next call.
    wait: Option<Duration>,
    longest_wait: Duration,
    /// What takes precedence over the context's.
    retries: Option<RetryPolicy>,
    timeout: Option<Duration>,
    /// How long the vendor holds each call, where that was told elsewhere.
    held: Option<Duration>,
    /// How often the next call has been tried.
    failed: u32,
    /// Which call it is, for the observer, and the try that is under way.
    call: usize,
    watch: Option<Watch>,
    /// When the first try of the next call was made, for the time that it may take as a whole.
    began: Option<Duration>,
    /// Pages that were asked for, to find replies that lead in a circle.
    path: Path<P::Request>,
    circular: bool,
    /// How often in a row there was nothing, and nothing new to ask for.
    idle: u32,
    /// Why the call is tried again, for callers who cannot wait.
    kept: Option<Error<P::Failure>>,
    ended: bool,
}

impl<P: PagesReading> DescribedPagination<P> {
    /// The calls that begin with this request, whose pages are read so.
    pub const fn new(reading: P, request: P::Request) -> Self {
        Self {
            reading,
            request,
            url: None,
            items: VecDeque::new(),
            behind: None,
            counted: None,
            wait: None,
            longest_wait: Duration::from_secs(24 * 60 * 60),
            retries: None,
            timeout: None,
            held: None,
            failed: 0,
            call: 0,
            watch: None,
            began: None,
            path: Path::new(),
            circular: false,
            idle: 0,
            kept: None,
            ended: false,
        }
    }

    /// The same calls, the next of which goes to a URL that the vendor told, if there is one, after a wait, if there is one. What
    /// the URL has among its parameters takes precedence over the request's own.
    #[must_use]
    pub fn at(mut self, url: impl Into<Option<Secret<String>>>, wait: Option<Duration>) -> Self {
        self.url = leads(url.into());
        self.wait = self.bounded(wait);
        self
    }

    /// The same calls with another patience than the settings have.
    #[must_use]
    pub const fn with_retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = Some(retries);
        self
    }

    /// The same calls with another time for each than the settings have, the time included that the vendor holds it.
    #[must_use]
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same calls, of which the vendor has told that it holds each for this long, whatever it is as a rule: an answer may take as
    /// much longer. `None` changes nothing.
    #[must_use]
    pub const fn held_for(mut self, held: Option<Duration>) -> Self {
        if held.is_some() {
            self.held = held;
        }
        self
    }

    /// The same calls that wait no longer than this, whatever a reply says. It is a day unless it is said here.
    #[must_use]
    pub const fn with_longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest;
        self
    }

    /// The parameters of the next call.
    pub const fn request(&self) -> &P::Request {
        &self.request
    }

    /// Where the next call goes, if a reply told. Together with [`request`](Self::request) it is all that one needs to go on
    /// another time, by [`at`](Self::at).
    pub const fn url(&self) -> Option<&Secret<String>> {
        self.url.as_ref()
    }

    /// How many items have come and were not handed out, and how many come behind them, where the last reply told.
    pub fn remaining(&self) -> (usize, Option<u64>) {
        (self.items.len(), self.behind)
    }

    /// What comes next. It stays the same until something is done about it, but for items, which are handed out once. An
    /// [observer](crate::observe::Observer) is told of a request each time that it is handed out.
    ///
    /// # Errors
    ///
    /// When the next call cannot be made, [because its URL leads elsewhere](RequestError::Elsewhere) for instance. Nothing comes
    /// behind it.
    pub fn step(&mut self, context: &CallContext<'_>) -> Result<Step<P::Item>, RequestError> {
        if let Some(item) = self.items.pop_front() {
            return Ok(Step::Item(item));
        }
        if self.ended {
            return Ok(Step::Done);
        }
        if self.circular {
            self.ended = true;
            return Err(RequestError::PageRepeated { operation: self.reading.operation().name });
        }
        if let Some(wait) = self.wait {
            return Ok(Step::Wait(wait));
        }
        let url = self.url.as_ref().map(|url| url.expose().as_str());
        if self.failed == 0 {
            self.began = context.now();
        }
        let (timeout, total_timeout) = (self.time(context), self.left(context));
        let timeless = context.total_timeout.is_some() && total_timeout.is_none();
        let context = CallContext { timeout, total_timeout, ..*context };
        let written = if timeless {
            Err(RequestError::NoClock { operation: self.reading.operation().name })
        } else {
            write_request_to(url, self.reading.hosts(), self.reading.operation(), &self.request, &context)
        };
        match written {
            Ok(request) => {
                if self.failed == 0 || self.call == 0 {
                    self.call = watch::number(&context);
                }
                let number = (self.call, self.failed.saturating_add(1));
                let watch =
                    Watch::begin(self.reading.operation(), &context, number, &request, Some(request.body()));
                self.watch = Some(watch);
                Ok(Step::Send(Box::new(request)))
            }
            Err(error) => {
                self.ended = true;
                Err(error)
            }
        }
    }

    /// The time has passed.
    pub fn waited(&mut self) {
        self.wait = None;
        self.kept = None;
    }

    /// The time cannot pass, as the transport has no way to wait. The next step comes without it.
    ///
    /// # Errors
    ///
    /// The one that made the wait necessary, unless it was handed out. Before a first try it is that of the transport; what comes
    /// behind it depends on its class.
    pub fn cannot_wait(&mut self, error: TransportError) -> Result<(), Error<P::Failure>> {
        self.wait = None;
        if self.failed > 0 {
            return self.kept.take().map_or(Ok(()), Err);
        }
        let error = Error::Transport(error);
        self.ended = error.class() != Class::Retry;
        Err(error)
    }

    /// Takes what came back of the request of [`step`](Self::step). The context is the same, with randomness for the time to wait
    /// after an error.
    ///
    /// # Errors
    ///
    /// When the call failed, and it is no use to try it again by itself.
    pub fn take(
        &mut self,
        mut response: Result<http::Response<Vec<u8>>, TransportError>,
        context: &CallContext<'_>,
    ) -> Result<(), Error<P::Failure>> {
        let head = response.as_ref().ok().map(http::Response::headers);
        let asked = head.and_then(|headers| retry_after(headers, || context.server_time()));
        let retries = self.retries.or(context.retries).unwrap_or(RetryPolicy::patient());
        if let Some(watch) = &self.watch {
            watch.returned(context, &mut response, |body| Some(body));
        }
        let answer = context
            .format(self.reading.operation())
            .map_err(Error::from)
            .and_then(|format| self.reading.read(response?, format, &context.limits));
        if let Some(watch) = self.watch.take() {
            watch.end(context, &answer);
        }
        match answer {
            Ok(answer) => {
                self.go_on(answer, retries);
                Ok(())
            }
            Err(error) if error.class() == Class::Retry => {
                self.failed = self.failed.saturating_add(1);
                let random = context.random();
                let in_time = |delay: &Duration| self.left(context).is_none_or(|left| *delay < left);
                if let Some(delay) = retries.delay(self.failed, asked, random).filter(in_time) {
                    self.wait = Some(delay);
                    self.kept = Some(error);
                    return Ok(());
                }
                // Whoever goes on nevertheless does not come back before the vendor wants that.
                self.wait = self.bounded(Some(retries.pause(self.failed, asked, random)));
                Err(error)
            }
            Err(error) => {
                self.ended = true;
                Err(error)
            }
        }
    }

    /// Goes on behind an answer.
    fn go_on(&mut self, answer: P::Answer, retries: RetryPolicy) {
        self.failed = 0;
        let before = (self.request.clone(), self.url.take());
        let page = self.reading.part(&mut self.request, answer);
        let Page { items, next, wait, last, without_news: nothing, behind, counted } = page;
        self.items.extend(items);
        let left = counted.and_then(|page| self.left_behind(page));
        self.behind = behind.or(left);
        self.ended = last || next.is_none() || left == Some(0);
        if let Some(NextPage::Url(url)) = next {
            self.url = Some(url);
        }
        let stays = before.0 == self.request && before.1 == self.url;
        self.idle = if nothing && stays { self.idle.saturating_add(1) } else { 0 };
        if !self.reading.is_live() && !self.ended {
            let back = self.path.leads_back(&before, (&self.request, self.url.as_ref()));
            // What has nothing yet may have something soon, which is asked for as often as a call is tried.
            self.circular = back && !(1..retries.max_attempts()).contains(&self.idle);
        }
        // A vendor that has nothing, and nothing new to ask for, is not asked again at once.
        let pause = (nothing && stays && !self.circular).then_some(retries.between_polls());
        self.wait = self.bounded(wait.or(pause));
    }

    /// How many items are left behind a page, where all pages from the first one on have been read here.
    fn left_behind(&mut self, page: Counted) -> Option<u64> {
        let before = if page.is_first { Some(0) } else { self.counted };
        self.counted = before.map(|before| before.saturating_add(page.items));
        Some(page.total.saturating_sub(self.counted?))
    }

    /// How long the next call may take.
    fn time(&self, context: &CallContext<'_>) -> Option<Duration> {
        self.timeout.or_else(|| {
            attempt_timeout(self.held.or_else(|| self.reading.held(&self.request)), context.timeout)
        })
    }

    /// What is left of the time that the next call may take as a whole, if there is such a time and a clock.
    fn left(&self, context: &CallContext<'_>) -> Option<Duration> {
        let passed = context.now()?.saturating_sub(self.began?);
        Some(context.total_timeout?.saturating_sub(passed))
    }

    /// What the request of the last step is sent within.
    pub(crate) fn span(&self) -> Span {
        self.watch.as_ref().map_or_else(Span::none, Watch::span)
    }

    /// What people may see of it.
    pub(crate) fn state(&self, mut shown: fmt::DebugStruct<'_, '_>) -> fmt::Result {
        shown
            .field("operation", &self.reading.operation().name)
            .field("items", &self.items.len())
            .field("wait", &self.wait)
            .field("failed", &self.failed)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }

    /// A wait that is worth it, and no longer than the caller allows.
    fn bounded(&self, wait: Option<Duration>) -> Option<Duration> {
        wait.map(|wait| wait.min(self.longest_wait)).filter(|wait| !wait.is_zero())
    }
}

/// One of the pages that were asked for: the first, the second, the fourth, and so on. Where replies lead in a circle they come back
/// to it, however long the circle is (R. P. Brent, "An improved Monte Carlo factorization algorithm", section 2).
struct Path<R> {
    kept: Option<(R, Option<Secret<String>>)>,
    /// How many pages came behind it, and how many do until another one is kept.
    behind: u64,
    most: u64,
}

impl<R: Clone + PartialEq> Path<R> {
    const fn new() -> Self {
        Self { kept: None, behind: 0, most: 1 }
    }

    /// Whether the page behind `before` is one that was read already.
    fn leads_back(
        &mut self,
        before: &(R, Option<Secret<String>>),
        (request, url): (&R, Option<&Secret<String>>),
    ) -> bool {
        let is_next = |page: &(R, Option<Secret<String>>)| page.0 == *request && page.1.as_ref() == url;
        if is_next(before) || self.kept.as_ref().is_some_and(is_next) {
            return true;
        }
        self.behind += 1;
        if self.kept.is_none() || self.behind == self.most {
            self.kept = Some(before.clone());
            self.most = self.most.saturating_mul(2);
            self.behind = 0;
        }
        false
    }
}

/// Shows neither an item nor a request, whose URL has the session: they may be secrets.
impl<T> fmt::Debug for Step<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(_) => f.debug_tuple("Item").finish_non_exhaustive(),
            Self::Wait(time) => f.debug_tuple("Wait").field(time).finish(),
            Self::Send(request) => f.debug_tuple("Send").field(request.method()).finish_non_exhaustive(),
            Self::Done => f.write_str("Done"),
        }
    }
}

/// Shows neither the request nor the URL nor the items: they may be secrets.
impl<P: PagesReading> fmt::Debug for DescribedPagination<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state(f.debug_struct("DescribedPagination"))
    }
}
