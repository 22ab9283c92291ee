//! JSONP: any text, as a call and as a callback.

use wirewright::json::{is_callback, strip_callback, to_jsonp};

use crate::Outcome;

/// Takes the callback off the text, and puts one on it.
///
/// # Panics
///
/// When what is taken off is not what was put on.
pub fn jsonp(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let text = String::from_utf8_lossy(data);
    let (callback, inner) = strip_callback(&text);
    if let Some(callback) = callback {
        outcome.take("call");
        assert!(is_callback(callback), "{callback:?}");
        assert!(text.contains(callback) && text.contains(inner));
        wrapped(callback, inner);
    } else {
        assert_eq!(inner, text, "what is no call comes back as it is");
        outcome.refuse("no call");
    }
    if is_callback(&text) {
        outcome.take("callback");
        wrapped(&text, "{\"a\":\"\u{2028})\"}");
    } else {
        outcome.refuse("no callback");
        assert!(to_jsonp(&text, "{}").is_err());
    }
    outcome
}

fn wrapped(callback: &str, inner: &str) {
    let Ok(text) = to_jsonp(callback, inner) else { panic!("{callback:?} is a callback") };
    assert!(!text.contains(['\u{2028}', '\u{2029}']));
    let (again, json) = strip_callback(&text);
    assert_eq!(again, Some(callback));
    let escaped = inner.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    assert_eq!(json, escaped.trim_ascii());
}

/// Calls.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let calls = [
        "app.onReply({\"response\":{\"statusCode\":200}});",
        "/**/ cb ( [1, \")\"] ) ;",
        "app.onReply",
        "$_a1.b",
        "{\"a\":\"b(c)\"}",
        "\u{feff}cb(null)",
        "/**/ typeof cb === 'function' && cb({\"a\":1});",
        "/* x *//* y */app.cbs[1]({\"a\":1});",
    ];
    calls.map(|call| call.as_bytes().to_vec()).to_vec()
}
