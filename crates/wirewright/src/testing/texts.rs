//! Texts that break careless readers and writers; all of them can be in XML.

pub(super) const TEXTS: &[&str] = &[
    "",
    "a",
    " ",
    "  both sides  ",
    "\"quoted\" and 'quoted'",
    "<tag attribute=\"value\">",
    "&amp; &lt; &#65; &unknown;",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- x -->",
    "\r",
    "\r\n",
    "line\nline\rline\r\nline",
    "\t tab \t",
    "a=b&c=d;e+f%20%zz",
    "%",
    "\\ \\n \\u0041",
    "{\"a\":[1,null]}",
    "null",
    "true",
    "0",
    "-1.50e3",
    "\u{1f600} emoji",
    "é ü \u{301}",
    "\u{2028}\u{2029}",
    "\u{feff}",
    "\u{85}\u{a0}",
    "a.b.c",
    "a,b;c|d",
    "\u{10ffff}\u{fffd}",
    "NaN",
    "a long text that goes on and on, past every small buffer that a reader or a writer may have put on its stack",
];

pub(super) const NUMBERS: &[f64] =
    &[0.0, 1.0, -1.0, 0.1, 1e15, 1e16, 1e-5, -2.5e-9, 1e300, f64::MAX, f64::MIN_POSITIVE, 123_456.789];
