//! Made-up values in the place of real ones: of the same length and the same signs.

/// What fills a fake: a word that says what it is, or signs that follow one another.
const LETTERS: &str = "example";
const SHORT: &str = "test";
const DIGITS: &str = "1234567890";
const HEX: &str = "0123456789abcdef";

/// How long a fake of letters is at least to say that it is an example.
const LONG: usize = 9;

/// A made-up value like a real one. `number` makes it another one than those of other numbers, as far as its length allows.
pub(crate) fn fake(value: &str, number: usize) -> String {
    let signs: Vec<char> = value.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let has = |class: fn(&char) -> bool| signs.iter().any(class);
    let digits = has(char::is_ascii_digit);
    let lower = signs.iter().any(|sign| sign.is_lowercase());
    let upper = signs.iter().any(|sign| sign.is_uppercase());
    let is_hex = signs.len() >= 8 && digits && signs.iter().all(char::is_ascii_hexdigit);
    let mut filled: Vec<char> = if !lower && !upper {
        cycle(DIGITS, signs.len())
    } else if is_hex {
        cycle(HEX, signs.len())
    } else if signs.len() >= LONG {
        cycle(LETTERS, signs.len())
    } else {
        cycle(SHORT, signs.len())
    };
    // The last signs count, in what the real value is made of.
    let alphabet: Vec<char> = match (digits || (!lower && !upper), is_hex) {
        (_, true) => HEX.chars().collect(),
        (true, _) => ('0'..='9').collect(),
        _ => ('a'..='z').collect(),
    };
    let mut rest = number;
    for place in filled.iter_mut().rev().take(4) {
        let base = alphabet.len().max(1);
        let offset = alphabet.iter().position(|sign| sign == place).unwrap_or_default();
        if let Some(sign) = alphabet.get((offset + rest) % base) {
            *place = *sign;
        }
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    if !lower {
        for sign in &mut filled {
            *sign = sign.to_ascii_uppercase();
        }
    }
    if (lower || upper) && !is_hex {
        // A word is not broken: other signs are behind it.
        let others = value.chars().filter(|sign| !sign.is_alphanumeric());
        return filled.into_iter().chain(others).collect();
    }
    let mut filled = filled.into_iter();
    value
        .chars()
        .map(|sign| if sign.is_alphanumeric() { filled.next().unwrap_or('x') } else { sign })
        .collect()
}

fn cycle(of: &str, length: usize) -> Vec<char> {
    of.chars().cycle().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::fake;
    use proptest::prelude::*;

    #[test]
    fn fakes_have_the_length_and_the_signs_of_the_real_ones() {
        for (real, made_up) in [
            ("Ry5NvPAbceAS123", "exampleexample1"),
            ("9f86d081884c7d65", "0123456789abcde0"),
            ("hunter2", "testte1"),
            ("SESAME", "TESTTF"),
            ("8374-2231", "1234-5679"),
            ("a/Long+Pass=", "exampleey/+="),
            ("aLongPassPhrase", "exampleexamplef"),
        ] {
            assert_eq!(fake(real, 1), made_up);
        }
    }

    proptest! {
        #[test]
        fn fakes_differ_by_their_numbers(value in "[A-Za-z0-9+/=_-]{12,40}", one in 0usize..5000, other in 0usize..5000) {
            let long = value.chars().filter(char::is_ascii_alphanumeric).count() > 8;
            prop_assume!(one != other && long);
            prop_assert_ne!(fake(&value, one), fake(&value, other));
            prop_assert_eq!(fake(&value, one).len(), value.len());
        }
    }
}
