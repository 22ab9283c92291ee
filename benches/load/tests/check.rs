//! No login and no logout fails, 64 at a time, by both client edges. A short run, and not optimised: nothing is measured here.

use std::process::Command;

#[test]
fn all_succeed() {
    let run = Command::new(env!("CARGO_BIN_EXE_wirewright-bench-load"))
        .args(["--check", "--first", "300", "--sessions", "300", "--per-run", "300", "--pairs", "1"])
        .output()
        .expect("the load run starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
