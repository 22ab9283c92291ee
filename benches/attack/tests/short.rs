//! A short attack on every edge: the long one is this crate's program.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use wirewright_bench_attack::{Plan, attack, targets};

#[test]
fn servers_hold_under_attack() {
    for target in targets().unwrap() {
        let report = attack(&target, Plan { connections: 64, time: Duration::from_secs(1), seed: 7 });
        assert_eq!(report.faults.first(), None, "{}: of {} faults", target.name, report.faults.len());
        assert_eq!(report.panics, 0, "{}", target.name);
        assert!(report.valid.len() >= 16 && report.kinds.len() >= 5, "{}: {:?}", target.name, report.kinds);
        if let Some((early, late)) = report.memory {
            assert!(late < early + (64 << 10), "{}: {early} KiB, and then {late}", target.name);
        }
    }
}
