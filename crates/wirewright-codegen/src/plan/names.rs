//! Names in Rust, made of others, and kept apart.

use std::collections::HashSet;

use crate::model::Name;

/// A Rust name without its raw mark, to be part of another name.
pub fn plain(rust: &str) -> &str {
    rust.trim_start_matches("r#")
}

/// A Rust name as a part of another one: `self_` -> `self`.
pub fn part(rust: &str) -> &str {
    plain(rust).trim_end_matches('_')
}

/// A name for a Rust item that is made of several names: `session`, `login` -> `session_login`.
pub fn joined(names: &[&Name]) -> String {
    names.iter().map(|name| part(&name.rust)).collect::<Vec<_>>().join("_")
}

/// How long a part of a file's name is; file systems take 255 bytes for the whole.
const OF_FILE: usize = 64;

/// A name in ASCII as a part of a file's name: a long one is its start, and a number made of all of it.
pub fn of_file(name: &str) -> String {
    match name.get(..OF_FILE - 9) {
        Some(start) if name.len() > OF_FILE => {
            // FNV-1a: stable, and enough for the names of one vendor.
            let number = name
                .bytes()
                .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
            format!("{start}-{number:08x}")
        }
        _ => name.to_owned(),
    }
}

/// Names that must differ from each other.
#[derive(Default)]
pub struct Unique(HashSet<String>);

impl Unique {
    /// `name`, or `name_2` and so on where it is taken.
    pub fn take(&mut self, name: String) -> String {
        if self.0.insert(name.clone()) {
            return name;
        }
        let mut number = 2;
        while !self.0.insert(format!("{name}_{number}")) {
            number += 1;
        }
        format!("{name}_{number}")
    }
}

/// `ClientParameters` -> `client_parameters`.
pub fn snake(pascal: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in pascal.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// `client_login` -> `ClientLogin`.
pub fn pascal(snake: &str) -> String {
    snake
        .split('_')
        .filter_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
        })
        .collect()
}
