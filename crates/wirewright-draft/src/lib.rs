//! A vendor's definition, drafted from samples of its requests and replies, and from its page.
//!
//! [`Inputs`] reads what a person has at hand: recordings (HAR), command lines of curl, raw HTTP, bare texts, pages. [`draft`] infers what a
//! definition says of them, runs the real checks over it, and tests it by its own samples. What is inferred says so: it has
//! `confidence = "low"`, and an `assumption` where there was a choice. Nothing is `required` because it was always there: a page
//! promises that, or a person.

mod answers;
mod assemble;
mod draft;
mod drift;
mod exchange;
mod fault;
mod infer;
mod input;
mod members;
mod names;
mod page;
mod printed;
mod questions;
mod recognise;
mod repair;
mod requests;
mod samples;
mod secrets;
mod shape;
mod tree;
mod types;
mod value;
mod view;
mod words;
mod written;

pub use self::{
    answers::{About, Answers, InvalidAnswers, Question, SessionAnswer},
    draft::{Draft, DraftError, Options, draft, redacted},
    drift::{Finding, FindingKind, drift},
    exchange::{Carried, Exchange, Parameter, Shown},
    fault::InputError,
    input::{Inputs, PageText},
    page::{Argument, Page, PageError, PageSample, SampleKind},
    printed::printed,
    recognise::{Recognised, recognise},
    samples::Contradiction,
    view::{Described, Scope, ShownMembers, ShownPath},
};
