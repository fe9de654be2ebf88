//! The program: its output and its exit.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
};

fn sandbox(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omicall-sandbox"));
    command.args(flags).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Kills the process if the test fails before the process exits.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn prints_its_address_serves_and_exits_without_output() {
    for signal in ["-TERM", "-INT"] {
        let flags = ["--port", "0", "--tenants", "3", "--base-path", "/proxy"];
        let mut running = Running(sandbox(&flags).spawn().expect("a process"));
        let mut stdout = BufReader::new(running.0.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let address = line
            .strip_prefix("sandbox listening on http://")
            .and_then(|rest| rest.strip_suffix("/proxy\n"))
            .unwrap_or_else(|| panic!("{line:?}"));
        assert!(address.starts_with("127.0.0.1:") && !address.ends_with(":0"));

        let mut stream = TcpStream::connect(address).expect("a connection");
        let path = "/proxy/api/auth?apiKey=sandbox-partner-key";
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n").expect("a request");
        let mut status = String::new();
        BufReader::new(&stream).read_line(&mut status).expect("a status");
        assert_eq!(status, "HTTP/1.1 200 OK\r\n");

        // The connection is still open: it must not delay the exit.
        let id = running.0.id().to_string();
        let killed = Command::new("kill").args([signal, &id]).status();
        assert!(killed.expect("kill").success());
        assert_eq!(running.0.wait().expect("an end").code(), Some(0));

        let mut rest = String::new();
        stdout.read_to_string(&mut rest).expect("the rest");
        assert_eq!(rest, "");
        let mut stderr = running.0.stderr.take().expect("its errors");
        stderr.read_to_string(&mut rest).expect("the errors");
        assert_eq!(rest, "");
    }
}

#[test]
fn prints_an_https_address_with_tls() {
    let mut running = Running(sandbox(&["--port", "0", "--tenants", "3", "--tls"]).spawn().expect("a process"));
    let mut stdout = BufReader::new(running.0.stdout.take().expect("its output"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    assert!(line.starts_with("sandbox listening on https://127.0.0.1:"), "{line:?}");
}

#[test]
fn a_port_in_use_gives_a_one_line_error() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let output = sandbox(&["--port", &port]).output().expect("a run");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains(&port) && stderr.contains("--port"), "{stderr}");
}
