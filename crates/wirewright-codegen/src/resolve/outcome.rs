//! The outcome of an operation: which member of its reply tells whether the call succeeded.

use crate::diagnostic::{Code, Fault};
use crate::model::{Outcome, Role, ValueType, When};
use crate::read::tree::{self, Member, Operation, TypeKind};
use crate::source::Text;

use super::Resolver;

impl<'a> Resolver<'a> {
    pub(super) fn outcome(&self, operation: &Operation<'a>) -> Option<Outcome> {
        let written = operation.outcome.as_ref()?;
        let status = self.way_to(operation, written.status?)?;
        self.is_text(status.member, written.status?);
        let message = match written.message {
            Some(message) => {
                let way = self.way_to(operation, message)?;
                self.is_text(way.member, message);
                Some(way)
            }
            None => None,
        };
        self.made_by_servers(written);
        let ways = || [Some(&status), message.as_ref()].into_iter().flatten();
        self.alone(&operation.reply, written, &|member| {
            ways()
                .any(|way| way.inside.iter().chain([&way.member]).any(|own| own.key.span == member.key.span))
        });
        Some(Outcome {
            status: self.member_path(&status),
            success: written.success.iter().map(|text| text.value.to_owned()).collect(),
            errors: written.errors.iter().filter_map(|error| self.error_key(error)).collect(),
            message: message.map(|way| self.member_path(&way)),
        })
    }

    /// A server makes the envelope of such a refusal by itself: nothing in it is for its service alone to know.
    fn made_by_servers(&self, written: &tree::Outcome<'a>) {
        let known = |role| matches!(role, Role::Status | Role::Data);
        let mut members = self.definition.protocol.envelope.value.iter();
        let unknown = members.find(|member| {
            let given = member.value.is_some() || member.role.is_some_and(|role| known(role.value));
            member.member.required() && member.when != When::Failure && !given
        });
        if let Some(unknown) = unknown {
            let name = unknown.member.key.value;
            self.report.add(
                Fault::new(
                    Code::Contradiction,
                    written.span,
                    format!("a refusal of this kind has no `{name}`"),
                )
                .label("a server writes it by itself")
                .related(unknown.member.key.span, "is on every success")
                .expected("an envelope of which nothing is `required` but the status"),
            );
        }
    }

    /// A refusal has nothing of a reply but what tells of it.
    fn alone(
        &self,
        members: &[Member<'a>],
        written: &tree::Outcome<'a>,
        is_own: &dyn Fn(&Member<'_>) -> bool,
    ) {
        for member in members {
            if !is_own(member) {
                if member.required() && member.location.is_none() {
                    self.report.add(
                        Fault::new(
                            Code::Contradiction,
                            member.key.span,
                            format!("`{}` is always there, and no refusal has it", member.key.value),
                        )
                        .label("required")
                        .related(written.span, "a reply may be a refusal")
                        .help("remove `required`"),
                    );
                }
                continue;
            }
            if let Some(TypeKind::Structure(inner)) = self.scope.kind(member.kind) {
                self.alone(inner, written, is_own);
            }
        }
    }

    /// That a member is one text, or one of a list of known ones.
    fn is_text(&self, member: &Member<'_>, written: Text<'_>) {
        let kind = self.scope.value_type(member.kind);
        let known = matches!(self.scope.kind(member.kind), Some(TypeKind::Enumeration(_)));
        let plain = matches!(kind, Some(ValueType::String | ValueType::Integer)) || known;
        // A type that is not there has been reported.
        if kind.is_some() && !(plain && member.once() && member.flatten.is_none()) {
            self.report.add(
                Fault::new(Code::Misplaced, written.span, format!("`{}` is no text", member.key.value))
                    .label("leads to it")
                    .related(member.key.span, "of another type, or not one value")
                    .expected("a member that is one text, one integer, or of a type with `values`"),
            );
        }
    }
}
