//! Replies, as a definition knows them.

use wirewright_codegen::model::{
    EnvelopeMember, FormatKind, InReply, Member, OPERATION, Operation, ParameterLocation, Role, Told,
};

use super::{
    described::{Described, Scope, ShownMembers, View, plain, role_word},
    members::{is_named, name_in, shown_name},
};
use crate::{
    exchange::Exchange,
    infer::sample::format_name,
    tree::{Document, Field, Node},
};

impl View<'_> {
    /// What the definition says of a reply: of each member that it shows.
    pub(crate) fn reply(
        &self,
        operation: &Operation,
        format: FormatKind,
        document: &Document,
    ) -> ShownMembers {
        let mut shown_members = ShownMembers::new();
        let mut node = &document.node;
        let root =
            self.vendor.formats.iter().find(|own| own.kind == format).and_then(|own| own.root.as_deref());
        if format == FormatKind::Json
            && let (Some(root), Node::Object(fields)) = (root, node)
            && let [field] = fields.as_slice()
            && field.name == root.replace(OPERATION, &operation.wire_name)
        {
            node = &field.node;
        }
        let Node::Object(fields) = node else { return shown_members };
        let path = vec![format_name(format).to_owned()];
        let envelope = &self.vendor.envelope;
        let data: Vec<Member> = operation
            .reply
            .iter()
            .chain(&self.vendor.failure)
            .filter(|member| member.location == ParameterLocation::Parameters)
            .cloned()
            .collect();
        for field in fields {
            let mut own = path.clone();
            own.push(field.name.clone());
            let wrapper = envelope.wrappers.iter().position(|wrapper| wrapper.wire == field.name);
            if let Some(wrapper) = wrapper {
                shown_members.insert(own.clone(), Some(plain(Scope::Envelope)));
                let inner: Vec<&EnvelopeMember> = envelope
                    .members
                    .iter()
                    .filter(|member| member.within == Some(wrapper) && member.told.is_none())
                    .collect();
                for inside in field.node.items().iter().filter_map(Node::fields).flatten() {
                    self.of_envelope(&inner, inside, format, &own, &mut shown_members);
                }
                continue;
            }
            let top: Vec<&EnvelopeMember> = envelope
                .members
                .iter()
                .filter(|member| member.within.is_none() && member.told.is_none())
                .collect();
            let is_data = |member: &&&EnvelopeMember| {
                member.role == Some(Role::Data)
                    && name_in(&member.member, format).replace(OPERATION, &operation.wire_name) == field.name
            };
            if let Some(member) = top.iter().find(is_data) {
                let described = self.describe(&member.member, Scope::Envelope);
                shown_members.insert(
                    own.clone(),
                    Some(Described { role: Some("data"), kind: "structure", ..described }),
                );
                for node in field.node.items() {
                    self.members(&data, node, format, &own, Scope::Data, &mut shown_members);
                }
            } else if self.vendor.computed.iter().any(
                |computed| matches!(&computed.in_reply, Some(InReply::Pair(name)) if *name == field.name),
            ) {
                shown_members
                    .insert(own.clone(), Some(Described { kind: "string", ..plain(Scope::Envelope) }));
            } else if !self.of_envelope(&top, field, format, &path, &mut shown_members) {
                let around: Vec<Member> = top.iter().map(|member| member.member.clone()).collect();
                let inside = (format == FormatKind::Query)
                    .then(|| self.query_member(&around, &field.name, 0))
                    .flatten();
                if let Some(inside) = inside {
                    shown_members.insert(own.clone(), Some(self.describe(&inside, Scope::Envelope)));
                    continue;
                }
                let single = Node::Object(vec![field.clone()]);
                self.members(&data, &single, format, &path, Scope::Data, &mut shown_members);
            }
        }
        shown_members
    }

    /// What the definition knows of the headers of a reply.
    pub(crate) fn reply_headers(&self, operation: &Operation, exchange: &Exchange) -> ShownMembers {
        let mut shown_members = ShownMembers::new();
        for (name, _) in &exchange.reply_headers {
            let found = operation.reply.iter().find(|member| match &member.location {
                ParameterLocation::Header(_) => member.name.wire.eq_ignore_ascii_case(name),
                ParameterLocation::Headers => {
                    let start = member.name.wire.trim_end_matches('*').to_ascii_lowercase();
                    name.to_ascii_lowercase().starts_with(&start)
                }
                _ => false,
            });
            if let Some(member) = found {
                shown_members.insert(
                    vec!["headers".to_owned(), name.clone()],
                    Some(self.describe(member, Scope::Data)),
                );
            }
        }
        shown_members
    }

    /// A member of the envelope, and what is in it. `false`: there is none of this name.
    fn of_envelope(
        &self,
        members: &[&EnvelopeMember],
        field: &Field,
        format: FormatKind,
        path: &[String],
        shown_members: &mut ShownMembers,
    ) -> bool {
        for member in members {
            // What is among the others has its members here.
            let flattened = member.member.flat_in.contains(&format)
                || member.member.place == wirewright_codegen::model::Place::Flatten;
            let (list, of) = match self.structure(&member.member.value).filter(|_| flattened) {
                Some(inside) => (inside, true),
                None => (vec![member.member.clone()], false),
            };
            let Some(found) = list.iter().find(|own| is_named(own, field, format)) else { continue };
            let single = Node::Object(vec![field.clone()]);
            self.members(std::slice::from_ref(found), &single, format, path, Scope::Envelope, shown_members);
            let mut own = path.to_vec();
            own.push(field.name.clone());
            let role = if of { self.told(member, found) } else { member.role };
            if let Some(Some(described)) = shown_members.get_mut(&own) {
                described.role = role.map(role_word);
            }
            if !of {
                self.tell(member, &own, format, shown_members);
            }
            return true;
        }
        false
    }

    /// What a member of a structure in the envelope tells.
    fn told(&self, around: &EnvelopeMember, member: &Member) -> Option<Role> {
        let envelope = &self.vendor.envelope.members;
        let by = envelope.iter().position(|own| std::ptr::eq(own, around))?;
        let inside = self.structure(&around.member.value)?;
        let at = inside.iter().position(|own| own.name.wire == member.name.wire)?;
        let is = |told: &Told| told.by == by && told.way == [at];
        envelope.iter().find(|own| own.told.as_ref().is_some_and(is))?.role
    }

    /// Gives the members of a structure in the envelope the roles that they tell.
    fn tell(
        &self,
        member: &EnvelopeMember,
        path: &[String],
        format: FormatKind,
        shown_members: &mut ShownMembers,
    ) {
        for inside in self.structure(&member.member.value).unwrap_or_default() {
            let mut own = path.to_vec();
            own.push(shown_name(&inside, format));
            if let (Some(role), Some(Some(described))) =
                (self.told(member, &inside), shown_members.get_mut(&own))
            {
                described.role = Some(role_word(role));
            }
        }
    }
}
