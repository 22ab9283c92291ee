//! What a call was answered with, and how it is shown.

use http::{HeaderMap, StatusCode};
use wirewright::catalog::Vendor;
use wirewright_interpret::{Answer, Definition, OperationType, Shown, Visibility};

use crate::masked::Masked;

/// An answer and the response that it came in.
#[derive(Debug)]
pub struct Answered {
    /// The answer, typed as the definition says.
    pub answer: Answer,
    /// The response's status of HTTP.
    pub status: StatusCode,
    /// The response's headers.
    pub headers: HeaderMap,
    /// The response's body as it came, secrets and all.
    pub body: Vec<u8>,
}

impl Answered {
    /// The answer with all that came around it, to be written as JSON: names as in the vendor's JSON, whatever the format was; numbers
    /// with the digits that came; without secrets but those of the names in `exposed`. `None`: it is a picture, a page or a redirect,
    /// which has no members.
    pub fn shown(
        &self,
        definition: &Definition,
        operation: &OperationType,
        exposed: &[&str],
    ) -> Option<Shown> {
        match &self.answer {
            Answer::Enveloped(answer) => {
                let visibility = Visibility { secrets: definition.catalog().secrets, exposed };
                Some(definition.show_answer(operation, answer, visibility))
            }
            _ => None,
        }
    }
}

/// The status and headers of the response that an answer came in, in lines and without secrets, and an empty line.
pub fn shown_head(vendor: &'static Vendor, answered: &Answered) -> String {
    let masked = Masked::new(vendor);
    let lines = masked.header_lines(&answered.headers).map(|line| line + "\n");
    format!("HTTP {}\n{}\n", answered.status, lines.collect::<String>())
}
