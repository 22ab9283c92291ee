//! The wire, and the schemas of the definition language, against programs that were not written here: Python's parsers, `oauthlib`
//! and `jsonschema`.

use std::path::Path;

use crate::output::Failure;
use crate::python;

/// The program, and what it needs.
const FOLDER: &str = "crates/wirewright-example/independent";
/// Where that is installed.
const ENVIRONMENT: &str = "target/independent";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let python = python::environment(root, ENVIRONMENT, &format!("{FOLDER}/requirements.txt"))?;
    python::run(root, &python, &[&format!("{FOLDER}/check.py")])
}
