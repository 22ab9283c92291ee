//! What the members of all structures that share a level say of namespaces.

use std::collections::BTreeSet;

use super::Id;

#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// The namespaces that some member names: what is in one of them belongs to nobody else.
    namespaces: BTreeSet<&'static str>,
    /// The items of those members.
    items: BTreeSet<Id>,
}

impl Named {
    /// Notes the namespaces that members name, and their items.
    pub(super) fn note(
        &mut self,
        namespaces: impl Iterator<Item = &'static str>,
        items: impl Iterator<Item = Id>,
    ) {
        self.namespaces.extend(namespaces);
        self.items.extend(items);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.namespaces.is_empty()
    }

    pub(super) fn has(&self, item: Id) -> bool {
        self.items.contains(&item)
    }

    pub(super) fn names(&self, namespace: &str) -> bool {
        self.namespaces.contains(namespace)
    }
}
