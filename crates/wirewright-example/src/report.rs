//! The steps of a tour: what each one does, what is expected of it, and what it became.

use std::fmt::{Debug, Display};

use wirewright::exchange::{Error, ErrorCode as _, Failure};

use crate::transcript::Transcript;

/// Writes steps down and counts those that did not go as expected.
#[derive(Debug)]
pub struct Report {
    transcript: Transcript,
    steps: usize,
    unexpected: usize,
}

impl Report {
    /// A report without steps.
    pub const fn new(transcript: Transcript) -> Self {
        Self { transcript, steps: 0, unexpected: 0 }
    }

    /// Where the report is written to.
    pub const fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// How many outcomes were not as expected.
    pub const fn unexpected(&self) -> usize {
        self.unexpected
    }

    /// Starts a part of the tour.
    pub fn part(&self, title: &str) {
        self.transcript.line(format_args!("\n=== {title} ==="));
    }

    /// Starts a step.
    pub fn step(&mut self, title: &str) {
        self.steps += 1;
        self.transcript.line(format_args!("\n{}. {title}", self.steps));
    }

    /// The step is expected to give a value.
    pub fn answered<A: Debug, E: Display>(&mut self, outcome: &Result<A, E>) {
        self.holds(outcome, "an answer", Result::is_ok);
    }

    /// The step is expected to open a session, with an answer that said so.
    pub fn opened<A: Debug, E: Display>(&mut self, outcome: &Result<Option<&A>, E>) {
        match outcome {
            Ok(Some(answer)) => self.answered(&Ok::<_, &E>(answer)),
            Ok(None) => self.fault("there is no answer"),
            Err(error) => self.answered(&Err::<&A, _>(error)),
        }
    }

    /// The step is expected to give a value that `holds` is true of.
    pub fn holds<A: Debug, E: Display>(
        &mut self,
        outcome: &Result<A, E>,
        expected: &str,
        holds: impl FnOnce(&Result<A, E>) -> bool,
    ) {
        match outcome {
            Ok(value) => self.transcript.line(format_args!("  = {value:?}")),
            Err(error) => self.transcript.line(format_args!("  = error: {error}")),
        }
        self.judge(expected, holds(outcome));
    }

    /// The vendor is expected to refuse the step with this code.
    pub fn refused<A: Debug, F: Failure>(&mut self, outcome: &Result<A, &Error<F>>, code: &F::Code) {
        let expected =
            format!("the vendor's error {}, {code:?}: {}", code.as_wire().unwrap_or_default(), code.class());
        self.holds(outcome, &expected, |outcome| {
            matches!(outcome, Err(error) if error.code() == Some(code) && error.class() == code.class())
        });
    }

    /// Something else went wrong.
    pub fn fault(&mut self, fault: &str) {
        self.transcript.line(format_args!("  {fault}"));
        self.unexpected += 1;
    }

    /// Writes the last line.
    pub fn summary(&self) {
        let Self { steps, unexpected, .. } = self;
        self.transcript.line(format_args!("\n{steps} steps, {unexpected} outcomes not as expected"));
    }

    fn judge(&mut self, expected: &str, as_expected: bool) {
        if as_expected {
            self.transcript.line(format_args!("  as expected: {expected}"));
        } else {
            self.transcript.line(format_args!("  NOT AS EXPECTED: {expected}"));
            self.unexpected += 1;
        }
    }
}
