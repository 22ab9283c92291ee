//! `[computed]`.

use crate::words::COMPUTED;
use crate::words::keys::computed;

use super::common::facts;
use super::table::Entry;
use super::tree::Computed;

/// An entry of `[computed]`.
pub(super) fn computed<'a>(entry: Entry<'_, 'a>) -> Option<Computed<'a>> {
    let table = entry.table(&COMPUTED)?;
    Some(Computed {
        key: entry.key,
        text: table.get(computed::TEXT),
        pairs: table.get(computed::PAIRS),
        pairs_of: table.get(computed::PAIRS_OF),
        only: table.get(computed::ONLY),
        except: table.get(computed::EXCEPT),
        must_include: table.get(computed::MUST_INCLUDE),
        order: table.get(computed::ORDER),
        each: table.get(computed::EACH),
        join: table.get(computed::JOIN),
        prefix: table.get(computed::PREFIX),
        lowercase: table.get(computed::LOWERCASE),
        repeated: table.get(computed::REPEATED),
        collapse: table.get(computed::COLLAPSE),
        percent_encode: table.get(computed::PERCENT_ENCODE),
        algorithm: table.get(computed::ALGORITHM),
        unread_algorithm: table.entry(computed::ALGORITHM).is_some_and(|entry| {
            table.get(computed::ALGORITHM).is_none_or(|read| read.len() != entry.count())
        }),
        keys: table.get(computed::KEY),
        key_encoding: table.get(computed::KEY_ENCODING),
        encoding: table.get(computed::ENCODING),
        in_reply: table.get(computed::IN_REPLY),
        in_reply_header: table.get(computed::IN_REPLY_HEADER),
        facts: facts(table),
    })
}
