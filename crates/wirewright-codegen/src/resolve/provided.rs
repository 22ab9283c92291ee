//! Where common parameters come from, and which operations carry them.

use crate::diagnostic::{Code, Fault};
use crate::model::Groups;
use crate::read::tree::{self, Provider};
use crate::source::Text;

use super::Resolver;

impl Resolver<'_> {
    /// The field of this name, in each kind of session.
    pub(super) fn session_field(&self, written: Text<'_>) -> Option<Vec<Option<usize>>> {
        let sessions = &self.definition.protocol.sessions;
        if sessions.is_empty() {
            self.report.add(
                Fault::new(Code::SessionUnopened, written.span, "there is no session to take this from")
                    .label("needs a session")
                    .expected("a table `[session]` that says which operation opens it"),
            );
            return None;
        }
        let fields: Vec<_> = sessions.iter().map(|session| session.field(written.value)).collect();
        if fields.iter().any(Option::is_some) {
            return Some(fields);
        }
        let known = sessions.iter().flat_map(|session| &session.fields).map(|field| field.key.value);
        let fault = if let [one] = sessions.as_slice() {
            let table = format!("`[{}.fields]`", one.table());
            let message = format!("the session has no field `{}`", written.value);
            Fault::new(Code::UnknownReference, written.span, message)
                .label(format!("not in {table}"))
                .expected(format!("the name of a field in {table}"))
        } else {
            let message = format!("no kind of session has a field `{}`", written.value);
            Fault::new(Code::UnknownReference, written.span, message)
                .label("in none of `[sessions.….fields]`")
                .expected("the name of a field in the `fields` of some kind of session")
        };
        self.report.add(fault.did_you_mean(self.report, written.value, known));
        None
    }

    /// The index of the client's parameter of this name.
    pub(super) fn client_parameter(&self, written: Text<'_>) -> Option<usize> {
        let found = self.scope.client_parameter(written.value);
        if found.is_none() {
            let of_client = |one: &&tree::Parameter<'_>| {
                one.from.is_some_and(|from| from.value == Provider::Client) && !one.is_again()
            };
            let parameters = self.definition.protocol.parameters.iter().filter(of_client);
            let message = format!("the client has no parameter `{}`", written.value);
            self.report.add(
                Fault::new(Code::UnknownReference, written.span, message)
                    .label("not a parameter with `from = \"client\"`")
                    .expected("the name of another parameter with `from = \"client\"`, whose value this is")
                    .did_you_mean(self.report, written.value, parameters.map(|one| one.member.key.value)),
            );
        }
        found
    }

    /// The operations that carry a parameter.
    pub(super) fn groups(&self, written: &tree::Parameter<'_>) -> Groups {
        let names = |groups: &[Text<'_>]| -> Vec<String> {
            groups.iter().filter_map(|group| self.group_name(*group)).collect()
        };
        match (&written.groups, &written.except_groups) {
            (Some(groups), _) => Groups::Only(names(&groups.value)),
            (None, Some(groups)) => Groups::Except(names(&groups.value)),
            (None, None) => Groups::All,
        }
    }

    fn group_name(&self, written: Text<'_>) -> Option<String> {
        let groups = || self.definition.groups.iter().map(|group| group.name.as_str());
        if groups().any(|group| group == written.value) {
            return Some(written.value.to_owned());
        }
        self.report.add(
            Fault::new(
                Code::UnknownReference,
                written.span,
                format!("there is no group `{}`", written.value),
            )
            .label("no file of this name")
            .expected("the name of a group: that of its file, without `.toml`")
            .did_you_mean(self.report, written.value, groups()),
        );
        None
    }
}
