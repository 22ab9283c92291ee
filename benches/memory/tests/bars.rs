//! No reply takes more memory than it may. One test, as the memory is that of the whole program.

use wirewright_bench_memory::{Counting, ROWS, Reader};

#[global_allocator]
static MEMORY: Counting = Counting::new();

/// A part of 16 MiB: what a reply takes grows with its text.
const PART: usize = 16;

#[test]
fn no_reply_takes_more_memory_than_it_may() {
    let mut over = Vec::new();
    for row in &ROWS {
        let text = row.text((16 << 20) / PART);
        for (reader, bar) in [Reader::Compact, Reader::General].into_iter().zip(row.bars) {
            let most = MEMORY.most_of(|| row.read(reader, &text)) * PART / (1 << 20);
            if most > bar {
                over.push(format!("{}, {reader:?}: {most} MiB for 16 MiB, not {bar}", row.title));
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
