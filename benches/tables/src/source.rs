//! A reply of any size that is made while it is read.

use std::{
    fmt::Write as _,
    io::{self, BufRead, Read},
};

const HEAD: &str = "<out><rc>0</rc><msg>Last login was: 2008-09-30 15:56:42</msg><table><title>Sales</title><cols>\
    <th name=\"store\" type=\"i\">Store</th><th name=\"day\" type=\"i\">Day</th><th name=\"account\" type=\"a\">Account</th>\
    <th name=\"amount\" type=\"f\" format=\"type:currency\">Amount</th><th name=\"units\" type=\"i\">Units</th>\
    <th name=\"note\" type=\"a\">Note</th></cols><data>";
const TAIL: &str = "</data></table></out>";
/// How many rows a block has.
pub const BLOCK_ROWS: u64 = 4096;

/// Head, blocks of rows, tail.
pub struct Source {
    block: Vec<u8>,
    blocks: u64,
    part: Part,
    at: usize,
}

#[derive(Clone, Copy)]
enum Part {
    Head,
    Block(u64),
    Tail,
}

/// 4,096 rows, of which some have an empty cell and some an entity.
fn block() -> String {
    let mut rows = String::new();
    for row in 0..BLOCK_ROWS {
        let (store, day, cents, units) =
            (row % 517, 20_080_901 + row % 30, row * 7919 % 1_000_000, row * 31 % 1000);
        let note = match row % 8 {
            0 => "",
            1 => "paid &amp; packed",
            2 => "left with the neighbours at number 12",
            _ => "delivered",
        };
        write!(
            rows,
            "<tr><td>{store}</td><td>{day}</td><td>AC-{:08}</td><td>{}.{:02}</td>",
            row * 104_729 % 100_000_000,
            cents / 100,
            cents % 100
        )
        .expect("a string takes it");
        if row % 16 == 3 {
            rows.push_str("<td></td>");
        } else {
            write!(rows, "<td>{units}</td>").expect("a string takes it");
        }
        write!(rows, "<td>{note}</td></tr>").expect("a string takes it");
    }
    rows
}

impl Source {
    /// About so many bytes.
    pub fn new(bytes: u64) -> Self {
        let block = block().into_bytes();
        let blocks = bytes.div_ceil(block.len() as u64).max(1);
        Self { block, blocks, part: Part::Head, at: 0 }
    }

    pub fn bytes(&self) -> u64 {
        self.block.len() as u64 * self.blocks + (HEAD.len() + TAIL.len()) as u64
    }

    pub fn rows(&self) -> u64 {
        self.blocks * BLOCK_ROWS
    }

    fn piece(&self) -> &[u8] {
        match self.part {
            Part::Head => HEAD.as_bytes(),
            Part::Block(_) => &self.block,
            Part::Tail => TAIL.as_bytes(),
        }
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.piece().len() {
            self.part = match self.part {
                Part::Head => Part::Block(1),
                Part::Block(number) if number < self.blocks => Part::Block(number + 1),
                Part::Block(_) => Part::Tail,
                Part::Tail => return Ok(&[]),
            };
            self.at = 0;
        }
        // As much as a socket gives at once.
        let piece = &self.piece()[self.at..];
        Ok(&piece[..piece.len().min(1 << 16)])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let length = piece.len().min(buffer.len());
        buffer[..length].copy_from_slice(&piece[..length]);
        self.consume(length);
        Ok(length)
    }
}
