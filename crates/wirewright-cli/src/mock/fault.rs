//! Faults on demand: which calls fail, and how.

use std::{
    error, fmt,
    str::FromStr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http::{Response, StatusCode, header};
use wirewright::catalog::Vendor;

use super::plain::plain;
use crate::unknown::unknown;

/// A way to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The reply comes that much later: `delay=500ms`, `delay=2s`.
    Delay(Duration),
    /// The connection ends without a reply, and the vendor has not heard of the call: `drop`.
    Drop,
    /// The connection ends in the middle of the reply's body: `truncate`. The call was handled.
    Truncate,
    /// A reply in a format that the operation does not answer in: `format`.
    Format,
    /// A gateway's web page under HTTP 200: `html`.
    Html,
    /// The vendor's error of this code: `error=430`.
    Error(String),
    /// This status of HTTP, and a line of text: `http=500`.
    Http(StatusCode),
    /// HTTP 302, to another page of the same host: `redirect`.
    Redirect,
    /// The reply to another request: `other-id`. The call was handled, and what comes back echoes another ID, if the vendor's
    /// replies have a member for it.
    OtherId,
}

impl Fault {
    /// How people write each of them.
    pub const FORMS: &'static [&'static str] = &[
        "delay=TIME",
        "drop",
        "truncate",
        "format",
        "html",
        "error=CODE",
        "http=STATUS",
        "redirect",
        "other-id",
    ];

    /// What happens to a response on its way.
    pub(super) const fn transmission(&self) -> Option<Transmission> {
        match self {
            Self::Delay(time) => Some(Transmission::Delayed(*time)),
            Self::Drop => Some(Transmission::Dropped),
            Self::Truncate => Some(Transmission::Truncated),
            Self::Format | Self::Html | Self::Error(_) | Self::Http(_) | Self::Redirect | Self::OtherId => {
                None
            }
        }
    }

    /// The response that it is, if no operation has to be known for that.
    pub(super) fn alone(&self, origin: &str) -> Option<Response<Vec<u8>>> {
        match self {
            Self::Html => {
                let page = "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>\
                            <body><h1>The server is out for a moment.</h1></body></html>\n";
                Some(plain(StatusCode::OK, "text/html", page))
            }
            Self::Http(status) => {
                let reason = status.canonical_reason().unwrap_or("no reason");
                Some(plain(*status, "text/plain", &format!("{} {reason}\n", status.as_u16())))
            }
            Self::Redirect => {
                let mut response = plain(StatusCode::FOUND, "text/plain", "elsewhere\n");
                let location = header::HeaderValue::from_str(&format!("{origin}/elsewhere")).ok()?;
                response.headers_mut().insert(header::LOCATION, location);
                Some(response)
            }
            _ => None,
        }
    }
}

/// What happens to a response on its way, which the response itself cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transmission {
    /// It is sent that much later.
    Delayed(Duration),
    /// It is not sent.
    Dropped,
    /// A half of its body is sent.
    Truncated,
}

/// A fault and the calls that have it: `drop` is every call, `drop@3` the third one, `drop@3+` every one from the third on, and
/// `drop@auth/logout:1` the first call of that operation.
///
/// ```
/// use wirewright_cli::mock::{Fault, Rule};
///
/// let rule: Rule = "error=430@im/sendIM:2+".parse()?;
/// assert_eq!(rule.fault(), &Fault::Error("430".to_owned()));
/// assert_eq!(rule.to_string(), "error=430@im/sendIM:2+");
/// let error = "eror=430".parse::<Rule>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no fault `eror`: did you mean `error=CODE`?");
/// # Ok::<(), wirewright_cli::mock::InvalidRule>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    fault: Fault,
    operation: Option<String>,
    first: u64,
    last: u64,
}

impl Rule {
    /// Every call fails so.
    pub const fn new(fault: Fault) -> Self {
        Self { fault, operation: None, first: 1, last: u64::MAX }
    }

    /// The same for the calls of one operation, which are counted apart.
    #[must_use]
    pub fn of(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// The same for these calls only, counted from 1.
    #[must_use]
    pub const fn calls(mut self, first: u64, last: u64) -> Self {
        (self.first, self.last) = (first, last);
        self
    }

    /// How calls fail.
    pub const fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The operation whose calls fail; all if `None`.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }
}

impl From<Fault> for Rule {
    fn from(fault: Fault) -> Self {
        Self::new(fault)
    }
}

/// Why a text is no [`Rule`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRule(String);

impl fmt::Display for InvalidRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for InvalidRule {}

impl FromStr for Rule {
    type Err = InvalidRule;

    fn from_str(text: &str) -> Result<Self, InvalidRule> {
        let (fault, calls) = text.split_once('@').map_or((text, None), |(fault, calls)| (fault, Some(calls)));
        let mut rule = Self::new(fault.parse()?);
        let Some(calls) = calls else { return Ok(rule) };
        let (operation, calls) = match calls.rsplit_once(':') {
            Some((operation, calls)) => (Some(operation), Some(calls)),
            // A name of an operation has a slash, and a number has none.
            None if calls.contains('/') => (Some(calls), None),
            None => (None, Some(calls)),
        };
        rule.operation = operation.map(str::to_owned);
        if let Some(calls) = calls {
            let wrong =
                || InvalidRule(format!("`{calls}` is no call: `3` is the third one, `3+` all from there on"));
            let number = calls.trim_end_matches('+');
            rule.first = number.parse().ok().filter(|first| *first > 0).ok_or_else(wrong)?;
            if !calls.ends_with('+') {
                rule.last = rule.first;
            }
        }
        Ok(rule)
    }
}

impl FromStr for Fault {
    type Err = InvalidRule;

    fn from_str(text: &str) -> Result<Self, InvalidRule> {
        let (name, value) = text.split_once('=').map_or((text, ""), |(name, value)| (name, value));
        let wrong = |expected: &str| InvalidRule(format!("`{text}`: expected {expected}"));
        let fault = match name {
            "delay" => {
                Self::Delay(time(value).ok_or_else(|| wrong("a time, as in `delay=500ms` or `delay=2s`"))?)
            }
            "drop" => Self::Drop,
            "truncate" => Self::Truncate,
            "format" => Self::Format,
            "html" => Self::Html,
            "error" if value.is_empty() => return Err(wrong("one of the vendor's codes, as in `error=430`")),
            "error" => Self::Error(value.to_owned()),
            "http" => {
                let status = value.parse().ok().filter(|status: &StatusCode| status.as_u16() >= 200);
                Self::Http(status.ok_or_else(|| wrong("a status from 200 on, as in `http=500`"))?)
            }
            "redirect" => Self::Redirect,
            "other-id" => Self::OtherId,
            _ => return Err(InvalidRule(unknown("fault", name, Fault::FORMS))),
        };
        let takes_value = matches!(name, "delay" | "error" | "http");
        if !takes_value && text.contains('=') {
            return Err(wrong(&format!("`{name}` alone")));
        }
        Ok(fault)
    }
}

fn time(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit())?);
    let number = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        _ => None,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(time) => write!(f, "delay={}ms", time.as_millis()),
            Self::Drop => f.write_str("drop"),
            Self::Truncate => f.write_str("truncate"),
            Self::Format => f.write_str("format"),
            Self::Html => f.write_str("html"),
            Self::Error(code) => write!(f, "error={code}"),
            Self::Http(status) => write!(f, "http={}", status.as_u16()),
            Self::Redirect => f.write_str("redirect"),
            Self::OtherId => f.write_str("other-id"),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, operation, first, last } = self;
        write!(f, "{fault}")?;
        let every = *first == 1 && *last == u64::MAX;
        match operation {
            Some(operation) if every => return write!(f, "@{operation}"),
            Some(operation) => write!(f, "@{operation}:{first}")?,
            None if every => return Ok(()),
            None => write!(f, "@{first}")?,
        }
        match last {
            last if last == first => Ok(()),
            // Nobody can write this down, and a reader still sees what is meant.
            last if *last != u64::MAX => write!(f, "-{last}"),
            _ => f.write_str("+"),
        }
    }
}

/// The faults of a mock, which may change while it runs.
#[derive(Debug)]
pub struct Faults {
    vendor: &'static Vendor,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Each with the calls that it has seen.
    rules: Vec<(Rule, u64)>,
    calls: u64,
}

impl Faults {
    /// None yet, of a mock of this vendor.
    pub(super) fn new(vendor: &'static Vendor) -> Self {
        Self { vendor, state: Mutex::default() }
    }

    /// These from now on, and no others. Calls are counted anew.
    ///
    /// # Errors
    ///
    /// When a rule is about an operation or a code that the vendor does not have: then nothing changes.
    pub fn set<R: Into<Rule>>(&self, rules: impl IntoIterator<Item = R>) -> Result<(), InvalidRule> {
        let rules: Vec<(Rule, u64)> = rules.into_iter().map(|rule| (rule.into(), 0)).collect();
        rules.iter().try_for_each(|(rule, _)| self.check(rule))?;
        *self.state() = State { rules, calls: 0 };
        Ok(())
    }

    fn check(&self, rule: &Rule) -> Result<(), InvalidRule> {
        let Vendor { name, operations, errors, .. } = self.vendor;
        if let Some(operation) = &rule.operation
            && !operations.iter().any(|known| known.name == operation)
        {
            let known: Vec<&str> = operations.iter().map(|operation| operation.name).collect();
            let what = unknown(&format!("operation of {name}"), operation, &known);
            return Err(InvalidRule(format!("the fault `{rule}`: {what}")));
        }
        if let Fault::Error(code) = &rule.fault
            && !errors.is_empty()
            && !errors.contains(&code.as_str())
        {
            let what = unknown(&format!("error code of {name}"), code, errors);
            return Err(InvalidRule(format!("the fault `{rule}`: {what}")));
        }
        Ok(())
    }

    /// None any more. Calls are counted anew.
    pub fn clear(&self) {
        *self.state() = State::default();
    }

    /// How many calls have come since the faults were set, whatever became of them.
    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// The fault of the next call. The first rule takes precedence over the others; each counts the calls that it is about.
    pub(super) fn next(&self, operation: &str) -> Option<Fault> {
        let mut state = self.state();
        state.calls += 1;
        let mut found = None;
        for (rule, seen) in &mut state.rules {
            if rule.operation.as_ref().is_some_and(|one| one != operation) {
                continue;
            }
            *seen += 1;
            if found.is_none() && (rule.first..=rule.last).contains(seen) {
                found = Some(rule.fault.clone());
            }
        }
        found
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whatever a panic elsewhere left behind is a list of rules and some numbers.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
