//! HTML as lines: what is preformatted stays as it is, items of lists get bullets, cells of tables get bars.

use scraper::{ElementRef, Html, node::Node};

/// How deep elements go that are read.
const DEEPEST: usize = 200;

#[derive(Default)]
struct Writer {
    text: String,
    line: String,
    /// How many lists are around.
    lists: usize,
    bullet: bool,
}

impl Writer {
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() {
            if self.lists > 0 {
                self.text.push_str(&"  ".repeat(self.lists));
            }
            if std::mem::take(&mut self.bullet) {
                self.text.push_str("• ");
            }
            self.text.push_str(&words.join(" "));
            self.text.push('\n');
        }
    }
}

/// The text of a page.
pub(super) fn text(html: &str) -> String {
    let document = Html::parse_document(html);
    let mut writer = Writer::default();
    element(document.root_element(), &mut writer, 0);
    writer.end_line();
    writer.text
}

fn element(of: ElementRef<'_>, writer: &mut Writer, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let name = of.value().name();
    match name {
        "script" | "style" | "head" | "noscript" | "template" | "svg" | "nav" | "footer" => return,
        "br" => return writer.end_line(),
        "pre" | "textarea" => {
            writer.end_line();
            writer.text.push('\n');
            let printed: String = of.text().collect();
            writer.text.push_str(printed.trim_matches('\n'));
            writer.text.push_str("\n\n");
            return;
        }
        "tr" => return row(of, writer),
        _ => {}
    }
    let is_list = matches!(name, "ul" | "ol");
    let is_block = is_list
        || matches!(
            name,
            "p" | "div"
                | "li"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "table"
                | "dl"
                | "dt"
                | "dd"
                | "section"
                | "article"
                | "main"
                | "header"
                | "blockquote"
                | "form"
                | "figure"
                | "details"
                | "summary"
                | "aside"
                | "hr"
        );
    if is_block {
        writer.end_line();
    }
    if name.len() == 2 && name.starts_with('h') {
        writer.text.push('\n');
    }
    writer.lists += usize::from(is_list);
    if name == "li" {
        writer.bullet = true;
    }
    for child in of.children() {
        match child.value() {
            Node::Text(text) => writer.line.push_str(text),
            Node::Element(_) => {
                if let Some(inner) = ElementRef::wrap(child) {
                    element(inner, writer, depth + 1);
                }
            }
            _ => {}
        }
    }
    if is_block {
        writer.end_line();
    }
    writer.lists -= usize::from(is_list);
}

/// A row of a table, or what is printed in it.
fn row(of: ElementRef<'_>, writer: &mut Writer) {
    writer.end_line();
    let cells =
        of.children().filter_map(ElementRef::wrap).filter(|cell| matches!(cell.value().name(), "td" | "th"));
    let texts: Vec<String> = cells
        .map(|cell| {
            let text: String = cell.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/")
        })
        .collect();
    match texts.as_slice() {
        [] => {}
        [one] => writer.text.push_str(one),
        several => writer.text.push_str(&several.join(" | ")),
    }
    writer.text.push('\n');
}
