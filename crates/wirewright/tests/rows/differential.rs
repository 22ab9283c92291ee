//! A document read as a stream of rows, in chunks cut anywhere, is the same document read whole: the same rows and the same
//! envelope, or both an error.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use wirewright::{
    Wire,
    rows::{Headings, Layout, Parser, Polled},
    testing::streamed,
    xml,
};

/// What documents are made of, and damaged with.
const PIECES: &[&str] = &[
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td/>",
    "<tr/>",
    "<data>",
    "</data>",
    "<data/>",
    "<table>",
    "</table>",
    "<table name=\"a\">",
    "<table/>",
    "<out>",
    "</out>",
    "<rc>",
    "</rc>",
    "<rc>0</rc>",
    "<msg/>",
    "<title>t</title>",
    "<x:tr>",
    "</x:tr>",
    "<tr id=\"7\">",
    "<tr id='>'>",
    "<td a=\"1\">",
    "<amount>1.5</amount>",
    "<amount>x</amount>",
    "<next><td>n</td></next>",
    "<next/>",
    " ",
    "\n",
    "\r\n",
    "\t",
    "text",
    "12",
    "-3.5",
    "&amp;",
    "&#38;",
    "&#0;",
    "&x;",
    "&",
    ";",
    "]]>",
    "<![CDATA[",
    "<![CDATA[<td>]]>",
    "<!--",
    "-->",
    "<!-- <tr> -->",
    "<!-->",
    "<!---->",
    "<?pi <tr> ?>",
    "<?",
    "?>",
    "<!DOCTYPE a [<!ENTITY x '>'>]>",
    "<!",
    "<!x>",
    "<?xml version=\"1.0\"?>",
    "\u{feff}",
    "\u{1}",
    "\u{ffff}",
    "é",
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "</tr ",
    "<tr ",
    "</ tr>",
    "<td",
    "<tr><td>1</td><td>two</td></tr>",
    "<tr><td>&lt;</td><td/></tr>",
    "\n  <tr>\n    <td>1</td>\n    <td></td>\n  </tr>",
    "xmlns='u'",
    "<u><tr><td>not one</td></tr></u>",
    "<td><b/></td>",
    "<a><a><a><a><a><a><a><a><a>",
    "</a></a></a></a></a></a></a></a></a>",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "[ -~\u{e9}]{0,6}",
    ]
}

/// A well-formed row, as most vendors write one or as hardly anyone does.
fn row() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        Just("<td/>".to_owned()),
        Just("<td></td>".to_owned()),
        "[0-9]{1,9}(\\.[0-9]{1,3})?".prop_map(|number| format!("<td>{number}</td>")),
        "[a-z é\r\n]{0,12}".prop_map(|text| format!("<td>{text}</td>")),
        "[a-z]{0,4}".prop_map(|text| format!("<td k='1'>{text}&amp;<!-- c --><![CDATA[<td>]]></td >")),
    ];
    (
        proptest::collection::vec(cell, 0..4),
        proptest::sample::select(&["", "\n", " ", "<!-- c -->", "<u/>", "t"][..]),
    )
        .prop_map(|(cells, between)| format!("{between}<tr>{}</tr>", cells.concat()))
}

fn document() -> impl Strategy<Value = String> {
    let rows = proptest::collection::vec(row(), 0..8);
    let damage = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), piece()), 0..3);
    (rows, damage, proptest::sample::select(&["", "\u{feff}", "<?xml version='1.0'?>\r\n"][..])).prop_map(
        |(rows, damage, start)| {
            let rows = rows.concat();
            let mut text = format!("{start}<out><rc>0</rc><table name='n'>\n<title>T</title><data>{rows}</data></table><msg>m</msg></out>\n");
            for (at, cut, piece) in damage {
                let mut at = at.index(text.len() + 1);
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                let mut end = (at + usize::from(cut % 8)).min(text.len());
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text.replace_range(at..end.max(at), &piece);
            }
            text
        },
    )
}

fn cycled(sizes: &[usize]) -> impl FnMut() -> usize {
    let mut sizes = sizes.iter().copied().cycle();
    move || sizes.next().unwrap_or(1)
}

/// The namespace of a row may be in the part of its tag that has not come.
#[test]
fn a_row_whose_tag_comes_in_pieces() {
    for rows in [
        "<tr xmlns='u'",
        "<tr xmlns='u'></tr>",
        "<tr k='1'></tr><tr k='1' xmlns='u'></tr>",
        "<tr xmlns='u'><td>1</td></tr><tr/>",
        "<tr xmlns='u'><td>1</td>\u{1}",
    ] {
        for size in 1..20 {
            let text = format!("<out><table><data>{rows}</data></table></out>");
            let _ = streamed(text.as_bytes(), &mut cycled(&[size]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_damaged_document(text in document(), sizes in proptest::collection::vec(1..40_usize, 1..6)) {
        let _ = streamed(text.as_bytes(), &mut cycled(&sizes));
    }

    #[test]
    fn pieces_of_documents(pieces in proptest::collection::vec(piece(), 0..24), sizes in proptest::collection::vec(1..9_usize, 1..4)) {
        let text = format!("<out><table><data>{}</data></table></out>", pieces.concat());
        let _ = streamed(text.as_bytes(), &mut cycled(&sizes));
        let _ = streamed(pieces.concat().as_bytes(), &mut cycled(&sizes));
    }

    #[test]
    fn bytes_that_are_no_text(text in document(), at in any::<proptest::sample::Index>(), byte in any::<u8>(), size in 1..20_usize) {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = streamed(&bytes, &mut cycled(&[size]));
    }

    /// Wherever a document is cut off, that is an error.
    #[test]
    fn a_document_that_is_cut_off(rows in proptest::collection::vec(row(), 0..5), at in any::<proptest::sample::Index>(), size in 1..20_usize) {
        let text = format!("<out><rc>0</rc><table><data>{}</data></table></out>", rows.concat());
        prop_assert!(streamed(text.as_bytes(), &mut cycled(&[size])).is_ok());
        let cut = &text.as_bytes()[..at.index(text.len())];
        prop_assert!(streamed(cut, &mut cycled(&[size])).is_err());
    }

    /// A row struct reads each cell as it reads a member of the same content, with an empty one as absent.
    #[test]
    fn members_by_their_columns(cells in proptest::collection::vec(content(), 5), size in 1..50_usize) {
        let [store, amount, note, maybe, tags] = &cells[..] else { unreachable!() };
        let text = format!(
            "<out><cols><th name='note'/><th name='store'/><th name='unused'/><th name='amount'/><th name='tags'/><th name='maybe'/></cols>\
             <data><tr><td>{note}</td><td>{store}</td><td>{note}</td><td>{amount}</td><td>{tags}</td><td>{maybe}</td></tr></data></out>"
        );
        let element = |name: &str, content: &str| format!("<{name}>{content}</{name}>");
        let members = [("store", store), ("amount", amount), ("note", note), ("maybe", maybe), ("tags", tags)];
        let members: String = members.iter().map(|(name, content)| element(name, content)).collect();
        let whole = xml::from_str::<Sale>(&element("row", &members));

        let mut parser = Parser::new(TABLE);
        let mut chunks = text.as_bytes().chunks(size);
        let streamed = loop {
            match parser.poll_as::<Sale>() {
                Ok(Polled::Row(sale)) => break Ok(sale),
                Ok(Polled::Hungry) => match chunks.next() {
                    Some(chunk) => parser.feed(chunk),
                    None => parser.end(),
                },
                Ok(Polled::End) => unreachable!("there is a row"),
                Err(error) => break Err(error),
            }
        };
        match (&whole, &streamed) {
            (Ok(whole), Ok(streamed)) => prop_assert_eq!(whole, streamed),
            (Err(_), Err(error)) => prop_assert_eq!(error.row(), Some(1)),
            _ => prop_assert!(false, "{text}\n{whole:?}\n{streamed:?}"),
        }
    }
}

const TABLE: Layout = Layout::table(&["data", "tr"], "td").with_headings(Headings {
    path: &["cols", "th"],
    name: "name",
    kind: "type",
    format: "format",
    kinds: &[],
});

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "row")]
struct Sale {
    #[wire(empty_is_absent)]
    store: u32,
    #[wire(empty_is_absent)]
    amount: Option<f64>,
    #[wire(empty_is_absent)]
    note: Option<String>,
    #[wire(empty_is_absent, boolean = "yes/no", default)]
    maybe: bool,
    #[wire(empty_is_absent, list(joined = ","))]
    tags: Vec<i64>,
}

fn content() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,12}",
        "-?[0-9]{1,9}\\.[0-9]{0,9}(e[0-9])?",
        proptest::sample::select(
            &[
                "yes",
                "no",
                "1,2,3",
                "1,,3",
                " 12 ",
                "1\r\n",
                "&#49;",
                "a&lt;b",
                "<![CDATA[5]]>",
                "<!-- c -->7",
                "<b/>",
                "&x;",
                "é"
            ][..]
        )
        .prop_map(str::to_owned),
    ]
}
