//! What is around the program that makes a call.

/// Where values come from that nobody wants to see in the list of processes.
pub trait System: Sync {
    /// The value of an environment variable.
    fn variable(&self, name: &str) -> Option<String>;

    /// Asks a person for a secret. `None`: nobody is there.
    fn ask(&self, question: &str) -> Option<String>;

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;
}
