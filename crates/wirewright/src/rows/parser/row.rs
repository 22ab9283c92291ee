//! One row: read as most are written, or as any may be.

use super::{Parser, Polled};
use crate::{
    DecodeError, DecodeErrorKind, Format, Limits,
    codec::{
        self, compact,
        general::xml::{
            read::{parse, parse_within},
            read_within,
        },
    },
    error::Fault,
    rows::{
        column::Column,
        error::RowsError,
        lex,
        sink::{self, QuickCells, RowFault, Sink, SlowCells},
    },
    tree::{Bindings, ItemKind, Tree},
};

/// Parses a row of cells. What is nothing, or a text, is none.
fn parse_cells<'r>(row: &'r str, limits: Limits, bindings: &'r Bindings) -> Result<Tree<'r>, Fault> {
    let tree = parse_within(row, limits, bindings)?;
    let item = tree.item(Tree::ROOT);
    let what = if item.kind == ItemKind::Null {
        "a value"
    } else if tree.is_text(Tree::ROOT) && !item.text.trim().is_empty() {
        "cells"
    } else {
        return Ok(tree);
    };
    let kind = DecodeErrorKind::Expected { what: what.into() };
    Err(Fault { offset: 0, path: item.name.to_string(), kind })
}

impl Parser {
    /// Reads the row that starts at the place at hand.
    pub(super) fn read_row(&mut self, sink: &mut Sink<'_>) -> Result<Polled<()>, RowsError> {
        if self.has_lines() {
            return Err(self.second());
        }
        if self.columns.is_none() {
            self.read_columns()?;
        }
        if matches!(sink, Sink::Ahead) {
            return Ok(Polled::Row(()));
        }
        self.prepare(sink)?;
        let start = self.input.at();
        if let Some(end) = self.quick_row(sink) {
            let row = self.input.text().get(start..end).unwrap_or_default();
            if !codec::may_exceed(Format::Xml, row, &self.options) {
                return self.took(start, end);
            }
            if let Sink::Record(_, filled) = sink {
                crate::wire::clear(filled.filled());
            }
        }
        let rest = self.input.rest();
        match lex::element(rest) {
            Ok(Some(length)) => {
                if length <= self.max_row {
                    self.slow_row(sink, start + length)?;
                }
                self.took(start, start + length)
            }
            Ok(None) if !self.input.is_complete() => {
                self.wait(rest.len(), self.max_row).map_err(|error| error.in_row(self.number + 1))?;
                Ok(Polled::Hungry)
            }
            Ok(None) if self.input.wrong().is_some() => {
                self.input.go_to(self.input.text().len());
                self.finish().map_err(|error| error.in_row(self.number + 1))?;
                Ok(Polled::End)
            }
            Ok(None) => {
                let fault = match parse(rest, self.options.limits()) {
                    Err(fault) => fault,
                    Ok(_) => Fault::syntax(rest.len(), "the text ends before its elements do"),
                };
                Err(self.fault(fault).in_row(self.number + 1))
            }
            Err(fault) => Err(self.fault(fault).in_row(self.number + 1)),
        }
    }

    fn took(&mut self, start: usize, end: usize) -> Result<Polled<()>, RowsError> {
        if end - start > self.max_row {
            let fault = Fault::limit(0, "bytes in a row", self.max_row);
            return Err(self.fault(fault).in_row(self.number + 1));
        }
        self.number += 1;
        self.row = Some((start, end));
        self.wanted = 0;
        self.input.go_to(end);
        Ok(Polled::Row(()))
    }

    /// Finds out, once a type, which member bears each column's name.
    fn prepare(&mut self, sink: &Sink<'_>) -> Result<(), RowsError> {
        let Sink::Record(shape, _) = sink else { return Ok(()) };
        if self.layout.cell.is_none()
            || self.map.as_ref().is_some_and(|(known, _)| std::ptr::eq(*known, *shape))
        {
            return Ok(());
        }
        let names: Vec<&str> = self.columns().iter().map(Column::name).collect();
        match sink::members(shape, &names, Format::Xml) {
            Ok(map) => self.map = Some((shape, map)),
            Err(fault) => return Err(self.row_fault(fault)),
        }
        Ok(())
    }

    fn map(&self) -> &[usize] {
        self.map.as_ref().map_or(&[], |(_, map)| map)
    }

    /// Levels that a row may have.
    pub(super) fn levels(&self) -> usize {
        self.options.limits().max_depth().saturating_sub(self.layout.rows.len())
    }

    /// Reads a row that is written as most are.
    #[inline]
    fn quick_row(&mut self, sink: &mut Sink<'_>) -> Option<usize> {
        let (at, returns) = (self.input.at(), self.input.returns());
        let input = self.input.text();
        match sink {
            Sink::Ahead => None,
            Sink::Cells => {
                self.layout.cell?;
                let end =
                    sink::quick_cells(input, at, returns, &self.marks, &mut self.spans, &mut self.unescaped)?;
                let columns = self.columns.as_ref().map_or(0, Vec::len);
                (columns == 0 || columns == self.spans.len()).then_some(end)
            }
            Sink::Record(_, filled) => {
                let fill = filled.filled();
                let read = if self.layout.cell.is_some() {
                    let map = self.map.as_ref().map_or(&[][..], |(_, map)| map);
                    let mut cells = QuickCells { input, at, returns, marks: &self.marks, map };
                    fill.decode_fields(&mut cells).map(|()| cells.at)
                } else {
                    compact::xml::read::read_element(input, at, self.levels(), returns, fill)
                };
                if read.is_err() {
                    crate::wire::clear(fill);
                }
                read.ok()
            }
        }
    }

    /// Reads any row, up to byte `end` of the input.
    fn slow_row(&mut self, sink: &mut Sink<'_>, end: usize) -> Result<(), RowsError> {
        let limits = self.options.limits().with_max_depth(self.levels()).with_max_bytes(Limits::MAX_BYTES);
        let row = self.input.text().get(self.input.at()..end).unwrap_or_default();
        let read = match (sink, self.layout.cell) {
            (Sink::Record(shape, filled), None) => {
                let options = self.options.clone().with_limits(limits);
                let result = read_within(row, &self.bindings, &options, shape, filled.filled());
                let Err(error) = result else { return Ok(()) };
                let offset = error.offset_in(row);
                return Err(self.record_error(error, offset));
            }
            (_, None) => {
                parse_within(row, limits, &self.bindings).map(|_| self.spans.clear()).map_err(RowFault::from)
            }
            (sink, Some(cell)) => match (parse_cells(row, limits, &self.bindings), sink) {
                (Err(fault), _) => Err(fault.into()),
                (Ok(tree), Sink::Cells | Sink::Ahead) => {
                    let columns = self.columns.as_ref().map_or(0, Vec::len);
                    sink::slow_cells(&tree, cell, &mut self.spans, &mut self.unescaped).and_then(|()| {
                        if columns == 0 || columns == self.spans.len() {
                            Ok(())
                        } else {
                            Err(sink::ragged(self.spans.len(), columns))
                        }
                    })
                }
                (Ok(tree), Sink::Record(_, filled)) => {
                    let mut cells = SlowCells { tree: &tree, cell, map: self.map(), fault: None };
                    let filled = filled.filled().decode_fields(&mut cells);
                    filled.map_err(|_| {
                        let fault = || Fault::syntax(0, "a row that its type cannot take").into();
                        cells.fault.unwrap_or_else(fault)
                    })
                }
            },
        };
        read.map_err(|fault| self.row_fault(fault))
    }

    /// An error in the row at hand, with its place there.
    #[cold]
    fn record_error(&mut self, error: DecodeError, offset: usize) -> RowsError {
        let start = self.input.position(self.input.at());
        let error = error.moved(start.line, start.column);
        RowsError::at(error, start.offset.saturating_add(offset as u64)).in_row(self.number + 1)
    }

    #[cold]
    fn row_fault(&mut self, fault: RowFault) -> RowsError {
        let column =
            fault.cell.and_then(|cell| self.columns().get(cell)).map(|column| column.name().to_owned());
        self.fault(fault.fault).in_row(self.number + 1).in_column(column)
    }
}
