//! Two definitions, over what samples show.

use std::collections::BTreeMap;

use wirewright_codegen::model::Vendor;
use wirewright_draft::{Described, Exchange, Scope, ShownPath, recognise};

/// So many of so many.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Part {
    good: usize,
    all: usize,
}

impl Part {
    fn count(&mut self, good: bool) {
        self.good += usize::from(good);
        self.all += 1;
    }

    fn add(&mut self, other: Self) {
        self.good += other.good;
        self.all += other.all;
    }

    fn text(self) -> String {
        if self.all == 0 { "-".to_owned() } else { format!("{}/{}", self.good, self.all) }
    }
}

/// What a draft has right.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    operations: Part,
    place: Part,
    kind: Part,
    list: Part,
    roles: Part,
    attributes: Part,
    common: Part,
    from: Part,
    session: Part,
    way: Part,
    pub(crate) tested: usize,
    pub(crate) contradicted: usize,
}

impl Tally {
    pub(crate) const HEAD: &str = "| samples | operations | place | type right or looser | list | roles | attribute | own or common | from | session | its way | tests of samples |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

    pub(crate) fn add(&mut self, other: &Self) {
        self.operations.add(other.operations);
        self.place.add(other.place);
        self.kind.add(other.kind);
        self.list.add(other.list);
        self.roles.add(other.roles);
        self.attributes.add(other.attributes);
        self.common.add(other.common);
        self.from.add(other.from);
        self.session.add(other.session);
        self.way.add(other.way);
        self.tested += other.tested;
        self.contradicted += other.contradicted;
    }

    pub(crate) fn row(&self, name: &str) -> String {
        let parts = [
            self.operations,
            self.place,
            self.kind,
            self.list,
            self.roles,
            self.attributes,
            self.common,
            self.from,
            self.session,
            self.way,
        ];
        let parts: Vec<String> = parts.into_iter().map(Part::text).collect();
        format!("| {name} | {} | {}/{} |", parts.join(" | "), self.tested - self.contradicted, self.tested)
    }
}

/// Whether a draft's type reads all that the hand-written one does, though it may say less.
fn is_looser(hand: &str, draft: &str) -> bool {
    hand == draft
        || draft == "any"
        || (draft == "string" && !matches!(hand, "structure" | "map" | "any"))
        || matches!((hand, draft), ("epoch", "integer" | "number") | ("integer", "number"))
}

type Known = BTreeMap<((String, String), ShownPath), (Option<Described>, Option<Described>)>;

/// What the draft has right of what the samples show, and what not.
pub(crate) fn compare(hand: &Vendor, draft: &Vendor, exchanges: &[Exchange]) -> (Tally, Vec<String>) {
    let mut tally = Tally::default();
    let mut otherwise = Vec::new();
    let mut known: Known = BTreeMap::new();
    let mut operations: BTreeMap<(String, String), bool> = BTreeMap::new();
    for exchange in exchanges {
        let Some(ours) = recognise(hand, exchange) else { continue };
        let theirs = recognise(draft, exchange);
        let found = operations.entry(ours.operation.clone()).or_default();
        *found |= theirs.is_some();
        for (shown_path, described) in ours.shown_members {
            let other =
                theirs.as_ref().and_then(|theirs| theirs.shown_members.get(&shown_path).cloned()).flatten();
            // XML and JSON are one document.
            let place = known.entry((ours.operation.clone(), shown_path)).or_default();
            place.0 = place.0.take().or(described);
            place.1 = place.1.take().or(other);
        }
    }
    for found in operations.values() {
        tally.operations.count(*found);
    }
    for ((operation, shown_path), (ours, theirs)) in known {
        let Some(ours) = ours else { continue };
        let name = format!("{}/{} {}", operation.0, operation.1, shown_path.join("."));
        let mut tell = |what: &str, ours: String, theirs: String| {
            otherwise.push(format!("{what}: {name}: {ours} by hand, {theirs} drafted"));
        };
        let is_request = shown_path.first().is_some_and(|first| first == "request");
        let place = theirs.as_ref().map(|theirs| theirs.scope);
        let right = place == Some(ours.scope);
        if !right {
            tell("place", format!("{:?}", ours.scope), format!("{place:?}"));
        }
        if is_request {
            tally.common.count(right);
            if ours.scope == Scope::Common {
                let from = theirs.as_ref().and_then(|theirs| theirs.from);
                tally.from.count(from == ours.from);
                if from != ours.from {
                    tell("from", format!("{:?}", ours.from), format!("{from:?}"));
                }
                if ours.from == Some("session") {
                    // Of several ways to it one may be all that the samples show.
                    let given = theirs.as_ref().map(|theirs| theirs.given.as_slice()).unwrap_or_default();
                    let known = from == ours.from;
                    tally.session.count(known);
                    if known {
                        let right = !given.is_empty() && given.iter().all(|way| ours.given.contains(way));
                        tally.way.count(right);
                        if !right {
                            tell("way", ours.given.join(", "), given.join(", "));
                        }
                    }
                }
                continue;
            }
        } else {
            tally.place.count(right);
        }
        let Some(theirs) = theirs else { continue };
        if let Some(role) = ours.role {
            tally.roles.count(theirs.role == Some(role));
            if theirs.role != Some(role) {
                tell("role", role.to_owned(), format!("{:?}", theirs.role));
            }
        }
        let fits = is_looser(ours.kind, theirs.kind);
        tally.kind.count(fits);
        if !fits {
            tell("type", ours.kind.to_owned(), theirs.kind.to_owned());
        }
        if ours.list || theirs.list {
            tally.list.count(ours.list == theirs.list);
            if ours.list != theirs.list {
                tell("list", ours.list.to_string(), theirs.list.to_string());
            }
        }
        if ours.attribute || theirs.attribute {
            tally.attributes.count(ours.attribute == theirs.attribute);
        }
    }
    (tally, otherwise)
}
