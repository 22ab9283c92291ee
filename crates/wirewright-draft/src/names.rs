//! What a draft knows of the names in use, from a data file.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

/// The data file.
const DATA: &str = include_str!("names.toml");

/// A set of names, by how they are alike.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NameSet {
    is: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    begins: Vec<String>,
    word: Vec<String>,
    contains: Vec<String>,
}

/// Words of a text, and what they tell.
#[derive(Debug, Deserialize)]
pub(crate) struct Told {
    #[serde(alias = "class", alias = "when")]
    pub(crate) what: String,
    contains: Vec<String>,
}

/// How a moment looks, and how it is read.
#[derive(Debug, Deserialize)]
pub(crate) struct MomentForm {
    /// `datetime`, `date` or `time`.
    pub(crate) word: String,
    looks: String,
    pub(crate) format: String,
}

/// The names that many APIs have.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) operation: Vec<String>,
    pub(crate) success: Vec<String>,
    pub(crate) failure: Vec<String>,
    pub(crate) status: Vec<String>,
    pub(crate) flags: Vec<String>,
    pub(crate) code: Vec<String>,
    pub(crate) message: Vec<String>,
    pub(crate) symbol: Vec<String>,
    pub(crate) detail: Vec<String>,
    pub(crate) request_id: Vec<String>,
    pub(crate) around: Vec<String>,
    pub(crate) common_words: Vec<String>,
    pub(crate) header_families: Vec<String>,
    pub(crate) format_values: HashMap<String, String>,
    sets: HashMap<String, NameSet>,
    pub(crate) classes: Vec<Told>,
    pub(crate) conditions: Vec<Told>,
    pub(crate) said: Vec<Told>,
    pub(crate) moments: Vec<MomentForm>,
    pub(crate) labels: Labels,
}

/// What the lines of a page are headings of.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Labels {
    pub(crate) url: Vec<String>,
    pub(crate) methods: Vec<String>,
    pub(crate) media_type: Vec<String>,
    pub(crate) doc: Vec<String>,
    pub(crate) arguments: Vec<String>,
    pub(crate) errors: Vec<String>,
    pub(crate) reply: Vec<String>,
    pub(crate) other: Vec<String>,
}

/// The names of the data file, which a test reads.
pub(crate) static NAMES: LazyLock<Names> = LazyLock::new(|| toml::from_str(DATA).unwrap_or_default());

/// Whether a name is in one of the file's sets.
pub(crate) fn is_in(set: &str, name: &str) -> bool {
    let Some(set) = NAMES.sets.get(set) else { return false };
    let whole = folded(name);
    let words = words(name);
    let has = |list: &[String], word: Option<&String>| word.is_some_and(|word| list.contains(word));
    set.is.contains(&whole)
        || set.contains.iter().any(|part| whole.contains(part.as_str()))
        || set.begins.iter().any(|part| whole.starts_with(part.as_str()))
        || has(&set.first, words.first())
        || has(&set.last, words.last())
        || words.iter().any(|word| set.word.contains(word))
}

/// The letters and digits of a name, small.
pub(crate) fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_lowercase()).collect()
}

/// The place of a name in a list, the most usual first.
pub(crate) fn rank(list: &[String], name: &str) -> Option<usize> {
    let name = folded(name);
    list.iter().position(|known| *known == name)
}

/// The words of a name, small.
pub(crate) fn words(name: &str) -> Vec<String> {
    wirewright_codegen::snake(name).trim_start_matches("r#").split('_').map(str::to_owned).collect()
}

/// What a text tells by its words.
pub(crate) fn told<'n>(list: &'n [Told], text: &str) -> Option<&'n str> {
    let text = text.to_lowercase();
    list.iter()
        .find(|told| told.contains.iter().any(|part| text.contains(part.as_str())))
        .map(|told| told.what.as_str())
}

impl MomentForm {
    /// Whether a value looks so.
    pub(crate) fn fits(&self, value: &str) -> bool {
        let mut value = value.chars().peekable();
        let signs = self.looks.chars();
        for sign in signs {
            let fits = match sign {
                '*' => {
                    let mut some = false;
                    while value.next_if(char::is_ascii_digit).is_some() {
                        some = true;
                    }
                    some
                }
                '9' => value.next().is_some_and(|own| own.is_ascii_digit()),
                'A' => value.next().is_some_and(|own| own.is_ascii_alphabetic()),
                // An offset to either side.
                '+' => value.next().is_some_and(|own| own == '+' || own == '-'),
                sign => value.next() == Some(sign),
            };
            if !fits {
                return false;
            }
        }
        value.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::{DATA, NAMES, Names, is_in, told, words};

    #[test]
    fn the_data_file_is_read() {
        let names: Names = toml::from_str(DATA).expect("the data file is TOML that is understood");
        assert!(names.sets.len() > 20 && names.moments.len() > 10 && names.classes.len() == 3);
        assert_eq!(NAMES.status.len(), names.status.len());
    }

    #[test]
    fn names_are_known_by_their_words() {
        assert_eq!(words("sessionKey"), ["session", "key"]);
        assert!(is_in("identifier", "albumId") && !is_in("identifier", "valid"));
        assert!(is_in("secret", "attendeePW") && !is_in("secret", "powerful"));
        assert!(is_in("data", "response_name_value") && !is_in("data", "album"));
        assert_eq!(told(&NAMES.classes, "The session has expired"), Some("log-in-again"));
        assert_eq!(told(&NAMES.classes, "fine"), None);
        let fits = |value: &str| NAMES.moments.iter().find(|form| form.fits(value)).map(|form| &*form.format);
        assert_eq!(fits("2008-09-30 15:56:42"), Some("%Y-%m-%d %H:%M:%S"));
        assert_eq!(fits("2008-09-30T15:56:42.12-05:00"), Some("%Y-%m-%dT%H:%M:%S%.f%:z"));
        assert_eq!(fits("yesterday"), None);
    }
}
