//! The judge: a program that is asked line by line.

use std::{
    error::Error,
    io::{self, BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use serde_json::Value;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// `judges.py`, running. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Judge {
    child: Child,
    questions: Option<ChildStdin>,
    answers: Receiver<io::Result<String>>,
}

impl Judge {
    /// `child` was started with pipes.
    pub(crate) fn new(mut child: Child) -> Result<Self, Box<dyn Error>> {
        let questions = child.stdin.take();
        let output = child.stdout.take();
        let (sender, answers) = mpsc::channel();
        let judge = Self { child, questions, answers };
        let output = output.ok_or("the judge has no output")?;
        // The thread ends with the judge, at the latest.
        thread::spawn(move || BufReader::new(output).lines().try_for_each(|line| sender.send(line)));
        Ok(judge)
    }

    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value, Box<dyn Error>> {
        let questions = self.questions.as_mut().ok_or("the judge has no input")?;
        // In one piece: each is answered before the next one.
        questions.write_all(format!("{question}\n").as_bytes())?;
        let answer = self.answers.recv_timeout(PATIENCE);
        let line = answer.map_err(|_| "the judge has ended, or does not answer; what it said is above")??;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        drop(self.questions.take());
        // Whether it has ended by itself already is all the same.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
