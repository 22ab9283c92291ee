//! `[session]`.

use crate::naming;
use crate::source::Text;
use crate::words::keys::{protocol, session, session_field};
use crate::words::{SESSION, SESSION_FIELD};

use super::common::facts;
use super::table::{Entry, Table};
use super::tree::{Session, SessionField};

/// `[session]` and the entries of `[sessions]`.
pub(super) fn sessions<'a>(protocol: Table<'_, 'a>) -> Vec<Session<'a>> {
    let one = protocol.get(protocol::SESSION).map(|table| session(None, table));
    let kinds =
        protocol.get(protocol::SESSIONS).into_iter().flat_map(|table| table.entries()).filter_map(kind);
    one.into_iter().chain(kinds).collect()
}

fn kind<'a>(entry: Entry<'_, 'a>) -> Option<Session<'a>> {
    Some(session(Some(entry.key), entry.table(&SESSION)?))
}

fn session<'a>(key: Option<Text<'a>>, table: Table<'_, 'a>) -> Session<'a> {
    let fields = table.get(session::FIELDS).into_iter().flat_map(|fields| fields.entries());
    let fields: Vec<SessionField<'_>> = fields.filter_map(field).collect();
    Session {
        key,
        span: key.map_or(table.span, |key| key.span),
        rust: key.map_or_else(String::new, |key| naming::pascal(key.value).trim_end_matches('_').to_owned()),
        opens: table.get(session::OPENS),
        closes: table.get(session::CLOSES),
        conditional: table.get(session::CONDITIONAL),
        clock: table.get(session::CLOCK),
        numbers: fields.iter().enumerate().map(|(number, field)| (field.key.value, number)).collect(),
        fields,
        facts: facts(table),
    }
}

fn field<'a>(entry: Entry<'_, 'a>) -> Option<SessionField<'a>> {
    let table = entry.table(&SESSION_FIELD)?;
    let name = table.get(session_field::NAME);
    Some(SessionField {
        key: entry.key,
        name,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        from: table.get(session_field::FROM),
        secret: table.get(session_field::SECRET),
        facts: facts(table),
    })
}
