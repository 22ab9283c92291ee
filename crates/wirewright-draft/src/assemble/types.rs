//! The named types, as tables of `protocol.toml`.

use crate::{
    infer::fault::FAULT,
    members::{Drafted, Drafting},
    types::Named,
    words::{About, Table, Words},
};

/// How often structures are described at most until there are no new ones.
const PASSES: usize = 20;

/// The members of each structure that there is.
fn describe(drafting: &mut Drafting) -> Vec<(String, Vec<(String, Drafted)>)> {
    let shapes: Vec<_> =
        drafting.types.structures.iter().map(|(name, shape)| (name.clone(), shape.clone())).collect();
    shapes.into_iter().map(|(name, shape)| (name, drafting.members(&shape))).collect()
}

pub(crate) fn tables(drafting: &mut Drafting, fault: Option<&[(String, Drafted)]>) -> Vec<Table> {
    let mut tables = Vec::new();
    // To describe a structure may add others, and may add to those that were described.
    let mut structures = describe(drafting);
    for _ in 0..PASSES {
        if structures.len() == drafting.types.structures.len() {
            break;
        }
        structures = describe(drafting);
    }
    for (name, members) in structures {
        let mut table = Table::new(About::Type, &["types", &name]);
        table.value("confidence", "low");
        tables.push(table);
        tables.push(super::common::members(&["types", &name, "members"], members));
    }
    if let Some(members) = fault {
        let mut table = Table::new(About::Type, &["types", FAULT]);
        table.value("doc", "What is wrong.");
        table.value("confidence", "low");
        tables.push(table);
        tables.push(super::common::members(&["types", FAULT, "members"], members.to_vec()));
    }
    for (name, named) in &drafting.types.named {
        let mut table = Table::new(About::Type, &["types", name]);
        match named {
            Named::Moment(word, formats) => {
                let mut formats = formats.iter().map(|format| toml::Value::from(format.as_str()));
                let one = formats.len() == 1;
                let value = if one {
                    formats.next().unwrap_or_else(|| "".into())
                } else {
                    formats.collect::<Vec<_>>().into()
                };
                table.value(word, value);
                table.value("confidence", "low");
                table.value("assumption", "The format is that of the samples.");
                tables.push(table);
            }
            Named::Enumeration(values) => {
                table.value("confidence", "low");
                table.value("assumption", "The values are those of the samples: there may be more.");
                tables.push(table);
                let mut table = Table::new(About::Members, &["types", name, "values"]);
                for value in values {
                    let mut words = Words::new();
                    if wirewright_codegen::pascal(value) == "Other" {
                        words.set("name", "OtherValue");
                    }
                    table.words(value, words, None);
                }
                tables.push(table);
            }
        }
    }
    tables
}
