//! Why a request is refused before it is handled.

use crate::{
    describe::class::ServerCondition,
    exchange::typed::{ErrorCode as _, Failure},
    text::OneLine,
};

/// Why a request is refused before it is handled.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// What happened.
    pub condition: ServerCondition,
    /// The parameter at fault, if one is.
    pub parameter: Option<String>,
    /// What was found and what would have been taken, in words, where the condition alone does not tell.
    pub detail: Option<String>,
}

impl Rejection {
    /// A refusal without a parameter at fault.
    pub const fn new(condition: ServerCondition) -> Self {
        Self { condition, parameter: None, detail: None }
    }

    pub(crate) fn parameter(condition: ServerCondition, parameter: &str) -> Self {
        Self { condition, parameter: Some(parameter.to_owned()), detail: None }
    }

    /// What a vendor may have an error for that tells of it, the nearest first: one that tells the caller to correct the call is
    /// nearer than one that blames the server.
    #[doc(hidden)]
    pub const fn nearest(&self) -> [ServerCondition; 5] {
        [
            self.condition,
            ServerCondition::ParameterInvalid,
            ServerCondition::ParameterMissing,
            ServerCondition::OperationUnknown,
            ServerCondition::Internal,
        ]
    }

    /// The vendor's failure for it. A vendor without an error for the condition gets the nearest that it has, one that tells
    /// the caller to correct the call before one that blames the server.
    pub fn failure<F: Failure>(&self) -> F {
        let code =
            self.nearest().into_iter().find_map(F::Code::on).unwrap_or_else(|| F::Code::from_wire("400"));
        let mut failure = F::refused(code, self.parameter.as_deref());
        if F::Code::on(self.condition).is_none() {
            // The code stands for something else, and so do its words.
            failure.explain(self.what());
        }
        failure
    }

    /// What happened, in words.
    #[doc(hidden)]
    pub fn what(&self) -> String {
        let mut what = self.condition.to_string();
        for more in [&self.parameter, &self.detail].into_iter().flatten() {
            what.push_str(": ");
            what.push_str(&OneLine(more).to_string());
        }
        what
    }
}

/// Most have no detail, which is left out then.
impl std::fmt::Debug for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Rejection");
        shown.field("condition", &self.condition).field("parameter", &self.parameter);
        if let Some(detail) = &self.detail {
            shown.field("detail", detail);
        }
        shown.finish()
    }
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the request is refused: {}", self.condition)?;
        self.parameter.as_ref().map_or(Ok(()), |parameter| write!(f, " ({})", OneLine(parameter)))?;
        self.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {}", OneLine(detail)))
    }
}

impl std::error::Error for Rejection {}
