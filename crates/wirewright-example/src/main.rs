//! Logs in to three vendors and out again, over real sockets, and shows what happens. It fails when anything is not as expected.

use std::{io, process::ExitCode};

use wirewright_example::{report::Report, tour, transcript::Transcript};

fn main() -> ExitCode {
    let mut report = Report::new(Transcript::new(io::stdout()));
    if let Err(error) = tour::run(&mut report) {
        report.fault(&format!("the servers could not be started: {error}"));
    }
    report.summary();
    if report.unexpected() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
