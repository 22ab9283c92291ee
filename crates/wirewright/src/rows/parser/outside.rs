//! What is outside the rows: it is kept as text, which the ordinary codec reads, and leads to where the rows are.

use super::{Parser, RowsError};
use crate::{
    DecodeErrorKind, Format,
    codec::general::xml::read::parse,
    error::Fault,
    rows::{column::columns, lex::Markup, namespaces},
    text::xml::{declaration, local},
};

impl Parser {
    /// Takes markup outside the rows.
    pub(super) fn take(&mut self, markup: Markup, length: usize) -> Result<(), RowsError> {
        self.in_text = false;
        match markup {
            Markup::Start | Markup::Empty => {
                let name = self.tag_name(length).to_owned();
                let at_path = self.on_path == self.open.len();
                let wanted = self.on_path.checked_sub(1).and_then(|below| self.layout.rows.get(below));
                let above_rows = self.on_path < self.layout.rows.len();
                let tag = self.input.rest().get(..length).unwrap_or_default();
                let is_root = self.open.is_empty();
                let rank = if is_root { 0 } else { namespaces::rank(&self.bindings, &self.open, tag) };
                let known = self.ranks.get(self.on_path).copied();
                // Another namespace is another name, unless no likelier element is there.
                let likely = known.is_none_or(|known| rank <= known);
                if at_path && above_rows && likely && wanted.is_none_or(|wanted| local(&name) == *wanted) {
                    if self.reached > self.on_path {
                        return Err(if self.on_path == 0 {
                            self.keep(length)?;
                            self.broken()
                        } else {
                            // The last of two would count, whose rows may have been read by now.
                            let fault = Fault { offset: 0, path: name, kind: DecodeErrorKind::Duplicate };
                            self.fault(fault)
                        });
                    }
                    self.reached += 1;
                    self.ranks.push(rank);
                    if markup == Markup::Start {
                        self.on_path += 1;
                    }
                }
                if markup == Markup::Start {
                    let declared = namespaces::declared(self.input.rest().get(..length).unwrap_or_default());
                    self.bound_before.push(self.bindings.len());
                    self.bindings.extend(declared);
                    self.open.push(name);
                    self.plain_rank = namespaces::rank(&self.bindings, &self.open, "<_>");
                    self.open_lines(rank)?;
                }
            }
            Markup::End => {
                if self.open.last().is_none_or(|open| open != self.tag_name(length)) {
                    self.keep(length)?;
                    return Err(self.broken());
                }
                if self.among_rows() {
                    self.read_columns()?;
                }
                self.open.pop();
                self.bindings.truncate(self.bound_before.pop().unwrap_or(0));
                self.plain_rank = namespaces::rank(&self.bindings, &self.open, "<_>");
                self.on_path = self.on_path.min(self.open.len());
            }
            Markup::Comment if self.among_rows() && self.is_plain_comment() => {
                let at = self.input.at() + length;
                self.input.go_to(at);
                self.wanted = 0;
                return Ok(());
            }
            Markup::Other => {
                let piece = self.input.rest().get(..length).unwrap_or_default();
                let behind = piece.strip_prefix("<?xml").unwrap_or_default();
                if self.outline.text().is_empty() && behind.starts_with([' ', '\t', '\n', '\r', '?']) {
                    // What is wrong in the declaration is told before any row.
                    declaration(piece, 0).map_err(|fault| self.fault(fault))?;
                }
            }
            Markup::Comment => {}
        }
        self.keep(length)
    }

    /// A comment that starts with `>` or `->` may be read in two ways.
    fn is_plain_comment(&self) -> bool {
        !self.input.rest().get(4..).unwrap_or_default().starts_with(['>', '-'])
    }

    /// Keeps so many bytes as a part of the outline.
    pub(super) fn keep(&mut self, length: usize) -> Result<(), RowsError> {
        self.wanted = 0;
        let at = self.input.at();
        let offset = self.input.base().offset + at as u64;
        let position = if self.outline.is_cut(offset) { Some(self.input.position(at)) } else { None };
        let piece = self.input.text().get(at..at + length).unwrap_or_default();
        self.outline.push(piece, position);
        let limit = self.options.limits().max_bytes();
        if self.outline.size() > limit {
            return Err(self.fault(Fault::limit(0, "bytes outside the rows", limit)));
        }
        self.input.go_to(at + length);
        Ok(())
    }

    /// A fault at the place at hand.
    #[cold]
    pub(super) fn fault(&mut self, fault: Fault) -> RowsError {
        let position = self.input.position(self.input.at());
        RowsError::of(fault, self.input.rest(), position)
    }

    /// What is wrong in the outline.
    #[cold]
    pub(super) fn broken(&mut self) -> RowsError {
        let fault = match parse(self.outline.text(), self.options.limits()) {
            Err(fault) => fault,
            // It must be wrong, since it has been met here: an end tag or an end that does not fit.
            Ok(_) => Fault::syntax(self.outline.text().len(), "malformed XML"),
        };
        self.outline_fault(fault)
    }

    #[cold]
    fn outline_fault(&self, fault: Fault) -> RowsError {
        let position = self.outline.position(fault.offset.min(self.outline.text().len()));
        let error = fault.into_error(Format::Xml, self.outline.text());
        RowsError::at(error.placed(position.line, position.column), position.offset)
    }

    pub(super) fn finish(&mut self) -> Result<(), RowsError> {
        if let Some(kind) = self.input.wrong().cloned() {
            return Err(self.fault(Fault { offset: 0, path: String::new(), kind }));
        }
        parse(self.outline.text(), self.options.limits())
            .map(drop)
            .map_err(|fault| self.outline_fault(fault))?;
        self.read_columns()?;
        self.ended = true;
        Ok(())
    }

    /// Reads the headings, once.
    pub(super) fn read_columns(&mut self) -> Result<(), RowsError> {
        if self.columns.is_some() {
            return Ok(());
        }
        let mut found = Vec::new();
        if let Some(headings) = &self.layout.headings {
            let text = self.closed_outline();
            let tree = parse(&text, self.options.limits()).map_err(|fault| self.outline_fault(fault))?;
            found = columns(&tree, headings);
        }
        self.columns = Some(found);
        Ok(())
    }
}
