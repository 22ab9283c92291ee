//! The kinds of session.

use super::compare::{Comparison, Definition, Spot};
use super::kinds::Kind;
use super::pairs::{NameOf, pairs};
use super::quote::{code, flag, list, option};
use crate::model::{Path, Session, SessionField, SessionValue, Side, Vendor};

const SESSIONS: &[NameOf<Session>] = &[|one| Some(&one.name), |one| Some(&one.rust)];
const FIELDS: &[NameOf<SessionField>] = &[|one| Some(&one.name.wire), |one| Some(&one.name.rust)];

impl Comparison<'_> {
    /// Finds out which old kind of session is which new one: where both have one kind only, it is that.
    pub(super) fn pair_sessions(&mut self) {
        let (old, new) = (&self.old.vendor.sessions, &self.new.vendor.sessions);
        if let ([old], [new]) = (old.as_slice(), new.as_slice()) {
            self.session_names.insert(old.name.clone(), new.name.clone());
            return;
        }
        let found = pairs(old, new, SESSIONS);
        self.session_names =
            found.both.iter().map(|((_, old), (_, new))| (old.name.clone(), new.name.clone())).collect();
        // One that was alone has another name beside others; what opens it is still the same.
        for was in &found.removed {
            let opens = title(&self.old, Some(was.opens));
            let same = |now: &&&Session| title(&self.new, Some(now.opens)) == opens;
            if let Some((_, now)) = found.added.iter().find(|(_, now)| same(&now)) {
                self.session_names.insert(was.name.clone(), now.name.clone());
            }
        }
    }

    /// All kinds.
    pub(super) fn sessions(&mut self) {
        let (old, new) = (&self.old.vendor.sessions, &self.new.vendor.sessions);
        for now in new {
            let at = spot(self.new.vendor, now);
            let was = old.iter().find(|was| self.session_names.get(&was.name) == Some(&now.name));
            match was {
                Some(was) => self.session(&at, was, now),
                None => self.came(&at, Kind::SessionAdded, code(&now.name)),
            }
        }
        for was in old {
            if self.session_names.contains_key(&was.name) {
                continue;
            }
            let at = spot(self.old.vendor, was);
            self.went(&at, Kind::SessionRemoved, code(&was.name));
        }
    }

    fn session(&mut self, at: &Spot, old: &Session, new: &Session) {
        let Session {
            name,
            rust,
            opens,
            closes,
            conditional,
            clock,
            fields,
            // Shown in pages, and nowhere else.
            facts: _,
        } = new;
        let shown = |(name, _): &(&String, &String)| code(name);
        self.differs(at, Kind::SessionName, (&(&old.name, &old.rust), &(name, rust)), shown);
        let opened = [title(&self.old, Some(old.opens)), title(&self.new, Some(*opens))];
        self.differs(at, Kind::SessionOpens, (&opened[0], &opened[1]), |title| option(title.as_deref()));
        let closed = [title(&self.old, old.closes), title(&self.new, *closes)];
        self.differs(at, Kind::SessionCloses, (&closed[0], &closed[1]), |title| option(title.as_deref()));
        self.differs(at, Kind::SessionConditional, (&old.conditional, conditional), |may| {
            flag(*may).to_owned()
        });
        match (&old.clock, clock) {
            (Some(was), None) => self.went(at, Kind::SessionClockRemoved, code(&way(was, &str::to_owned))),
            (was, now) if self.same_way(was.as_ref(), now.as_ref()) => {}
            (was, now) => {
                let shown =
                    |clock: Option<&Path>| option(clock.map(|clock| way(clock, &str::to_owned)).as_deref());
                self.became(at, Kind::SessionClock, shown(was.as_ref()), shown(now.as_ref()));
            }
        }
        let at = at.child("fields");
        let found = pairs(&old.fields, fields, FIELDS);
        for ((_, was), (_, now)) in &found.both {
            self.field(&at.child(&now.name.wire), was, now);
        }
        for field in &found.removed {
            self.went(&at.child(&field.name.wire), Kind::SessionFieldRemoved, code(&field.name.wire));
        }
        for (_, field) in &found.added {
            self.came(&at.child(&field.name.wire), Kind::SessionFieldAdded, code(&field.name.wire));
        }
        if !found.same_order(|_, _| true) {
            let names = |fields: &[SessionField]| list(fields.iter().map(|field| &field.name.rust));
            self.became(&at, Kind::SessionOrder, names(&old.fields), names(fields));
        }
    }

    fn field(&mut self, at: &Spot, old: &SessionField, new: &SessionField) {
        let SessionField {
            name,
            secret,
            // Always a text.
            value: _,
            from,
            // Shown in pages, and nowhere else.
            facts: _,
        } = new;
        self.differs(at, Kind::SessionFieldName, (old.name.rust.as_str(), name.rust.as_str()), code);
        self.differs(at, Kind::Secret, (&old.secret, secret), |secret| flag(*secret).to_owned());
        let same = match (&old.from, from) {
            (SessionValue::Copied(was), SessionValue::Copied(now)) => self.same_way(Some(was), Some(now)),
            (SessionValue::Computed(was), SessionValue::Computed(now)) => {
                computed(self.old.vendor, *was) == computed(self.new.vendor, *now)
            }
            (SessionValue::Kept(was), SessionValue::Kept(now)) => was == now,
            _ => false,
        };
        if !same {
            let (was, now) = (origin(self.old.vendor, &old.from), origin(self.new.vendor, from));
            self.became(at, Kind::SessionFieldFrom, was, now);
        }
    }

    /// Whether a path leads where it led: members on the way may have other names in Rust.
    fn same_way(&self, old: Option<&Path>, new: Option<&Path>) -> bool {
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (old, new) => return old.is_none() && new.is_none(),
        };
        let Path {
            side,
            members,
            // What follows from the members is told of them.
            secret: _,
        } = new;
        let same = |(was, now): (&crate::model::Step, &crate::model::Step)| {
            was.rust == now.rust || self.renamed.contains(&(was.rust.clone(), now.rust.clone()))
        };
        old.side == *side && old.members.len() == members.len() && old.members.iter().zip(members).all(same)
    }
}

fn spot(vendor: &Vendor, session: &Session) -> Spot {
    if vendor.sessions.iter().any(|one| !one.rust.is_empty()) {
        Spot::protocol(&["sessions", session.name.as_str()])
    } else {
        Spot::protocol(&["session"])
    }
}

/// An operation, by its place.
fn title(definition: &Definition<'_>, place: Option<(usize, usize)>) -> Option<String> {
    let (group, operation) = place?;
    let group = definition.vendor.groups.get(group)?;
    Some(format!("{}/{}", group.name.wire, group.operations.get(operation)?.name.wire))
}

/// What a member is called in Rust now.
pub(super) type Renamed<'r> = &'r dyn Fn(&str) -> String;

/// A path, by names in Rust.
pub(super) fn way(path: &Path, renamed: Renamed<'_>) -> String {
    let side = match path.side {
        Side::Request => "request",
        Side::Data => "data",
    };
    let steps = path.members.iter().map(|step| renamed(&step.rust));
    std::iter::once(side.to_owned()).chain(steps).collect::<Vec<_>>().join(".")
}

fn origin(vendor: &Vendor, from: &SessionValue) -> String {
    match from {
        SessionValue::Copied(path) => code(&way(path, &str::to_owned)),
        SessionValue::Kept(key) => code(&format!("session.{key}")),
        SessionValue::Computed(step) => code(&format!("computed.{}", computed(vendor, *step))),
    }
}

/// The name of a computed value.
fn computed(vendor: &Vendor, step: usize) -> &str {
    vendor.computed.get(step).map_or("", |step| &step.name)
}
