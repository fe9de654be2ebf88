//! A native server, and clients that observe their connections.

use std::net::SocketAddr;

use axum::http::Method;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinHandle,
};

use crate::{door::native_server, http::TestClient, support::Reply};

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
    pub fn start(flags: &[&str]) -> Self {
        let (address, server) = native_server(&[&["--admin"], flags].concat());
        Self { address, server }
    }

    pub async fn tcp(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    pub async fn connect(&self) -> TestClient {
        TestClient::connect(self.address).await
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
