//! The command `wirewright call … --output csv` as a process of its own, and the server that it calls.

use std::{
    env,
    error::Error,
    fs,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{candidates::Sums, source::Source};

/// What the command took.
pub struct Figures {
    pub sums: Sums,
    /// By the clock: the server and whoever reads the rows work beside it.
    pub seconds: f64,
    /// The greatest resident set of the command, in KB.
    pub peak: u64,
}

/// Where this repository is.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Builds the command as a person has it. The program itself.
pub fn build() -> Result<PathBuf, Box<dyn Error>> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--quiet", "--package", "wirewright-cli", "--bin", "wirewright"]);
    cargo.arg("--manifest-path").arg(root().join("Cargo.toml")).arg("--target-dir").arg(&target);
    if !cargo.status()?.success() {
        return Err("the command cannot be built".into());
    }
    Ok(target.join("release/wirewright"))
}

/// Calls `getdata` of a server whose reply has so many bytes, and reads the rows that the command writes.
pub fn measure(bytes: u64) -> Result<Figures, Box<dyn Error>> {
    let program = build()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let origin = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        listener.incoming().flatten().for_each(|stream| {
            thread::spawn(move || answer(stream, bytes));
        });
    });
    let started = Instant::now();
    let mut command = Command::new(program);
    command
        .args(["call", "ten-ten-data", "query/getdata", "--login", "uid=u", "--output", "csv", "--timeout", "3600"])
        .args(["--endpoint", &origin, "--definitions"])
        .arg(root().join("protocol-defs"))
        .env("WIREWRIGHT_TEN_TEN_DATA_PSWD", "p");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or("no output")?;
    let reading = thread::spawn(move || read(out).map_err(|error| error.to_string()));
    let peak = watched(&mut child)?;
    let seconds = started.elapsed().as_secs_f64();
    let sums = reading.join().map_err(|_| "the rows were not read")??;
    Ok(Figures { sums, seconds, peak })
}

/// Waits for the program. Its greatest resident set in KB, as seen last, a moment before it ended.
fn watched(child: &mut Child) -> Result<u64, Box<dyn Error>> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(ended) = child.try_wait()? {
            return if ended.success() { Ok(peak) } else { Err(format!("the command ended with {ended}").into()) };
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        thread::sleep(Duration::from_millis(5));
    }
}

/// The sums of the rows, as the other candidates have them. No text of the table has a comma.
fn read(out: impl io::Read) -> Result<Sums, Box<dyn Error>> {
    let mut lines = BufReader::with_capacity(1 << 20, out);
    let (mut line, mut sums) = (String::new(), Sums::default());
    lines.read_line(&mut line)?;
    if line.trim_end() != "store,day,account,amount,units,note" {
        return Err(format!("the columns are {line:?}").into());
    }
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(sums);
        }
        let cells: Vec<&str> = line.trim_end_matches(['\r', '\n']).split(',').collect();
        let [store, day, account, amount, units, note] = cells[..] else {
            return Err(format!("a row is {line:?}").into());
        };
        sums.rows += 1;
        sums.integers += store.parse::<i64>()? + day.parse::<i64>()?;
        sums.bytes += account.len() + note.len();
        sums.floats += amount.parse::<f64>()?;
        match units {
            "" => sums.absent += 1,
            units => sums.integers += units.parse::<i64>()?,
        }
        sums.absent += u64::from(note.is_empty());
    }
}

/// Answers the calls of a connection: a login, a table of about so many bytes, a logout.
fn answer(mut stream: TcpStream, bytes: u64) -> io::Result<()> {
    let mut requests = BufReader::new(stream.try_clone()?);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let start = head.len();
            if requests.read_line(&mut head)? == 0 {
                return Ok(());
            }
            let line = head[start..].trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or_default();
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        requests.read_exact(&mut body)?;
        let asked = head + &String::from_utf8_lossy(&body);
        let begin = |stream: &mut TcpStream, length: u64| {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {length}\r\n\r\n")
        };
        if asked.contains("api=getdata") {
            let mut table = Source::new(bytes);
            begin(&mut stream, Source::bytes(&table))?;
            io::copy(&mut table, &mut stream)?;
        } else {
            let text = "<out><rc>0</rc><msg></msg><sid>1</sid><pswd>_p</pswd></out>";
            begin(&mut stream, text.len() as u64)?;
            stream.write_all(text.as_bytes())?;
        }
    }
}
