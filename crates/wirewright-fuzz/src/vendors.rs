//! Every operation of the generated crates.

pub(crate) use catalog::{VENDORS, visit_all as each};
use wirewright::describe::Operation;
pub(crate) use wirewright::generated::Visitor as Visit;

/// The operations by vendor.
pub(crate) fn operations() -> impl Iterator<Item = &'static [&'static Operation]> {
    VENDORS.into_iter().map(|vendor| vendor.operations)
}

#[cfg(test)]
mod tests {
    use wirewright::{exchange::Request, wire::OwnedMessage};

    use super::*;

    #[derive(Default)]
    struct Names(Vec<(&'static str, &'static str)>);

    impl Visit for Names {
        fn operation<R: Request, C: OwnedMessage, O: OwnedMessage, S: OwnedMessage>(&mut self) {
            self.0.push((R::OPERATION.protocol.title, R::OPERATION.name));
        }
    }

    #[test]
    fn every_definition_is_fuzzed() {
        let mut visited = Names::default();
        each(&mut visited);
        let offered: Vec<_> =
            operations().flatten().map(|operation| (operation.protocol.title, operation.name)).collect();
        assert_eq!(visited.0, offered);
        let defined: Vec<_> = crate::corpus::definitions().keys().map(String::as_str).collect();
        assert_eq!(VENDORS.map(|vendor| vendor.name).as_slice(), defined);
    }
}
