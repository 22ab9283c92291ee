//! The envelope around every reply, the data of failures, and the vendor's errors.

use super::compare::{Comparison, Spot};
use super::effect::Direction;
use super::kinds::Kind;
use super::members::NAMES;
use super::pairs::{NameOf, beyond, pairs};
use super::quote::{code, flag, joined, list, option};
use crate::model::{Envelope, EnvelopeMember, ErrorCode, Member, Name, Role, When};
use crate::plan::{envelope::failure_data, errors};
use crate::words::{Alternatives as _, Classes, Roles, ServerConditions};

/// As members are known again, beside the place of the reply, which is always one.
const MEMBERS: &[NameOf<EnvelopeMember>] = &[
    |one| (NAMES.first()?)(&one.member),
    |one| (NAMES.get(1)?)(&one.member),
    |one| (one.role == Some(Role::Data)).then_some("data"),
    |one| (one.role == Some(Role::Status)).then_some("status"),
];

const ERRORS: &[NameOf<ErrorCode>] = &[|one| Some(&one.key), |one| Some(&one.rust)];

impl Comparison<'_> {
    /// The envelope.
    pub(super) fn envelope(&mut self) {
        let (old, new) = (&self.old.vendor.envelope, &self.new.vendor.envelope);
        let Envelope { members, wrappers, success, failure, http_codes, code_header, echoes_name } = new;
        let at = Spot::protocol(&["envelope"]).on(Direction::Reply);
        // What is told is no member by itself.
        let by_itself =
            |members: &[EnvelopeMember]| members.iter().take_while(|one| one.told.is_none()).count();
        let [old_members, members] =
            [&old.members, members].map(|all| all.get(..by_itself(all)).unwrap_or(all));
        let found = pairs(old_members, members, MEMBERS);
        let tell = |envelope: &Envelope| -> Vec<String> {
            let told = envelope.members.iter().filter(|one| one.told.is_some());
            told.map(|one| {
                format!(
                    "{} by {}",
                    option(one.role.as_ref().and_then(Roles::word)),
                    code(&one.member.name.wire)
                )
            })
            .collect()
        };
        self.differs(&at, Kind::EnvelopeTells, (&tell(old), &tell(new)), |tells| {
            joined(tells.iter().cloned())
        });
        for ((_, was), (_, now)) in &found.both {
            let EnvelopeMember { member, role, when, within, value, told: _ } = now;
            let at = at.child(&member.name.wire);
            if (was.role, *role) == (Some(Role::Data), Some(Role::Data)) {
                // In Rust it is always `data`.
                let name = Name { rust: member.name.rust.clone(), ..was.member.name.clone() };
                self.member(&at, &Member { name, ..was.member.clone() }, member);
            } else {
                self.member(&at, &was.member, member);
            }
            self.differs(&at, Kind::EnvelopeRole, (&was.role, role), |role| {
                option(role.as_ref().and_then(Roles::word))
            });
            self.differs(&at, Kind::EnvelopeWhen, (&was.when, when), |when| occasion(*when).to_owned());
            let around = [wrapper(&old.wrappers, was.within), wrapper(wrappers, *within)];
            self.differs(&at, Kind::EnvelopeWithin, (&around[0], &around[1]), |around| option(*around));
            self.differs(&at, Kind::EnvelopeValue, (&was.value, value), |value| option(value.as_deref()));
        }
        for member in &found.removed {
            self.member_removed(&at.child(&member.member.name.wire), &member.member);
        }
        for (_, member) in &found.added {
            self.member_added(&at.child(&member.member.name.wire), &member.member);
        }
        if !found.same_order(|_, _| true) {
            let names = |members: &[EnvelopeMember]| list(members.iter().map(|one| &one.member.name.wire));
            self.became(&at, Kind::MemberOrder, names(old_members), names(members));
        }
        let status = at.child("success");
        for text in beyond(&old.success, success) {
            self.came(&status, Kind::SuccessAdded, code(text));
        }
        for text in beyond(success, &old.success) {
            self.went(&status, Kind::SuccessRemoved, code(text));
        }
        if let (Some(was), Some(now)) = (old.success.first(), success.first())
            && was != now
            && old.success.contains(now)
        {
            self.became(&status, Kind::SuccessWritten, code(was), code(now));
        }
        let text = |text: &Option<String>| option(text.as_deref());
        self.differs(&at, Kind::FailureStatus, (&old.failure, failure), text);
        self.differs(&at, Kind::HttpCodes, (&old.http_codes, http_codes), |are| flag(*are).to_owned());
        self.differs(&at, Kind::CodeHeader, (&old.code_header, code_header), text);
        let echoed = |name: &bool| if *name { "the name" } else { "the path" }.to_owned();
        self.differs(&at, Kind::Echoes, (&old.echoes_name, echoes_name), echoed);
    }

    /// The data of failures.
    pub(super) fn failure(&mut self) {
        let (old, new) = (self.old.vendor, self.new.vendor);
        let at = Spot::protocol(&["failure"]).on(Direction::Reply);
        self.members(&at, &old.failure, &new.failure);
        self.differs(&at, Kind::FailureData, (failure_data(old), failure_data(new)), code);
    }

    /// The vendor's errors.
    pub(super) fn errors(&mut self) {
        let found = pairs(&self.old.vendor.errors, &self.new.vendor.errors, ERRORS);
        let spot = |error: &ErrorCode| Spot::protocol(&["errors", error.key.as_str()]);
        for ((_, old), (_, new)) in &found.both {
            let ErrorCode {
                key,
                rust,
                wire_name,
                message: _,
                http,
                class,
                when,
                // Of it the words count, which are below.
                facts: _,
            } = new;
            let at = spot(new);
            self.differs(&at, Kind::ErrorCode, (old.key.as_str(), key.as_str()), code);
            self.differs(&at, Kind::ErrorRustName, (old.rust.as_str(), rust.as_str()), code);
            self.differs(&at, Kind::ErrorSymbol, (&old.wire_name, wire_name), |text| option(text.as_deref()));
            let words = |error: &ErrorCode| {
                [errors::message(error), errors::description(error)].map(|text| text.map(str::to_owned))
            };
            self.differs(&at, Kind::ErrorText, (&words(old), &words(new)), |[message, said]| {
                if message == said {
                    option(message.as_deref())
                } else {
                    joined([message, said].map(|text| option(text.as_deref())))
                }
            });
            let status = |http: &Option<u16>| option(http.map(|http| http.to_string()).as_deref());
            self.differs(&at, Kind::ErrorHttp, (&old.http, http), status);
            self.differs(&at, Kind::ErrorClass, (&old.class, class), |class| option(Classes::word(class)));
            self.differs(&at, Kind::ErrorWhen, (&old.when, when), |when| {
                joined(when.iter().map(|when| option(ServerConditions::word(when))))
            });
        }
        for error in &found.removed {
            self.went(&spot(error), Kind::ErrorRemoved, code(&error.rust));
        }
        for (_, error) in &found.added {
            self.came(&spot(error), Kind::ErrorAdded, code(&error.rust));
        }
    }
}

fn wrapper(wrappers: &[Name], within: Option<usize>) -> Option<&str> {
    wrappers.get(within?).map(|wrapper| wrapper.wire.as_str())
}

const fn occasion(when: When) -> &'static str {
    match when {
        When::Always => "all of them",
        When::Success => "successes",
        When::Failure => "failures",
    }
}
