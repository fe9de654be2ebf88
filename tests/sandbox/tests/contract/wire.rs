//! A sandbox on a real port, and clients that observe their connections.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::Bytes,
    http::{Method, Request, Response, header},
};
use clap::Parser as _;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    body::Incoming,
    client::conn::{http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use omicall_sandbox::{Sandbox, cli::Cli, clock::SystemClock, server::serve, tls};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::support::{PARTNER_KEY, Reply};

pub struct TestServer {
    pub address: SocketAddr,
    server: JoinHandle<()>,
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl TestServer {
    pub async fn start(flags: &[&str]) -> Self {
        let cli = Cli::parse_from(["omicall-sandbox", "--admin"].iter().chain(flags));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let tls = tls::acceptor(&cli).expect("a certificate");
        let state = Arc::new(Sandbox::new(cli, Arc::new(SystemClock)));
        Self { address, server: tokio::spawn(serve(listener, tls, state)) }
    }

    pub async fn tcp(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    pub async fn connect(&self) -> TestClient {
        TestClient::http1(self.tcp().await).await
    }

    /// Sends a request on a new connection and returns everything received until the connection is closed.
    pub async fn raw(&self, request: &str) -> String {
        let mut stream = self.tcp().await;
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).await.expect("an end and no reset");
        response
    }

    /// Sends a request on a new connection.
    pub async fn call(&self, method: Method, path: &str, body: Value) -> Reply {
        self.connect().await.call(method, path, "", body).await.expect("a response")
    }

    pub async fn add_fault(&self, definition: Value) {
        self.call(Method::POST, "/sandbox/faults", definition).await.json();
    }
}

enum Sender {
    Http1(http1::SendRequest<Full<Bytes>>),
    Http2(http2::SendRequest<Full<Bytes>>),
}

/// A client with one connection.
pub struct TestClient {
    sender: Sender,
    /// Completes when the connection is closed.
    pub closed: JoinHandle<()>,
}

impl TestClient {
    pub async fn http1(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("a handshake");
        let closed = tokio::spawn(async { drop(connection.await) });
        Self { sender: Sender::Http1(sender), closed }
    }

    pub async fn http2(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        let (sender, connection) =
            http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.expect("a handshake");
        let closed = tokio::spawn(async { drop(connection.await) });
        Self { sender: Sender::Http2(sender), closed }
    }

    pub fn send(
        &mut self,
        method: Method,
        path: &str,
        token: &str,
        body: Value,
    ) -> impl Future<Output = hyper::Result<Response<Incoming>>> + Send + use<> {
        let uri = match self.sender {
            Sender::Http1(_) => path.to_owned(),
            Sender::Http2(_) => format!("https://localhost{path}"),
        };
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost:5173")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Full::from(body.to_string()))
            .expect("a request");
        // Sent on the first poll of the future in use.
        let (http1, http2) = match &mut self.sender {
            Sender::Http1(sender) => (Some(sender.send_request(request)), None),
            Sender::Http2(sender) => (None, Some(sender.send_request(request))),
        };
        async move {
            match (http1, http2) {
                (Some(response), _) => response.await,
                (_, Some(response)) => response.await,
                _ => panic!("no request"),
            }
        }
    }

    pub async fn call(&mut self, method: Method, path: &str, token: &str, body: Value) -> hyper::Result<Reply> {
        let (parts, body) = self.send(method, path, token, body).await?.into_parts();
        let bytes = body.collect().await?.to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Ok(Reply { status: parts.status, headers: parts.headers, text })
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.call(Method::GET, path, "", json!({})).await.expect("a response")
    }

    pub async fn token(&mut self) -> String {
        let payload = self.get(&format!("/api/auth?apiKey={PARTNER_KEY}")).await.payload();
        payload["access_token"].as_str().expect("a token").to_owned()
    }
}
