//! Accepts and serves connections; a fault can cut each of them.

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

use crate::{App, connection::Connection, keep_alive::KeepAliveWatcher, router, tls};

/// The delay after a failed `accept`; the usual cause is a lack of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_secs(1);

/// Accepts connections while it is polled. Open connections stay open afterwards, until the runtime shuts down.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, app: App) {
    let router = router(app.clone());
    let mut number = 0;
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(ACCEPT_RETRY_DELAY).await;
            continue;
        };
        number += 1;
        let task = ConnectionTask {
            connection: Connection::new(number),
            router: router.clone(),
            keep_alive: app.keep_alive.watch(),
        };
        tokio::spawn(task.run(stream, tls.clone()));
    }
}

/// Serves one connection.
struct ConnectionTask {
    connection: Connection,
    router: Router,
    keep_alive: KeepAliveWatcher,
}

impl ConnectionTask {
    async fn run(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        // Without it a small response may be delayed until the client acknowledges the previous one.
        let _ = stream.set_nodelay(true);
        match tls {
            None => self.serve_http(stream, false).await,
            Some(tls) => {
                // The handshake fails if the client does not trust the certificate.
                if let Ok(stream) = tls.accept(stream).await {
                    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(tls::HTTP_2);
                    self.serve_http(stream, is_http2).await;
                }
            }
        }
    }

    async fn serve_http(mut self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, is_http2: bool) {
        let connection = self.connection.clone();
        let service = self.router.map_request(move |request: Request<Incoming>| connection.attach_to(request));
        let service = TowerToHyperService::new(service);

        let builder = Builder::new(TokioExecutor::new());
        let builder = if is_http2 { builder.http2_only() } else { builder.http1_only() };
        let mut http = pin!(builder.serve_connection(TokioIo::new(stream), service));
        // The keep-alive setting does not apply to HTTP/2.
        let mut watch_keep_alive = !is_http2;
        loop {
            tokio::select! {
                () = self.connection.until_cut() => {
                    // Polled once more, to send data that was handed over before the cut: with HTTP/2 another task does
                    // that.
                    let _ = http.as_mut().now_or_never();
                    return;
                }
                _ = http.as_mut() => return,
                () = self.keep_alive.turned_off(), if watch_keep_alive => {
                    watch_keep_alive = false;
                    http.as_mut().graceful_shutdown();
                }
            }
        }
    }
}
