//! An HTTP client that observes its connection.

use std::net::SocketAddr;

use axum::{
    body::Body,
    http::{Method, Request, Response, header},
};
use http_body_util::BodyExt as _;
use hyper::{
    body::Incoming,
    client::conn::{http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinHandle,
};

use crate::support::{Cut, PARTNER_KEY, Reply};

enum Sender {
    Http1(http1::SendRequest<Body>),
    Http2(http2::SendRequest<Body>),
}

/// A client with one connection.
pub struct TestClient {
    sender: Sender,
    /// Completes when the connection is closed.
    pub closed: JoinHandle<()>,
}

impl TestClient {
    pub async fn connect(address: SocketAddr) -> Self {
        Self::http1(TcpStream::connect(address).await.expect("a connection")).await
    }

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

    /// Sends a request; its address is a path.
    pub fn send(
        &mut self,
        mut request: Request<Body>,
    ) -> impl Future<Output = hyper::Result<Response<Incoming>>> + Send + use<> {
        request.headers_mut().insert(header::HOST, header::HeaderValue::from_static("localhost"));
        // Sent on the first poll of the future in use.
        let (http1, http2) = match &mut self.sender {
            Sender::Http1(sender) => (Some(sender.send_request(request)), None),
            Sender::Http2(sender) => {
                *request.uri_mut() = format!("https://localhost{}", request.uri()).parse().expect("an address");
                (None, Some(sender.send_request(request)))
            }
        };
        async move {
            match (http1, http2) {
                (Some(response), _) => response.await,
                (_, Some(response)) => response.await,
                _ => panic!("no request"),
            }
        }
    }

    pub async fn reply(&mut self, request: Request<Body>) -> Result<Reply, Cut> {
        let Ok(response) = self.send(request).await else { return Err(Cut::BeforeHeaders) };
        let (parts, mut body) = response.into_parts();
        let mut bytes = Vec::new();
        let mut is_cut = false;
        while let Some(frame) = body.frame().await {
            match frame {
                Ok(frame) => bytes.extend(frame.into_data().expect("data")),
                Err(_) => is_cut = true,
            }
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let reply = Reply { status: parts.status, headers: parts.headers, text };
        if is_cut { Err(Cut::InBody(reply)) } else { Ok(reply) }
    }

    pub async fn call(&mut self, method: Method, path: &str, token: &str, body: Value) -> Result<Reply, Cut> {
        self.reply(request(method, path, token, body)).await
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.call(Method::GET, path, "", json!({})).await.expect("a response")
    }

    pub async fn token(&mut self) -> String {
        let payload = self.get(&format!("/api/auth?apiKey={PARTNER_KEY}")).await.payload();
        payload["access_token"].as_str().expect("a token").to_owned()
    }
}

pub fn request(method: Method, path: &str, token: &str, body: Value) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, "http://localhost:5173")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(body.to_string().into())
        .expect("a request")
}
