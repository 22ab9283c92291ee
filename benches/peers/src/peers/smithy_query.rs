//! aws-smithy-query has no derive: this is what the AWS SDK's generator would write. It writes calls of one service; the two
//! parameters that it always begins with are taken away again, which is part of the work.

use aws_smithy_query::QueryWriter;
use aws_smithy_types::Number;

use crate::model::{QueryReply, Request};

pub fn from_reply(reply: &QueryReply) -> String {
    let mut out = String::new();
    let mut writer = QueryWriter::new(&mut out, "", "");
    writer.prefix("statusCode").number(Number::PosInt(reply.status_code.into()));
    writer.prefix("statusText").string(&reply.status_text);
    if let Some(detail) = reply.status_detail_code {
        writer.prefix("statusDetailCode").number(Number::PosInt(detail.into()));
    }
    if let Some(id) = &reply.request_id {
        writer.prefix("requestId").string(id);
    }
    writer.finish();
    own(&out)
}

pub fn from_request(request: &Request) -> String {
    let mut out = String::new();
    let mut writer = QueryWriter::new(&mut out, "", "");
    writer.prefix("devId").string(&request.dev_id);
    writer.prefix("f").string(&request.f);
    for (name, value) in [("s", &request.s), ("language", &request.language), ("c", &request.c)] {
        if let Some(value) = value {
            writer.prefix(name).string(value);
        }
    }
    if let Some(number) = request.r {
        writer.prefix("r").number(Number::PosInt(number));
    }
    writer.prefix("a").string(&request.a);
    writer.prefix("sig_sha256").string(&request.sig_sha256);
    writer.finish();
    own(&out)
}

pub fn from_pairs(pairs: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut writer = QueryWriter::new(&mut out, "", "");
    for (name, value) in pairs {
        writer.prefix(name).string(value);
    }
    writer.finish();
    own(&out)
}

fn own(text: &str) -> String {
    text.replacen("Action=&Version=&", "", 1)
}
