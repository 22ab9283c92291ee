//! aws-smithy-json has no derive: this is what the AWS SDK's generator would write.

use std::iter::Peekable;

use aws_smithy_json::deserialize::token::{
    expect_bool_or_null, expect_number_or_null, expect_start_object, expect_string_or_null, skip_value,
};
use aws_smithy_json::deserialize::{JsonTokenIterator, Token, json_token_iter};
use aws_smithy_json::serialize::{JsonObjectWriter, JsonValueWriter};
use aws_smithy_types::Number;

use crate::model::{Envelope, Reply, Row, Rows, Session};

type Tokens<'a> = Peekable<JsonTokenIterator<'a>>;

fn text(t: &mut Tokens<'_>) -> String {
    expect_string_or_null(t.next()).unwrap().unwrap().to_unescaped().unwrap().into_owned()
}

fn uint(t: &mut Tokens<'_>) -> u64 {
    expect_number_or_null(t.next()).unwrap().unwrap().try_into().unwrap()
}

fn object(t: &mut Tokens<'_>, mut f: impl FnMut(&str, &mut Tokens<'_>)) {
    expect_start_object(t.next()).unwrap();
    loop {
        match t.next().unwrap().unwrap() {
            Token::EndObject { .. } => return,
            Token::ObjectKey { key, .. } => f(&key.to_unescaped().unwrap(), t),
            other => panic!("unexpected {other:?}"),
        }
    }
}

fn session(t: &mut Tokens<'_>) -> Session {
    let (mut key, mut login, mut expires, mut host, mut active) = (None, None, None, None, None);
    object(t, |k, t| match k {
        "sessionKey" => key = Some(text(t)),
        "loginId" => login = Some(text(t)),
        "expiresIn" => expires = Some(uint(t)),
        "hostTime" => host = Some(uint(t)),
        "active" => active = expect_bool_or_null(t.next()).unwrap(),
        _ => skip_value(t).unwrap(),
    });
    Session {
        session_key: key.unwrap(),
        login_id: login.unwrap(),
        expires_in: expires.unwrap(),
        host_time: host.unwrap(),
        active: active.unwrap(),
    }
}

fn row(t: &mut Tokens<'_>) -> Row {
    let (mut id, mut store, mut item, mut qty) = (None, None, None, None);
    let (mut price, mut weight, mut date, mut note) = (None, None, None, None);
    object(t, |k, t| match k {
        "id" => id = Some(uint(t)),
        "store" => store = Some(text(t)),
        "item" => item = Some(text(t)),
        "qty" => qty = Some(expect_number_or_null(t.next()).unwrap().unwrap().try_into().unwrap()),
        "price" => price = Some(expect_number_or_null(t.next()).unwrap().unwrap().to_f64_lossy()),
        "weight" => weight = Some(expect_number_or_null(t.next()).unwrap().unwrap().to_f64_lossy()),
        "date" => date = Some(text(t)),
        "note" => note = Some(text(t)),
        _ => skip_value(t).unwrap(),
    });
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

fn rows(t: &mut Tokens<'_>) -> Rows {
    let mut rows = None;
    object(t, |k, t| match k {
        "rows" => {
            assert!(matches!(t.next(), Some(Ok(Token::StartArray { .. }))));
            let mut v = Vec::new();
            while !matches!(t.peek(), Some(Ok(Token::EndArray { .. }))) {
                v.push(row(t));
            }
            t.next();
            rows = Some(v);
        }
        _ => skip_value(t).unwrap(),
    });
    Rows { rows: rows.unwrap() }
}

fn envelope<D>(s: &str, read: impl Fn(&mut Tokens<'_>) -> D) -> Envelope<D> {
    let t = &mut json_token_iter(s.as_bytes()).peekable();
    let mut response = None;
    object(t, |k, t| match k {
        "response" => {
            let (mut code, mut text_, mut detail, mut request, mut data) = (None, None, None, None, None);
            object(t, |k, t| match k {
                "statusCode" => code = Some(uint(t) as u16),
                "statusText" => text_ = Some(text(t)),
                "statusDetailCode" => detail = Some(uint(t) as u32),
                "requestId" => request = Some(text(t)),
                "data" => data = Some(read(t)),
                _ => skip_value(t).unwrap(),
            });
            response = Some(Reply {
                status_code: code.unwrap(),
                status_text: text_.unwrap(),
                status_detail_code: detail.unwrap(),
                request_id: request.unwrap(),
                data: data.unwrap(),
            });
        }
        _ => skip_value(t).unwrap(),
    });
    Envelope { response: response.unwrap() }
}

pub fn small(s: &str) -> Envelope<Session> {
    envelope(s, session)
}

pub fn large(s: &str) -> Envelope<Rows> {
    envelope(s, rows)
}

fn write<D>(v: &Envelope<D>, fill: impl Fn(&D, &mut JsonObjectWriter<'_>)) -> String {
    let mut s = String::new();
    let mut top = JsonValueWriter::new(&mut s).start_object();
    let mut o = top.key("response").start_object();
    o.key("statusCode").number(Number::PosInt(v.response.status_code.into()));
    o.key("statusText").string(&v.response.status_text);
    o.key("statusDetailCode").number(Number::PosInt(v.response.status_detail_code.into()));
    o.key("requestId").string(&v.response.request_id);
    let mut d = o.key("data").start_object();
    fill(&v.response.data, &mut d);
    d.finish();
    o.finish();
    top.finish();
    s
}

pub fn from_small(v: &Envelope<Session>) -> String {
    write(v, |v, o| {
        o.key("sessionKey").string(&v.session_key);
        o.key("loginId").string(&v.login_id);
        o.key("expiresIn").number(Number::PosInt(v.expires_in));
        o.key("hostTime").number(Number::PosInt(v.host_time));
        o.key("active").boolean(v.active);
    })
}

pub fn from_large(v: &Envelope<Rows>) -> String {
    write(v, |v, o| {
        let mut a = o.key("rows").start_array();
        for r in &v.rows {
            let mut o = a.value().start_object();
            o.key("id").number(Number::PosInt(r.id));
            o.key("store").string(&r.store);
            o.key("item").string(&r.item);
            o.key("qty").number(match r.qty {
                n if n < 0 => Number::NegInt(n.into()),
                n => Number::PosInt(n as u64),
            });
            o.key("price").number(Number::Float(r.price));
            o.key("weight").number(Number::Float(r.weight));
            o.key("date").string(&r.date);
            o.key("note").string(&r.note);
            o.finish();
        }
        a.finish();
    })
}
