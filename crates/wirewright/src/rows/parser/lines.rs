//! Rows that are the lines of a text: it is taken from the document in pieces, and a line is a row once its end has come.

use std::borrow::Cow;

use super::{Parser, Polled};
use crate::{
    DecodeErrorKind, Format,
    error::Fault,
    rows::{
        cell::{Row, Span, SpanSource},
        column::Column,
        error::RowsError,
        lex::{self, Markup},
        line_reader::Place,
        sink::{self, RowFault, Sink, TextCells},
    },
    text::xml::{lines, local, unescape},
};

const CDATA: &str = "<![CDATA[";
const CDATA_END: &str = "]]>";
/// No reference that is expanded is longer.
const REFERENCE: usize = 32;
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Parser {
    /// Whether a text is being read whose lines are rows.
    pub(super) fn in_lines(&self) -> bool {
        self.lines.as_ref().is_some_and(|lines| lines.place != Place::Elsewhere)
    }

    /// Whether the element that has just been opened holds the lines.
    pub(super) fn open_lines(&mut self, rank: u8) -> Result<(), RowsError> {
        let Some(found) = &mut self.lines else { return Ok(()) };
        let names = self.open.iter().skip(1).map(|name| local(name));
        if !names.eq(found.layout.path.iter().copied()) || found.rank.is_some_and(|known| rank > known) {
            return Ok(());
        }
        if found.headed {
            return Err(self.second());
        }
        found.rank = Some(rank);
        found.place = Place::Text;
        found.whole = false;
        Ok(())
    }

    /// Whether rows have been read from it, or may be.
    pub(super) fn has_lines(&self) -> bool {
        self.lines.as_ref().is_some_and(|lines| lines.headed)
    }

    /// Rows in a second place: those of the first have been handed out.
    #[cold]
    pub(super) fn second(&mut self) -> RowsError {
        let path = self.lines.as_ref().map(|found| found.layout.path.join("/")).unwrap_or_default();
        self.fault(Fault { offset: 0, path, kind: DecodeErrorKind::Duplicate })
    }

    /// Goes on in the text. `None`: it has ended.
    pub(super) fn advance_lines(&mut self, sink: &mut Sink<'_>) -> Result<Option<Polled<()>>, RowsError> {
        loop {
            if let Some(polled) = self.next_of_lines(sink)? {
                return Ok(Some(polled));
            }
            let Some(found) = &mut self.lines else { return Ok(None) };
            if found.whole {
                found.place = Place::Elsewhere;
                return Ok(None);
            }
            let length = found.text.len() - found.at;
            if length > self.max_row {
                return Err(self.line_fault(Fault::limit(0, "bytes in a row", self.max_row).into()));
            }
            if !self.more_of_lines()? {
                return Ok(Some(Polled::Hungry));
            }
        }
    }

    /// The next line that is a row.
    fn next_of_lines(&mut self, sink: &mut Sink<'_>) -> Result<Option<Polled<()>>, RowsError> {
        loop {
            let Some(found) = &mut self.lines else { return Ok(None) };
            let Some(end) = found.next_line() else { return Ok(None) };
            if !found.headed {
                if self.number > 0 {
                    return Err(self.second());
                }
                // Columns that were described elsewhere are those of a table that has no rows.
                self.columns = Some(found.texts().map(|name| Column::named(&name)).collect());
                found.headed = true;
                found.at = end;
                continue;
            }
            let columns = self.columns.as_deref().unwrap_or_default();
            // A line with nothing in it is a row of a table of one column only.
            if found.is_blank() && columns.len() > 1 {
                found.at = end;
                continue;
            }
            if matches!(sink, Sink::Ahead) {
                return Ok(Some(Polled::Row(())));
            }
            if end - found.at > self.max_row {
                return Err(self.line_fault(Fault::limit(0, "bytes in a row", self.max_row).into()));
            }
            if found.cuts.len() != columns.len() {
                let ragged = sink::ragged(found.cuts.len(), columns.len());
                return Err(self.line_fault(ragged));
            }
            self.read_line(sink).map_err(|fault| self.line_fault(fault))?;
            self.number += 1;
            if let Some(found) = &mut self.lines {
                found.row = Some(found.at);
                found.at = end;
            }
            return Ok(Some(Polled::Row(())));
        }
    }

    fn read_line(&mut self, sink: &mut Sink<'_>) -> Result<(), RowFault> {
        let Some(found) = &self.lines else { return Ok(()) };
        match sink {
            Sink::Ahead => {}
            Sink::Cells => {
                self.spans.clear();
                self.unescaped.clear();
                for cut in &found.cuts {
                    let Cow::Owned(text) = cut.text(&found.text) else {
                        self.spans.push(Span { start: cut.start, end: cut.end, place: SpanSource::Input });
                        continue;
                    };
                    let start = self.unescaped.len();
                    self.unescaped.push_str(&text);
                    let end = self.unescaped.len();
                    self.spans.push(Span { start, end, place: SpanSource::Unescaped });
                }
            }
            Sink::Record(shape, filled) => {
                let known = self.map.as_ref().is_some_and(|(known, _)| std::ptr::eq(*known, *shape));
                if !known {
                    let columns = self.columns.as_deref().unwrap_or_default();
                    let names: Vec<&str> = columns.iter().map(Column::name).collect();
                    // Any text can be a name in JSON, and a heading.
                    self.map = Some((shape, sink::members(shape, &names, Format::Json)?));
                }
                let map = self.map.as_ref().map_or(&[][..], |(_, map)| map);
                let mut cells = TextCells { cells: &mut found.texts(), map, fault: None };
                if filled.filled().decode_fields(&mut cells).is_err() {
                    let other = || Fault::syntax(0, "a row that its type cannot take").into();
                    return Err(cells.fault.unwrap_or_else(other));
                }
            }
        }
        Ok(())
    }

    /// The line that has been handed out.
    pub(super) fn line_row(&self) -> Option<Row<'_>> {
        let found = self.lines.as_ref()?;
        let start = found.row?;
        let (piece, position) = found.piece(start);
        let input = found.text.as_str();
        // The place is counted from the start of the piece, and the spans from that of the text.
        Some(Row {
            number: self.number,
            columns: self.columns(),
            spans: &self.spans,
            input,
            unescaped: &self.unescaped,
            start,
            end: found.at,
            base: piece,
            position,
        })
    }

    /// Takes a piece of the text from what has been fed. `false`: more has to be.
    fn more_of_lines(&mut self) -> Result<bool, RowsError> {
        let complete = self.input.is_complete();
        let rest = self.input.rest();
        let Some(found) = &mut self.lines else { return Ok(true) };
        found.row = None;
        found.forget();
        if found.place == Place::CData {
            let end = rest.find(CDATA_END);
            let length = end.unwrap_or_else(|| settled_data(rest));
            if end.is_some() {
                found.place = Place::Text;
            }
            self.take_text(length, |piece| Ok(lines(piece)))?;
            if end.is_some() {
                self.skip(CDATA_END.len());
            } else if length == 0 && complete {
                return self.finish().map(|()| true);
            }
            return Ok(end.is_some() || length > 0);
        }
        if rest.starts_with(CDATA) {
            found.place = Place::CData;
            self.skip(CDATA.len());
            return Ok(true);
        }
        if rest.is_empty() || (CDATA.starts_with(rest) && !complete) {
            return if complete { self.finish().map(|()| true) } else { Ok(false) };
        }
        if !rest.starts_with('<') {
            let length = rest.find('<').unwrap_or_else(|| if complete { rest.len() } else { settled(rest) });
            self.take_text(length, |piece| unescape(piece, 0, false))?;
            return Ok(length > 0);
        }
        match lex::markup(rest) {
            // It is taken as any end tag is, once the last lines have been.
            Ok(Some((Markup::End, _))) => found.whole = true,
            Ok(Some((Markup::Start | Markup::Empty, _))) => {
                let kind = DecodeErrorKind::Expected { what: "text, whose lines are rows".into() };
                let path = found.layout.path.join("/");
                return Err(self.fault(Fault { offset: 0, path, kind }));
            }
            Ok(Some((_, length))) => self.keep(length)?,
            Ok(None) if !complete => {
                self.wait(rest.len(), self.options.limits().max_bytes())?;
                return Ok(false);
            }
            Ok(None) | Err(_) => {
                self.keep(self.input.rest().len())?;
                return Err(self.broken());
            }
        }
        Ok(true)
    }

    /// Takes so many bytes of text that are at the place at hand. They are taken apart where the document has them otherwise than
    /// it means them, so that places are told as they are there.
    fn take_text(
        &mut self,
        length: usize,
        meant: impl Fn(&str) -> Result<Cow<'_, str>, Fault>,
    ) -> Result<(), RowsError> {
        let end = self.input.at() + length;
        while self.input.at() < end {
            let at = self.input.at();
            let position = self.input.position(at);
            let rest = self.input.text().get(at..end).unwrap_or_default();
            let length = match rest.bytes().position(|byte| matches!(byte, b'&' | b'\r')) {
                Some(0) if rest.starts_with("\r\n") => 2,
                Some(0) if rest.starts_with('&') => rest.find(';').map_or(rest.len(), |at| at + 1),
                Some(0) => 1,
                Some(length) => length,
                None => rest.len(),
            };
            let text = match meant(rest.get(..length).unwrap_or_default()) {
                Ok(text) => text,
                Err(fault) => return Err(self.fault(fault)),
            };
            if let Some(found) = &mut self.lines {
                let first = !found.headed && found.text.is_empty();
                let text = if first { text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text) } else { &text };
                found.push(text, position);
            }
            self.skip(length);
        }
        Ok(())
    }

    /// Goes behind so many bytes, which are no part of the outline.
    fn skip(&mut self, length: usize) {
        self.wanted = 0;
        let at = self.input.at() + length;
        self.input.go_to(at);
    }

    /// An error in the line at hand.
    #[cold]
    fn line_fault(&mut self, fault: RowFault) -> RowsError {
        let column = fault.cell.and_then(|cell| self.columns().get(cell));
        let column = column.map(|column| column.name().to_owned());
        let position = self.lines.as_ref().map(|found| found.position(found.at));
        let position = position.unwrap_or_else(|| self.input.base());
        RowsError::of(fault.fault, "", position).in_row(self.number + 1).in_column(column)
    }
}

/// How much of a text means the same whatever follows: no reference is cut, nor the end of a line.
fn settled(text: &str) -> usize {
    let text = text.strip_suffix('\r').unwrap_or(text);
    let is_cut = |at: &usize| {
        let rest = text.get(*at..).unwrap_or_default();
        rest.len() <= REFERENCE && !rest.contains(';')
    };
    text.rfind('&').filter(is_cut).unwrap_or(text.len())
}

/// The same in CDATA, whose end may be cut.
fn settled_data(text: &str) -> usize {
    let before = text.strip_suffix(']').map(|text| text.strip_suffix(']').unwrap_or(text));
    before.unwrap_or_else(|| text.strip_suffix('\r').unwrap_or(text)).len()
}
