//! The charset of parameters: that it is one.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::rules::is_charset;

/// Some that vendors have, for those who mistype one.
const USUAL: [&str; 12] = [
    "windows-1252",
    "iso-8859-1",
    "iso-8859-15",
    "latin1",
    "windows-1250",
    "windows-1251",
    "koi8-r",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
];

pub(super) fn check(cx: &Context<'_>) {
    let Some(charset) = cx.protocol().charset.filter(|charset| !is_charset(charset.value)) else { return };
    cx.add(
        Fault::new(
            Code::UnknownWord,
            charset.span,
            format!("`{}` is no charset for parameters", charset.value),
        )
        .label("not known, or not for forms")
        .expected("a label of the Encoding Standard, but for UTF-16: `windows-1252`, `shift_jis`")
        .did_you_mean(cx.report, charset.value, USUAL),
    );
}
