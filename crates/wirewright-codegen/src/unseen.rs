//! Characters that nobody sees, which definitions and pages may have all the same.

/// Whether a character has no look of its own, but could change how others look, or where a line ends: those of Unicode's
/// categories Cc, Cf, Zl and Zp (16.0).
pub fn is_unseen(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of the categories as Unicode's own tables have them, and no others: the runtime has the same.
    #[test]
    fn what_nobody_sees_is_as_unicode_says() {
        let class = regex_syntax::parse(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]").expect("a class");
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) = class.kind() else {
            panic!("{class:?}")
        };
        let unseen =
            |char: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(char));
        for char in '\0'..=char::MAX {
            assert_eq!(is_unseen(char), unseen(&char), "{:?}", char.escape_unicode().to_string());
        }
    }
}
