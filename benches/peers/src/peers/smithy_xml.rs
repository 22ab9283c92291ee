//! aws-smithy-xml has no derive: this is what the AWS SDK's generator would write.

use std::fmt::Debug;

use aws_smithy_xml::decode::{Document, ScopedDecoder, try_data};
use aws_smithy_xml::encode::{ScopeWriter, XmlWriter};

use crate::model::{Failure, Logout, NameValue, Out, Row, Table};

fn own(d: &mut ScopedDecoder<'_, '_>) -> String {
    try_data(d).unwrap().into_owned()
}

fn num<T: std::str::FromStr<Err: Debug>>(d: &mut ScopedDecoder<'_, '_>) -> T {
    try_data(d).unwrap().trim().parse().unwrap()
}

pub fn logout(s: &str) -> Logout {
    let mut doc = Document::new(s);
    let mut root = doc.root_element().unwrap();
    let api_method = root.start_el().attr("api_method").map(str::to_owned);
    let (mut status, mut tx, mut detail, mut nv, mut timestamp) = (None, None, None, None, None);
    while let Some(mut tag) = root.next_tag() {
        match tag.start_el().local() {
            "status" => status = Some(own(&mut tag)),
            "api_tx_number" => tx = Some(num(&mut tag)),
            "detail" => detail = Some(own(&mut tag)),
            "response_name_value" => {
                while let Some(mut tag) = tag.next_tag() {
                    if tag.start_el().matches("session_key") {
                        nv = Some(NameValue { session_key: own(&mut tag) });
                    }
                }
            }
            "timestamp" => timestamp = Some(own(&mut tag)),
            _ => {}
        }
    }
    Logout {
        api_method: api_method.unwrap(),
        status: status.unwrap(),
        api_tx_number: tx.unwrap(),
        detail: detail.unwrap(),
        response_name_value: nv.unwrap(),
        timestamp: timestamp.unwrap(),
    }
}

pub fn failure(s: &str) -> Failure {
    let mut doc = Document::new(s);
    let mut root = doc.root_element().unwrap();
    let api_method = root.start_el().attr("api_method").map(str::to_owned);
    let (mut status, mut tx, mut number) = (None, None, None);
    let (mut name, mut detail, mut timestamp) = (None, None, None);
    while let Some(mut tag) = root.next_tag() {
        match tag.start_el().local() {
            "status" => status = Some(own(&mut tag)),
            "api_tx_number" => tx = Some(num(&mut tag)),
            "error_number" => number = Some(num(&mut tag)),
            "error_name" => name = Some(own(&mut tag)),
            "error_detail" => detail = Some(own(&mut tag)),
            "timestamp" => timestamp = Some(own(&mut tag)),
            _ => {}
        }
    }
    Failure {
        api_method: api_method.unwrap(),
        status: status.unwrap(),
        api_tx_number: tx.unwrap(),
        error_number: number.unwrap(),
        error_name: name.unwrap(),
        error_detail: detail.unwrap(),
        timestamp: timestamp.unwrap(),
    }
}

fn row(row: &mut ScopedDecoder<'_, '_>) -> Row {
    let (mut id, mut store, mut item, mut qty) = (None, None, None, None);
    let (mut price, mut weight, mut date, mut note) = (None, None, None, None);
    while let Some(mut tag) = row.next_tag() {
        match tag.start_el().local() {
            "id" => id = Some(num(&mut tag)),
            "store" => store = Some(own(&mut tag)),
            "item" => item = Some(own(&mut tag)),
            "qty" => qty = Some(num(&mut tag)),
            "price" => price = Some(num(&mut tag)),
            "weight" => weight = Some(num(&mut tag)),
            "date" => date = Some(own(&mut tag)),
            "note" => note = Some(own(&mut tag)),
            _ => {}
        }
    }
    Row {
        id: id.unwrap(),
        store: store.unwrap(),
        item: item.unwrap(),
        qty: qty.unwrap(),
        price: price.unwrap(),
        weight: weight.unwrap(),
        date: date.unwrap(),
        note: note.unwrap(),
    }
}

pub fn out(s: &str) -> Out {
    let mut doc = Document::new(s);
    let mut root = doc.root_element().unwrap();
    let (mut rc, mut msg, mut nrows, mut table) = (None, None, None, None);
    while let Some(mut tag) = root.next_tag() {
        match tag.start_el().local() {
            "rc" => rc = Some(num(&mut tag)),
            "msg" => msg = Some(own(&mut tag)),
            "nrows" => nrows = Some(num(&mut tag)),
            "table" => {
                let mut tr = Vec::new();
                while let Some(mut tag) = tag.next_tag() {
                    if tag.start_el().matches("tr") {
                        tr.push(row(&mut tag));
                    }
                }
                table = Some(Table { tr });
            }
            _ => {}
        }
    }
    Out { rc: rc.unwrap(), msg: msg.unwrap(), nrows: nrows.unwrap(), table: table.unwrap() }
}

fn leaf(w: &mut ScopeWriter<'_, '_>, name: &str, v: &str) {
    let mut el = w.start_el(name).finish();
    el.data(v);
    el.finish();
}

pub fn from_logout(v: &Logout) -> String {
    let mut s = String::new();
    let mut w = XmlWriter::new(&mut s);
    let mut el = w.start_el("response");
    el.write_attribute("api_method", &v.api_method);
    let mut w = el.finish();
    leaf(&mut w, "status", &v.status);
    leaf(&mut w, "api_tx_number", itoa::Buffer::new().format(v.api_tx_number));
    leaf(&mut w, "detail", &v.detail);
    let mut nv = w.start_el("response_name_value").finish();
    leaf(&mut nv, "session_key", &v.response_name_value.session_key);
    nv.finish();
    leaf(&mut w, "timestamp", &v.timestamp);
    w.finish();
    s
}

pub fn from_failure(v: &Failure) -> String {
    let mut s = String::new();
    let mut w = XmlWriter::new(&mut s);
    let mut el = w.start_el("response");
    el.write_attribute("api_method", &v.api_method);
    let mut w = el.finish();
    leaf(&mut w, "status", &v.status);
    leaf(&mut w, "api_tx_number", itoa::Buffer::new().format(v.api_tx_number));
    leaf(&mut w, "error_number", itoa::Buffer::new().format(v.error_number));
    leaf(&mut w, "error_name", &v.error_name);
    leaf(&mut w, "error_detail", &v.error_detail);
    leaf(&mut w, "timestamp", &v.timestamp);
    w.finish();
    s
}

pub fn from_out(v: &Out) -> String {
    let mut s = String::new();
    let mut w = XmlWriter::new(&mut s);
    let mut w = w.start_el("out").finish();
    leaf(&mut w, "rc", itoa::Buffer::new().format(v.rc));
    leaf(&mut w, "msg", &v.msg);
    leaf(&mut w, "nrows", itoa::Buffer::new().format(v.nrows));
    let mut t = w.start_el("table").finish();
    for r in &v.table.tr {
        let mut w = t.start_el("tr").finish();
        leaf(&mut w, "id", itoa::Buffer::new().format(r.id));
        leaf(&mut w, "store", &r.store);
        leaf(&mut w, "item", &r.item);
        leaf(&mut w, "qty", itoa::Buffer::new().format(r.qty));
        leaf(&mut w, "price", zmij::Buffer::new().format(r.price));
        leaf(&mut w, "weight", zmij::Buffer::new().format(r.weight));
        leaf(&mut w, "date", &r.date);
        leaf(&mut w, "note", &r.note);
        w.finish();
    }
    t.finish();
    w.finish();
    s
}
