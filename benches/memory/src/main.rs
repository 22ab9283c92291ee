//! Prints the table: `cargo run --release -p wirewright-bench-memory`.

use wirewright_bench_memory::{Counting, ROWS, Reader};

#[global_allocator]
static MEMORY: Counting = Counting::new();

fn main() {
    println!("| input of 16 MiB | by the compact reader, MiB | bar | by the general one, MiB | bar |");
    println!("|---|--:|--:|--:|--:|");
    for row in &ROWS {
        let text = row.text(16 << 20);
        let [compact, general] = [Reader::Compact, Reader::General]
            .map(|reader| MEMORY.most_of(|| row.read(reader, &text)).div_ceil(1 << 20));
        println!("| {} | {compact} | {} | {general} | {} |", row.title, row.bars[0], row.bars[1]);
    }
}
