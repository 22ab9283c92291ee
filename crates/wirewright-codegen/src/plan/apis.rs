//! The types that describe what operations share: one, and another for each envelope that some have of their own.

use super::{envelope::Variant, names::Unique, operations::Named};

/// What operations with the same envelopes share.
pub struct Api {
    /// The type's name: `Api` for the usual one.
    pub name: String,
    /// Index of the envelope of their answers.
    pub envelope: usize,
    /// Index of the envelope of their errors.
    pub failed_envelope: usize,
}

/// All of them. The envelope of errors whose operation nobody knows is that of the usual one.
pub fn all(operations: &[Named<'_>], envelopes: &[Variant], unknown: usize) -> Vec<Api> {
    let mut counts = vec![0_usize; envelopes.len()];
    for named in operations.iter().filter(|named| named.failed_envelope == unknown) {
        counts[named.envelope] += 1;
    }
    // Of those that are equally often the first one.
    let most = (0..counts.len()).rev().max_by_key(|&index| counts[index]).filter(|&index| counts[index] > 0);
    let mut names = Unique::default();
    let usual = Api {
        name: names.take("Api".to_owned()),
        envelope: most.unwrap_or(unknown),
        failed_envelope: unknown,
    };
    let mut apis = vec![usual];
    for named in operations {
        let (envelope, failed_envelope) = (named.envelope, named.failed_envelope);
        if apis.iter().any(|api| (api.envelope, api.failed_envelope) == (envelope, failed_envelope)) {
            continue;
        }
        let of = |index: usize| envelopes[index].name.trim_end_matches("Envelope");
        let start = if of(envelope).is_empty() { of(failed_envelope) } else { of(envelope) };
        apis.push(Api { name: names.take(format!("{start}Api")), envelope, failed_envelope });
    }
    apis
}
