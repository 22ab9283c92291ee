//! A new definition, from answers to a few questions about the vendor's page.
//!
//! [`QUESTIONS`] has what there is to ask, for a terminal or for flags; the answers are [`Answers`], which can be filled in without
//! questions as well; [`definition`] makes the files of them. They have no fault, and comments where a person goes on.
//!
//! ```
//! use wirewright_codegen::new::{Answers, QUESTIONS, definition};
//!
//! let given = [
//!     ("vendor", "parcels"),
//!     ("endpoint", "https://api.parcels.example"),
//!     ("operation", "parcels/find"),
//!     ("parameter", "number required"),
//!     ("reply", "place"),
//! ];
//! let mut answers = Answers::default();
//! for question in QUESTIONS {
//!     if !question.is_asked(&answers) {
//!         continue;
//!     }
//!     let own: Vec<&str> = given.iter().filter(|(name, _)| *name == question.name).map(|(_, text)| *text).collect();
//!     let default = question.default(&answers);
//!     for text in if own.is_empty() { default.as_deref().into_iter().collect() } else { own } {
//!         question.answer(&mut answers, text)?;
//!     }
//! }
//! let files = definition(&answers)?;
//! let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
//! assert_eq!(names, ["protocol.toml", "parcels.toml"]);
//! wirewright_codegen::load_sources(&answers.vendor, files.into_iter().map(|file| (file.name, file.text)).collect())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
mod questions;
mod text;

use std::fmt;

pub use answers::{
    Answers, Envelope, InvalidAnswer, KnownError, Parameter, ReplyFormat, ReplyMember, RequestForm, ValueType,
};
pub use questions::{QUESTIONS, Question};

use crate::diagnostic::Faults;
use crate::load::load_sources;

/// A file of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFile {
    /// Its name, in the vendor's folder.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// Why there is no definition.
#[derive(Debug)]
#[non_exhaustive]
pub enum NewError {
    /// Answers that cannot be right, at least one.
    Answers(Vec<InvalidAnswer>),
    /// Answers each of which is right, and which do not go together: what the generator says to the definition that they make.
    Together(Faults),
}

impl fmt::Display for NewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers(answers) => {
                for (index, answer) in answers.iter().enumerate() {
                    let end = if index == 0 { "" } else { "\n" };
                    write!(f, "{end}{answer}")?;
                }
                Ok(())
            }
            Self::Together(faults) => {
                write!(f, "the answers do not go together; the definition would have a fault:\n\n{faults}")
            }
        }
    }
}

impl std::error::Error for NewError {}

/// The files of the definition that these answers make: `protocol.toml` and the operation's group.
///
/// The first line of each names its schema for editors, which is taken to be in the folder above
/// ([`schema::files`](crate::schema::files)).
///
/// # Errors
///
/// What is wrong with the answers. What is returned has no fault: [`load_sources`] takes it.
pub fn definition(answers: &Answers) -> Result<Vec<DefinitionFile>, NewError> {
    let invalid = answers.invalid();
    if !invalid.is_empty() {
        return Err(NewError::Answers(invalid));
    }
    let files = vec![
        DefinitionFile { name: crate::PROTOCOL.to_owned(), text: text::protocol(answers) },
        DefinitionFile { name: format!("{}.toml", answers.group()), text: text::group(answers) },
    ];
    let sources = files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    load_sources(&answers.vendor, sources).map_err(NewError::Together)?;
    Ok(files)
}
