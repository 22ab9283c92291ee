//! The rule of versions: a line of the interface that was released and is there no more is a breaking change, and asks for a version
//! that says so.

use std::collections::BTreeMap;

/// What is wrong with an interface, beside the one that was released: nothing, or each line that is gone or changed, with what it was in.
///
/// The text of a release is a comment with its version and the interface below it; both texts are as `prettyplease` writes them.
pub(crate) fn broken(released: &str, version: &str, current: &str) -> Vec<String> {
    let (head, text) = released.split_once('\n').unwrap_or((released, ""));
    let was = head.strip_prefix("// ").unwrap_or_default();
    assert!(numbers(was).is_some(), "the first line is the version, as in `// 0.1.0`, and not {head:?}");
    if may_break(was, version) {
        return Vec::new();
    }
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    for line in placed(current) {
        *there.entry(line).or_default() += 1;
    }
    let is_gone = |line: &String| match there.get_mut(line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    placed(text).into_iter().filter(is_gone).collect()
}

/// Whether the second version may break what the first one promised: a greater major version, or where that is 0 a greater minor one.
fn may_break(released: &str, current: &str) -> bool {
    match (numbers(released), numbers(current)) {
        (Some([0, old, _]), Some([0, new, _])) | (Some([old, ..]), Some([new, ..])) => new > old,
        _ => false,
    }
}

fn numbers(version: &str) -> Option<[u64; 3]> {
    let numbers: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
    numbers.ok()?.try_into().ok()
}

/// Each line that says something, behind the lines that it is in.
fn placed(text: &str) -> Vec<String> {
    let mut around: Vec<(usize, &str)> = Vec::new();
    let mut all = Vec::new();
    for line in text.lines() {
        let said = line.trim();
        if !said.contains(|letter: char| letter.is_alphanumeric()) {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        around.retain(|(outer, _)| *outer < indent);
        let path = around.iter().map(|(_, line)| *line).chain([said]);
        all.push(path.collect::<Vec<_>>().join(" "));
        around.push((indent, said));
    }
    all
}

#[test]
fn what_is_gone_or_changed_asks_for_a_version() {
    let released = "// 0.2.1\npub mod a {\n    pub fn f(\n        x: u8,\n    ) {}\n    pub struct S {\n        pub x: u8,\n    }\n}\n";
    let same = released.split_once('\n').unwrap().1;
    let gone = same.replace("        pub x: u8,\n", "");
    let changed = same.replace("        x: u8,", "        x: u16,");
    let moved = gone.clone() + "pub struct T {\n    pub x: u8,\n}\n";
    let more = same.replace("pub x: u8,", "pub x: u8,\n        pub y: u8,");
    let field = "pub mod a { pub struct S { pub x: u8,";
    let parameter = "pub mod a { pub fn f( x: u8,";
    let cases: [(&str, &str, &[&str]); 10] = [
        (same, "0.2.1", &[]),
        (&more, "0.2.2", &[]),
        (&gone, "0.2.2", &[field]),
        (&changed, "0.2.9", &[parameter]),
        // The same line elsewhere is another one.
        (&moved, "0.2.2", &[field]),
        (&gone, "0.3.0", &[]),
        (&gone, "1.0.0", &[]),
        (&gone, "0.1.9", &[field]),
        (
            "",
            "0.2.1",
            &["pub mod a {", "pub mod a { pub fn f(", parameter, "pub mod a { pub struct S {", field],
        ),
        // No version is no excuse.
        (&gone, "next", &[field]),
    ];
    for (current, version, expected) in cases {
        assert_eq!(broken(released, version, current), expected, "{version}: {current}");
    }
    let major = released.replacen("0.2.1", "1.2.1", 1);
    assert_eq!(broken(&major, "1.3.0", &gone), [field]);
    assert!(broken(&major, "2.0.0", &gone).is_empty());
}
