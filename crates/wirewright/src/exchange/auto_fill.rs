//! What parameters are filled in with.

#[cfg(feature = "time")]
use jiff::{Timestamp, fmt::strtime, tz::TimeZone};

#[cfg(feature = "time")]
use crate::epoch::{Counted, Epoch};
use crate::{
    describe::protocol::{AutoFill, AutoFilled, Content, Operation},
    exchange::request_error::RequestError,
    transport::{
        clock_skew::ClockSkew,
        environment::{Environment, hex},
    },
};

/// What a parameter is filled in with.
pub(crate) enum AutoFilledValue {
    Number(i64),
    Text(String),
}

/// Works `filling` out. The server's clock is ahead of `environment`'s by `clock_skew`.
fn fill_in(
    filling: AutoFill,
    operation: &'static Operation,
    environment: &dyn Environment,
    clock_skew: ClockSkew,
) -> Result<AutoFilledValue, RequestError> {
    if filling == AutoFill::Nonce {
        let bytes = environment.random().ok_or(RequestError::NoRandomness { operation: operation.name })?;
        return Ok(AutoFilledValue::Text(hex(&bytes)));
    }
    let no_clock = RequestError::NoClock { operation: operation.name };
    let now = environment.now().and_then(|now| i64::try_from(now.as_millis()).ok());
    let Some(milliseconds) = now.and_then(|now| now.checked_add(clock_skew.as_millis())) else {
        return Err(no_clock);
    };
    Ok(match filling {
        AutoFill::Seconds => AutoFilledValue::Number(milliseconds.div_euclid(1000)),
        #[cfg(feature = "time")]
        AutoFill::DateTime(format) => AutoFilledValue::Text(formatted(format, milliseconds).ok_or(no_clock)?),
        #[cfg(feature = "time")]
        AutoFill::Epoch(epoch) => AutoFilledValue::Text(counted(epoch, milliseconds).ok_or(no_clock)?),
        AutoFill::Milliseconds | AutoFill::Nonce => AutoFilledValue::Number(milliseconds),
    })
}

#[cfg(feature = "time")]
fn formatted(format: &str, milliseconds: i64) -> Option<String> {
    let moment = Timestamp::from_millisecond(milliseconds).ok()?;
    strtime::format(format, &moment.to_zoned(TimeZone::UTC)).ok()
}

#[cfg(feature = "time")]
fn counted(epoch: Epoch, milliseconds: i64) -> Option<String> {
    Some(epoch.written(Counted::new(Timestamp::from_millisecond(milliseconds).ok()?)))
}

/// The milliseconds since 1970 that a clock's text tells.
#[cfg(feature = "server")]
pub(crate) fn told_by(filling: AutoFill, text: &str) -> Option<i64> {
    match filling {
        AutoFill::Seconds => text.parse::<i64>().ok()?.checked_mul(1000),
        AutoFill::Milliseconds => text.parse().ok(),
        #[cfg(feature = "time")]
        AutoFill::DateTime(format) => {
            let moment = strtime::parse(format, text).ok()?.to_datetime().ok()?;
            Some(moment.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
        }
        #[cfg(feature = "time")]
        AutoFill::Epoch(epoch) => Some(epoch.read(text)?.moment.as_millisecond()),
        AutoFill::Nonce => None,
    }
}

/// The text of a clock at a moment: so many milliseconds since 1970.
#[cfg(feature = "server")]
pub(crate) fn written_at(filling: AutoFill, milliseconds: i64) -> Option<String> {
    match filling {
        AutoFill::Seconds => Some(milliseconds.div_euclid(1000).to_string()),
        AutoFill::Milliseconds => Some(milliseconds.to_string()),
        #[cfg(feature = "time")]
        AutoFill::DateTime(format) => formatted(format, milliseconds),
        #[cfg(feature = "time")]
        AutoFill::Epoch(epoch) => counted(epoch, milliseconds),
        AutoFill::Nonce => None,
    }
}

/// What filling in needs.
#[derive(Clone, Copy)]
pub(crate) struct FillContext<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) environment: &'a dyn Environment,
    /// By how much the server's clock is ahead.
    pub(crate) clock_skew: ClockSkew,
}

impl FillContext<'_> {
    pub(crate) fn fill_in(self, filled: &AutoFilled) -> Result<AutoFilledValue, RequestError> {
        fill_in(filled.with, self.operation, self.environment, self.clock_skew)
    }

    /// Whether the operation's own members are parameters and nothing else.
    pub(crate) const fn plain(self) -> bool {
        matches!(self.operation.content, Content::Parameters)
            && self.operation.filled.is_empty()
            && self.operation.placed.is_empty()
    }
}
