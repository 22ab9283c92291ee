//! What parameters are filled in with.

use jiff::{Timestamp, fmt::strtime, tz::TimeZone};

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
        AutoFill::DateTime(format) => {
            let moment = Timestamp::from_millisecond(milliseconds).ok();
            let text =
                moment.and_then(|moment| strtime::format(format, &moment.to_zoned(TimeZone::UTC)).ok());
            AutoFilledValue::Text(text.ok_or(no_clock)?)
        }
        AutoFill::Milliseconds | AutoFill::Nonce => AutoFilledValue::Number(milliseconds),
    })
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
