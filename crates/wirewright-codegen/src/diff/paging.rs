//! Rows that are read or written one by one, and paginated calls.

use super::compare::{Comparison, Definition, Spot};
use super::kinds::Kind;
use super::members::{NAMES, epoch, in_replies, in_requests};
use super::pairs::pairs;
use super::quote::{Quote, code, flag, joined, list, list_by, option, option_by, whole};
use crate::model::{
    CellType, Cells, ClockUnit, Headings, Last, Member, MemberPath, Next, Opening, Operation, Pagination,
    RowLines, Rows, TypeKind,
};

impl Comparison<'_> {
    /// The rows of all operations. Behind the members: rows are where their names lead.
    pub(super) fn all_rows(&mut self) {
        for (at, reply, lines, body) in std::mem::take(&mut self.later) {
            self.rows(&in_replies(&at, "reply"), reply.0, reply.1);
            self.row_lines(&in_replies(&at, "reply"), lines.0, lines.1);
            self.rows(&in_requests(&at, "body"), body.0, body.1);
        }
    }

    /// The rows of one side.
    fn rows(&mut self, at: &Spot, old: Option<&Rows>, new: Option<&Rows>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(rows)) => return self.came(at, Kind::RowsAdded, path(&rows.path)),
            (Some(rows), None) => return self.went(at, Kind::RowsRemoved, path(&rows.path)),
            (Some(old), Some(new)) => (old, new),
        };
        if !self.same_index(old.row, new.row) || !self.same_place(old, new) {
            let (was, now) = (place(&self.old, old), place(&self.new, new));
            self.became(at, Kind::Rows, was, now);
        }
        self.differs(at, Kind::RowCells, (&cells(old), &cells(new)), |cells| joined(cells.iter().cloned()));
    }

    /// The text of a reply whose lines are rows. What separates it is a change of its type.
    fn row_lines(&mut self, at: &Spot, old: Option<&RowLines>, new: Option<&RowLines>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(lines)) => return self.came(at, Kind::RowsAdded, path(&lines.path)),
            (Some(lines), None) => return self.went(at, Kind::RowsRemoved, path(&lines.path)),
            (Some(old), Some(new)) => (old, new),
        };
        let RowLines { path: to, cells: _, lines: _, cells_by, lines_by } = new;
        let ways = [(&old.path, to), (&old.cells_by, cells_by), (&old.lines_by, lines_by)];
        if !ways.into_iter().all(|(was, now)| self.same_names(was, now)) {
            let shown = |lines: &RowLines| {
                let by = [&lines.cells_by, &lines.lines_by]
                    .map(|by| if by.is_empty() { "nothing".to_owned() } else { path(by) });
                format!("{}, separated by {}", path(&lines.path), by.join(" and "))
            };
            self.became(at, Kind::Rows, shown(old), shown(new));
        }
    }

    /// Whether names on a way are the same, as they are called now.
    fn same_names(&self, was: &[String], now: &[String]) -> bool {
        let same =
            |was: &String, now: &String| was == now || self.rewritten.contains(&(was.clone(), now.clone()));
        was.len() == now.len() && was.iter().zip(now).all(|(was, now)| same(was, now))
    }

    /// Whether rows are where they were, by whatever names.
    fn same_place(&self, old: &Rows, new: &Rows) -> bool {
        let Rows { path, row: _, cell, headings } = new;
        let same =
            |was: &String, now: &String| was == now || self.rewritten.contains(&(was.clone(), now.clone()));
        let same_path = |was: &[String], now: &[String]| self.same_names(was, now);
        let same_headings = match (&old.headings, headings) {
            (Some(was), Some(Headings { path, name, kind, format, kinds: _ })) => {
                let attributes = [(&was.name, name), (&was.kind, kind), (&was.format, format)];
                same_path(&was.path, path) && attributes.iter().all(|(was, now)| same(was, now))
            }
            (was, now) => was.is_none() && now.is_none(),
        };
        let same_cell = match (&old.cell, cell) {
            (Some(was), Some(now)) => same(was, now),
            (was, now) => was.is_none() && now.is_none(),
        };
        same_path(&old.path, path) && same_cell && same_headings
    }

    /// What a reply says of the next call.
    pub(super) fn pagination(
        &mut self,
        at: &Spot,
        (old, was): (&Operation, Option<&Pagination>),
        (new, now): (&Operation, Option<&Pagination>),
    ) {
        let at = at.child("pagination");
        let (was, now) = match (was, now) {
            (None, None) => return,
            (None, Some(_)) => return self.add(&at, Kind::PaginationAdded, None, None),
            (Some(_), None) => return self.add(&at, Kind::PaginationRemoved, None, None),
            (Some(was), Some(now)) => (was, now),
        };
        // By the names that the members have now.
        let renamed = |old: &[Member], new: &[Member]| -> Vec<String> {
            let mut names: Vec<String> = old.iter().map(|member| member.name.wire.clone()).collect();
            for ((before, _), (_, now)) in pairs(old, new, NAMES).both {
                if let Some(name) = names.get_mut(before) {
                    name.clone_from(&now.name.wire);
                }
            }
            names
        };
        let names = |members: &[Member]| -> Vec<String> {
            members.iter().map(|member| member.name.wire.clone()).collect()
        };
        let request = renamed(&old.request, &new.request);
        let reply: Vec<_> = names(&old.reply).into_iter().zip(renamed(&old.reply, &new.reply)).collect();
        let of_both = |quote: Quote| {
            let was = Paged::new(&self.old, (&request, &reply), was, quote);
            (was, Paged::new(&self.new, (&names(&new.request), &[]), now, quote))
        };
        let ((whole_was, whole_now), (was, now)) = (of_both(whole), of_both(code));
        if whole_was.next != whole_now.next {
            self.became(&at, Kind::PaginationNext, was.next.join(", "), now.next.join(", "));
        }
        if whole_was.wait != whole_now.wait {
            self.became(&at, Kind::PaginationWait, was.wait.join(", "), now.wait.join(", "));
        }
    }
}

fn path(path: &[String]) -> String {
    code(&path.join("/"))
}

/// Where rows are, without what they are.
fn place_without_type(rows: &Rows) -> String {
    let Rows { path: of_rows, row: _, cell, headings } = rows;
    let headings = headings.as_ref().map_or_else(String::new, |headings| {
        let Headings { path: of_headings, name, kind, format, kinds: _ } = headings;
        let names = list([name, kind, format]);
        format!(", headings at {} by {names}", path(of_headings))
    });
    format!("{} with cells {}{headings}", path(of_rows), option(cell.as_deref()))
}

fn place(definition: &Definition<'_>, rows: &Rows) -> String {
    let row =
        rows.row.map_or_else(String::new, |row| format!(", rows of {}", definition.type_name(Some(row))));
    place_without_type(rows) + &row
}

/// What the cells of each kind are.
fn cells(rows: &Rows) -> Vec<String> {
    let kinds = rows.headings.iter().flat_map(|headings| &headings.kinds);
    let shown = |cells: &Cells| {
        let Cells { kind, format, is } = cells;
        let format = format.as_ref().map_or_else(String::new, |format| format!(" shown as {}", code(format)));
        let is = match is {
            CellType::Integer => "`integer`".to_owned(),
            CellType::Number => "`number`".to_owned(),
            CellType::Text => "`string`".to_owned(),
            CellType::Date(formats) => format!("a date in {}", list(formats)),
            CellType::DateTime(formats) => format!("a date and time in {}", list(formats)),
            CellType::Epoch(counted) => epoch(*counted),
        };
        format!("{}{format} is {is}", code(kind))
    };
    kinds.map(shown).collect()
}

/// What a pagination says, by name.
struct Paged {
    /// How the next call is found.
    next: Vec<String>,
    /// When it is made, and to which hosts it may go.
    wait: Vec<String>,
}

impl Paged {
    fn new(
        definition: &Definition<'_>,
        (request, reply): (&[String], &[(String, String)]),
        pagination: &Pagination,
        quote: Quote,
    ) -> Self {
        let Pagination { items, next, total, wait, held, held_default, last, until_empty, without, opening } =
            pagination;
        // By the names that the outermost members have now.
        let of_reply = |path: &MemberPath| {
            let first = path.steps().next().map(|member| &member.name.wire);
            let outermost =
                first.map(|first| reply.iter().find(|(was, _)| was == first).map_or(first, |(_, now)| now));
            let inner = path.steps().skip(1).map(|member| &member.name.wire);
            quote(&outermost.into_iter().chain(inner).map(String::as_str).collect::<Vec<_>>().join("."))
        };
        let may_be = |path: &Option<MemberPath>| path.as_ref().map_or_else(|| "nothing".to_owned(), of_reply);
        let mut hosts: &[String] = &[];
        let next = match next {
            Next::Url { member, hosts: allowed } => {
                hosts = allowed;
                format!("the next call at {}", of_reply(member))
            }
            Next::Parameters(pairs) => {
                let pairs = pairs.iter().map(|(parameter, member)| {
                    format!("{} from {}", name(request, *parameter, quote), of_reply(member))
                });
                format!("the next call with {}", joined(pairs))
            }
            Next::Further(member) => format!("the next call with what {} says", of_reply(member)),
            Next::Page { parameter, first, pages } => {
                let of =
                    total.as_ref().map_or_else(String::new, |total| format!(" of {} items", of_reply(total)));
                format!(
                    "the next call with page {} from {first} to {}{of}",
                    name(request, *parameter, quote),
                    may_be(pages)
                )
            }
            Next::Offset { parameter, first } => {
                format!(
                    "the next call with offset {} from {first} to {}",
                    name(request, *parameter, quote),
                    may_be(total)
                )
            }
        };
        let last = last
            .as_ref()
            .map_or_else(|| "no last item".to_owned(), |last| last_item(definition, last, quote));
        let (url, opening_wait, opening_held) = match opening {
            Some(Opening { url, wait, held }) => (Some(url), wait.as_ref(), held.as_ref()),
            None => (None, None, None),
        };
        let opened =
            |member: Option<&Member>| option_by(quote, member.map(|member| member.name.wire.as_str()));
        let time = |described: Option<(String, ClockUnit)>| {
            described
                .map_or_else(|| "none".to_owned(), |(name, unit)| format!("{name} in {}", unit_word(unit)))
        };
        let wait = time(wait.as_ref().map(|(path, unit)| (of_reply(path), *unit)));
        let held = time(held.map(|(index, unit)| (name(request, index, quote), unit)));
        Self {
            next: vec![
                format!("items in {}", of_reply(items)),
                next,
                last,
                format!("until one is empty: {}", flag(*until_empty)),
                format!(
                    "without {}",
                    joined(without.iter().map(|parameter| name(request, *parameter, quote)))
                ),
                format!("the first call at {}", opened(url)),
            ],
            wait: vec![
                format!("wait {wait}"),
                format!("held {held}"),
                format!("held by default {}", option(held_default.map(|held| held.to_string()).as_deref())),
                format!("held as told when the session opens {}", opened(opening_held)),
                format!("before the first call {}", opened(opening_wait)),
                format!("hosts {}", list_by(quote, hosts)),
            ],
        }
    }
}

/// What tells the last item.
fn last_item(definition: &Definition<'_>, last: &Last, quote: Quote) -> String {
    let Last { member, kind, value } = last;
    let described = definition.vendor.types.get(*kind);
    let value = described.and_then(|described| match &described.kind {
        TypeKind::Enumeration { values, .. } => values.get(*value).map(|value| &value.name.wire),
        TypeKind::Union { variants, .. } => variants.get(*value).map(|variant| &variant.name.wire),
        _ => None,
    });
    let member =
        member.as_ref().map_or_else(String::new, |member| format!(" of {}", quote(&member.name.wire)));
    format!("the last item is {}{member}", option_by(quote, value.map(String::as_str)))
}

fn name(members: &[String], index: usize, quote: Quote) -> String {
    option_by(quote, members.get(index).map(String::as_str))
}

const fn unit_word(unit: ClockUnit) -> &'static str {
    match unit {
        ClockUnit::Seconds => "seconds",
        ClockUnit::Milliseconds => "milliseconds",
    }
}
