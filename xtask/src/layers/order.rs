//! `layers.txt` of a crate: its modules in layers, the lowest first.

use std::collections::BTreeMap;

use super::arrows::Arrows;
use super::scan::Source;

/// What is said of a line of `layers.txt`, or of a file.
pub(super) type Fault = String;

/// The layers of modules, counted from 0.
#[derive(Debug)]
pub(super) struct Order {
    layers: BTreeMap<Vec<String>, usize>,
}

impl Order {
    /// A layer a line: names of modules, as `wire` or `call::client`, with spaces between. What is behind `#` is a comment.
    pub(super) fn new(text: &str) -> Result<Self, Fault> {
        let mut layers = BTreeMap::new();
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        for (layer, line) in lines.filter(|line| !line.trim().is_empty()).enumerate() {
            for name in line.split_whitespace() {
                if layers.insert(name.split("::").map(str::to_owned).collect(), layer).is_some() {
                    return Err(format!("`{name}` is in two layers, or twice in one"));
                }
            }
        }
        Ok(Self { layers })
    }

    /// The layer of a module: its own, or that of the module around it. The root is above all others, if it has none.
    fn layer(&self, module: &[String]) -> Option<usize> {
        if module.is_empty() {
            return Some(usize::MAX);
        }
        (1..=module.len()).rev().find_map(|length| self.layers.get(&module[..length]).copied())
    }

    /// Whatever uses something above it, and whatever has no layer.
    pub(super) fn faults(&self, source: &Source, arrows: &Arrows) -> Vec<Fault> {
        let known = |name: &Vec<String>| source.modules.iter().any(|module| module.path == *name);
        let unknown = self.layers.keys().filter(|name| !known(name));
        let mut faults: Vec<Fault> =
            unknown.map(|name| format!("layers.txt: there is no module `{}`", name.join("::"))).collect();
        let module = |file: usize| &source.modules[source.files[file].1].path;
        for (file, used) in arrows.iter().enumerate() {
            let place = source.files[file].0.display();
            let Some(layer) = self.layer(module(file)) else {
                faults.push(format!("{place}: module `{}` is in no layer", module(file).join("::")));
                continue;
            };
            for (other, arrow) in used {
                if self.layer(module(*other)).is_some_and(|above| above > layer) {
                    faults.push(format!(
                        "{place}:{}: module `{}` uses `{}`, which is above it: {}",
                        arrow.line,
                        module(file).join("::"),
                        if *other == 0 { "crate".to_owned() } else { module(*other).join("::") },
                        arrow.path,
                    ));
                }
            }
        }
        faults
    }
}
