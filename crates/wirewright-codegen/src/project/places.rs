//! Where one place is, seen from another.

use std::env;
use std::path::{Component, Path, PathBuf, absolute};

/// The path without links and without `..`, as far as it is there.
pub(super) fn resolved(path: &Path) -> PathBuf {
    if let Ok(found) = path.canonicalize() {
        return found;
    }
    let mut clean = PathBuf::new();
    for part in absolute(path).unwrap_or_else(|_| path.to_path_buf()).components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    let there = clean.ancestors().skip(1).find_map(|above| {
        let rest = clean.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    });
    there.unwrap_or(clean)
}

/// `to` as seen from the folder `from`, with `/` between folders; both resolved. `None` where no way leads there, as from one drive
/// to another.
pub(super) fn relative(from: &Path, to: &Path) -> Option<String> {
    let [from, to] = [from, to].map(|path| path.components().collect::<Vec<_>>());
    let common = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    if common == 0 {
        return None;
    }
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// The same, or the whole path where no way leads there.
pub(super) fn shown_from(from: &Path, to: &Path) -> String {
    relative(from, to).unwrap_or_else(|| to.display().to_string())
}

/// A path as a person in the current folder would write it.
pub(super) fn shown(path: &Path) -> &Path {
    let inside = env::current_dir().ok().map(|current| resolved(&current));
    inside
        .and_then(|current| path.strip_prefix(current).ok())
        .filter(|path| *path != Path::new(""))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{relative, resolved};

    #[test]
    fn ways() {
        for (from, to, way) in [
            ("/a/crates/parcels", "/a/defs/parcels", Some("../../defs/parcels")),
            ("/a", "/a/defs/parcels", Some("defs/parcels")),
            ("/a/b", "/a", Some("..")),
            ("/a", "/a", Some(".")),
            ("/a/bc", "/a/b", Some("../b")),
            ("a", "/a", None),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)).as_deref(), way, "{from} {to}");
        }
    }

    /// What is not there yet has its place all the same.
    #[test]
    fn places_that_are_not_there() {
        let here = std::env::temp_dir().canonicalize().unwrap_or_default();
        for path in ["wirewright-nowhere/x", "wirewright-nowhere/y/../x", "wirewright-nowhere/./x"] {
            assert_eq!(resolved(&std::env::temp_dir().join(path)), here.join("wirewright-nowhere").join("x"));
        }
    }
}
