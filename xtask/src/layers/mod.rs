//! `cargo xtask layers`: no cycle of files in a crate, and no use of an upper layer by a lower one.
//!
//! A file uses another one when a path in it names something that the other one defines, by whatever re-exports. To declare a
//! module is no use of it, nor is to hand on what is in it. What is there in tests only does not count. Crates that have a
//! `layers.txt` (see [`order`]) are held to it.

mod arrows;
mod cycles;
mod order;
mod scan;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use arrows::{Arrows, arrows};
use cycles::{Cycle, cycles};
use order::Order;
use scan::{Read, Source};

use crate::output::{Failure, complain, say};
use crate::workspace;

/// What the manifest of a generated crate begins with.
const GENERATED: &str = "# @generated";

/// A library or a program, and what is wrong with it.
struct Checked {
    source: Source,
    arrows: Arrows,
    cycles: Vec<Cycle>,
    faults: Vec<String>,
}

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let mut faults = 0;
    let mut files = 0;
    let crates = crates(root)?;
    for folder in &crates {
        let order = fs::read_to_string(root.join(folder).join("layers.txt")).ok();
        for start in ["src/lib.rs", "src/main.rs"].map(|file| folder.join(file)) {
            let read = |file: &Path| fs::read_to_string(root.join(file)).ok();
            if !root.join(&start).exists() {
                continue;
            }
            // A program beside a library is a layer above it.
            let order = order
                .as_deref()
                .filter(|_| start.ends_with("lib.rs") || !root.join(folder).join("src/lib.rs").exists());
            let checked = check(&start, order, &read)?;
            files += checked.source.files.len();
            for cycle in &checked.cycles {
                complain(&checked.shown(cycle));
            }
            for fault in &checked.faults {
                complain(fault);
            }
            faults += checked.cycles.len() + checked.faults.len();
        }
    }
    say(&format!("{} crates, {files} files", crates.len()));
    match faults {
        0 => Ok(()),
        1 => Err("1 fault in the layers".to_owned()),
        _ => Err(format!("{faults} faults in the layers")),
    }
}

/// The folders of all crates that people write.
fn crates(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| format!("{}: {error}", root.display());
    let manifests = workspace::files(root, "toml").map_err(failed)?;
    let written = |manifest: &PathBuf| {
        manifest.ends_with("Cargo.toml")
            && fs::read_to_string(manifest).is_ok_and(|text| !text.starts_with(GENERATED))
    };
    let folders = manifests.iter().filter(|manifest| written(manifest)).filter_map(|manifest| {
        let folder = manifest.parent()?;
        folder.join("src").is_dir().then(|| folder.strip_prefix(root).unwrap_or(folder).to_path_buf())
    });
    Ok(folders.collect())
}

/// The crate whose root is the file `start`, held to the layers of `order` as well.
fn check(start: &Path, order: Option<&str>, read: Read<'_>) -> Result<Checked, Failure> {
    let source = Source::new(start, read)?;
    let arrows = arrows(&source);
    let faults = match order.map(Order::new) {
        Some(Ok(order)) => order.faults(&source, &arrows),
        Some(Err(fault)) => vec![format!("{}: layers.txt: {fault}", start.display())],
        None => Vec::new(),
    };
    Ok(Checked { cycles: cycles(&arrows), source, arrows, faults })
}

impl Checked {
    fn shown(&self, cycle: &Cycle) -> String {
        let name = |file: &usize| self.source.files[*file].0.display().to_string();
        let way = cycle.shortest.iter().zip(cycle.shortest.iter().cycle().skip(1)).map(|(file, used)| {
            let arrow = &self.arrows[*file][used];
            format!("\n  {}:{} uses {}: {}", name(file), arrow.line, name(used), arrow.path)
        });
        let way: String = way.collect();
        let others: Vec<String> =
            cycle.files.iter().filter(|file| !cycle.shortest.contains(file)).map(name).collect();
        let others = if others.is_empty() {
            String::new()
        } else {
            format!("\n  and with them {}", others.join(", "))
        };
        format!("a cycle of {} files:{way}{others}", cycle.files.len())
    }
}
