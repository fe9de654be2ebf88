//! The command line of the sandbox: parses the flags, listens, prints the address, serves until Ctrl-C or SIGTERM.

use std::{
    fmt::Display,
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
};

use clap::Parser as _;
use omicall_sandbox::{Sandbox, cli::Cli, server::serve, tls};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // `eprintln!` would panic if stderr is closed.
            let _ = writeln!(io::stderr(), "omicall-sandbox: {reason}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<(), String> {
    let listener = match TcpListener::bind((cli.host.as_str(), cli.port)).await {
        Ok(listener) => listener,
        Err(error) => return Err(cannot_listen(&cli, &error)),
    };
    let address = listener.local_addr().map_err(to_message)?;
    // The signal handlers are installed before the address is printed, so that a caller can stop the process from then
    // on.
    let stop = stop_signal().map_err(to_message)?;

    let tls = tls::acceptor(&cli).map_err(|error| format!("cannot make a certificate for {}: {error}", cli.host))?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let base_path = cli.settings.base_path.clone();
    let sandbox = Arc::new(Sandbox::new(cli.settings));

    let mut stdout = io::stdout();
    let _ = writeln!(stdout, "sandbox listening on {scheme}://{address}{}", base_path.as_str());
    let _ = stdout.flush();

    // No graceful shutdown: a browser's idle connections would keep the process alive.
    tokio::select! {
        () = serve(listener, tls, sandbox) => {}
        () = stop => {}
    }
    Ok(())
}

fn cannot_listen(cli: &Cli, error: &io::Error) -> String {
    let (host, port) = (&cli.host, cli.port);
    if error.kind() == io::ErrorKind::AddrInUse {
        format!("port {port} on {host} is already in use; choose another with --port (0 takes any free one)")
    } else {
        format!("cannot listen on {host} port {port} (see --host and --port): {error}")
    }
}

fn to_message(error: impl Display) -> String {
    error.to_string()
}

/// Installs the signal handlers immediately; the future completes at the first Ctrl-C or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // If the handler cannot be installed, serve until the process is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
