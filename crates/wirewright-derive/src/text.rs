//! Texts: spelling conventions, the rules for names, and which known word an unknown one was meant to be.

/// The conventions that `rename_all` knows.
pub(crate) const CONVENTIONS: &[(&str, Convention)] = &[
    ("camelCase", Convention { separator: "", first: lower, rest: capital }),
    ("PascalCase", Convention { separator: "", first: capital, rest: capital }),
    ("snake_case", Convention { separator: "_", first: lower, rest: lower }),
    ("kebab-case", Convention { separator: "-", first: lower, rest: lower }),
    ("SCREAMING_SNAKE_CASE", Convention { separator: "_", first: upper, rest: upper }),
    ("lowercase", Convention { separator: "", first: lower, rest: lower }),
];

/// How a Rust name is spelled on the wire.
#[derive(Clone, Copy)]
pub(crate) struct Convention {
    separator: &'static str,
    first: fn(&str) -> String,
    rest: fn(&str) -> String,
}

impl Convention {
    /// The wire's spelling of a Rust name.
    pub(crate) fn apply(self, name: &str) -> String {
        let mut out = String::new();
        for (index, word) in words(name).iter().enumerate() {
            if index > 0 {
                out.push_str(self.separator);
            }
            let spell = if index == 0 { self.first } else { self.rest };
            out.push_str(&spell(word));
        }
        out
    }
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

fn upper(word: &str) -> String {
    word.to_uppercase()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
    })
}

/// The words of `screen_name`, `ScreenName` or `HTTPServer` (`HTTP`, `Server`). Digits belong to the word before them.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let starts = letter.is_uppercase()
            && before.is_some_and(|&before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if letter == '_' || starts {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter != '_', words.last_mut()) {
            word.push(letter);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A name as a JSON string has it, without the quotes.
pub(crate) fn json_escaped(name: &str) -> String {
    let mut escaped = String::new();
    for letter in name.chars() {
        match letter {
            '"' | '\\' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            '\0'..='\u{1f}' => escaped.extend(format!("\\u{:04x}", u32::from(letter)).chars()),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A name as `application/x-www-form-urlencoded` has it.
pub(crate) fn form_encoded(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'*' | b'-' | b'.' | b'_' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => encoded.extend(format!("%{byte:02X}").chars()),
        }
    }
    encoded
}

/// Whether `name` can be the local name of an XML element or attribute (XML 1.0, production 5, without the colon).
pub(crate) fn is_xml_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(starts_xml_name)
        && letters.all(|letter| {
            starts_xml_name(letter)
                || matches!(letter, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
        })
}

fn starts_xml_name(letter: char) -> bool {
    matches!(letter,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// The known word that `unknown` was probably meant to be.
pub(crate) fn nearest<'k>(unknown: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = (unknown.chars().count() / 3).max(1);
    known
        .map(|word| (distance(unknown, word), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to come from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut table = vec![vec![0; to.len() + 1]; from.len() + 1];
    for row in 0..=from.len() {
        for column in 0..=to.len() {
            table[row][column] = if row == 0 || column == 0 {
                row + column
            } else {
                let replaced = table[row - 1][column - 1] + usize::from(from[row - 1] != to[column - 1]);
                let moved = (table[row - 1][column] + 1).min(table[row][column - 1] + 1);
                let swaps = row > 1
                    && column > 1
                    && from[row - 1] == to[column - 2]
                    && from[row - 2] == to[column - 1];
                let swapped = if swaps { table[row - 2][column - 2] + 1 } else { usize::MAX };
                replaced.min(moved).min(swapped)
            };
        }
    }
    table[from.len()][to.len()]
}

/// `a`, `b` and `c`.
pub(crate) fn enumerate(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventions_spell_fields_and_variants() {
        let table = [
            ("screen_name", "camelCase", "screenName"),
            ("screen_name", "PascalCase", "ScreenName"),
            ("ScreenName", "snake_case", "screen_name"),
            ("ScreenName", "kebab-case", "screen-name"),
            ("ScreenName", "SCREAMING_SNAKE_CASE", "SCREEN_NAME"),
            ("ScreenName", "lowercase", "screenname"),
            ("HTTPServer", "snake_case", "http_server"),
            ("sha256_key", "camelCase", "sha256Key"),
            ("SentIM", "camelCase", "sentIm"),
            ("_id", "camelCase", "id"),
        ];
        for (name, convention, expected) in table {
            let (_, convention) = CONVENTIONS.iter().find(|(known, _)| *known == convention).expect("known");
            assert_eq!(convention.apply(name), expected, "{name}");
        }
    }

    #[test]
    fn xml_names_follow_the_recommendation() {
        for name in ["a", "_a", "a-b.c1", "größe", "名"] {
            assert!(is_xml_name(name), "{name}");
        }
        for name in ["", "1a", "-a", ".a", "a b", "a:b", "a[]", "@a"] {
            assert!(!is_xml_name(name), "{name}");
        }
    }

    #[test]
    fn the_nearest_word_is_near() {
        let known = ["name", "attribute", "flatten"];
        for (unknown, expected) in [
            ("nmae", Some("name")),
            ("nam", Some("name")),
            ("atribute", Some("attribute")),
            ("flattened", Some("flatten")),
            ("xyz", None),
        ] {
            assert_eq!(nearest(unknown, known.into_iter()), expected, "{unknown}");
        }
    }
}
