//! What a definition tells people, for tools that show it to them.

use wirewright::catalog::{Facts, NextCall, Parameter, Reply, Vendor};
use wirewright_codegen::{
    model,
    plan::facts::{self, OwnParameters, ParameterFacts},
};

use crate::{
    definition::{Definition, OperationType},
    leak,
    protocol::format,
};

impl Definition {
    /// What the definition tells people.
    pub fn catalog(&self) -> &'static Vendor {
        self.catalog.get_or_init(|| self.made_catalog())
    }

    fn made_catalog(&self) -> &'static Vendor {
        let vendor = self.vendor();
        let about = vendor.operations().map(|(_, operation)| about(vendor, operation));
        let next_calls = facts::next_calls(vendor).into_iter().map(|next| NextCall {
            told_by: leak::text(&next.told_by),
            url: next.url,
            operation: leak::text(&next.operation),
        });
        leak::one(Vendor {
            name: &vendor.package,
            title: &vendor.title,
            doc: doc(&vendor.facts),
            operations: leak::list(self.operations().iter().map(OperationType::described)),
            facts: leak::list(about),
            parameters: leak::list(facts::common(vendor).into_iter().map(parameter)),
            errors: leak::list(vendor.errors.iter().map(|error| error.key.as_str())),
            secrets: leak::texts(facts::secrets(vendor).iter().map(String::as_str)),
            next_calls: leak::list(next_calls),
        })
    }
}

fn about(vendor: &'static model::Vendor, operation: &'static model::Operation) -> Facts {
    let own = OwnParameters::new(vendor, operation);
    let shown = operation.examples.iter().filter(|example| example.error.is_none());
    let replies = shown.flat_map(|example| &example.replies).filter(|reply| reply.fails.is_none());
    Facts {
        doc: doc(&operation.facts),
        parameters: leak::list(own.all.into_iter().map(parameter)),
        open: own.open,
        replies: leak::list(replies.map(|reply| Reply { format: format(reply.format), text: &reply.text })),
    }
}

fn parameter(told: ParameterFacts<'static>) -> Parameter {
    let ParameterFacts { name, facts, required, secret, file, nested, values } = told;
    Parameter { name, doc: doc(facts), required, secret, file, nested, values: leak::list(values) }
}

fn doc(facts: &'static model::Facts) -> &'static str {
    facts.doc.as_deref().unwrap_or_default().trim()
}
