//! Why a call from the shell failed.

use std::fmt;

use wirewright::describe::Class;

use super::table::Problem;

/// Why nothing was called, or what was called failed.
#[derive(Debug)]
pub struct Failure {
    text: String,
    /// What can be done about it, if it came of a call.
    pub(super) class: Option<Class>,
}

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), class: None }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { text: problem.to_string(), class: problem.class }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}
