//! An answer as text or bytes.

use serde_json::ser::{PrettyFormatter, Serializer};
use wirewright_interpret::{Answer, Definition, OperationType, Shown};

use super::{Answered, Failure};

/// What an answer is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Output {
    /// The answer in its envelope as JSON, in one line, whatever format it came in. Secrets are `[redacted]`.
    Json,
    /// The same in lines, for people.
    PrettyJson,
    /// The body of the response as it came, secrets and all.
    Raw,
    /// The values as they were read.
    Debug,
}

impl Output {
    /// The answer to a call of `operation`, with the end of its last line. A picture, a page or any other reply that is no envelope is
    /// its body, whatever is asked for. Secrets are shown whose names are in `exposed`.
    ///
    /// # Errors
    ///
    /// When the answer cannot be written as JSON.
    pub fn render(
        self,
        definition: &Definition,
        operation: &OperationType,
        answered: &Answered,
        exposed: &[&str],
    ) -> Result<Vec<u8>, Failure> {
        let Answer::Enveloped(answer) = &answered.answer else { return Ok(answered.body.clone()) };
        match self {
            Self::Raw => Ok(answered.body.clone()),
            Self::Debug => Ok(format!("{answer:#?}\n").into_bytes()),
            Self::Json | Self::PrettyJson => {
                let shown = answered.shown(definition, operation, exposed);
                shown.map_or(Ok(Vec::new()), |shown| self.json(&shown))
            }
        }
    }

    /// A value as JSON, with the end of its last line.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub fn json(self, shown: &Shown) -> Result<Vec<u8>, Failure> {
        let mut text = Vec::new();
        let written = if self == Self::PrettyJson {
            let formatter = PrettyFormatter::with_indent(b"  ");
            serde::Serialize::serialize(shown, &mut Serializer::with_formatter(&mut text, formatter))
        } else {
            serde_json::to_writer(&mut text, shown)
        };
        written.map_err(|error| Failure::other(format!("the answer cannot be written as JSON: {error}")))?;
        text.push(b'\n');
        Ok(text)
    }
}
