//! How a model's members and types are spelled in generated Rust.

use std::collections::HashMap;

use crate::model::{Member, Name, Operation, Place, Repeat, TypeKind, ValueType, Vendor};

/// What every file of one vendor needs to know about its types.
pub(super) struct Context<'v> {
    pub(super) vendor: &'v Vendor,
    /// For each type, the number of its cycle: two types with one number contain each other.
    cycles: Vec<usize>,
    /// How many operations have a name.
    operations: HashMap<&'v str, usize>,
}

/// Where a type is spelled: the types' own module knows them without a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Types(usize),
    Elsewhere,
}

impl<'v> Context<'v> {
    pub(super) fn new(vendor: &'v Vendor) -> Self {
        let mut operations = HashMap::new();
        for (_, operation) in vendor.operations() {
            *operations.entry(operation.name.rust.as_str()).or_default() += 1;
        }
        Self { vendor, cycles: cycles(vendor), operations }
    }

    /// The Rust type of one value of a member, without `Option` or list.
    pub(super) fn value_type(&self, value: &ValueType, scope: Scope) -> String {
        match value {
            ValueType::String => "String".to_owned(),
            ValueType::Integer => "i64".to_owned(),
            ValueType::Number => "f64".to_owned(),
            ValueType::Boolean => "bool".to_owned(),
            ValueType::Bytes => "Bytes".to_owned(),
            ValueType::Type(index) => {
                let name = &self.vendor.types[*index].name.rust;
                if scope == Scope::Elsewhere { format!("types::{name}") } else { name.clone() }
            }
        }
    }

    /// The Rust type of a member without the `Option` of an absent one.
    pub(super) fn inner_type(&self, member: &Member, scope: Scope) -> String {
        let mut inner = self.value_type(&member.value, scope);
        if member.secret {
            inner = format!("Secret<{inner}>");
        }
        match &member.repeat {
            Repeat::Once if self.boxed(&member.value, scope) => format!("Box<{inner}>"),
            Repeat::Once => inner,
            Repeat::List { .. } => format!("Vec<{inner}>"),
            Repeat::Map { .. } => format!("BTreeMap<String, {inner}>"),
        }
    }

    /// The Rust type of a member.
    pub(super) fn member_type(&self, member: &Member, scope: Scope) -> String {
        let inner = self.inner_type(member, scope);
        if optional(member) { format!("Option<{inner}>") } else { inner }
    }

    /// Whether a value of this type, inside the type of `scope`, would make it infinitely large.
    pub(super) fn boxed(&self, value: &ValueType, scope: Scope) -> bool {
        match (value, scope) {
            (ValueType::Type(inner), Scope::Types(outer)) => self.cycles[*inner] == self.cycles[outer],
            _ => false,
        }
    }

    /// The name of an operation's method on clients: short where no other operation has it.
    pub(super) fn method(&self, group: usize, operation: &Operation) -> String {
        let name = &operation.name.rust;
        let shared = self.operations.get(name.as_str()).is_some_and(|&count| count > 1);
        if shared {
            format!("{}_{}", plain(&self.vendor.groups[group].name.rust), plain(name))
        } else {
            name.clone()
        }
    }
}

/// Whether a member is an `Option`: a list and a map are empty instead.
pub(super) fn optional(member: &Member) -> bool {
    !member.required && member.repeat == Repeat::Once
}

/// Whether a value can be made without this member.
pub(super) fn needed(member: &Member) -> bool {
    member.required && member.repeat == Repeat::Once
}

/// A Rust name without its raw mark, to be part of another name.
pub(super) fn plain(rust: &str) -> &str {
    rust.trim_start_matches("r#")
}

/// The `#[wire(...)]` attribute of a member, if it needs one.
pub(super) fn wire_attribute(member: &Member) -> Option<String> {
    let mut words = Vec::new();
    if member.place != Place::Flatten && plain(&member.name.rust) != member.name.wire {
        words.push(format!("name = {:?}", member.name.wire));
    }
    for (format, name) in [("xml", &member.xml), ("json", &member.json), ("query", &member.query)] {
        if let Some(name) = name {
            words.push(format!("{format} = {name:?}"));
        }
    }
    match member.place {
        Place::Element => {}
        Place::Attribute => words.push("attribute".to_owned()),
        Place::Text => words.push("text".to_owned()),
        Place::Flatten => words.push("flatten".to_owned()),
    }
    if let Some((yes, no)) = &member.boolean {
        let spelled = no.as_ref().map_or_else(|| "presence".to_owned(), |no| format!("{yes}/{no}"));
        words.push(format!("boolean = {spelled:?}"));
    }
    if member.empty_is_absent {
        words.push("empty_is_absent".to_owned());
    }
    match &member.repeat {
        Repeat::Once => {}
        Repeat::List { item, joined, numbered } => {
            let mut forms = Vec::new();
            forms.extend(item.as_ref().map(|item| format!("item = {item:?}")));
            forms.extend(joined.as_ref().map(|joined| format!("joined = {joined:?}")));
            if let Some((infix, first)) = numbered {
                forms.push(if infix.is_empty() {
                    "numbered".to_owned()
                } else {
                    format!("numbered = {infix:?}")
                });
                if *first != 1 {
                    forms.push(format!("first = {first}"));
                }
            }
            if !forms.is_empty() {
                words.push(format!("list({})", forms.join(", ")));
            }
        }
        Repeat::Map { entry: None, key, .. } if key.is_empty() => words.push("map(keyed)".to_owned()),
        Repeat::Map { entry: None, key, value } => {
            words.push(format!("map(flat, key = {key:?}, value = {value:?})"))
        }
        Repeat::Map { entry: Some(entry), key, value } => {
            words.push(format!("map(entry = {entry:?}, key = {key:?}, value = {value:?})"));
        }
    }
    (!words.is_empty()).then(|| format!("#[wire({})]", words.join(", ")))
}

/// A name for a Rust item that is made of several names: `session`, `login` -> `session_login`.
pub(super) fn joined(names: &[&Name]) -> String {
    names.iter().map(|name| plain(&name.rust)).collect::<Vec<_>>().join("_")
}

/// Which types contain each other by value: Tarjan's strongly connected components, without recursion so that a chain of ten
/// thousand types does not overflow the stack.
fn cycles(vendor: &Vendor) -> Vec<usize> {
    let inner = |value: &ValueType, repeat: &Repeat| match (value, repeat) {
        (ValueType::Type(index), Repeat::Once) => Some(*index),
        _ => None,
    };
    let edges: Vec<Vec<usize>> = vendor
        .types
        .iter()
        .map(|described| match &described.kind {
            TypeKind::Structure(members) => {
                members.iter().filter_map(|member| inner(&member.value, &member.repeat)).collect()
            }
            TypeKind::Union { variants, .. } => {
                variants.iter().filter_map(|variant| variant.content).collect()
            }
            _ => Vec::new(),
        })
        .collect();

    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![UNSEEN; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let (mut next, mut components, mut open) = (0, 0, Vec::new());
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some(&mut (node, ref mut edge)) = path.last_mut() {
            if *edge == 0 && order[node] == UNSEEN {
                (order[node], low[node]) = (next, next);
                next += 1;
                open.push(node);
            }
            if let Some(&target) = edges[node].get(*edge) {
                *edge += 1;
                if order[target] == UNSEEN {
                    path.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    component[member] = components;
                    if member == node {
                        break;
                    }
                }
                components += 1;
            }
        }
    }
    component
}
