//! A picture as text: for light and for dark pages, and with words for those who do not see it.

use std::fmt::Write as _;

/// Each colour has a class; the second line of each is for dark pages. All texts have a contrast of at least 4.5 to their ground.
const STYLE: &str = "\
.text { fill: #1f2328 } .quiet { fill: #59636e } .ground { fill: #f6f8fa; stroke: #d1d9e0 } .prompt { fill: #1a7f37 }
.bar { fill: #0969da } .over { fill: #bc4c00 } .rule { stroke: #59636e; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
.text { fill: #f0f6fc } .quiet { fill: #9198a1 } .ground { fill: #151b23; stroke: #3d444d } .prompt { fill: #3fb950 }
.bar { fill: #4493f8 } .over { fill: #db6d28 } .rule { stroke: #9198a1 }
}
";

/// A picture that is being made.
pub(super) struct Picture {
    body: String,
}

impl Picture {
    pub(super) const fn new() -> Self {
        Self { body: String::new() }
    }

    /// A text that begins at `x`, its line at `y`.
    pub(super) fn text(&mut self, class: &str, x: u32, y: u32, text: &str) {
        self.element(&format!(r#"<text class="{class}" x="{x}" y="{y}">{}</text>"#, escaped(text)));
    }

    /// A text that ends at `x`.
    pub(super) fn text_to(&mut self, class: &str, x: u32, y: u32, text: &str) {
        self.element(&format!(
            r#"<text class="{class}" x="{x}" y="{y}" text-anchor="end">{}</text>"#,
            escaped(text)
        ));
    }

    /// A rectangle with round corners.
    pub(super) fn rectangle(&mut self, class: &str, [x, y, width, height]: [u32; 4], radius: u32) {
        self.element(&format!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>"#
        ));
    }

    /// A line downwards.
    pub(super) fn rule(&mut self, x: u32, from: u32, to: u32) {
        self.element(&format!(r#"<line class="rule" x1="{x}" y1="{from}" x2="{x}" y2="{to}"/>"#));
    }

    fn element(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// The whole file. `font` is in CSS.
    pub(super) fn finish(
        self,
        [width, height]: [u32; 2],
        font: &str,
        title: &str,
        description: &str,
    ) -> String {
        let mut file = String::new();
        // Writing to a string cannot fail.
        let _ = write!(
            file,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description">
<title id="title">{}</title>
<desc id="description">{}</desc>
<style>
text {{ font: {font}; white-space: pre }}
{STYLE}</style>
{}</svg>
"#,
            escaped(title),
            escaped(description),
            self.body
        );
        file
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
