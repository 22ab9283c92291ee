//! The path to a member: `response.data.rows[3].id`.

use alloc::string::String;
use core::fmt::Write;

/// Longer names are cut: a name from the input may be anything.
const LONGEST: usize = 40;

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'t> {
    /// A member's name, or a map's key that stands where a name stands.
    Name(&'t str),
    /// An item of a list, from 0.
    Index(usize),
}

/// Appends `name` without control characters and not longer than 40 characters.
pub(crate) fn cut(out: &mut String, name: &str) {
    for (index, char) in name.chars().enumerate() {
        if index == LONGEST {
            out.push('…');
            break;
        }
        out.push(if char.is_control() { '\u{fffd}' } else { char });
    }
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
