//! Rows of a reply in every form that `call --output` writes them in: the same values, read again by libraries that were not written
//! here. Those of Arrow and Parquet are there with the features of these names.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use wirewright_cli::call::{Call, Open, Progress, Report, Rows, RowsOutput, System, run_rows};
use wirewright_codegen::load_sources;
use wirewright_interpret::Definition;

const PROTOCOL: &str = r#"title = "Depot"
doc = "Goods and where they are."
source = "made up for this test"
endpoint = "https://depot.example"
methods = { GET = "query" }

[formats]
xml = { root = "out" }

[envelope]
rc  = { is = "status", type = "integer", success = [0], doc = "0, or what went wrong." }
"*" = { is = "data" }
"#;
const GOODS: &str = r#"[types.Parcel]
doc = "A parcel."

[types.Parcel.members]
id     = { type = "integer", attribute = true, required = true, doc = "Its number." }
weight = { type = "number", doc = "In kilograms." }
urgent = { type = "boolean", doc = "Whether it is." }
label  = { doc = "What is written on it." }
key    = { secret = true, doc = "Opens the box that it is in." }
size   = { type = "Size", flatten = true, doc = "How large it is." }
marks  = { list = { item = "mark" }, doc = "What was stamped on it." }
other  = { type = "string", map = true, flatten = true, doc = "What nobody told of." }

[types.Size]
doc = "A size."

[types.Size.members]
width  = { type = "integer", doc = "In centimetres." }
height = { type = "integer", doc = "In centimetres." }

[types.Heading]
doc = "A column."

[types.Heading.members]
name   = { attribute = true, required = true, doc = "Its name." }
type   = { attribute = true, doc = "What its cells are." }
format = { attribute = true, doc = "How its cells are shown." }

[types.Row]
doc = "A row."

[types.Row.members]
td = { list = true, empty-is-absent = true, doc = "Its cells." }

[types.Day]
doc = "A day."
date = "%Y%m%d"

[parcels]
path  = "/parcels"
doc   = "All parcels."
reply = { parcels = { type = "Parcel", list = { item = "parcel" }, rows = true, doc = "The parcels." } }

[notes]
path    = "/notes"
doc     = "All notes."
request = { mark = { doc = "What is to separate the cells." } }
reply   = { text = { type = "Table", rows = { cells-by = "mark" }, doc = "The notes, by lines." } }

[types.Table]
separated = ";"
doc       = "A table."

[sales]
path  = "/sales"
doc   = "All sales."
reply = { cols = { type = "Heading", list = { item = "th" }, doc = "The columns." }, data = { type = "Row", list = { item = "tr" }, rows = { cell = "td", headings = "cols", name = "name", kind = "type", format = "format", kinds = { i = { type = "integer", formats = { "type:date" = "Day" } }, f = "number" } }, doc = "The sales." } }
"#;

/// What each operation answers.
const PARCELS: &str = r#"<out><rc>0</rc><parcels>
<parcel id="9007199254740993"><weight>1.50</weight><urgent>true</urgent><label>a, "b"
&lt;c&gt;</label><key>sesame</key><width>30</width><marks><mark>x</mark><mark>y</mark></marks><colour>red</colour></parcel>
<parcel id="2"/>
</parcels></out>"#;
const SALES: &str = r#"<out><rc>0</rc>
<cols><th name="store" type="i"/><th name="day" type="i" format="type:date;width:10"/><th name="amount" type="f"/><th name="note" type="a"/></cols>
<data><tr><td>12</td><td>20080930</td><td>19.50</td><td>paid &amp; packed</td></tr><tr><td>13</td><td/><td>1e3</td><td></td></tr></data></out>"#;
/// More than a batch has.
const MANY: i64 = 20_000;

fn many() -> String {
    let row = |row| format!("<tr><td>{row}</td><td>20080930</td><td>0.5</td><td>n</td></tr>");
    let rows = (0..MANY).map(row).collect::<Vec<_>>().concat();
    let (head, behind) = SALES.split_once("<tr>").unwrap();
    let (_, tail) = behind.rsplit_once("</tr>").unwrap();
    head.to_owned() + &rows + tail
}

fn definition() -> Definition {
    let files = [("protocol.toml", PROTOCOL), ("goods.toml", GOODS)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    Definition::new(load_sources("depot", files.into()).unwrap_or_else(|faults| panic!("{faults}")))
}

/// Answers one call.
fn answer(mut stream: TcpStream, reply: &str) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while !lines.next().unwrap().unwrap().is_empty() {}
    let length = reply.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all((head + reply).as_bytes()).unwrap();
}

/// Knows nothing, and is asked for nothing.
struct Nobody;

impl System for Nobody {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn ask(&self, _: &str) -> Option<String> {
        None
    }

    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        unreachable!("no call has a file")
    }
}

/// The rows of an operation of a vendor that answers so, and how far it has come at last.
fn written(operation: &str, reply: &str, output: RowsOutput) -> (Report, Vec<u8>, Progress) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let call = Call { operation: operation.to_owned(), endpoint: Some(endpoint), ..Call::default() };
    let reply = reply.to_owned();
    // Nobody waits for it: what is no call is no connection either.
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(stream, &reply)));
    called(&call, output)
}

fn called(call: &Call, output: RowsOutput) -> (Report, Vec<u8>, Progress) {
    let (mut out, mut last) = (Vec::new(), Progress::default());
    let mut progress = |progress| last = progress;
    let rows = Rows { output, out: &mut out, max_bytes: None, progress: &mut progress, exposed: &[] };
    let report = run_rows(&definition(), call, &Nobody, &Open::new(), &mut Vec::new(), rows);
    (report, out, last)
}

fn text(operation: &str, reply: &str, output: RowsOutput) -> String {
    let (report, out, _) = written(operation, reply, output);
    report.outcome.unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn rows_of_cells_are_lines_of_their_columns() {
    let csv = text("goods/sales", SALES, RowsOutput::Csv);
    assert_eq!(csv, "store,day,amount,note\n12,2008-09-30,19.50,paid & packed\n13,,1e3,\n");
    let ndjson = text("goods/sales", SALES, RowsOutput::NdJson);
    assert_eq!(
        ndjson,
        "{\"store\":12,\"day\":\"2008-09-30\",\"amount\":19.50,\"note\":\"paid & packed\"}\n\
         {\"store\":13,\"day\":null,\"amount\":1e3,\"note\":null}\n"
    );
}

/// By lines, with the separator that the request asks for.
#[test]
fn rows_of_separated_text_are_lines_too() {
    let reply = "<out><rc>0</rc><text>id|note\n1|paid, packed\n2|</text></out>";
    let given = vec![("mark".to_owned(), "|".to_owned())];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Some(format!("http://{}", listener.local_addr().unwrap()));
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(stream, reply)));
    let call = Call { operation: "goods/notes".to_owned(), endpoint, pairs: given, ..Call::default() };
    let (report, out, _) = called(&call, RowsOutput::Csv);
    report.outcome.unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "id,note\n1,\"paid, packed\"\n2,\n");
}

/// Members of flattened structures are columns like others, and what only the reply has a name for is in the last one.
#[test]
fn rows_of_members_lose_nothing_but_secrets() {
    let csv = text("goods/parcels", PARCELS, RowsOutput::Csv);
    assert_eq!(
        csv,
        "id,weight,urgent,label,key,width,height,marks,other\n\
         9007199254740993,1.5,true,\"a, \"\"b\"\"\n<c>\",[redacted],30,,\"[\"\"x\"\",\"\"y\"\"]\",\"{\"\"colour\"\":\"\"red\"\"}\"\n\
         2,,,,,,,,\n"
    );
    let ndjson = text("goods/parcels", PARCELS, RowsOutput::NdJson);
    assert_eq!(
        ndjson,
        "{\"id\":9007199254740993,\"weight\":1.5,\"urgent\":true,\"label\":\"a, \\\"b\\\"\\n<c>\",\"key\":\"[redacted]\",\"width\":30,\
         \"marks\":[\"x\",\"y\"],\"colour\":\"red\"}\n{\"id\":2}\n"
    );
}

#[test]
fn it_is_told_how_far_a_table_has_come() {
    let reply = many();
    let (report, out, last) = written("goods/sales", &reply, RowsOutput::Csv);
    report.outcome.unwrap();
    let rows = u64::try_from(MANY).unwrap();
    assert_eq!(last, Progress { rows, bytes: reply.len() as u64, total: Some(reply.len() as u64) });
    assert_eq!(String::from_utf8(out).unwrap().lines().count() as u64, rows + 1);
}

/// A program that was built without them says how to get them, before it calls anybody.
#[cfg(not(any(feature = "arrow", feature = "parquet")))]
#[test]
fn forms_that_were_left_out_say_so() {
    for (output, feature) in [(RowsOutput::Arrow, "arrow"), (RowsOutput::Parquet, "parquet")] {
        let nobody = Call {
            operation: "goods/sales".to_owned(),
            endpoint: Some("http://127.0.0.1:1".to_owned()),
            ..Call::default()
        };
        let failure = called(&nobody, output).0.outcome.unwrap_err();
        assert_eq!(
            failure.to_string(),
            format!(
                "this program was built without {feature}: install it with `cargo install wirewright-cli --features {feature}`"
            )
        );
    }
}

#[cfg(all(feature = "arrow", feature = "parquet"))]
mod arrow {
    use arrow_array::{
        RecordBatch,
        cast::AsArray as _,
        types::{Date32Type, Float64Type, Int64Type},
    };
    use arrow_ipc::reader::FileReader;
    use arrow_schema::DataType;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use wirewright_cli::call::RowsOutput;

    use super::{MANY, PARCELS, SALES, many, written};

    /// The batches of an operation's rows, by way of each format. How many rows the first has is the format's business.
    fn batches(operation: &str, reply: &str) -> [Vec<RecordBatch>; 2] {
        let file = |output| {
            let (report, out, _) = written(operation, reply, output);
            report.outcome.unwrap();
            out
        };
        let arrow = FileReader::try_new(std::io::Cursor::new(file(RowsOutput::Arrow)), None).unwrap();
        let parquet = bytes::Bytes::from(file(RowsOutput::Parquet));
        let parquet = ParquetRecordBatchReaderBuilder::try_new(parquet).unwrap().build().unwrap();
        [arrow.map(Result::unwrap).collect(), parquet.map(Result::unwrap).collect()]
    }

    fn types(batch: &RecordBatch) -> Vec<(&str, DataType)> {
        let schema = batch.schema_ref();
        schema.fields().iter().map(|field| (field.name().as_str(), field.data_type().clone())).collect()
    }

    #[test]
    fn cells_have_the_types_of_their_headings() {
        for batches in batches("goods/sales", SALES) {
            let [batch] = &batches[..] else { panic!("{batches:?}") };
            let expected = [
                ("store", DataType::Int64),
                ("day", DataType::Date32),
                ("amount", DataType::Float64),
                ("note", DataType::Utf8),
            ];
            assert_eq!(types(batch), expected);
            let store: Vec<_> = batch.column(0).as_primitive::<Int64Type>().iter().collect();
            let day: Vec<_> = batch.column(1).as_primitive::<Date32Type>().iter().collect();
            let amount: Vec<_> = batch.column(2).as_primitive::<Float64Type>().iter().collect();
            let note: Vec<_> = batch.column(3).as_string::<i32>().iter().collect();
            // 2008-09-30 is 14,152 days after 1970-01-01.
            assert_eq!((store, day), (vec![Some(12), Some(13)], vec![Some(14_152), None]));
            assert_eq!((amount, note), (vec![Some(19.5), Some(1000.0)], vec![Some("paid & packed"), None]));
        }
    }

    #[test]
    fn members_have_their_own_types() {
        for batches in batches("goods/parcels", PARCELS) {
            let [batch] = &batches[..] else { panic!("{batches:?}") };
            let expected = [
                ("id", DataType::Int64),
                ("weight", DataType::Float64),
                ("urgent", DataType::Boolean),
                ("label", DataType::Utf8),
                ("key", DataType::Utf8),
                ("width", DataType::Int64),
                ("height", DataType::Int64),
                ("marks", DataType::Utf8),
                ("other", DataType::Utf8),
            ];
            assert_eq!(types(batch), expected);
            let ids: Vec<_> = batch.column(0).as_primitive::<Int64Type>().iter().collect();
            assert_eq!(ids, [Some(9_007_199_254_740_993), Some(2)]);
            assert_eq!(batch.column(2).as_boolean().iter().collect::<Vec<_>>(), [Some(true), None]);
            let texts = |column: usize| batch.column(column).as_string::<i32>().iter().collect::<Vec<_>>();
            assert_eq!(texts(3), [Some("a, \"b\"\n<c>"), None]);
            assert_eq!(texts(4), [Some("[redacted]"), None]);
            assert_eq!(texts(7), [Some("[\"x\",\"y\"]"), None]);
            assert_eq!(texts(8), [Some("{\"colour\":\"red\"}"), None]);
        }
    }

    #[test]
    fn more_rows_than_a_batch_has_are_all_there() {
        let reply = many();
        for batches in batches("goods/sales", &reply) {
            assert!(batches.len() > 1, "{}", batches.len());
            let stores =
                batches.iter().flat_map(|batch| batch.column(0).as_primitive::<Int64Type>().values());
            assert!(stores.copied().eq(0..MANY));
        }
    }
}
