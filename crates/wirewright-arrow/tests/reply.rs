//! Record batches from calls of a generated client.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use arrow_array::{
    RecordBatchReader,
    cast::AsArray,
    types::{Date32Type, Float64Type, Int64Type},
};
use arrow_schema::{ArrowError, DataType};
use ten_ten_data::{Client, ErrorCode, UserSessionState, query::Getdata};
use wirewright::{
    client::{
        TransportError,
        blocking::{Chunks, RowsReply, StreamingTransport, Transport},
    },
    exchange::Error,
};
use wirewright_arrow::ReplyBatches;

/// A server that says this, eleven bytes at a time.
struct Says(String);

#[derive(Debug)]
struct Pieces {
    text: Vec<u8>,
    at: usize,
}

impl Transport for Says {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        Ok(http::Response::new(self.0.clone().into_bytes()))
    }
}

impl StreamingTransport for Says {
    type Body = Pieces;

    fn send_streaming(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Pieces>, TransportError> {
        Ok(http::Response::new(Pieces { text: self.0.clone().into_bytes(), at: 0 }))
    }
}

impl Chunks for Pieces {
    fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError> {
        let from = self.at;
        self.at = self.text.len().min(from + 11);
        Ok(self.text.get(from..self.at).filter(|chunk| !chunk.is_empty()))
    }
}

fn getdata(reply: &str) -> RowsReply<Getdata, Pieces> {
    let state = UserSessionState::new("analyst", "a1b2c3", "101339911");
    // The session shares its transport with the client.
    let client = Client::new(std::sync::Arc::new(Says(reply.to_owned())));
    client.resume(state).getdata().send_for_rows_blocking().unwrap()
}

/// A table with these rows, and what follows them.
fn table(rows: &str, behind: &str) -> String {
    format!(
        "<out><rc>0</rc><msg>OK</msg><table><cols><th name='store' type='i'>Store</th>\
         <th name='day' type='i' format='type:date;width:10'>Day</th><th name='amount' type='f'>Amount</th>\
         <th name='note' type='a'>Note</th></cols><data>{rows}{behind}"
    )
}

const END: &str = "</data></table></out>";
const ROWS: &str = "<tr><td>1</td><td>19700102</td><td>0.5</td><td>a &lt; b</td></tr>\
                    <tr><td/><td/><td/><td/></tr>\
                    <tr><td>3</td><td>19691231</td><td>-2</td><td>c</td></tr>";

#[test]
fn a_reply_is_batches_typed_by_its_headings() {
    let mut batches = ReplyBatches::new(getdata(&table(ROWS, END))).unwrap().with_rows(2);
    let schema = batches.schema();
    let types: Vec<_> = schema.fields().iter().map(|field| field.data_type().clone()).collect();
    assert_eq!(types, [DataType::Int64, DataType::Date32, DataType::Float64, DataType::Utf8]);
    assert_eq!(schema.field(1).metadata().get("format").map(String::as_str), Some("type:date;width:10"));

    let first = batches.next().unwrap().unwrap();
    let stores: Vec<_> = first.column(0).as_primitive::<Int64Type>().iter().collect();
    assert_eq!(stores, [Some(1), None]);
    let days: Vec<_> = first.column(1).as_primitive::<Date32Type>().iter().collect();
    assert_eq!(days, [Some(1), None]);
    let amounts: Vec<_> = first.column(2).as_primitive::<Float64Type>().iter().collect();
    assert_eq!(amounts, [Some(0.5), None]);
    let notes: Vec<_> = first.column(3).as_string::<i32>().iter().collect();
    assert_eq!(notes, [Some("a < b"), None]);

    let second = batches.next().unwrap().unwrap();
    assert_eq!((second.num_rows(), second.schema()), (1, schema));
    assert_eq!(second.column(1).as_primitive::<Date32Type>().value(0), -1);
    assert!(batches.next().is_none() && batches.next().is_none());
    let answer = batches.finish().unwrap();
    assert_eq!((answer.rc, answer.msg.as_deref()), (0, Some("OK")));
}

#[test]
fn what_no_batch_has_is_dropped() {
    let batches = ReplyBatches::new(getdata(&table(ROWS, END))).unwrap();
    assert!(batches.finish().unwrap().data.table.unwrap().rows.is_empty());
}

#[test]
fn a_table_without_rows_has_a_schema() {
    let mut batches = ReplyBatches::new(getdata(&table("", END))).unwrap();
    assert_eq!(batches.schema().fields().len(), 4);
    assert!(batches.next().is_none());
}

#[test]
fn rows_without_headings_are_no_batches() {
    let reply = format!("<out><rc>0</rc><msg/><table><data>{ROWS}{END}");
    let error = ReplyBatches::new(getdata(&reply)).unwrap_err();
    assert!(matches!(error, ArrowError::SchemaError(_)), "{error}");
}

/// The error is that of the call, to be looked at.
#[test]
fn what_ends_early_is_an_error() {
    for (reply, vendor) in [
        (table(ROWS, ""), false),
        (table(&format!("{ROWS}<tr><td>x</td><td/><td/><td/></tr>"), END), false),
        (table(ROWS, END).replacen("<rc>0</rc>", "", 1).replace("</out>", "<rc>38</rc></out>"), true),
    ] {
        let mut batches = ReplyBatches::new(getdata(&reply)).unwrap();
        let error = batches.next().unwrap().unwrap_err();
        let ArrowError::ExternalError(error) = error else { panic!("{error}") };
        let refused = error.downcast_ref::<Error<ten_ten_data::Failure>>().and_then(Error::code);
        assert_eq!(refused, vendor.then_some(&ErrorCode::SystemBusy), "{error}");
        assert!(batches.next().is_none());
    }
}
