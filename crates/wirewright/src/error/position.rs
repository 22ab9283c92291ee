//! Line and column, computed only when an error is made.

/// The line and column of byte `offset`, both from 1, the column in characters. A line ends with LF or CR LF.
pub(crate) fn line_and_column(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..boundary(source, offset)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}

/// The start of the character that `offset` is in.
pub(crate) fn boundary(source: &str, offset: usize) -> usize {
    let mut offset = offset.min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn counts_characters_and_lines() {
        for (text, offset, expected) in [
            ("", 0, (1, 1)),
            ("abc", 2, (1, 3)),
            ("é€x", 5, (1, 3)),
            ("é€x", 4, (1, 2)),
            ("a\nb", 2, (2, 1)),
            ("a\r\nbc", 4, (2, 2)),
            ("a", 9, (1, 2)),
        ] {
            assert_eq!(line_and_column(text, offset), expected, "{text:?} {offset}");
        }
    }
}
