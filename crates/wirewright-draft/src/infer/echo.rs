//! The ID of a request, which its reply says again.

use std::collections::BTreeMap;

use super::sample::Sample;
use crate::names::{NAMES, is_in, rank};

/// How long a value is at least that is no accident.
const LONG: usize = 6;

/// The parameter and the member at the top that say the same in most exchanges.
pub(crate) fn find(samples: &[Sample]) -> Option<(String, String)> {
    let mut hits: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for sample in samples {
        for parameter in &sample.exchange.parameters {
            let known =
                is_in("request_id", &parameter.name) || rank(&NAMES.request_id, &parameter.name).is_some();
            if !known {
                continue;
            }
            for field in sample.tops().flat_map(|(_, fields)| fields) {
                let Some(text) = field.node.text() else { continue };
                let named =
                    is_in("request_id", &field.name) || rank(&NAMES.request_id, &field.name).is_some();
                let hit = text == parameter.value && (text.len() >= LONG || named);
                let count = hits.entry((parameter.name.clone(), field.name.clone())).or_default();
                count.0 += usize::from(hit);
                count.1 += 1;
            }
        }
    }
    let often = hits.into_iter().filter(|(_, (hits, all))| *hits > 0 && hits * 2 >= *all);
    often.max_by_key(|(_, (hits, _))| *hits).map(|(names, _)| names)
}
