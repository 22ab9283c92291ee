//! Paginated calls: each reply is a part of a whole, and tells where the next part is. One state machine does no I/O; an
//! iterator and a stream drive it.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    Secret,
    exchange::{context::CallContext, typed::Request},
    wire::Document,
};

/// A request whose reply is a part of a whole, and tells how to get the next part.
pub trait PaginatedRequest: Request + Clone + PartialEq {
    /// What the parts are made of.
    type Item;
    /// Where a URL of a reply may lead, beside the operation's own endpoint: schemes and hosts, as in `https://api.example.com`.
    const HOSTS: &'static [&'static str] = &[];

    /// Whether the vendor may be asked for the same page again, as it may have something new by then: it holds a call until there is
    /// something to tell, or says when to come back. Elsewhere a reply that leads to a page which was read already would lead in a
    /// circle.
    const LIVE: bool = false;

    /// Takes an answer apart. Parameters that the answer has new values for are set.
    fn part(&mut self, answer: Self::Answer) -> Page<Self::Item>;
}

/// What one reply brings.
///
/// ```
/// use std::time::Duration;
/// use wirewright::{client::{NextPage, Page}, generated::milliseconds};
///
/// // What a generated crate makes of a reply: two events, a URL, and a time.
/// let url = Some("https://api.example.com/events?after=2".into());
/// let part = Page::new(vec!["sunrise", "sunset"], NextPage::url(url)).after(milliseconds(500));
/// assert_eq!(part.wait, Some(Duration::from_millis(500)));
/// assert!(!part.last);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in their order.
    pub items: Vec<T>,
    /// Where the next part is. `None`: there is none.
    pub next: Option<NextPage>,
    /// How long to wait before the next call, where the reply says so.
    pub wait: Option<Duration>,
    /// Whether an item says that it is the last one.
    pub last: bool,
    /// Whether the vendor has nothing to tell for now: without anything new to ask for either it is not asked again at once.
    pub without_news: bool,
    /// How many items come behind these, where the reply tells.
    pub behind: Option<u64>,
    /// How many items this part has, where the reply says how many there are in all.
    pub counted: Option<Counted>,
}

/// The items of a part, where the reply says how many there are in all, and not where among them the part is: who has read all parts from
/// the first one on knows how many are left.
///
/// ```
/// use wirewright::generated::Counted;
///
/// // The first of the pages that are counted from 1, with 20 of 45 items.
/// assert!(Counted::new(1, 1, 20, Some(45)).is_some());
/// assert!(Counted::new(1, 1, 20, None).is_none());
/// assert!(Counted::new(1, 1, 20, Some(-1)).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub(super) is_first: bool,
    pub(super) items: u64,
    pub(super) total: u64,
}

impl Counted {
    /// The page of this number, of pages that are counted from `first`, with so many items. `None`: the reply says no total, or one that
    /// is negative, as vendors have it who do not know.
    pub fn new(number: i64, first: i64, items: usize, total: Option<i64>) -> Option<Self> {
        let total = total?.try_into().ok()?;
        Some(Self { is_first: number == first, items: items.try_into().ok()?, total })
    }
}

impl<T> Page<T> {
    /// These items, with more at `next`. Where there is none there are no news.
    pub const fn new(items: Vec<T>, next: Option<NextPage>) -> Self {
        let without_news = items.is_empty();
        Self { items, next, wait: None, last: false, without_news, behind: None, counted: None }
    }

    /// The same part with a time to wait behind it.
    #[must_use]
    pub const fn after(mut self, wait: Option<Duration>) -> Self {
        self.wait = wait;
        self
    }

    /// The same part, behind which nothing comes if `last` is true.
    #[must_use]
    pub const fn last(mut self, last: bool) -> Self {
        self.last = last;
        self
    }

    /// The same part, behind which so many items come, if that is known.
    #[must_use]
    pub const fn behind(mut self, behind: Option<u64>) -> Self {
        self.behind = behind;
        self
    }

    /// The same part, whose items are counted, if that is known: behind the last of all items nothing comes.
    #[must_use]
    pub const fn counted(mut self, counted: Option<Counted>) -> Self {
        self.counted = counted;
        self
    }

    /// The same part, which has no news if this is true, whatever is handed out as its items.
    #[must_use]
    pub const fn without_news(mut self, without_news: bool) -> Self {
        self.without_news = without_news;
        self
    }
}

/// Where the next part of a whole is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NextPage {
    /// At this URL, which has parameters of its own: a whole one, or one without scheme and host.
    Url(Secret<String>),
    /// Where the request leads with the parameters that it has now.
    Parameters,
}

impl NextPage {
    /// The place of a URL, if there is one: an empty text is none.
    pub fn url(url: Option<Secret<String>>) -> Option<Self> {
        leads(url).map(Self::Url)
    }

    /// The place that further parameters lead to, if a reply says some: they take the place of those that an earlier one said.
    pub fn further(more: &mut Document, said: Option<BTreeMap<String, String>>) -> Option<Self> {
        *more = said.unwrap_or_default().into_iter().collect();
        Self::parameters(more.members().len() > 0)
    }

    /// The place that new parameters lead to, if there are any.
    pub fn parameters(all: bool) -> Option<Self> {
        all.then_some(Self::Parameters)
    }
}

/// The number of the next page, where pages are counted from `first` and the reply may say how many there are.
///
/// ```
/// use wirewright::generated::next_number;
///
/// assert_eq!(next_number(1, 1, Some(3)), Some(2));
/// assert_eq!(next_number(3, 1, Some(3)), None);
/// assert_eq!(next_number(2, 0, Some(3)), None);
/// assert_eq!(next_number(3, 1, None), Some(4));
/// ```
pub fn next_number(number: i64, first: i64, pages: Option<i64>) -> Option<i64> {
    within(number.checked_add(1)?, first, pages)
}

/// The place of the next page's first item behind a page of so many, where items are counted from `first` and the reply may say how many
/// there are. Behind a page without items there is none.
///
/// ```
/// use wirewright::generated::next_offset;
///
/// assert_eq!(next_offset(0, 0, 20, Some(45)), Some(20));
/// assert_eq!(next_offset(40, 0, 5, Some(45)), None);
/// assert_eq!(next_offset(41, 1, 4, Some(45)), Some(45));
/// assert_eq!(next_offset(40, 0, 5, None), Some(45));
/// assert_eq!(next_offset(45, 0, 0, None), None);
/// ```
pub fn next_offset(offset: i64, first: i64, items: usize, total: Option<i64>) -> Option<i64> {
    let items = i64::try_from(items).ok().filter(|items| *items > 0)?;
    within(offset.checked_add(items)?, first, total)
}

/// How many items come behind a page of so many, where pages are counted from `first` and the reply says how many pages and items
/// there are. All pages but the last one are of one length.
///
/// ```
/// use wirewright::generated::behind_number;
///
/// assert_eq!(behind_number(2, 1, Some(3), 20, Some(45)), Some(5));
/// assert_eq!(behind_number(2, 0, Some(3), 5, Some(45)), Some(0));
/// assert_eq!(behind_number(1, 1, None, 20, Some(45)), None);
/// ```
pub fn behind_number(
    number: i64,
    first: i64,
    pages: Option<i64>,
    items: usize,
    total: Option<i64>,
) -> Option<u64> {
    let (pages, total) = (pages?, total?);
    let read = number.checked_sub(first)?.checked_add(1)?;
    let behind =
        if read < pages { total.checked_sub(read.checked_mul(items.try_into().ok()?)?)? } else { 0 };
    Some(u64::try_from(behind).unwrap_or_default())
}

/// How many items come behind a page of so many, where items are counted from `first` and the reply says how many there are.
///
/// ```
/// use wirewright::generated::behind_offset;
///
/// assert_eq!(behind_offset(20, 0, 20, Some(45)), Some(5));
/// assert_eq!(behind_offset(41, 1, 5, Some(45)), Some(0));
/// assert_eq!(behind_offset(0, 0, 20, None), None);
/// ```
pub fn behind_offset(offset: i64, first: i64, items: usize, total: Option<i64>) -> Option<u64> {
    let read = offset.checked_sub(first)?.checked_add(items.try_into().ok()?)?;
    Some(u64::try_from(total?.checked_sub(read)?).unwrap_or_default())
}

/// A number that is one of so many, counted from `first`.
fn within(number: i64, first: i64, count: Option<i64>) -> Option<i64> {
    count.is_none_or(|count| number < first.saturating_add(count)).then_some(number)
}

/// A time that a reply tells in seconds. One that is negative has passed.
///
/// ```
/// use std::time::Duration;
/// use wirewright::generated::{milliseconds, seconds};
///
/// assert_eq!(seconds(90), Some(Duration::from_secs(90)));
/// assert_eq!(milliseconds(Some(250)), Some(Duration::from_millis(250)));
/// assert_eq!(seconds(-1), Some(Duration::ZERO));
/// assert_eq!(seconds(None::<i64>), None);
/// ```
pub fn seconds(value: impl Into<Option<i64>>) -> Option<Duration> {
    value.into().map(|seconds| Duration::from_secs(seconds.try_into().unwrap_or_default()))
}

/// A time that a reply tells in milliseconds. One that is negative has passed.
pub fn milliseconds(value: impl Into<Option<i64>>) -> Option<Duration> {
    value.into().map(|milliseconds| Duration::from_millis(milliseconds.try_into().unwrap_or_default()))
}

/// Who makes the calls: a client, or a session. Generated ones are.
pub trait Caller {
    /// What carries the calls.
    type Transport;
    /// What each call can have of its own.
    type Options;

    /// What carries the calls.
    fn transport(&self) -> &Self::Transport;

    /// Does something with the context of a call.
    fn with_context<O>(&self, options: &Self::Options, call: impl FnOnce(&CallContext<'_>) -> O) -> O;
}

/// What is not there, or is empty, leads nowhere.
pub(crate) fn leads(url: Option<Secret<String>>) -> Option<Secret<String>> {
    url.filter(|url| !url.expose().trim().is_empty())
}
