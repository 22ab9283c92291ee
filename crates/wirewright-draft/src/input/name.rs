//! What files are called.

use std::path::Path;

/// The name of a file, without its folder: a path of somebody's machine is nothing for a definition.
pub(super) fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
