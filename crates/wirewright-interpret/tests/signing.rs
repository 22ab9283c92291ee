//! Signatures of the schemes that vendors have, as definitions, against vectors of their pages and of others' signers: what a client
//! computes, what a server takes, and what it refuses. Where each vector is from is in it; see `signing/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop anywhere")]
#![allow(
    clippy::assigning_clones,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "a table of changes, each of which is read by itself"
)]

mod signing_support;

use std::collections::BTreeMap;

use signing_support::{Case, Sent, definition, spoiled};

/// Every vector: the client's side gives what it says, the server takes what the client sends and what the judge sent, and refuses each
/// of them with anything changed.
#[test]
fn vectors() {
    let mut counted: BTreeMap<String, [usize; 6]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let counts = counted.entry(case.scheme.clone()).or_default();
        counts[0] += 1;
        let definition = definition(&case.definition);
        let sent = Sent::signed(definition, &case);
        let unlike = case.unlike(definition, &sent);
        if let Some(unlike) = unlike {
            if !case.explained() {
                wrong.push(format!("{} ({}): {unlike}", case.scheme, case.source));
            }
            continue;
        }
        counts[1] += 1;
        if !sent.is_request() {
            continue;
        }
        if let Err(refused) = sent.verified(definition, &case) {
            wrong.push(format!("{} ({}): refused, {refused}", case.scheme, case.source));
        }
        counts[2] += 1;
        if let Some(foreign) = case.foreign() {
            if let Err(refused) = foreign.verified(definition, &case) {
                wrong.push(format!(
                    "{} ({}): the judge's own is refused, {refused}",
                    case.scheme, case.source
                ));
            }
            counts[3] += 1;
        }
        for (how, sent, case) in spoiled(definition, &sent, &case) {
            counts[4] += 1;
            if sent.verified(definition, &case).is_ok() {
                wrong.push(format!("{} ({}): taken, {how}", case.scheme, case.source));
            } else {
                counts[5] += 1;
            }
        }
    }
    let mut table = String::from("scheme: vectors, alike, own taken, the judge's taken, spoiled, refused\n");
    for (scheme, counts) in &counted {
        table += &format!("{scheme}: {counts:?}\n");
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} faults:\n{}",
        table,
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
    assert_eq!(table, include_str!("signing/counts.txt"));
}
