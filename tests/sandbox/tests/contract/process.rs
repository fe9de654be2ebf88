//! The programs: their output and their exit.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Command, Output, Stdio},
};

use clap::CommandFactory as _;
use omicall_sandbox::cli::Cli;

use crate::door::{Door, Program};

/// The program behind the chosen door; in the same process there is none, and that suite leaves these tests out.
fn sandbox(flags: &[&str]) -> Command {
    let mut command = Door::chosen().program();
    command.args(flags);
    command
}

fn output(flags: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = sandbox(flags).output().expect("a run");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

#[cfg(unix)]
#[test]
fn prints_its_address_serves_and_exits_without_output() {
    for signal in ["-TERM", "-INT"] {
        let flags = ["--port", "0", "--tenants", "3", "--base-path", "/proxy"];
        let mut program = Program::start(sandbox(&flags).stderr(Stdio::piped()));
        let address = program.address;
        assert_eq!(program.line, format!("sandbox listening on http://{address}/proxy\n"));
        assert!(address.ip().is_loopback() && address.port() != 0);

        let mut stream = TcpStream::connect(address).expect("a connection");
        let path = "/proxy/api/auth?apiKey=sandbox-partner-key";
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n").expect("a request");
        let mut status = String::new();
        BufReader::new(&stream).read_line(&mut status).expect("a status");
        assert_eq!(status.trim_end(), "HTTP/1.1 200 OK");

        // The connection is still open: it must not delay the exit.
        let id = program.child.id().to_string();
        let killed = Command::new("kill").args([signal, &id]).status();
        assert!(killed.expect("kill").success());
        assert_eq!(program.child.wait().expect("an end").code(), Some(0));

        let mut rest = String::new();
        program.stdout.read_to_string(&mut rest).expect("the rest");
        assert_eq!(rest, "");
        let mut stderr = program.child.stderr.take().expect("its errors");
        stderr.read_to_string(&mut rest).expect("the errors");
        assert_eq!(rest, "");
    }
}

#[test]
fn a_port_in_use_gives_a_one_line_error() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let (code, stdout, stderr) = output(&["--port", &port]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains(&port) && stderr.contains("--port"), "{stderr}");
}

#[test]
fn the_help_is_the_reference() {
    let (code, stdout, stderr) = output(&["--help"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let help = Cli::command().render_long_help().to_string();
    let help = match Door::chosen() {
        Door::Node => help.replace("omicall-sandbox", "omicall-partner-sandbox"),
        _ => help,
    };
    assert_eq!(stdout.trim_end(), help.trim_end());
}

#[test]
fn an_invalid_flag_is_named() {
    for (flags, name) in [
        (&["--tokens"][..], "--tokens"),
        (&["--seed", "x"], "--seed"),
        (&["--activation-ms", "5..4"], "--activation-ms"),
        (&["--api-key", "sandbox-empty-key"], "--api-key"),
    ] {
        let (code, stdout, stderr) = output(flags);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{name}");
        assert!(stderr.contains(name), "{stderr}");
    }
}

#[test]
fn only_the_native_program_serves_https() {
    for flags in [&["--port", "0", "--tls"][..], &["--port", "0", "--tls", "--http1"]] {
        if Door::chosen() == Door::Native {
            let program = Program::start(&mut sandbox(flags));
            assert_eq!(program.line, format!("sandbox listening on https://{}\n", program.address));
        } else {
            let (code, stdout, stderr) = output(flags);
            assert_eq!((code, stdout.as_str()), (Some(2), ""));
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(stderr.contains("--tls") && stderr.contains("native server"), "{stderr}");
        }
    }
}
