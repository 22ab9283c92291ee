//! The JSON messages under other derives, which know no generic types.

macro_rules! shapes {
    ($module:ident, $attribute:ident, $($derive:path),*) => {
        pub mod $module {
            #[derive(Debug, $($derive),*)]
            pub struct Session {
                #[$attribute(rename = "sessionKey")]
                pub session_key: String,
                #[$attribute(rename = "loginId")]
                pub login_id: String,
                #[$attribute(rename = "expiresIn")]
                pub expires_in: u64,
                #[$attribute(rename = "hostTime")]
                pub host_time: u64,
                pub active: bool,
            }

            #[derive(Debug, $($derive),*)]
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

            #[derive(Debug, $($derive),*)]
            pub struct Rows {
                pub rows: Vec<Row>,
            }

            pub use large::Envelope as Large;
            pub use small::Envelope as Small;

            envelope!(small, Session, $attribute, $($derive),*);
            envelope!(large, Rows, $attribute, $($derive),*);
        }
    };
}

macro_rules! envelope {
    ($module:ident, $data:ident, $attribute:ident, $($derive:path),*) => {
        mod $module {
            use super::$data;

            #[derive(Debug, $($derive),*)]
            pub struct Reply {
                #[$attribute(rename = "statusCode")]
                pub status_code: u16,
                #[$attribute(rename = "statusText")]
                pub status_text: String,
                #[$attribute(rename = "statusDetailCode")]
                pub status_detail_code: u32,
                #[$attribute(rename = "requestId")]
                pub request_id: String,
                pub data: $data,
            }

            #[derive(Debug, $($derive),*)]
            pub struct Envelope {
                pub response: Reply,
            }
        }
    };
}

shapes!(mini, serde, miniserde::Serialize, miniserde::Deserialize);
shapes!(nano, nserde, nanoserde::SerJson, nanoserde::DeJson);
