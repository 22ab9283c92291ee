//! Words of a shell's line.

/// A part of a word.
pub(crate) enum Piece {
    Text(String),
    /// The value of a variable.
    Variable(String),
    /// What a command prints.
    Command(String),
}

/// A word of a line.
#[derive(Default)]
pub(crate) struct Word(Vec<Piece>);

impl Word {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.push(Piece::Text(text.to_owned()));
        self
    }

    pub(crate) fn variable(mut self, name: &str) -> Self {
        self.0.push(Piece::Variable(name.to_owned()));
        self
    }

    pub(crate) fn command(mut self, command: &str) -> Self {
        self.0.push(Piece::Command(command.to_owned()));
        self
    }

    pub(crate) fn add(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// With this text before what follows, unless nothing is there yet.
    pub(crate) fn separated(self, between: &str) -> Self {
        if self.is_empty() { self } else { self.text(between) }
    }

    pub(crate) fn map(self, change: impl FnMut(Piece) -> Piece) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }

    /// As it is written, so that the shell takes it for one word and fills in nothing else.
    pub(crate) fn quoted(&self) -> String {
        let literal = self.0.iter().all(|piece| matches!(piece, Piece::Text(_)));
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) if literal => text.push_str(piece),
                Piece::Text(piece) => {
                    for letter in piece.chars() {
                        if matches!(letter, '"' | '\\' | '$' | '`' | '!') {
                            text.push('\\');
                        }
                        text.push(letter);
                    }
                }
                Piece::Variable(name) => {
                    text.push_str("${");
                    text.push_str(name);
                    text.push('}');
                }
                Piece::Command(command) => {
                    text.push_str("$(");
                    text.push_str(command);
                    text.push(')');
                }
            }
        }
        if !literal {
            return format!("\"{text}\"");
        }
        let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "-_./:,@%+=".contains(letter);
        if !text.is_empty() && text.chars().all(is_bare) {
            return text;
        }
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn a_word_is_one_word() {
        for (word, written) in [
            (Word::new().text("https://a.example/x"), "https://a.example/x"),
            (Word::new().text("it's $HOME; `rm`"), "'it'\\''s $HOME; `rm`'"),
            (Word::new().text(""), "''"),
            (Word::new().text("a=\"$b\\`").variable("C"), "\"a=\\\"\\$b\\\\\\`${C}\""),
            (Word::new().text("t=").command("date +%s").text("000"), "\"t=$(date +%s)000\""),
        ] {
            assert_eq!(word.quoted(), written);
        }
    }
}
