//! Replies that are pages of a whole, one after the other.

use std::{fmt, ops::ControlFlow};

use wirewright::described::{DescribedPagination, blocking::next_item_with};
use wirewright_interpret::{Answer, PageRequest, Session};

use super::{Answered, Caller, Failure, Planned};

/// Where pages go, and how many there may be.
pub struct Pages<'p> {
    /// How many pages are asked for; `None`: all that there are, which may be without end.
    pub most: Option<u64>,
    /// Takes each page when it comes, and says whether the next one is wanted.
    pub each: &'p mut (dyn FnMut(&Answered) -> Result<ControlFlow<()>, Failure> + Send),
}

impl fmt::Debug for Pages<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("most", &self.most).finish_non_exhaustive()
    }
}

impl Caller<'_, '_> {
    /// Makes calls page by page. Where the answer that opened the session tells where the first one goes, it goes there.
    pub(super) fn send_for_pages(
        &self,
        planned: &Planned<'_>,
        session: Option<&Session>,
        opened: Option<&Answer>,
        Pages { most, each }: Pages<'_>,
    ) -> Result<Answered, Failure> {
        let (definition, operation) = (self.definition, planned.operation);
        let name = operation.described().name;
        let Some(reading) = definition.pages(operation) else {
            return Err(Failure::usage(format!("the reply of {name} is no page")));
        };
        self.with_request(planned, session, &self.call.document, |request, context| {
            let first = PageRequest::from(request.clone());
            let told =
                opened.map(|opened| definition.first_page(operation, &first, opened)).unwrap_or_default();
            let mut pagination =
                DescribedPagination::new(reading, first).at(told.url, told.wait).held_for(told.held);
            let (mut count, mut last) = (0, None);
            while most.is_none_or(|most| count < most)
                && let Some(answer) = next_item_with(self.transport, &mut pagination, context)
            {
                let answered = self.answered(answer?);
                count += 1;
                let wanted = each(&answered)?;
                last = Some(answered);
                if wanted.is_break() {
                    break;
                }
            }
            last.ok_or_else(|| Failure::other(format!("{name} gave no page")))
        })
    }
}
