//! Three vendors log in and out over real sockets.
fn main() {}
