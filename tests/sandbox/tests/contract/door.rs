//! The doors to a sandbox, all of which the same tests use.

use std::{
    collections::HashMap,
    env,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode},
};
use clap::Parser as _;
use omicall_sandbox::{Sandbox, cli::Cli, server::serve, tls};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    http::TestClient,
    support::{Cut, Reply},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The native server, over a socket.
    Native,
    /// The program for Node.js of the npm package, over a socket.
    Node,
    /// `createSandbox` of the npm package, without a socket.
    InProcess,
}

impl Door {
    pub fn chosen() -> Self {
        match env::var("SANDBOX_DOOR").as_deref() {
            Err(_) | Ok("native") => Self::Native,
            Ok("node") => Self::Node,
            Ok("in-process") => Self::InProcess,
            Ok(other) => panic!("SANDBOX_DOOR is {other}; expected native, node or in-process"),
        }
    }

    /// The one difference in what the tests expect of the API: only the native server knows its connections. Elsewhere the
    /// request log has `null` for `connection` and `nth`. The programs differ in HTTPS too, see process.rs.
    pub fn knows_connections(self) -> bool {
        self == Self::Native
    }

    /// The program behind this door.
    pub fn program(self) -> Command {
        match self {
            Self::Native => Command::new(env!("CARGO_BIN_EXE_omicall-sandbox")),
            Self::Node => node(concat!(env!("CARGO_MANIFEST_DIR"), "/pkg/dist/cli.js")),
            Self::InProcess => panic!("there is no program behind this door"),
        }
    }

    /// Starts a sandbox.
    pub fn open(self, flags: &[&str]) -> OpenDoor {
        match self {
            Self::Native => {
                let (address, task) = native_server(flags);
                OpenDoor::Native { address, task }
            }
            Self::Node => OpenDoor::Node(Program::start(self.program().args(["--port", "0"]).args(flags))),
            Self::InProcess => OpenDoor::InProcess { sandbox: IN_PROCESS.create(&options(flags)) },
        }
    }
}

/// A sandbox behind its door.
pub enum OpenDoor {
    Native { address: SocketAddr, task: JoinHandle<()> },
    Node(Program),
    InProcess { sandbox: u64 },
}

impl OpenDoor {
    /// Each request over a socket has a connection of its own.
    pub async fn send(&self, request: Request<Body>) -> Result<Reply, Cut> {
        match self {
            Self::Native { address, .. } => TestClient::connect(*address).await.reply(request).await,
            Self::Node(program) => TestClient::connect(program.address).await.reply(request).await,
            Self::InProcess { sandbox } => IN_PROCESS.send(*sandbox, request).await,
        }
    }
}

impl Drop for OpenDoor {
    fn drop(&mut self) {
        if let Self::Native { task, .. } = self {
            task.abort();
        }
    }
}

pub fn native_server(flags: &[&str]) -> (SocketAddr, JoinHandle<()>) {
    let cli = Cli::try_parse_from(["omicall-sandbox"].iter().chain(flags)).expect("valid flags");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener for tokio");
    let address = listener.local_addr().expect("an address");
    let tls = tls::acceptor(&cli).expect("a certificate");
    let sandbox = Arc::new(Sandbox::new(cli.settings));
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    (address, tokio::spawn(serve(listener, tls, sandbox)))
}

fn node(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(script);
    command
}

/// A running program that has printed its address. It is killed at the end of the test.
pub struct Program {
    pub child: Child,
    pub stdout: BufReader<ChildStdout>,
    /// The line that it printed.
    pub line: String,
    pub address: SocketAddr,
}

impl Program {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("a process");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let address = line.split_once("://").map(|(_, rest)| rest.trim_end());
        let address = address.map(|rest| rest.split_once('/').map_or(rest, |(address, _)| address));
        let address = address.and_then(|address| address.parse().ok()).unwrap_or_else(|| panic!("{line:?}"));
        Self { child, stdout, line, address }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The options of `createSandbox` that mean the same as these flags.
fn options(flags: &[&str]) -> Value {
    let mut options = Map::new();
    let mut flags = flags.iter();
    while let Some(flag) = flags.next() {
        let mut words = flag.trim_start_matches('-').split('-');
        let mut name = words.next().expect("a word").to_owned();
        for word in words {
            name.push_str(&word[..1].to_uppercase());
            name.push_str(&word[1..]);
        }
        let mut value = || flags.next().expect("a value");
        match name.as_str() {
            "admin" => _ = options.insert(name, json!(true)),
            "activationMs" => {
                let range: Vec<u32> = value().split("..").map(|ms| ms.parse().expect("a number")).collect();
                options.insert(name, json!(range));
            }
            "allowOrigin" => {
                let origins = options.entry(name).or_insert_with(|| json!([]));
                origins.as_array_mut().expect("a list").push(json!(value()));
            }
            "apiKey" | "basePath" | "expiredAs" => _ = options.insert(name, json!(value())),
            _ => _ = options.insert(name, value().parse().expect("a number")),
        }
    }
    Value::Object(options)
}

static IN_PROCESS: LazyLock<InProcess> = LazyLock::new(InProcess::start);

/// The script in-process.mjs, which has the sandboxes of all tests. It ends with the tests, because its input ends then.
struct InProcess {
    input: Mutex<ChildStdin>,
    /// The requests without a response so far.
    waiting: Arc<Mutex<HashMap<u64, oneshot::Sender<Answer>>>>,
    last_number: AtomicU64,
}

/// A line that the script prints.
#[derive(Deserialize)]
struct Answer {
    /// The number of the request.
    number: u64,
    /// Why there is no response, or no complete one.
    error: Option<String>,
    response: Option<AnswerResponse>,
}

#[derive(Deserialize)]
struct AnswerResponse {
    status: u16,
    headers: Vec<(String, String)>,
    text: String,
}

impl InProcess {
    fn start() -> Self {
        let mut command = node(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/in-process.mjs"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        let input = Mutex::new(child.stdin.take().expect("its input"));
        let waiting: Arc<Mutex<HashMap<u64, oneshot::Sender<Answer>>>> = Arc::default();
        let in_process = Self { input, waiting: waiting.clone(), last_number: AtomicU64::new(0) };
        thread::spawn(move || {
            for line in stdout.lines() {
                let answer: Answer = serde_json::from_str(&line.expect("a line")).expect("an answer");
                let sender = waiting.lock().expect("no panic").remove(&answer.number);
                // A test does not wait for all responses.
                drop(sender.map(|sender| sender.send(answer)));
            }
            // No test must wait for a process that has ended.
            waiting.lock().expect("no panic").clear();
            drop(child.wait());
        });
        in_process
    }

    fn next_number(&self) -> u64 {
        self.last_number.fetch_add(1, Ordering::Relaxed)
    }

    fn write(&self, line: &Value) {
        writeln!(self.input.lock().expect("no panic"), "{line}").expect("a running process");
    }

    fn create(&self, options: &Value) -> u64 {
        let sandbox = self.next_number();
        self.write(&json!({ "sandbox": sandbox, "options": options }));
        sandbox
    }

    async fn send(&self, sandbox: u64, request: Request<Body>) -> Result<Reply, Cut> {
        let number = self.next_number();
        let (sender, answer) = oneshot::channel();
        self.waiting.lock().expect("no panic").insert(number, sender);
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let headers: Vec<_> =
            parts.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII"))).collect();
        self.write(&json!({
            "sandbox": sandbox,
            "number": number,
            "method": parts.method.as_str(),
            "path": parts.uri.to_string(),
            "headers": headers,
            "body": str::from_utf8(&body).expect("UTF-8"),
        }));
        let Answer { error, response, .. } = answer.await.expect("a running process");
        if let Some(error) = &error {
            assert!(error.starts_with("TypeError: The sandbox cut the connection"), "{error}");
        }
        let reply = response.map(|response| Reply {
            status: StatusCode::from_u16(response.status).expect("a status"),
            headers: HeaderMap::from_iter(response.headers.iter().map(|(name, value)| {
                let name: HeaderName = name.parse().expect("a name");
                (name, HeaderValue::from_str(value).expect("a value"))
            })),
            text: response.text,
        });
        match (reply, error) {
            (Some(reply), None) => Ok(reply),
            (Some(reply), Some(_)) => Err(Cut::InBody(reply)),
            (None, _) => Err(Cut::BeforeHeaders),
        }
    }
}
