//! The errors that a page lists.

use super::lines::Line;

/// An error, as a page has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageError {
    /// Its number or name.
    pub code: String,
    /// The symbol beside the number.
    pub symbol: Option<String>,
    /// What it is.
    pub text: String,
}

/// Reads errors line by line.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Which column of a table has the symbol, and which the text.
    columns: Option<(Option<usize>, Option<usize>)>,
}

/// Capitals and underscores.
fn is_symbol(word: &str) -> bool {
    word.len() > 3
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `NoSuchParcel`
fn is_camel(word: &str) -> bool {
    word.len() > 4
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
        && word.chars().filter(|sign| sign.is_uppercase()).count() > 1
}

impl Reader {
    /// A row of a table whose heading was one of errors.
    pub(super) fn row(&mut self, line: &Line<'_>, errors: &mut Vec<PageError>) -> bool {
        let cells = line.cells();
        let Some(first) = cells.first().copied() else { return false };
        let begins =
            |words: &[&str], cell: &str| words.iter().any(|word| cell.to_lowercase().starts_with(word));
        if cells.len() > 1
            && begins(&["code", "error", "number", "status", "return code"], first)
            && !is_number(first)
        {
            let find =
                |words: &[&str]| cells.iter().skip(1).position(|cell| begins(words, cell)).map(|at| at + 1);
            self.columns = Some((
                find(&["name", "symbol", "error name"]),
                find(&["desc", "message", "text", "meaning", "detail", "error detail"]),
            ));
            return true;
        }
        let Some((symbol, text)) = self.columns else { return false };
        let word = first.trim_matches(['`', '*']);
        if !(is_number(word) || is_symbol(word) || is_camel(word)) {
            return cells.iter().all(|cell| cell.chars().all(|sign| matches!(sign, '-' | ':' | ' ')));
        }
        let cell = |at: usize| cells.get(at).map(|cell| (*cell).to_owned()).filter(|cell| !cell.is_empty());
        errors.push(PageError {
            code: word.to_owned(),
            symbol: symbol.and_then(cell),
            text: text
                .and_then(cell)
                .or_else(|| cells.last().map(|cell| (*cell).to_owned()))
                .unwrap_or_default(),
        });
        true
    }

    pub(super) fn line(&mut self, line: &Line<'_>, errors: &mut Vec<PageError>) {
        if line.text.contains('|') && self.row(line, errors) {
            return;
        }
        let (first, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
        let word = first.trim_end_matches([':', '-', '.']).trim_matches('`');
        let rest = rest.trim_start().trim_start_matches(['-', '–', '—', ':']).trim_start();
        if is_number(word) && !rest.is_empty() {
            let (second, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let (symbol, text) =
                if is_symbol(second) { (Some(second.to_owned()), behind) } else { (None, rest) };
            errors.push(PageError { code: word.to_owned(), symbol, text: text.trim().to_owned() });
        } else if (is_symbol(word) || is_camel(word))
            && !rest.is_empty()
            && !rest.chars().all(|sign| sign.is_uppercase() || !sign.is_alphabetic())
        {
            errors.push(PageError { code: word.to_owned(), symbol: None, text: rest.to_owned() });
        }
    }
}
