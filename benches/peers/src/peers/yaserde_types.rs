//! yaserde has attributes of its own, and wants defaults.

use yaserde::{YaDeserialize, YaSerialize};

#[derive(Debug, Default, YaDeserialize, YaSerialize)]
pub struct NameValue {
    pub session_key: String,
}
#[derive(Debug, Default, YaDeserialize, YaSerialize)]
#[yaserde(rename = "response")]
pub struct Logout {
    #[yaserde(attribute = true)]
    pub api_method: String,
    pub status: String,
    pub api_tx_number: u64,
    pub detail: String,
    pub response_name_value: NameValue,
    pub timestamp: String,
}
#[derive(Debug, Default, YaDeserialize, YaSerialize)]
#[yaserde(rename = "response")]
pub struct Failure {
    #[yaserde(attribute = true)]
    pub api_method: String,
    pub status: String,
    pub api_tx_number: u64,
    pub error_number: u32,
    pub error_name: String,
    pub error_detail: String,
    pub timestamp: String,
}
#[derive(Debug, Default, YaDeserialize, YaSerialize)]
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
#[derive(Debug, Default, YaDeserialize, YaSerialize)]
pub struct Table {
    pub tr: Vec<Row>,
}
#[derive(Debug, Default, YaDeserialize, YaSerialize)]
#[yaserde(rename = "out")]
pub struct Out {
    pub rc: i32,
    pub msg: String,
    pub nrows: u64,
    pub table: Table,
}
