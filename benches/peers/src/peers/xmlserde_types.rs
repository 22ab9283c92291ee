//! xmlserde has no text children, so that every leaf is a structure, whose `Debug` prints its value.
use std::fmt::{self, Debug};
use xmlserde::XmlSerialize;
use xmlserde_derives::{XmlDeserialize, XmlSerialize};

macro_rules! leaf {
    ($($name:ident = $t:ty),*) => {$(
        #[derive(XmlDeserialize, XmlSerialize)]
        pub struct $name {
            #[xmlserde(ty = "text")]
            pub v: $t,
        }
        impl Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Debug::fmt(&self.v, f)
            }
        }
    )*};
}
leaf!(Text = String, U64 = u64, U32 = u32, I32 = i32, F64 = f64);

#[derive(Debug, XmlDeserialize, XmlSerialize)]
pub struct NameValue {
    #[xmlserde(name = b"session_key", ty = "child")]
    pub session_key: Text,
}
#[derive(Debug, XmlDeserialize, XmlSerialize)]
#[xmlserde(root = b"response")]
pub struct Logout {
    #[xmlserde(name = b"api_method", ty = "attr")]
    pub api_method: String,
    #[xmlserde(name = b"status", ty = "child")]
    pub status: Text,
    #[xmlserde(name = b"api_tx_number", ty = "child")]
    pub api_tx_number: U64,
    #[xmlserde(name = b"detail", ty = "child")]
    pub detail: Text,
    #[xmlserde(name = b"response_name_value", ty = "child")]
    pub response_name_value: NameValue,
    #[xmlserde(name = b"timestamp", ty = "child")]
    pub timestamp: Text,
}
#[derive(Debug, XmlDeserialize, XmlSerialize)]
#[xmlserde(root = b"response")]
pub struct Failure {
    #[xmlserde(name = b"api_method", ty = "attr")]
    pub api_method: String,
    #[xmlserde(name = b"status", ty = "child")]
    pub status: Text,
    #[xmlserde(name = b"api_tx_number", ty = "child")]
    pub api_tx_number: U64,
    #[xmlserde(name = b"error_number", ty = "child")]
    pub error_number: U32,
    #[xmlserde(name = b"error_name", ty = "child")]
    pub error_name: Text,
    #[xmlserde(name = b"error_detail", ty = "child")]
    pub error_detail: Text,
    #[xmlserde(name = b"timestamp", ty = "child")]
    pub timestamp: Text,
}
#[derive(Debug, XmlDeserialize, XmlSerialize)]
pub struct Row {
    #[xmlserde(name = b"id", ty = "child")]
    pub id: U64,
    #[xmlserde(name = b"store", ty = "child")]
    pub store: Text,
    #[xmlserde(name = b"item", ty = "child")]
    pub item: Text,
    #[xmlserde(name = b"qty", ty = "child")]
    pub qty: I32,
    #[xmlserde(name = b"price", ty = "child")]
    pub price: F64,
    #[xmlserde(name = b"weight", ty = "child")]
    pub weight: F64,
    #[xmlserde(name = b"date", ty = "child")]
    pub date: Text,
    #[xmlserde(name = b"note", ty = "child")]
    pub note: Text,
}
#[derive(Debug, XmlDeserialize, XmlSerialize)]
pub struct Table {
    #[xmlserde(name = b"tr", ty = "child")]
    pub tr: Vec<Row>,
}
#[derive(Debug, XmlDeserialize, XmlSerialize)]
#[xmlserde(root = b"out")]
pub struct Out {
    #[xmlserde(name = b"rc", ty = "child")]
    pub rc: I32,
    #[xmlserde(name = b"msg", ty = "child")]
    pub msg: Text,
    #[xmlserde(name = b"nrows", ty = "child")]
    pub nrows: U64,
    #[xmlserde(name = b"table", ty = "child")]
    pub table: Table,
}

/// The public entry point takes the value by move; this is the same body by reference.
pub fn to_string<T: XmlSerialize>(v: &T) -> String {
    let mut w = xmlserde::quick_xml::Writer::new(Vec::new());
    v.serialize(T::ser_root().unwrap(), &mut w);
    String::from_utf8(w.into_inner()).unwrap()
}
