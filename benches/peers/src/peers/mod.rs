//! Peers that need types or code of their own.

pub mod facet_types;
pub mod json_shapes;
pub mod smithy_json;
pub mod smithy_query;
pub mod smithy_schema;
pub mod smithy_xml;
pub mod xmlserde_types;
pub mod yaserde_types;
