//! Which operations a type reaches, and on which side of them.

use std::collections::{BTreeSet, VecDeque};

use crate::model::{From, Member, TypeKind, ValueType, Vendor};

/// What stands for every operation in a list of them.
pub const EVERY: &str = "*";

/// The ways from types to operations.
pub(super) struct Reach<'v> {
    vendor: &'v Vendor,
    types: Vec<Reached>,
}

/// Where one type is.
#[derive(Default)]
struct Reached {
    request: bool,
    reply: bool,
    /// Whether what all operations share has it.
    everywhere: bool,
    /// The types that hold it.
    holders: Vec<usize>,
    /// The operations whose own members hold it, by number in the definition.
    operations: Vec<usize>,
}

impl<'v> Reach<'v> {
    pub(super) fn new(vendor: &'v Vendor) -> Self {
        let mut reach = Self { vendor, types: vendor.types.iter().map(|_| Reached::default()).collect() };
        for (holder, one) in vendor.types.iter().enumerate() {
            for inner in held(&one.kind) {
                reach.at(inner, |reached| reached.holders.push(holder));
            }
        }
        let parameters = vendor.parameters.iter().filter_map(|parameter| match &parameter.from {
            From::Client(member) | From::Call(member) => Some(member),
            _ => None,
        });
        reach.roots(parameters, |reached| (reached.request, reached.everywhere) = (true, true));
        let envelope = vendor.envelope.members.iter().map(|one| &one.member);
        let shared = envelope.chain(&vendor.failure);
        reach.roots(shared, |reached| (reached.reply, reached.everywhere) = (true, true));
        for (number, (_, operation)) in vendor.operations().enumerate() {
            reach.roots(operation.inputs(), |reached| {
                reached.request = true;
                reached.operations.push(number);
            });
            reach.roots(&operation.reply, |reached| {
                reached.reply = true;
                reached.operations.push(number);
            });
        }
        reach.spread();
        reach
    }

    fn at(&mut self, index: usize, change: impl FnOnce(&mut Reached)) {
        if let Some(reached) = self.types.get_mut(index) {
            change(reached);
        }
    }

    fn roots<'m>(&mut self, members: impl IntoIterator<Item = &'m Member>, change: impl Fn(&mut Reached)) {
        for member in members {
            if let ValueType::Type(index) = member.value {
                self.at(index, &change);
            }
        }
    }

    /// What holds a type hands its sides on.
    fn spread(&mut self) {
        let mut next: VecDeque<usize> = (0..self.types.len()).collect();
        while let Some(holder) = next.pop_front() {
            let Some(sides) = self.types.get(holder).map(|one| (one.request, one.reply)) else { continue };
            let inner: Vec<usize> =
                self.vendor.types.get(holder).into_iter().flat_map(|one| held(&one.kind)).collect();
            for index in inner {
                let Some(reached) = self.types.get_mut(index) else { continue };
                let more = (reached.request || sides.0, reached.reply || sides.1);
                if more != (reached.request, reached.reply) {
                    (reached.request, reached.reply) = more;
                    next.push_back(index);
                }
            }
        }
    }

    /// Whether a type is in requests, and whether it is in replies.
    pub(super) fn sides(&self, index: usize) -> (bool, bool) {
        self.types.get(index).map_or((false, false), |reached| (reached.request, reached.reply))
    }

    /// The operations that a type reaches, in the order of the definition; [`EVERY`] where what all of them share has it.
    pub(super) fn operations(&self, index: usize) -> Vec<String> {
        let mut seen = BTreeSet::from([index]);
        let mut next = vec![index];
        let mut found: BTreeSet<usize> = BTreeSet::new();
        while let Some(reached) = next.pop().and_then(|index| self.types.get(index)) {
            if reached.everywhere {
                return vec![EVERY.to_owned()];
            }
            found.extend(&reached.operations);
            next.extend(reached.holders.iter().filter(|holder| seen.insert(**holder)));
        }
        let numbered = self.vendor.operations().enumerate().filter(|(number, _)| found.contains(number));
        numbered
            .map(|(_, (group, operation))| format!("{}/{}", group.name.wire, operation.name.wire))
            .collect()
    }
}

/// The types that a type holds.
fn held(kind: &TypeKind) -> Vec<usize> {
    match kind {
        TypeKind::Structure(members) => members
            .iter()
            .filter_map(|member| match member.value {
                ValueType::Type(index) => Some(index),
                _ => None,
            })
            .collect(),
        TypeKind::Union { variants, .. } => variants.iter().filter_map(|variant| variant.content).collect(),
        TypeKind::Enumeration { .. }
        | TypeKind::DateTime(..)
        | TypeKind::Epoch(_)
        | TypeKind::Separated { .. }
        | TypeKind::Text
        | TypeKind::Formed(_) => Vec::new(),
    }
}
