//! The messages. A peer that has attributes of its own repeats them; all print alike, which is the test for equality.

use std::borrow::Cow;

use instant_xml::{FromXml, ToXml};
use serde::{Deserialize, Serialize};
use wirewright::Wire;

#[derive(Debug, Clone, Wire, Serialize, Deserialize, FromXml, ToXml)]
#[xml(rename = "response_name_value")]
pub struct NameValue {
    pub session_key: String,
}

/// Videntity's answer to a logout.
#[derive(Debug, Clone, Wire, Serialize, Deserialize, FromXml, ToXml)]
#[wire(root = "response")]
#[serde(rename = "response")]
#[xml(rename = "response")]
pub struct Logout {
    #[wire(attribute)]
    #[serde(rename = "@api_method")]
    #[xml(attribute)]
    pub api_method: String,
    pub status: String,
    pub api_tx_number: u64,
    pub detail: String,
    pub response_name_value: NameValue,
    pub timestamp: String,
}

/// An error of Videntity.
#[derive(Debug, Clone, Wire, Serialize, Deserialize, FromXml, ToXml)]
#[wire(root = "response")]
#[serde(rename = "response")]
#[xml(rename = "response")]
pub struct Failure {
    #[wire(attribute)]
    #[serde(rename = "@api_method")]
    #[xml(attribute)]
    pub api_method: String,
    pub status: String,
    pub api_tx_number: u64,
    pub error_number: u32,
    pub error_name: String,
    pub error_detail: String,
    pub timestamp: String,
}

#[derive(Debug, Clone, Wire, Serialize, Deserialize, FromXml, ToXml)]
#[xml(rename = "tr")]
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

#[derive(Debug, Clone, Wire, Serialize, Deserialize, FromXml, ToXml)]
#[xml(rename = "table")]
pub struct Table {
    pub tr: Vec<Row>,
}

/// A table of 1010data.
#[derive(Debug, Clone, Wire, Serialize, Deserialize, FromXml, ToXml)]
#[wire(root = "out")]
#[serde(rename = "out")]
#[xml(rename = "out")]
pub struct Out {
    pub rc: i32,
    pub msg: String,
    pub nrows: u64,
    pub table: Table,
}

/// The same, borrowed.
pub mod borrowed {
    use super::{Cow, Deserialize, Wire};

    #[derive(Debug, Wire, Deserialize)]
    pub struct Row<'a> {
        pub id: u64,
        #[serde(borrow)]
        pub store: Cow<'a, str>,
        #[serde(borrow)]
        pub item: Cow<'a, str>,
        pub qty: i32,
        pub price: f64,
        pub weight: f64,
        #[serde(borrow)]
        pub date: Cow<'a, str>,
        #[serde(borrow)]
        pub note: Cow<'a, str>,
    }

    #[derive(Debug, Wire, Deserialize)]
    pub struct Table<'a> {
        #[serde(borrow)]
        pub tr: Vec<Row<'a>>,
    }

    #[derive(Debug, Wire, Deserialize)]
    #[wire(root = "out")]
    pub struct Out<'a> {
        pub rc: i32,
        #[serde(borrow)]
        pub msg: Cow<'a, str>,
        pub nrows: u64,
        #[serde(borrow)]
        pub table: Table<'a>,
    }
}

/// hard-xml's attributes have the name of instant-xml's.
pub mod hard {
    use super::Cow;
    use hard_xml::{XmlRead, XmlWrite};

    #[derive(Debug, XmlRead, XmlWrite)]
    #[xml(tag = "response_name_value")]
    pub struct NameValue<'a> {
        #[xml(flatten_text = "session_key")]
        pub session_key: Cow<'a, str>,
    }

    #[derive(Debug, XmlRead, XmlWrite)]
    #[xml(tag = "response")]
    pub struct Logout<'a> {
        #[xml(attr = "api_method")]
        pub api_method: Cow<'a, str>,
        #[xml(flatten_text = "status")]
        pub status: Cow<'a, str>,
        #[xml(flatten_text = "api_tx_number")]
        pub api_tx_number: u64,
        #[xml(flatten_text = "detail")]
        pub detail: Cow<'a, str>,
        #[xml(child = "response_name_value")]
        pub response_name_value: NameValue<'a>,
        #[xml(flatten_text = "timestamp")]
        pub timestamp: Cow<'a, str>,
    }

    #[derive(Debug, XmlRead, XmlWrite)]
    #[xml(tag = "response")]
    pub struct Failure<'a> {
        #[xml(attr = "api_method")]
        pub api_method: Cow<'a, str>,
        #[xml(flatten_text = "status")]
        pub status: Cow<'a, str>,
        #[xml(flatten_text = "api_tx_number")]
        pub api_tx_number: u64,
        #[xml(flatten_text = "error_number")]
        pub error_number: u32,
        #[xml(flatten_text = "error_name")]
        pub error_name: Cow<'a, str>,
        #[xml(flatten_text = "error_detail")]
        pub error_detail: Cow<'a, str>,
        #[xml(flatten_text = "timestamp")]
        pub timestamp: Cow<'a, str>,
    }

    #[derive(Debug, XmlRead, XmlWrite)]
    #[xml(tag = "tr")]
    pub struct Row<'a> {
        #[xml(flatten_text = "id")]
        pub id: u64,
        #[xml(flatten_text = "store")]
        pub store: Cow<'a, str>,
        #[xml(flatten_text = "item")]
        pub item: Cow<'a, str>,
        #[xml(flatten_text = "qty")]
        pub qty: i32,
        #[xml(flatten_text = "price")]
        pub price: f64,
        #[xml(flatten_text = "weight")]
        pub weight: f64,
        #[xml(flatten_text = "date")]
        pub date: Cow<'a, str>,
        #[xml(flatten_text = "note")]
        pub note: Cow<'a, str>,
    }

    #[derive(Debug, XmlRead, XmlWrite)]
    #[xml(tag = "table")]
    pub struct Table<'a> {
        #[xml(child = "tr")]
        pub tr: Vec<Row<'a>>,
    }

    #[derive(Debug, XmlRead, XmlWrite)]
    #[xml(tag = "out")]
    pub struct Out<'a> {
        #[xml(flatten_text = "rc")]
        pub rc: i32,
        #[xml(flatten_text = "msg")]
        pub msg: Cow<'a, str>,
        #[xml(flatten_text = "nrows")]
        pub nrows: u64,
        #[xml(child = "table")]
        pub table: Table<'a>,
    }
}

/// NINA's session.
#[derive(Debug, Clone, Wire, Serialize, Deserialize)]
#[wire(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub session_key: String,
    pub login_id: String,
    pub expires_in: u64,
    pub host_time: u64,
    pub active: bool,
}

#[derive(Debug, Clone, Wire, Serialize, Deserialize)]
#[wire(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub struct Reply<D> {
    pub status_code: u16,
    pub status_text: String,
    pub status_detail_code: u32,
    pub request_id: String,
    pub data: D,
}

#[derive(Debug, Clone, Wire, Serialize, Deserialize)]
pub struct Envelope<D> {
    pub response: Reply<D>,
}

#[derive(Debug, Clone, Wire, Serialize, Deserialize)]
pub struct Rows {
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Wire, Serialize, Deserialize)]
#[wire(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub struct QueryReply {
    pub status_code: u16,
    pub status_text: String,
    pub status_detail_code: Option<u32>,
    pub request_id: Option<String>,
}

/// The parameters of a signed request.
#[derive(Debug, Clone, Wire, Serialize, Deserialize)]
pub struct Request {
    #[wire(name = "devId")]
    #[serde(rename = "devId")]
    pub dev_id: String,
    pub f: String,
    pub s: Option<String>,
    pub language: Option<String>,
    pub c: Option<String>,
    pub r: Option<u64>,
    pub a: String,
    pub sig_sha256: String,
}

/// A form whose names nobody knows beforehand: pairs in the order of the wire, as the peers have them.
#[derive(Debug, Clone, Wire)]
pub struct Form {
    #[wire(flatten)]
    pub fields: Vec<(String, String)>,
}
