//! Writing Rust as `rustfmt` would leave it: a line where it fits, one item a line where it does not.

/// The width that the workspace's `rustfmt.toml` sets.
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
            for _ in 0..self.indent {
                self.text.push_str("    ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Text that is already laid out.
    pub(super) fn append(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// `head {`, the body one step deeper, `}`.
    pub(super) fn block(&mut self, head: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.line(format!("{} {{", head.as_ref()));
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
        self.node(head, list, tail, 0);
    }

    /// `#[wire(…)]`, one word a line where they do not fit beside each other; no comma ends it then.
    pub(super) fn wire(&mut self, words: &[String]) {
        let flat = format!("#[wire({})]", words.join(", "));
        if 4 * self.indent + flat.chars().count() <= WIDTH {
            self.line(flat);
            return;
        }
        self.line("#[wire(");
        self.indented(|text| {
            for line in words.join(",\n").lines() {
                text.line(line);
            }
        });
        self.line(")]");
    }

    /// `place = value;`, the value on a line of its own where only that fits. One of several lines is laid out already.
    pub(super) fn assignment(&mut self, place: &str, value: &str) {
        let flat = format!("{place} = {value};");
        let first = flat.lines().next().unwrap_or_default();
        let beside = 4 * self.indent + first.chars().count() <= WIDTH;
        let below = 4 * (self.indent + 1) + value.chars().count() < WIDTH;
        if beside || !below || value.contains('\n') {
            self.line(flat);
        } else {
            self.line(format!("{place} ="));
            self.indented(|text| text.line(format!("{value};")));
        }
    }

    fn node(&mut self, head: &str, list: &List, tail: &str, depth: usize) {
        let flat = format!("{head}{}{tail}", list.flat());
        // `rustfmt` leaves a little less room for a `use`, and never puts a nested one on its parent's line.
        let width = if list.filled { WIDTH - 2 } else { WIDTH };
        let nested = list.filled && list.items.iter().any(|item| matches!(item, Item::List(..)));
        let fits = !nested && 4 * self.indent + flat.chars().count() <= width;
        if fits || list.items.is_empty() || depth > 32 {
            self.line(flat);
            return;
        }
        // An assignment whose value fits on the next line goes there whole.
        let assigned = ["let ", "const ", "static ", "pub static "].iter().any(|word| head.starts_with(word));
        if let (true, Some((place, value))) = (assigned, head.split_once(" = "))
            && 4 * (self.indent + 1) + value.len() + list.flat().chars().count() + tail.len() <= WIDTH
        {
            self.line(format!("{place} ="));
            self.indented(|text| text.line(format!("{value}{}{tail}", list.flat())));
            return;
        }
        // A list of one list shares its delimiters.
        if let ([Item::List(inner_head, inner)], false) = (list.items.as_slice(), list.padded || list.filled)
        {
            let (head, tail) = (format!("{head}{}{inner_head}", list.open), format!("{}{tail}", list.close));
            self.node(&head, inner, &tail, depth + 1);
            return;
        }
        self.line(format!("{head}{}", list.open));
        self.indented(|text| {
            let mut names = String::new();
            for (index, item) in list.items.iter().enumerate() {
                match item {
                    // The names of a `use` fill their lines.
                    Item::Text(item) if list.filled && !item.contains(':') => {
                        text.fill(&mut names, item, index + 1 == list.items.len());
                    }
                    // What a literal takes from another value ends it without a comma.
                    Item::Text(item) if item.starts_with("..") => text.line(item),
                    Item::Text(item) => {
                        text.flush(&mut names);
                        text.line(format!("{item},"));
                    }
                    Item::List(head, list) => {
                        text.flush(&mut names);
                        text.node(head, list, ",", depth + 1);
                    }
                }
            }
            text.flush(&mut names);
        });
        self.line(format!("{}{tail}", list.close));
    }

    fn fill(&mut self, row: &mut String, name: &str, last: bool) {
        if !row.is_empty() {
            // `rustfmt` keeps room behind every name but the last.
            let room = if last { WIDTH } else { WIDTH - 1 };
            if 4 * self.indent + row.len() + name.len() + 2 > room {
                self.flush(row);
            } else {
                row.push(' ');
            }
        }
        row.push_str(name);
        row.push(',');
    }

    fn flush(&mut self, row: &mut String) {
        if !row.is_empty() {
            self.line(&*row);
            row.clear();
        }
    }

    /// A function's signature, wrapped by parameters if it must be, and its body.
    pub(super) fn function(
        &mut self,
        head: &str,
        parameters: &[String],
        result: &str,
        body: impl FnOnce(&mut Self),
    ) {
        let result = if result.is_empty() { String::new() } else { format!(" -> {result}") };
        let list = List::call(parameters.iter().cloned().map(Item::Text));
        let flat = 4 * self.indent + format!("{head}{}{result} {{", list.flat()).chars().count();
        // `rustfmt` counts the indentation twice when it looks for room behind wrapped parameters.
        let closing = 8 * self.indent + format!("){result} {{").chars().count();
        if flat > WIDTH && closing > WIDTH && !list.items.is_empty() {
            self.list(head, &list, &result);
            self.line("{");
        } else {
            self.list(head, &list, &format!("{result} {{"));
        }
        self.indented(body);
        self.line("}");
    }

    /// A function of a trait, without a body.
    pub(super) fn declaration(&mut self, head: &str, parameters: &[String], result: &str) {
        let list = List::call(parameters.iter().cloned().map(Item::Text));
        self.list(head, &list, &format!(" -> {result};"));
    }

    /// A function with a bound on one of the type parameters around it, if there is one.
    pub(super) fn bounded_function(
        &mut self,
        head: &str,
        parameters: &[String],
        result: &str,
        bound: Option<&str>,
        body: impl FnOnce(&mut Self),
    ) {
        let Some(bound) = bound else { return self.function(head, parameters, result, body) };
        let list = List::call(parameters.iter().cloned().map(Item::Text));
        self.list(head, &list, &format!(" -> {result}"));
        self.line("where");
        self.indented(|text| text.line(format!("{bound},")));
        self.line("{");
        self.indented(body);
        self.line("}");
    }

    /// A match arm, with a block around a value that does not fit beside its pattern.
    pub(super) fn arm(&mut self, pattern: &str, value: &str) {
        let flat = format!("{pattern} => {value}{}", comma(value));
        if 4 * self.indent + flat.chars().count() <= WIDTH {
            self.line(flat);
        } else {
            self.block(format!("{pattern} =>"), |text| text.line(value));
        }
    }

    /// A call that may end in `.await`, which goes to a line of its own if it does not fit.
    pub(super) fn awaited(&mut self, head: &str, arguments: &List, wait: &str) {
        let flat = format!("{head}{}", arguments.flat());
        if 4 * self.indent + flat.chars().count() + wait.len() <= WIDTH {
            self.line(format!("{flat}{wait}"));
            return;
        }
        let broken = 4 * self.indent + flat.chars().count() > WIDTH;
        self.list(head, arguments, "");
        if wait.is_empty() {
            return;
        }
        if broken { self.line(wait) } else { self.indented(|text| text.line(wait)) }
    }

    /// A match arm with alternatives: on one line, filled line by line if the patterns do not fit.
    pub(super) fn alternatives(&mut self, patterns: &[String], value: &str) {
        let flat = patterns.join(" | ");
        if 4 * self.indent + flat.chars().count() + " => {".len() <= WIDTH {
            self.arm(&flat, value);
            return;
        }
        for (index, pattern) in patterns.iter().enumerate() {
            let bar = if index == 0 { "" } else { "| " };
            let last = index + 1 == patterns.len();
            let arrow = if last { format!(" => {value}{}", comma(value)) } else { String::new() };
            self.line(format!("{bar}{pattern}{arrow}"));
        }
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
            let mut row = String::new();
            for word in line.split_whitespace() {
                if !row.is_empty() && row.chars().count() + 1 + word.chars().count() > width {
                    self.line(format!("{mark} {row}"));
                    row.clear();
                }
                if !row.is_empty() {
                    row.push(' ');
                }
                row.push_str(word);
            }
            self.line(format!("{mark} {row}"));
        }
    }
}

/// A delimited list: arguments, an array, the members of a literal.
pub(super) struct List {
    open: &'static str,
    close: &'static str,
    /// Whether a space stands inside the delimiters on one line.
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

    /// The names of a `use`.
    pub(super) fn braces(items: impl IntoIterator<Item = Item>) -> Self {
        Self { open: "{", close: "}", padded: false, filled: true, items: items.into_iter().collect() }
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

/// What stands behind the value of a match arm: nothing behind a block.
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
