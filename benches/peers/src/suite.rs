//! Candidates side by side: a candidate is timed only if it makes the same value as this project does.

use std::{
    fmt::Debug,
    hint::black_box,
    panic::{self, AssertUnwindSafe},
};

/// The name under which this project runs.
pub const OURS: &str = "wirewright";

pub struct Case {
    pub name: &'static str,
    /// Does it a number of times. What comes out is dropped inside.
    pub run: Box<dyn Fn(u64)>,
}

/// One comparison.
pub struct Group {
    pub title: &'static str,
    /// At most this part of the fastest other candidate's time.
    pub bar: f64,
    pub cases: Vec<Case>,
    /// What made another value, and which; what was left out without need.
    pub refused: Vec<String>,
    /// What cannot do it, and why.
    pub left_out: Vec<String>,
    wanted: Option<String>,
}

impl Group {
    /// `wanted` is the canonical value; without one the first candidate says it.
    pub fn new(title: &'static str, bar: f64, wanted: Option<&dyn Debug>) -> Self {
        let wanted = wanted.map(|wanted| format!("{wanted:?}"));
        Self { title, bar, cases: Vec::new(), refused: Vec::new(), left_out: Vec::new(), wanted }
    }

    /// Adds a candidate.
    pub fn case<I: Copy + 'static, T: Debug>(
        self,
        name: &'static str,
        input: I,
        run: impl Fn(I) -> T + 'static,
    ) -> Self {
        let shown = format!("{:?}", run(input));
        self.shown(name, shown, input, run)
    }

    /// Leaves a candidate out, and says why. It is tried all the same: one that can do it by now is a mistake.
    pub fn cannot<I, T: Debug>(
        mut self,
        name: &'static str,
        why: &str,
        input: I,
        run: impl FnOnce(I) -> T,
    ) -> Self {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let made = panic::catch_unwind(AssertUnwindSafe(|| format!("{:?}", run(input))));
        panic::set_hook(hook);
        let line = format!("{}: {name}: {why}", self.title);
        if made.is_ok_and(|made| Some(made) == self.wanted) {
            self.refused.push(format!("{line}: but it made the same value"));
        } else {
            self.left_out.push(line);
        }
        self
    }

    /// Adds a candidate that writes; what it writes is read `back` by another program to be compared.
    pub fn writer<I: Copy + 'static, T: AsRef<[u8]>, B: Debug>(
        self,
        name: &'static str,
        input: I,
        run: impl Fn(I) -> T + 'static,
        back: impl Fn(&str) -> B,
    ) -> Self {
        let written = run(input);
        let text = String::from_utf8_lossy(written.as_ref()).into_owned();
        self.shown(name, format!("{:?}", back(&text)), input, run)
    }

    fn shown<I: Copy + 'static, T>(
        mut self,
        name: &'static str,
        shown: String,
        input: I,
        run: impl Fn(I) -> T + 'static,
    ) -> Self {
        // Structures have the same names everywhere.
        if self.wanted.get_or_insert_with(|| shown.clone()) == &shown {
            let run = Box::new(move |times| {
                for _ in 0..times {
                    black_box(run(black_box(input)));
                }
            });
            self.cases.push(Case { name, run });
        } else {
            let shown: String = shown.chars().take(200).collect();
            self.refused.push(format!("{}: {name}: another value: {shown}", self.title));
        }
        self
    }
}

/// A value that lives as long as the program.
pub fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
