//! Rows: a document read as a stream, in chunks cut anywhere, is the same document read whole.

use wirewright::testing::streamed;

use crate::{Outcome, corpus::noise};

/// Reads the bytes as a stream of rows and as a whole document. The first byte says how they are cut into chunks.
pub fn rows(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let (size, document) = data.split_first().map_or((1, data), |(first, rest)| (usize::from(*first), rest));
    // Chunks of two sizes, so that they do not keep step with the rows.
    let mut odd = false;
    let mut chunks = || {
        odd = !odd;
        if odd { size % 16 + 1 } else { size / 4 + 1 }
    };
    match streamed(document, &mut chunks) {
        Ok(rows) => outcome.take(if rows.is_empty() { "no rows" } else { "rows" }),
        Err(error) => outcome.error(error.error()),
    }
    outcome
}

const DOCUMENTS: &[&str] = &[
    "<out><rc>0</rc><table name=\"n\"><title>T</title><data><tr><td>1</td><td>a &amp; b</td></tr>\n<tr><td/><td></td></tr></data></table><msg>m</msg></out>",
    "<?xml version=\"1.0\"?>\r\n<out>\r\n<table><data>\r\n<tr id=\"7\"><td>1</td><amount>1.5</amount><next><td>n</td></next></tr>\r\n</data></table></out>",
    "<out><table><data><!-- <tr> --><x:tr><td><![CDATA[<td>]]></td></x:tr><tr/>text<u><tr/></u></data></table></out>",
    "<out><rc>1</rc></out>",
];

/// Documents with and without rows, in chunks of many sizes.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let sizes = noise().filter_map(|bytes| bytes.first().copied()).chain([0, 1, 64, 255]);
    sizes.flat_map(|size| DOCUMENTS.iter().map(move |text| [&[size], text.as_bytes()].concat())).collect()
}
