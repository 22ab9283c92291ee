//! The path to a member: `response.data.rows[3].id`.

use std::fmt::Write;

use crate::mask::cut;

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'t> {
    /// A member's name, or a map's key that is where a name is.
    Name(&'t str),
    /// An item of a list, from 0.
    Index(usize),
}

/// The path as text.
pub(crate) fn render(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Name(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                cut(&mut path, name);
            }
            // Writing into a string cannot fail.
            Step::Index(index) => drop(write!(path, "[{index}]")),
        }
    }
    path
}
