//! Did you mean?

/// The one of `known` that was most likely meant; `None` when none is near.
///
/// ```
/// use wirewright_codegen::nearest;
///
/// assert_eq!(nearest("Endpiont", ["path", "endpoint"]), Some("endpoint"));
/// assert_eq!(nearest("xyz", ["path", "endpoint"]), None);
/// // Another number is another thing.
/// assert_eq!(nearest("hmac-sha1", ["hmac-sha256"]), None);
/// ```
pub fn nearest<K: AsRef<str>>(written: &str, known: impl IntoIterator<Item = K>) -> Option<K> {
    // Long texts are no misspelled words, and the distance takes time by the square of the length.
    if written.len() > 64 {
        return None;
    }
    let folded = written.to_lowercase();
    let limit = match folded.chars().count() {
        0 | 1 => 0,
        2..=5 => 1,
        length => length / 3,
    };
    // `int` for `integer`.
    let begins = |word: &str| folded.len() >= 3 && word.to_lowercase().starts_with(&folded);
    // What differs by a number is no misspelling; a digit that was swapped or forgotten altogether may be.
    let digits = |word: &str| {
        let mut digits: Vec<char> = word.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    let numbers = digits(&folded);
    let number = |word: &str| {
        numbers.is_empty() || begins(word) || [Vec::new(), numbers.clone()].contains(&digits(word))
    };
    let near = |word: &str| {
        word.len() <= 64 && number(word) && (word.len().abs_diff(folded.len()) <= limit || begins(word))
    };
    let distance = |word: &str| {
        if begins(word) { 1 } else { strsim::osa_distance(&folded, &word.to_lowercase()) }
    };
    known
        .into_iter()
        .filter(|word| near(word.as_ref()))
        .map(|word| (distance(word.as_ref()), word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}
