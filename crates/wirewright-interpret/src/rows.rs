//! Replies whose rows are read one after the other.

use std::fmt;

use http::Response;
use wirewright::{
    Format, Limits,
    describe::Operation,
    described::{BeforeRows, EnvelopeKind, RowsReading},
    exchange::Error,
    rows::{AskedSeparators, CellType, ColumnKind, Headings, Layout, Lines, Parser},
};
use wirewright_codegen::model;

use crate::{
    definition::{Definition, OperationType},
    epoch::epoch,
    json::Shown,
    kind::{Kind, RecordType},
    leak,
    outcome::{Answer, Failure, Opened},
    value::DynamicRecord,
};

/// The rows of an operation's reply.
#[derive(Clone, Copy, Debug)]
pub struct RowsType {
    /// Where they are.
    pub layout: Layout,
    /// The type of a row that is a structure. `None`: it has cells, which the reply's headings describe.
    pub row: Option<&'static RecordType>,
}

/// What reads a reply around its rows.
pub struct DynamicRowsReading<'d> {
    definition: &'d Definition,
    operation: &'d OperationType,
    layout: Layout,
}

impl Definition {
    /// The rows of an operation's reply, where the definition says that it has some. Each call makes it anew, for the life of the program:
    /// ask once.
    pub fn rows(&self, operation: &OperationType) -> Option<RowsType> {
        let model = operation.model();
        let row =
            model.rows.as_ref().and_then(|rows| rows.row).and_then(|row| match self.types.named(row)? {
                Kind::Record(of) => Some(of),
                _ => None,
            });
        let layout = match (&model.rows, model.row_lines.as_deref().map(lines)) {
            (Some(rows), Some(lines)) => layout(rows).or_lines(lines),
            (Some(rows), None) => layout(rows),
            (None, Some(lines)) => Layout::lines(lines),
            (None, None) => return None,
        };
        Some(RowsType { layout, row })
    }

    /// What reads a reply of an operation around its rows, which are in this layout.
    pub fn read_rows<'d>(&'d self, operation: &'d OperationType, layout: Layout) -> DynamicRowsReading<'d> {
        DynamicRowsReading { definition: self, operation, layout }
    }
}

impl RowsReading for DynamicRowsReading<'_> {
    type Answer = Answer;
    type Failure = Failure;

    fn operation(&self) -> &'static Operation {
        self.operation.described()
    }

    fn layout(&self) -> Layout {
        self.layout
    }

    fn before_rows(&self, parser: &Parser) -> BeforeRows {
        let definition = self.definition;
        let unknown = BeforeRows::default();
        let Some(envelope) = definition.envelope(self.operation, EnvelopeKind::Failure) else {
            return unknown;
        };
        let mut record = DynamicRecord::empty(envelope.record());
        if parser.envelope_into(envelope.record().shape(), &mut record).is_err() {
            return unknown;
        }
        let values = envelope.take(&definition.envelope_members, record);
        let request_id = definition.echoed(&values).map(std::borrow::Cow::into_owned);
        BeforeRows {
            refused: matches!(definition.open(self.operation, values), Opened::Failure(_)),
            request_id,
        }
    }

    fn read_whole(&self, response: Response<Vec<u8>>, limits: &Limits) -> Result<Answer, Error<Failure>> {
        self.definition.read_reply(self.operation, response, Format::Xml, limits)
    }
}

impl fmt::Debug for DynamicRowsReading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DynamicRowsReading").field(&self.operation.described().name).finish()
    }
}

/// A column of rows that are structures, where they are written as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowColumn {
    /// The member's name in JSON.
    pub name: &'static str,
    /// What its values are.
    pub of: RowColumnType,
    /// All columns that are members, where this one is of what has no name of its own.
    named: Option<&'static [&'static str]>,
}

/// What the values of a column are once they are [shown](crate::show).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowColumnType {
    /// True or false.
    Boolean,
    /// Signed, 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Float,
    /// Anything else: as text, or as JSON where it has parts.
    Text,
}

impl RowColumn {
    /// The value of a row, if there is one.
    pub fn value(&self, row: &Shown) -> Option<Shown> {
        match self.named {
            None => row.member(self.name),
            Some(named) => row.without(named),
        }
    }
}

impl RecordType {
    /// Its columns: a column for each member, for those of flattened structures as well; and one, behind all others, for what has names that
    /// only the reply knows.
    pub fn columns(&self) -> Vec<RowColumn> {
        let (mut columns, mut rest) = (Vec::new(), None);
        self.add_columns(&mut columns, &mut rest);
        if let Some(name) = rest {
            let named = leak::list(columns.iter().map(|column| column.name));
            columns.push(RowColumn { name, of: RowColumnType::Text, named: Some(named) });
        }
        columns
    }

    fn add_columns(&self, columns: &mut Vec<RowColumn>, rest: &mut Option<&'static str>) {
        for (member, of) in self.shape().members().zip(self.members()) {
            let of = match of.kind {
                Kind::Optional(inner) => *inner,
                kind => kind,
            };
            let of = match of {
                Kind::Record(inner) if member.place().is_flat() => {
                    inner.add_columns(columns, rest);
                    continue;
                }
                _ if member.place().is_flat() => {
                    *rest = rest.or(Some(member.json()));
                    continue;
                }
                Kind::Boolean => RowColumnType::Boolean,
                Kind::Integer => RowColumnType::Integer,
                Kind::Number => RowColumnType::Float,
                // Secrets as well: they are masked.
                _ => RowColumnType::Text,
            };
            columns.push(RowColumn { name: member.json(), of, named: None });
        }
    }
}

fn path(path: &'static [String]) -> &'static [&'static str] {
    leak::list(path.iter().map(String::as_str))
}

fn lines(described: &'static model::RowLines) -> Lines {
    let model::RowLines { path: to, cells, lines, cells_by, lines_by } = described;
    let asks = !cells_by.is_empty() || !lines_by.is_empty();
    let asked = asks.then(|| AskedSeparators { cells: path(cells_by), lines: path(lines_by) });
    Lines { path: path(to), cells, lines, asked }
}

fn layout(rows: &'static model::Rows) -> Layout {
    let layout = match &rows.cell {
        Some(cell) => Layout::table(path(&rows.path), cell),
        None => Layout::records(path(&rows.path)),
    };
    let Some(headings) = &rows.headings else { return layout };
    let kinds = headings.kinds.iter().map(|cells| ColumnKind {
        kind: &cells.kind,
        format: cells.format.as_deref(),
        cells: match &cells.is {
            model::CellType::Integer => CellType::Integer,
            model::CellType::Number => CellType::Float,
            model::CellType::Text => CellType::Text,
            model::CellType::Date(formats) => CellType::Date(path(formats)),
            model::CellType::DateTime(formats) => CellType::DateTime(path(formats)),
            model::CellType::Epoch(counted) => CellType::Epoch(epoch(*counted)),
        },
    });
    layout.with_headings(Headings {
        path: path(&headings.path),
        name: &headings.name,
        kind: &headings.kind,
        format: &headings.format,
        kinds: leak::list(kinds),
    })
}
