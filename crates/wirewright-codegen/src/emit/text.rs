//! Writing Rust: a line where it fits, an item a line where it does not. No formatter touches it afterwards.

/// How long lines of code are.
const WIDTH: usize = 110;
/// Where comments are wrapped.
const COMMENT_WIDTH: usize = 100;

/// Rust source text under construction.
#[derive(Default)]
pub(super) struct Text {
    text: String,
    indent: usize,
}

impl Text {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A line at the present indentation; an empty one stays empty.
    pub(super) fn line(&mut self, line: impl AsRef<str>) {
        let line = line.as_ref();
        if !line.is_empty() {
            self.start();
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// The present indentation.
    fn start(&mut self) {
        for _ in 0..self.indent {
            self.text.push_str("    ");
        }
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// `head {`, the body one step deeper, `}`.
    pub(super) fn block(&mut self, head: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.start();
        self.text.push_str(head.as_ref());
        self.text.push_str(" {\n");
        self.indented(body);
        self.line("}");
    }

    pub(super) fn indented(&mut self, body: impl FnOnce(&mut Self)) {
        self.indent += 1;
        body(self);
        self.indent -= 1;
    }

    /// `head`, the list in its delimiters, `tail`.
    pub(super) fn list(&mut self, head: &str, list: &List, tail: &str) {
        self.node(head, list, tail);
    }

    /// `place = value;`, the value on a line of its own where it is too long to be beside.
    pub(super) fn assignment(&mut self, place: &str, value: &str) {
        if value.contains('\n') || self.fits(place.len() + value.len() + " = ;".len()) {
            return self.line(format!("{place} = {value};"));
        }
        self.line(format!("{place} ="));
        self.indented(|text| text.line(format!("{value};")));
    }

    /// Whether so many characters go on a line.
    const fn fits(&self, characters: usize) -> bool {
        4 * self.indent + characters <= WIDTH
    }

    fn node(&mut self, head: &str, list: &List, tail: &str) {
        let flat = list.flat();
        if list.items.is_empty() || self.fits(head.len() + flat.chars().count() + tail.len()) {
            return self.line(format!("{head}{flat}{tail}"));
        }
        self.line(format!("{head}{}", list.open));
        self.indented(|text| {
            let mut row = String::new();
            for item in &list.items {
                match item {
                    Item::Text(item) if list.filled => text.fill(&mut row, item),
                    // What a literal takes from another value ends it without a comma.
                    Item::Text(item) if item.starts_with("..") => text.line(item),
                    Item::Text(item) => text.line(format!("{item},")),
                    Item::List(head, list) => {
                        text.flush(&mut row);
                        text.node(head, list, ",");
                    }
                }
            }
            text.flush(&mut row);
        });
        self.line(format!("{}{tail}", list.close));
    }

    /// Adds an item to a row of several.
    fn fill(&mut self, row: &mut String, item: &str) {
        if !row.is_empty() {
            if self.fits(row.len() + item.len() + 2) {
                row.push(' ');
            } else {
                self.flush(row);
            }
        }
        row.push_str(item);
        row.push(',');
    }

    fn flush(&mut self, row: &mut String) {
        if !row.is_empty() {
            self.line(&*row);
            row.clear();
        }
    }

    /// A function's signature, a parameter a line where they are too long to be beside each other, and its body.
    pub(super) fn function(
        &mut self,
        head: &str,
        parameters: &[String],
        result: &str,
        body: impl FnOnce(&mut Self),
    ) {
        let result = if result.is_empty() { String::new() } else { format!(" -> {result}") };
        let list = List::call(parameters.iter().cloned().map(Item::Text));
        self.list(head, &list, &format!("{result} {{"));
        self.indented(body);
        self.line("}");
    }

    /// A function on one line, where it fits there.
    pub(super) fn short_function(&mut self, head: &str, parameters: &[String], result: &str, body: &str) {
        let result = if result.is_empty() { String::new() } else { format!(" -> {result}") };
        let flat = format!("{head}({}){result} {{ {body} }}", parameters.join(", "));
        if self.fits(flat.chars().count()) {
            return self.line(flat);
        }
        let list = List::call(parameters.iter().cloned().map(Item::Text));
        self.list(head, &list, &format!("{result} {{"));
        self.indented(|text| text.line(body));
        self.line("}");
    }

    /// A match arm, with a block around a value that does not fit beside its pattern.
    pub(super) fn arm(&mut self, pattern: &str, value: &str) {
        let flat = format!("{pattern} => {value}{}", comma(value));
        if self.fits(flat.chars().count()) {
            self.line(flat);
        } else {
            self.block(format!("{pattern} =>"), |text| text.line(value));
        }
    }

    /// A match whose last arm takes the rest, or what that gives where there is no other arm.
    pub(super) fn matching(&mut self, subject: &str, otherwise: &str, arms: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        self.line(format!("match {subject} {{"));
        let first = self.text.len();
        self.indented(arms);
        if self.text.len() == first {
            self.text.truncate(start);
            return self.line(otherwise);
        }
        self.indented(|text| text.line(format!("_ => {otherwise},")));
        self.line("}");
    }

    /// A match arm with alternatives, as many a line as fit there.
    pub(super) fn alternatives(&mut self, patterns: &[String], value: &str) {
        let flat = patterns.join(" | ");
        if self.fits(flat.chars().count() + " => {".len()) {
            return self.arm(&flat, value);
        }
        let mut row = String::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let bar = if index == 0 { "" } else { "| " };
            if !row.is_empty() && !self.fits(row.len() + bar.len() + pattern.len() + 1) {
                self.flush(&mut row);
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.extend([bar, pattern]);
        }
        row.extend([" => ", value, comma(value)]);
        self.line(row);
    }

    /// A doc comment, wrapped, at the present indentation. Paragraphs are separated by empty lines.
    pub(super) fn doc(&mut self, text: &str) {
        self.comment("///", text);
    }

    /// The doc comment of a module.
    pub(super) fn module_doc(&mut self, text: &str) {
        self.comment("//!", text);
    }

    fn comment(&mut self, mark: &str, text: &str) {
        let width = COMMENT_WIDTH.saturating_sub(4 * self.indent + mark.len() + 1);
        let mut fenced = false;
        for line in text.lines() {
            fenced ^= line.starts_with("```");
            if fenced || line.starts_with("```") || line.starts_with('|') || line.is_empty() {
                self.line(format!("{mark} {line}").trim_end());
                continue;
            }
            self.start();
            self.text.push_str(mark);
            let mut taken = 0;
            for word in line.split_whitespace() {
                let length = word.chars().count();
                if taken > 0 && taken + 1 + length > width {
                    self.text.push('\n');
                    self.start();
                    self.text.push_str(mark);
                    taken = 0;
                }
                taken += length + usize::from(taken > 0);
                self.text.push(' ');
                self.text.push_str(word);
            }
            if taken == 0 {
                self.text.push(' ');
            }
            self.text.push('\n');
        }
    }
}

/// A delimited list: arguments, an array, the members of a literal.
pub(super) struct List {
    open: &'static str,
    close: &'static str,
    /// Whether a space is inside the delimiters on one line.
    padded: bool,
    /// Whether several items share a line when the list does not fit on one.
    filled: bool,
    items: Vec<Item>,
}

/// An item of a list; a nested list has something before its delimiter, such as `name: Type `.
pub(super) enum Item {
    Text(String),
    List(String, List),
}

impl List {
    pub(super) fn call(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "(", close: ")", padded: false, filled: false, items: items.into_iter().collect() }
    }

    pub(super) fn array(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "[", close: "]", padded: false, filled: false, items: items.into_iter().collect() }
    }

    pub(super) fn literal(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "{", close: "}", padded: true, filled: false, items: items.into_iter().collect() }
    }

    /// The names of a `use`, several a line.
    pub(super) fn braces(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "{", close: "}", padded: false, filled: true, items: items.into_iter().collect() }
    }

    /// The arguments of a macro, several a line.
    pub(super) fn names(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "{", close: "}", padded: true, filled: true, items: items.into_iter().collect() }
    }

    /// An array, several items a line.
    pub(super) fn row(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "[", close: "]", padded: false, filled: true, items: items.into_iter().collect() }
    }

    /// The same as the only argument of a call, whose parenthesis is before it.
    pub(super) fn in_call(self) -> Self {
        Self { close: if self.close == "]" { "])" } else { "})" }, ..self }
    }

    /// The list in one line.
    pub(super) fn flat(&self) -> String {
        let mut flat = String::from(self.open);
        if self.padded && !self.items.is_empty() {
            flat.push(' ');
        }
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                flat.push_str(", ");
            }
            match item {
                Item::Text(item) => flat.push_str(item),
                Item::List(head, list) => {
                    flat.push_str(head);
                    flat.push_str(&list.flat());
                }
            }
        }
        if self.padded && !self.items.is_empty() {
            flat.push(' ');
        }
        flat.push_str(self.close);
        flat
    }
}

impl From<String> for Item {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Item {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What is behind the value of a match arm: nothing behind a block.
fn comma(value: &str) -> &'static str {
    if value == "{}" { "" } else { "," }
}

/// A Rust string literal.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A raw string literal, for texts whose line breaks and quotes should stay readable.
pub(super) fn raw_literal(text: &str) -> String {
    let raw =
        !text.contains(['\r', '\u{feff}']) && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    if !raw || !text.contains(['"', '\\', '\n']) {
        return literal(text);
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
