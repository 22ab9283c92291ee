//! The targets have every vendor of this repository.

use wirewright::{exchange::Request, generated::Visitor, wire::OwnedMessage};
use wirewright_fuzz::{definitions, each, operations};

#[derive(Default)]
struct Names(Vec<(&'static str, &'static str)>);

impl Visitor for Names {
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
    assert_eq!(operations().count(), definitions().len());
}
