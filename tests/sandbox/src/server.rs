//! Serves connections, each of which can be cut.

use std::{pin::pin, time::Duration};

use axum::{Router, http::Request};
use futures_util::FutureExt as _;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::{App, connection::Connection, keep_alive::Watch, router, tls};

/// After an `accept` that failed, for want of file descriptors most likely.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves for as long as it is polled; connections that are open then stay open until the runtime ends.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, app: App) {
    let router = router(app.clone());
    let mut number = 0;
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        number += 1;
        let line =
            Line { connection: Connection::new(number), router: router.clone(), keep_alive: app.keep_alive.watch() };
        tokio::spawn(line.open(stream, tls.clone()));
    }
}

/// One connection and what serves it.
struct Line {
    connection: Connection,
    router: Router,
    keep_alive: Watch,
}

impl Line {
    async fn open(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        // Without it a small answer may wait for the client's acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        match tls {
            None => self.talk(stream, false).await,
            Some(tls) => {
                // A client that does not trust the certificate ends here.
                if let Ok(stream) = tls.accept(stream).await {
                    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(tls::HTTP_2);
                    self.talk(stream, is_http2).await;
                }
            }
        }
    }

    async fn talk(mut self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, is_http2: bool) {
        let connection = self.connection.clone();
        let service = self.router.map_request(move |request: Request<Incoming>| connection.receive(request));
        let service = TowerToHyperService::new(service);

        let builder = Builder::new(TokioExecutor::new());
        let builder = if is_http2 { builder.http2_only() } else { builder.http1_only() };
        let mut http = pin!(builder.serve_connection(TokioIo::new(stream), service));
        // An HTTP/2 connection is no matter of keep-alive.
        let mut may_stay = !is_http2;
        loop {
            tokio::select! {
                () = self.connection.until_cut() => {
                    // Once more, for what was handed over before the cut: with HTTP/2 by another task.
                    let _ = http.as_mut().now_or_never();
                    return;
                }
                _ = http.as_mut() => return,
                () = self.keep_alive.turned_off(), if may_stay => {
                    may_stay = false;
                    http.as_mut().graceful_shutdown();
                }
            }
        }
    }
}
