//! What a server would send, and the values in it. The same on every run and machine.

use crate::model::*;

pub fn logout() -> Logout {
    Logout {
        api_method: "/session/logout".into(),
        status: "SUCCESS".into(),
        api_tx_number: 58768,
        detail: "you logged out successfully".into(),
        response_name_value: NameValue { session_key: "De325h3Fsdg76rt".into() },
        timestamp: "2008-09-30 15:56:42".into(),
    }
}

/// Laid out as on the vendor's page.
pub const LOGOUT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<response api_method="/session/logout">
     <status>SUCCESS</status>
     <api_tx_number>58768</api_tx_number>
     <detail>you logged out successfully</detail>
     <response_name_value>
         <session_key>De325h3Fsdg76rt</session_key>
     </response_name_value>
     <timestamp>2008-09-30 15:56:42</timestamp>
</response>
"#;

pub fn failure() -> Failure {
    Failure {
        api_method: "/user/login".into(),
        status: "ERROR".into(),
        api_tx_number: 12123,
        error_number: 2,
        error_name: "Session Error".into(),
        error_detail: "session does not exist".into(),
        timestamp: "2008-09-30 15:56:42".into(),
    }
}

pub const FAILURE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<response api_method="/user/login">
    <status>ERROR</status>
    <api_tx_number>12123</api_tx_number>
    <error_number>2</error_number>
    <error_name>Session Error</error_name>
    <error_detail>session does not exist</error_detail>
    <timestamp>2008-09-30 15:56:42</timestamp>
</response>
"#;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }
}

/// `id, store, item, qty, price, weight, date, note`
pub fn rows(count: u64) -> Vec<Row> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let stores = ["Brooklyn 14", "Québec", "St. Louis & East", "Austin", "Newark <annex>", "Köln"];
    let items = [
        "Ben & Jerry's Half Baked",
        "paper towels 6ct",
        "batteries AA",
        "AT&T prepaid card",
        "whole milk 1gal",
        "ground coffee dark roast",
        "bananas",
        "tortilla chips",
    ];
    let notes = [
        "ok",
        "returned within 30 days",
        "if (qty < 2 && price > 9) flag();",
        "none",
        "customer said \"fine\"",
        "see ticket 48812",
    ];
    (0..count)
        .map(|index| Row {
            id: 100_000 + index,
            store: random.pick(&stores).into(),
            item: random.pick(&items).into(),
            qty: random.below(40) as i32 - 3,
            price: random.below(20_000) as f64 / 100.0,
            weight: random.below(9_000_000) as f64 / 10_000.0,
            date: format!("2008-{:02}-{:02}", random.below(12) + 1, random.below(28) + 1),
            note: random.pick(&notes).into(),
        })
        .collect()
}

pub fn out(count: u64) -> Out {
    Out { rc: 0, msg: "Success".into(), nrows: count, table: Table { tr: rows(count) } }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A row a line, entities in text, CDATA in notes that need it. `layout` makes one row of its cells.
pub fn out_xml(out: &Out, layout: impl Fn(&[(&str, String)]) -> String) -> String {
    let mut text = format!(
        "<out>\n<rc>{}</rc>\n<msg>{}</msg>\n<nrows>{}</nrows>\n<table>\n",
        out.rc, out.msg, out.nrows
    );
    for row in &out.table.tr {
        let note =
            if row.note.contains('<') { format!("<![CDATA[{}]]>", row.note) } else { escaped(&row.note) };
        text += &layout(&[
            ("id", row.id.to_string()),
            ("store", escaped(&row.store)),
            ("item", escaped(&row.item)),
            ("qty", row.qty.to_string()),
            ("price", row.price.to_string()),
            ("weight", row.weight.to_string()),
            ("date", row.date.clone()),
            ("note", note),
        ]);
    }
    text + "</table>\n</out>\n"
}

/// Cells as the server documents them.
pub fn cells(cells: &[(&str, String)]) -> String {
    let inside: String = cells.iter().map(|(name, value)| format!("<{name}>{value}</{name}>")).collect();
    format!("<tr>{inside}</tr>\n")
}

pub fn envelope<D>(data: D) -> Envelope<D> {
    Envelope {
        response: Reply {
            status_code: 200,
            status_text: "OK".into(),
            status_detail_code: 3020,
            request_id: "req-7f3a91".into(),
            data,
        },
    }
}

pub fn session() -> Session {
    Session {
        session_key: "De325h3Fsdg76rt+8Kq/0w==".into(),
        login_id: "chattingchuck".into(),
        expires_in: 86400,
        host_time: 1_222_790_202,
        active: true,
    }
}

/// Some notes have escapes and line breaks.
pub fn json_rows(count: u64) -> Rows {
    let mut rows = rows(count);
    for row in rows.iter_mut().skip(3).step_by(8) {
        row.note.push_str("\nline two\t\\end");
    }
    Rows { rows }
}

pub fn query_reply() -> QueryReply {
    QueryReply {
        status_code: 200,
        status_text: "OK".into(),
        status_detail_code: Some(3020),
        request_id: Some("req 7f3a91".into()),
    }
}

pub fn request() -> Request {
    Request {
        dev_id: "ao1mAegmj4_7xQOy".into(),
        f: "json".into(),
        s: Some("chatting chuck@nina.bz".into()),
        language: Some("en-us".into()),
        c: Some("callbacks.done[\"x\"]".into()),
        r: Some(48812),
        a: "%2FwEAAAAAB8Ja+3/Yx1Q==&t=9".into(),
        sig_sha256: "4Fsx0y1Bq/0Ffk+uVbJQe9mCzdmVwTr7m2yJcRGLoQ8=".into(),
    }
}

pub fn form(count: usize) -> Vec<(String, String)> {
    let mut random = Random(0xd1b5_4a32_d192_ed03);
    let words = [
        "plain",
        "two words",
        "a&b=c",
        "100% sure?",
        "naïve café",
        "日本語のテキスト",
        "path/to/file.txt",
        "x+y",
        "https://example.org/?q=1#top",
        "simple_value-1.0~",
        "Zürich",
        "emoji 🎉 end",
    ];
    (0..count)
        .map(|index| {
            let value: Vec<_> = (0..1 + random.below(3)).map(|_| random.pick(&words)).collect();
            (format!("field_{index:04}"), value.join(" "))
        })
        .collect()
}
