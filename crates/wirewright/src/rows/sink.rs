//! What a row is read into.

use std::borrow::Cow;

use super::{
    cell::{Span, SpanSource},
    marks::Marks,
};
use crate::{
    DecodeErrorKind, Format,
    codec::compact,
    error::Fault,
    scalar,
    text::{
        scan::{self, XmlText},
        xml::unescape,
    },
    tree::{Id, ItemKind, Tree},
    wire::{Aborted, Decoder, Details, Document, Expected, Fill, Member, Shape, Slot, TextRef},
};

/// What a row is read into.
pub(super) enum Sink<'s> {
    /// Nothing: it stays where it is.
    Ahead,
    /// The places of its cells.
    Cells,
    /// A structure: each cell is the member that bears its column's name, or the row is a structure itself.
    Record(&'static Shape, &'s mut dyn Filled),
}

/// A structure that borrows nothing, and so takes a row of any lifetime.
pub(super) trait Filled {
    fn filled<'s, 'de>(&'s mut self) -> &'s mut (dyn Fill<'de> + 's);
}

impl<T: for<'de> Fill<'de>> Filled for T {
    fn filled<'s, 'de>(&'s mut self) -> &'s mut (dyn Fill<'de> + 's) {
        self
    }
}

/// A structure that is known by its description.
pub(super) struct Described<'s>(pub(super) &'s mut dyn for<'de> Fill<'de>);

impl<'de> Fill<'de> for Described<'_> {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        self.0.decode_fields(decoder)
    }
}

/// No member bears the name of the column.
pub(super) const UNUSED: usize = usize::MAX;

/// What went wrong in a row: the fault, with its place in the row, and the number of the cell.
pub(super) struct RowFault {
    pub(super) fault: Fault,
    pub(super) cell: Option<usize>,
}

impl From<Fault> for RowFault {
    fn from(fault: Fault) -> Self {
        Self { fault, cell: None }
    }
}

/// Where a plain text that starts at `start` ends, and whether something in it has to be unescaped.
#[inline]
fn content(bytes: &[u8], start: usize) -> (usize, bool) {
    let end = scan::find::<XmlText>(bytes, start);
    if bytes.get(end) == Some(&b'&') {
        let more = bytes.get(end..).unwrap_or_default().iter().position(|byte| *byte == b'<');
        return (more.map_or(bytes.len(), |more| end + more), true);
    }
    (end, false)
}

/// The text between two places of the input, unescaped.
#[inline]
fn text(input: &str, start: usize, end: usize, escaped: bool, returns: bool) -> Option<Cow<'_, str>> {
    let raw = input.get(start..end)?;
    if escaped || (returns && raw.contains('\r')) {
        return unescape(raw, 0, false).ok();
    }
    Some(Cow::Borrowed(raw))
}

/// Finds the cells of a usual row. `None` leaves it to [`slow_cells`].
pub(super) fn quick_cells(
    input: &str,
    at: usize,
    returns: bool,
    marks: &Marks,
    spans: &mut Vec<Span>,
    unescaped: &mut String,
) -> Option<usize> {
    spans.clear();
    unescaped.clear();
    let bytes = input.as_bytes();
    let (_, end) = marks.cells(bytes, at, |_, start| {
        let Some(start) = start else {
            spans.push(Span { start: at, end: at, place: SpanSource::Input });
            return Some(at);
        };
        let (end, escaped) = content(bytes, start);
        // What stands for itself, as most does, is not made a text first.
        if !escaped && !returns {
            spans.push(Span { start, end, place: SpanSource::Input });
            return Some(end);
        }
        match text(input, start, end, escaped, returns)? {
            Cow::Borrowed(_) => spans.push(Span { start, end, place: SpanSource::Input }),
            Cow::Owned(text) => {
                let start = unescaped.len();
                unescaped.push_str(&text);
                spans.push(Span { start, end: unescaped.len(), place: SpanSource::Unescaped });
            }
        }
        Some(end)
    })?;
    Some(end)
}

/// Finds the cells of any row.
pub(super) fn slow_cells(
    tree: &Tree<'_>,
    cell: &str,
    spans: &mut Vec<Span>,
    unescaped: &mut String,
) -> Result<(), RowFault> {
    spans.clear();
    unescaped.clear();
    for (index, id) in cells(tree, cell).enumerate() {
        let start = unescaped.len();
        unescaped.push_str(&cell_text(tree, id, index)?);
        spans.push(Span { start, end: unescaped.len(), place: SpanSource::Unescaped });
    }
    Ok(())
}

fn cells(tree: &Tree<'_>, cell: &str) -> impl Iterator<Item = Id> {
    tree.candidates(Tree::ROOT).filter(move |id| tree.item(*id).name == cell)
}

fn cell_text<'t, 'de>(tree: &'t Tree<'de>, id: Id, index: usize) -> Result<TextRef<'t, 'de>, RowFault> {
    if tree.is_text(id) {
        Ok(tree.item(id).text)
    } else if tree.item(id).kind == ItemKind::Null {
        Ok(TextRef::Source(""))
    } else {
        Err(unfit(tree, id, index, Expected::new("text")))
    }
}

fn unfit(tree: &Tree<'_>, id: Id, index: usize, expected: Expected) -> RowFault {
    failed(tree, id, index, DecodeErrorKind::Expected { what: expected.0 })
}

fn failed(tree: &Tree<'_>, id: Id, index: usize, kind: DecodeErrorKind) -> RowFault {
    let fault = Fault { offset: tree.item(id).start, path: std::format!("cell[{index}]"), kind };
    RowFault { fault, cell: Some(index) }
}

/// A row that has not as many cells as there are columns would shift its values.
pub(super) fn ragged(count: usize, columns: usize) -> RowFault {
    let what = std::format!("{columns} cells, one for each column, and not {count}").into();
    Fault { offset: 0, path: String::new(), kind: DecodeErrorKind::Expected { what } }.into()
}

/// Which member of a shape bears each column's name, as it is called in a format.
pub(super) fn members(
    shape: &'static Shape,
    columns: &[&str],
    format: Format,
) -> Result<Vec<usize>, RowFault> {
    let mut map = Vec::with_capacity(columns.len());
    map.resize(columns.len(), UNUSED);
    for (index, member) in shape.members().enumerate() {
        let name = member.name(format);
        // Of several columns of one name the last one counts, as with any member.
        if let Some(column) = columns.iter().rposition(|column| *column == name) {
            map[column] = index;
        } else if is_needed(member) {
            let what = std::format!("a column named `{name}`, as the row's type requires").into();
            let kind = DecodeErrorKind::Expected { what };
            return Err(Fault { offset: 0, path: String::new(), kind }.into());
        }
    }
    Ok(map)
}

/// Whether a member must have a value. A boolean that is false when it is left out need not, nor a list that an empty cell says
/// to be empty.
fn is_needed(member: Member) -> bool {
    let list = member.list();
    member.required()
        && member.boolean().is_none_or(|spelling| spelling.no.is_some())
        && (list.filled || !list.always)
}

/// Fills members from the cells of a usual row.
pub(super) struct QuickCells<'c, 'de> {
    pub(super) input: &'de str,
    pub(super) at: usize,
    pub(super) returns: bool,
    pub(super) marks: &'c Marks,
    pub(super) map: &'c [usize],
}

impl<'de> Decoder<'de> for QuickCells<'_, 'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        let (input, bytes) = (self.input, self.input.as_bytes());
        let row = self.marks.cells(bytes, self.at, |index, start| {
            let member = *self.map.get(index)?;
            let empty = start.is_none_or(|start| bytes.get(start) == Some(&b'<'));
            if empty {
                if member != UNUSED && is_needed(shape.member(member)) {
                    return None;
                }
                return Some(start.unwrap_or(self.at));
            }
            let start = start?;
            let Some(slot) = slots.get_mut(member) else {
                let (end, escaped) = content(bytes, start);
                // What is wrong is wrong in a cell that nobody asks for, too.
                text(input, start, end, escaped, false)?;
                return Some(end);
            };
            self.fill(slot, start, shape.members.get(member)?.details())
        });
        let (count, end) = row.ok_or(Aborted)?;
        if count != self.map.len() {
            return Err(Aborted);
        }
        self.at = end;
        Ok(())
    }
}

impl<'de> QuickCells<'_, 'de> {
    /// Fills a slot from the cell whose content starts at `start`, and says where that ends.
    #[inline]
    fn fill(&self, slot: &mut Slot<'_, 'de>, start: usize, details: &Details) -> Option<usize> {
        if let Slot::Option(lazy) = slot {
            return self.fill_lazy(&mut lazy.some(), start, details);
        }
        let bytes = self.input.as_bytes();
        if scalar::takes_numbers(details.absent)
            && let Some(end) = compact::number::read(slot, bytes, start)
            && self.marks.close.is_at(bytes, end)
        {
            return Some(end);
        }
        let (end, escaped) = content(bytes, start);
        if let Slot::Str(place) = slot
            && details.absent.is_empty()
            && !escaped
            && !self.returns
        {
            **place = String::from(self.input.get(start..end)?);
            return Some(end);
        }
        let text = text(self.input, start, end, escaped, self.returns)?;
        // A text that means that the cell is empty is left to `SlowCells`.
        compact::text::fill(slot, text, details).ok().filter(|there| *there)?;
        Some(end)
    }

    #[inline(never)]
    fn fill_lazy(&self, slot: &mut Slot<'_, 'de>, start: usize, details: &Details) -> Option<usize> {
        self.fill(slot, start, details)
    }
}

/// Fills members from the cells of any row.
pub(super) struct SlowCells<'c, 'de> {
    pub(super) tree: &'c Tree<'de>,
    pub(super) cell: &'c str,
    pub(super) map: &'c [usize],
    pub(super) fault: Option<RowFault>,
}

impl<'de> Decoder<'de> for SlowCells<'_, 'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        self.read(shape, slots).map_err(|fault| {
            self.fault = Some(fault);
            Aborted
        })
    }
}

impl<'de> SlowCells<'_, 'de> {
    fn read(&self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), RowFault> {
        let tree = self.tree;
        let mut count = 0;
        for (index, id) in cells(tree, self.cell).enumerate() {
            count += 1;
            let text = cell_text(tree, id, index)?;
            let member = self.map.get(index).copied().unwrap_or(UNUSED);
            let Some(slot) = slots.get_mut(member) else { continue };
            if text.is_empty() || is_absent(slot, &text, shape.member(member)) {
                if is_needed(shape.member(member)) {
                    return Err(failed(tree, id, index, DecodeErrorKind::Missing));
                }
                continue;
            }
            set(slot, text, shape.member(member)).map_err(|expected| unfit(tree, id, index, expected))?;
        }
        if count == self.map.len() { Ok(()) } else { Err(ragged(count, self.map.len())) }
    }
}

/// Fills members from the texts of cells.
pub(super) struct TextCells<'c, 'de> {
    pub(super) cells: &'c mut dyn Iterator<Item = Cow<'de, str>>,
    pub(super) map: &'c [usize],
    pub(super) fault: Option<RowFault>,
}

impl<'de> Decoder<'de> for TextCells<'_, 'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        for (cell, (text, member)) in (&mut *self.cells).zip(self.map).enumerate() {
            let Some(slot) = slots.get_mut(*member) else { continue };
            let member = shape.member(*member);
            let kind = if text.is_empty() || is_absent(slot, &text, member) {
                is_needed(member).then_some(DecodeErrorKind::Missing)
            } else {
                let wrong = set(slot, TextRef::from(&text), member).err();
                wrong.map(|expected| DecodeErrorKind::Expected { what: expected.0 })
            };
            if let Some(kind) = kind {
                let fault = Fault { offset: 0, path: String::new(), kind };
                self.fault = Some(RowFault { fault, cell: Some(cell) });
                return Err(Aborted);
            }
        }
        Ok(())
    }
}

/// Whether the text of a cell means that it is empty.
fn is_absent(slot: &mut Slot<'_, '_>, text: &str, member: Member) -> bool {
    match slot {
        _ if member.absent().is_empty() => false,
        Slot::Option(lazy) => {
            let absent = is_absent(&mut lazy.some(), text, member);
            lazy.none();
            absent
        }
        slot => scalar::means_absent(slot, text, member.absent()),
    }
}

/// Fills a slot from the text of a cell.
fn set<'de>(slot: &mut Slot<'_, 'de>, text: TextRef<'_, 'de>, member: Member) -> Result<(), Expected> {
    match slot {
        Slot::Option(lazy) => set(&mut lazy.some(), text, member),
        Slot::Document(node) => {
            **node = Document::Text((&*text).into());
            Ok(())
        }
        Slot::Ignore => Ok(()),
        Slot::List(list) if member.list().joined.is_some() => {
            list.clear();
            for (from, to) in scalar::parts(&text, member.list().joined.unwrap_or_default()) {
                let mut item = list.push();
                let part = text.part(from, to);
                if !member.list().absent_items || !scalar::is_empty(&mut item, &part) {
                    set(&mut item, part, member)?;
                } else if let Slot::Option(lazy) = item {
                    lazy.none();
                }
            }
            Ok(())
        }
        slot if scalar::is_scalar(slot) => scalar::set(slot, text, member.boolean()),
        _ => Err(Expected::new("members, which a cell does not have: the row's type does not fit a table")),
    }
}
