//! Where the rows of a reply, or of a request's document, are.

use std::collections::HashSet;

use crate::model::{self, CellType, FormatKind, Moment, Repeat, Role, ValueType};
use crate::read::tree::{self, Member, TypeKind};
use crate::source::Text;

use super::{Resolver, Scope, owned};

/// Rows to which a reply leads.
pub(crate) struct Reached<'a> {
    /// The elements between the reply and the structure that has the list.
    path: Vec<&'a str>,
    /// The members of that structure.
    siblings: &'a [Member<'a>],
    /// The list.
    pub(crate) member: &'a Member<'a>,
    pub(crate) rows: &'a tree::Rows<'a>,
    /// What separates the text that the member is. `None`: it is a list.
    pub(crate) separated: Option<(Text<'a>, Option<Text<'a>>)>,
}

/// Members of a structure on the way, and how many of them have been looked at.
struct Step<'a> {
    members: &'a [Member<'a>],
    next: usize,
    /// The structure's type; a reply has none.
    kind: Option<usize>,
    /// Whether an element is around them.
    element: bool,
    /// How many rows had been found before.
    found: usize,
}

/// The rows that a reply leads to by members that are there once: lists, and texts whose lines are rows. Of either a second one is one
/// too many, and the last that is looked for.
pub(crate) fn reached<'a>(scope: &Scope<'a>, reply: &'a [Member<'a>]) -> Vec<Reached<'a>> {
    let mut found: Vec<Reached<'a>> = Vec::new();
    let mut path: Vec<&'a str> = Vec::new();
    // Types that are on the way, or that lead to no rows.
    let mut closed: HashSet<usize> = HashSet::new();
    let mut way = vec![Step { members: reply, next: 0, kind: None, element: false, found: 0 }];
    while let Some(step) = way.last_mut() {
        let texts = found.iter().filter(|one| one.separated.is_some()).count();
        if texts > 1 || found.len() - texts > 1 {
            break;
        }
        let Some(member) = step.members.get(step.next) else {
            if let Some(kind) = step.kind.filter(|_| found.len() > step.found) {
                closed.remove(&kind);
            }
            if step.element {
                path.pop();
            }
            way.pop();
            continue;
        };
        step.next += 1;
        let siblings = step.members;
        if let Some(rows) = &member.rows {
            let described = scope.defined(member.kind);
            let separated = described.and_then(|described| match described.kind {
                Some(TypeKind::Separated(cells)) => Some((cells, described.lines)),
                _ => None,
            });
            found.push(Reached { path: path.clone(), siblings, member, rows, separated });
            continue;
        }
        let within = member.once() && member.attribute.is_none() && member.text.is_none();
        let Some(kind) = member.kind.filter(|_| within).and_then(|kind| scope.type_index(kind.value)) else {
            continue;
        };
        if let Some(TypeKind::Structure(members)) = scope.kind(member.kind)
            && closed.insert(kind)
        {
            let element = member.flatten.is_none();
            if element {
                path.push(member.wire(FormatKind::Xml).value);
            }
            way.push(Step { members, next: 0, kind: Some(kind), element, found: found.len() });
        }
    }
    found
}

/// What `kinds` says by the name of a type. `None`: a cell cannot be that.
pub(crate) fn cells(scope: &Scope<'_>, written: Text<'_>) -> Option<CellType> {
    Some(match scope.value_type(Some(written))? {
        ValueType::String => CellType::Text,
        ValueType::Integer => CellType::Integer,
        ValueType::Number => CellType::Number,
        ValueType::Type(_) => match scope.kind(Some(written))? {
            TypeKind::DateTime(moment, formats) => {
                let formats = formats.iter().map(|format| format.value.to_owned()).collect();
                match moment {
                    Moment::Date => CellType::Date(formats),
                    Moment::DateTime => CellType::DateTime(formats),
                    Moment::Time => return None,
                }
            }
            TypeKind::Epoch(_) => CellType::Epoch(super::epoch(scope.defined(Some(written))?)?),
            _ => return None,
        },
        ValueType::Boolean | ValueType::Bytes | ValueType::Any | ValueType::File | ValueType::ClockSkew => {
            return None;
        }
    })
}

/// The element of an item of a list, and those around it in the structure that has the list.
fn elements<'a>(member: &'a Member<'a>) -> impl Iterator<Item = &'a str> {
    let item = match member.list.as_ref().map(|list| &list.value) {
        Some(Repeat::List { item, .. }) => item.as_deref(),
        _ => None,
    };
    std::iter::once(member.wire(FormatKind::Xml).value).chain(item)
}

/// The way to a text of a request, by names in XML: that of a member of its document, or else a parameter's. `None`: there is none.
pub(crate) fn asked(
    scope: &Scope<'_>,
    operation: &tree::Operation<'_>,
    written: Text<'_>,
) -> Option<Vec<String>> {
    let steps: Vec<&str> = written.value.split('.').collect();
    let in_body = text_below(scope, operation.carried(), &steps).map(|mut path| {
        path.insert(0, BODY.to_owned());
        path
    });
    in_body.or_else(|| text_below(scope, &operation.request, &steps))
}

/// The member of a request that is its document.
const BODY: &str = "body";

fn text_below(scope: &Scope<'_>, members: &[Member<'_>], steps: &[&str]) -> Option<Vec<String>> {
    let (step, below) = steps.split_first()?;
    let member = members.iter().find(|member| member.key.value == *step)?;
    if !member.once() || member.flatten.is_some() {
        return None;
    }
    let mut path = vec![member.wire(FormatKind::Xml).value.to_owned()];
    match scope.kind(member.kind) {
        Some(TypeKind::Structure(members)) => path.extend(text_below(scope, members, below)?),
        Some(TypeKind::Enumeration(_) | TypeKind::Text) if below.is_empty() => {}
        None if below.is_empty() && scope.value_type(member.kind) == Some(ValueType::String) => {}
        _ => return None,
    }
    Some(path)
}

impl Resolver<'_> {
    /// Where the reply of an operation can be read row by row.
    pub(super) fn rows(&self, written: &tree::Operation<'_>) -> Option<model::Rows> {
        if !self.answers_in_xml(written) {
            return None;
        }
        self.rows_of(&written.reply, &self.data_path(written))
    }

    /// Where the reply of an operation has a text whose lines can be read one by one.
    pub(super) fn row_lines(&self, written: &tree::Operation<'_>) -> Option<model::RowLines> {
        if !self.answers_in_xml(written) {
            return None;
        }
        let mut found = reached(self.scope, &written.reply).into_iter();
        let (reached, (cells, lines)) = found.find_map(|one| one.separated.map(|by| (one, by)))?;
        let name = reached.member.wire(FormatKind::Xml).value;
        let inside = reached.path.iter().copied().chain([name]).map(str::to_owned);
        let by = |text: Option<Text<'_>>| {
            text.and_then(|text| asked(self.scope, written, text)).unwrap_or_default()
        };
        Some(model::RowLines {
            path: self.data_path(written).into_iter().chain(inside).collect(),
            cells: cells.value.to_owned(),
            lines: lines.map_or("\n", |lines| lines.value).to_owned(),
            cells_by: by(reached.rows.cells_by),
            lines_by: by(reached.rows.lines_by),
        })
    }

    fn answers_in_xml(&self, written: &tree::Operation<'_>) -> bool {
        let offered = |format: &tree::Format<'_>| format.kind == FormatKind::Xml;
        let narrowed = written.formats.as_ref();
        self.definition.protocol.formats.value.iter().any(offered)
            && narrowed.is_none_or(|formats| formats.value.iter().any(|kind| kind.value == FormatKind::Xml))
    }

    /// Where the document of an operation's request can be written row by row.
    pub(super) fn body_rows(&self, written: &tree::Operation<'_>) -> Option<model::Rows> {
        let body = self.definition.protocol.body.as_ref();
        body.filter(|body| body.format.value == FormatKind::Xml)?;
        self.rows_of(written.carried(), &[])
    }

    /// The rows to which members lead that are in these elements.
    fn rows_of(&self, members: &[Member<'_>], around: &[String]) -> Option<model::Rows> {
        let found = reached(self.scope, members);
        let reached = found.iter().find(|one| one.separated.is_none())?;
        let path = |member: &Member<'_>| {
            let inside = reached.path.iter().copied().chain(elements(member));
            around.iter().cloned().chain(inside.map(str::to_owned)).collect()
        };
        let rows = reached.rows;
        let text = |text: Option<Text<'_>>| owned(text).unwrap_or_default();
        let headings = rows.headings.and_then(|headings| {
            let described = reached.siblings.iter().find(|sibling| sibling.key.value == headings.value)?;
            let kinds = rows.kinds.iter().filter_map(|kind| {
                Some(model::Cells {
                    kind: kind.kind.value.to_owned(),
                    format: owned(kind.format),
                    is: cells(self.scope, kind.is)?,
                })
            });
            Some(model::Headings {
                path: path(described),
                name: text(rows.name),
                kind: text(rows.kind),
                format: text(rows.format),
                kinds: kinds.collect(),
            })
        });
        let row = reached.member.kind.and_then(|kind| self.scope.type_index(kind.value));
        Some(model::Rows {
            path: path(reached.member),
            row: row.filter(|_| rows.cell.is_none()),
            cell: owned(rows.cell),
            headings,
        })
    }

    /// The elements of the envelope around a reply.
    fn data_path(&self, operation: &tree::Operation<'_>) -> Vec<String> {
        let envelope = self.definition.protocol.envelope.value.iter();
        let mut data = envelope.filter(|one| one.role.is_some_and(|role| role.value == Role::Data));
        let Some(data) = data.next() else { return Vec::new() };
        let name = Some(data.member.wire(FormatKind::Xml).value).filter(|name| *name != "*");
        let name = name.map(|name| name.replace(model::OPERATION, operation.on_the_wire().value));
        owned(data.within).into_iter().chain(name).collect()
    }
}
