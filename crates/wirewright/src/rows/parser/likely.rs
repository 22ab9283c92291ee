//! Which elements are rows, of those that are called so. A stream has no second look: what a likelier candidate comes behind has
//! been handed out.

use super::{Parser, RowsError};
use crate::{
    DecodeErrorKind,
    codec::general::xml::read::parse_within,
    error::Fault,
    rows::{lex, namespaces::rank},
};

impl Parser {
    /// Whether the element at hand, which has the name of a row, is one by its namespace as well. `None`: the end of its tag has not
    /// come, and a namespace may be in what is missing.
    #[inline]
    pub(super) fn is_next_row(&mut self) -> Result<Option<bool>, RowsError> {
        let rank = if self.marks.is_plain_row_at(self.input.text().as_bytes(), self.input.at()) {
            self.plain_rank
        } else if let Some(rank) = self.rank_of_row()? {
            rank
        } else {
            return Ok(None);
        };
        match self.row_rank {
            Some(known) if rank > known => Ok(Some(false)),
            Some(known) if rank < known => Err(self.late()),
            _ => {
                self.row_rank = Some(rank);
                Ok(Some(true))
            }
        }
    }

    #[inline(never)]
    fn rank_of_row(&mut self) -> Result<Option<u8>, RowsError> {
        let rest = self.input.rest();
        let length = match lex::markup(rest) {
            Ok(Some((_, length))) => length,
            Ok(None) if !self.input.is_complete() => {
                self.wait(rest.len(), self.max_row).map_err(|error| error.in_row(self.number + 1))?;
                return Ok(None);
            }
            _ => rest.len(),
        };
        Ok(Some(rank(&self.bindings, &self.open, rest.get(..length).unwrap_or_default())))
    }

    #[cold]
    fn late(&mut self) -> RowsError {
        // What was taken for rows before has been handed out.
        let path = self.layout.rows.last().copied().unwrap_or_default().to_owned();
        let fault = Fault { offset: 0, path, kind: DecodeErrorKind::Duplicate };
        self.fault(fault).in_row(self.number + 1)
    }

    /// Goes behind an element that has the name of a row but is none. `false`: its end has not come.
    pub(super) fn skip_row(&mut self) -> Result<bool, RowsError> {
        let rest = self.input.rest();
        match lex::element(rest) {
            Ok(Some(length)) => {
                let limits = self.options.limits().with_max_depth(self.levels());
                let element = rest.get(..length).unwrap_or_default();
                let read = parse_within(element, limits, &self.bindings).map(drop);
                read.map_err(|fault| self.fault(fault))?;
                let end = self.input.at() + length;
                self.input.go_to(end);
                self.wanted = 0;
                Ok(true)
            }
            Ok(None) if !self.input.is_complete() => {
                self.wait(rest.len(), self.max_row)?;
                Ok(false)
            }
            Ok(None) => Err(self.fault(Fault::syntax(0, "the text ends before its elements do"))),
            Err(fault) => Err(self.fault(fault)),
        }
    }
}
