//! The messages with facet's derive, whose XML wants camel case unless it is told otherwise.

use facet::Facet;
use facet_xml as xml;

#[derive(Debug, Facet)]
#[facet(rename = "response_name_value")]
pub struct NameValue {
    #[facet(rename = "session_key")]
    pub session_key: String,
}

#[derive(Debug, Facet)]
#[facet(rename = "response")]
pub struct Logout {
    #[facet(xml::attribute, rename = "api_method")]
    pub api_method: String,
    pub status: String,
    #[facet(rename = "api_tx_number")]
    pub api_tx_number: u64,
    pub detail: String,
    #[facet(rename = "response_name_value")]
    pub response_name_value: NameValue,
    pub timestamp: String,
}

#[derive(Debug, Facet)]
#[facet(rename = "response")]
pub struct Failure {
    #[facet(xml::attribute, rename = "api_method")]
    pub api_method: String,
    pub status: String,
    #[facet(rename = "api_tx_number")]
    pub api_tx_number: u64,
    #[facet(rename = "error_number")]
    pub error_number: u32,
    #[facet(rename = "error_name")]
    pub error_name: String,
    #[facet(rename = "error_detail")]
    pub error_detail: String,
    pub timestamp: String,
}

#[derive(Debug, Facet)]
pub struct Row {
    pub id: u64,
    pub store: String,
    pub item: String,
    pub qty: i32,
    pub price: f64,
    pub weight: f64,
    pub date: String,
    pub note: String,
}

#[derive(Debug, Facet)]
pub struct Table {
    #[facet(xml::elements, rename = "tr")]
    pub tr: Vec<Row>,
}

#[derive(Debug, Facet)]
#[facet(rename = "out")]
pub struct Out {
    pub rc: i32,
    pub msg: String,
    pub nrows: u64,
    pub table: Table,
}

#[derive(Debug, Facet)]
#[facet(rename_all = "camelCase")]
pub struct Session {
    pub session_key: String,
    pub login_id: String,
    pub expires_in: u64,
    pub host_time: u64,
    pub active: bool,
}

#[derive(Debug, Facet)]
pub struct Rows {
    pub rows: Vec<Row>,
}

#[derive(Debug, Facet)]
#[facet(rename_all = "camelCase")]
pub struct Reply<D> {
    pub status_code: u16,
    pub status_text: String,
    pub status_detail_code: u32,
    pub request_id: String,
    pub data: D,
}

#[derive(Debug, Facet)]
pub struct Envelope<D> {
    pub response: Reply<D>,
}
