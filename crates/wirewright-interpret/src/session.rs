//! What opens a session, what it keeps, and what its calls carry of it.

use std::{borrow::Cow, fmt, time::Duration};

use wirewright::{
    DecodeError, EncodeError, Format, Options, Secret,
    client::ClockSkew,
    described::{decode_into, encode_record},
    exchange::SessionContext,
};
use wirewright_codegen::model::{self, SessionValue, Side, Step, TemplatePart};

use crate::{
    definition::{Definition, SessionType},
    outcome::{Answer, Enveloped},
    value::{DynamicRecord, DynamicValue},
};

/// The member of a session's state that the server's clock is kept in.
const CLOCK: &str = "clock_skew";

/// An open session.
#[derive(Clone)]
pub struct Session {
    kind: SessionType,
    state: DynamicRecord,
    carried: DynamicRecord,
    fields: Vec<Secret<String>>,
}

impl Session {
    fn new(kind: SessionType, fields: &[&model::SessionField], state: DynamicRecord) -> Self {
        let mut carried = DynamicRecord::empty(kind.carried);
        for (member, place) in kind.carried.members().iter().zip(&mut carried.members) {
            if let Some(value) = state.member(member.rust).and_then(DynamicValue::text) {
                // A text into a text.
                let _ = place.set_text(&value);
            }
        }
        let value = |field: &&model::SessionField| {
            let value = state.member(&field.name.rust).and_then(DynamicValue::text);
            Secret::new(value.unwrap_or_default().into_owned())
        };
        let fields = fields.iter().map(value).collect();
        Self { kind, state, carried, fields }
    }

    /// Its kind.
    pub const fn kind(&self) -> &SessionType {
        &self.kind
    }

    /// What its calls carry.
    pub const fn carried(&self) -> &DynamicRecord {
        &self.carried
    }

    /// The values of its kind's fields, in their order: what signs its calls.
    pub fn fields(&self) -> &[Secret<String>] {
        &self.fields
    }

    /// What it keeps under this key of the definition.
    fn kept(&self, key: &str) -> Option<Cow<'_, str>> {
        let field = self.kind.model.fields.iter().find(|field| field.name.wire == key)?;
        self.state.member(&field.name.rust)?.text()
    }

    /// By how much the server's clock is ahead, as far as that is known.
    pub fn clock_skew(&self) -> ClockSkew {
        let told = self.state.member(CLOCK).and_then(DynamicValue::present);
        match told {
            Some(DynamicValue::Integer(milliseconds)) => ClockSkew::from_millis(*milliseconds),
            _ => ClockSkew::NONE,
        }
    }

    /// What a call of it needs.
    pub fn context(&self) -> SessionContext<'_> {
        SessionContext { kind: self.kind.described, parameters: &self.carried, fields: &self.fields }
    }

    /// Its state as a text that [`Definition::restore`] takes, and the generated state's `restore`. The text is as secret as the
    /// session.
    ///
    /// # Errors
    ///
    /// When a value has characters that cannot be written.
    pub fn save(&self) -> Result<Secret<String>, EncodeError> {
        let shape = self.kind.state.shape();
        encode_record(Format::Json, &self.state, shape, &Options::new()).map(Secret::new)
    }
}

/// Shows neither the state nor the fields: they are secrets.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("kind", &self.kind.described.name).finish_non_exhaustive()
    }
}

impl Definition {
    /// The session of this kind that a successful call opened, made in the session `outer` if it was made in one; `now` is the caller's clock, the time since 1970-01-01 00:00:00 UTC.
    /// `None`: it opened none, as calls may that open a session or not.
    pub fn opened(
        &self,
        kind: &SessionType,
        request: &DynamicRecord,
        answer: &Answer,
        outer: Option<&Session>,
        now: Option<Duration>,
    ) -> Option<Session> {
        let Answer::Enveloped(answer) = answer else { return None };
        let mut state = DynamicRecord::empty(kind.state);
        for field in &kind.model.fields {
            let text = match &field.from {
                SessionValue::Copied(path) => at(path, request, answer)?,
                SessionValue::Kept(key) => Cow::Owned(outer?.kept(key)?.into_owned()),
                SessionValue::Computed(step) => {
                    let reached = self.context.computed.reach(*step);
                    let own = |path: &model::Path| {
                        let steps = reached.iter().filter_map(|step| self.context.vendor.computed.get(*step));
                        let mut parts = steps.flat_map(model::Computed::parts);
                        parts.any(|part| matches!(part, TemplatePart::Opening(one) if one == path))
                    };
                    let mut values = Vec::new();
                    for path in &self.context.computed.openings {
                        // Those of other values have their places.
                        values.push(if own(path) { at(path, request, answer)? } else { Cow::Borrowed("") });
                    }
                    let values: Vec<&str> = values.iter().map(|value| &**value).collect();
                    Cow::Owned(self.computation?.derived(*step, &values).expose().clone())
                }
            };
            state.member_mut(&field.name.rust)?.set_text(&text).ok()?;
        }
        let clock = kind.model.clock.as_ref().and_then(|path| at(path, request, answer)?.parse::<i64>().ok());
        if let (Some(skew), Some(place)) = (ClockSkew::between(now, clock), state.member_mut(CLOCK)) {
            // An integer into an integer.
            let _ = place.set_text(&skew.as_millis().to_string());
        }
        Some(Session::new(*kind, &self.fields(kind), state))
    }

    /// The session that [`Session::save`] made the text of, or the generated state's `save`.
    ///
    /// # Errors
    ///
    /// When the text is not one that `save` made.
    pub fn restore(&self, kind: &SessionType, saved: &str) -> Result<Session, DecodeError> {
        let mut state = DynamicRecord::empty(kind.state);
        decode_into(Format::Json, saved, &Options::new(), kind.state.shape(), &mut state)?;
        Ok(Session::new(*kind, &self.fields(kind), state))
    }

    /// Gives the session that `answer` opens the name `name`, on the server side: every text of the answer that the session's calls
    /// carry becomes `name`, if it is there. A session that carries nothing of the answer keeps what it has.
    pub fn rename(&self, kind: &SessionType, answer: &mut Answer, name: &str) {
        let Answer::Enveloped(answer) = answer else { return };
        for field in &kind.model.fields {
            let SessionValue::Copied(path) = &field.from else { continue };
            let carried = kind.carried.index(&field.name.rust).is_some();
            if !carried || path.side != Side::Data {
                continue;
            }
            let all = self.is_all_cookies(kind.model, path).then(|| format!("session={name}"));
            let name = all.as_deref().unwrap_or(name);
            let steps = path.members.iter().map(|step| step.rust.as_str());
            let place = answer.data_mut().and_then(|data| data.at_mut(steps));
            if let Some(place) = place.filter(|place| place.present().is_some()) {
                // A path leads to a text.
                let _ = place.set_text(name);
            }
        }
    }

    /// Whether a path leads to all cookies of the opening reply.
    fn is_all_cookies(&self, session: &model::Session, path: &model::Path) -> bool {
        let (group, operation) = session.opens;
        let opening = self.vendor().groups.get(group).and_then(|group| group.operations.get(operation));
        let [Step { rust, .. }] = path.members.as_slice() else { return false };
        opening.is_some_and(|opening| {
            opening.in_reply_headers().any(|member| {
                member.name.rust == *rust && member.location == model::ParameterLocation::Cookies
            })
        })
    }

    fn fields(&self, kind: &SessionType) -> Vec<&'static model::SessionField> {
        let plan = self.context.kinds.iter().find(|plan| std::ptr::eq(plan.session, kind.model));
        plan.map(|plan| plan.fields.clone()).unwrap_or_default()
    }
}

/// What a call has at a path.
fn at<'c>(path: &model::Path, request: &'c DynamicRecord, answer: &'c Enveloped) -> Option<Cow<'c, str>> {
    let start = match path.side {
        Side::Request => request,
        Side::Data => answer.data()?,
    };
    start.at(path.members.iter().map(|Step { rust, .. }| rust.as_str()))?.text()
}
