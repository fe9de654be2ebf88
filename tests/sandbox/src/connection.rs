//! Numbered connections, which a fault can cut.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    http::{Request, StatusCode},
    response::Response,
};
use tokio::sync::Notify;

use crate::gateway;

/// A handle to one connection; clones refer to the same connection.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    number: u64,
    requests: AtomicU64,
    cut: Notify,
}

/// The connection of a request, stored in the request's extensions. Absent without a network, as in tests of the
/// router.
#[derive(Clone)]
pub struct ConnectionInfo {
    pub connection: Connection,
    /// 1 for the first request on its connection.
    pub nth: u64,
}

/// Marks a response in place of which the connection is cut, where the sandbox has no connections: in the same process.
#[derive(Clone)]
pub struct Cut;

pub fn cut() -> Response {
    let mut response = gateway::html_page(StatusCode::BAD_GATEWAY);
    response.extensions_mut().insert(Cut);
    response
}

impl Connection {
    pub fn new(number: u64) -> Self {
        Self(Arc::new(Inner { number, requests: AtomicU64::new(0), cut: Notify::new() }))
    }

    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// Counts the request and stores its [`ConnectionInfo`] in its extensions.
    pub fn attach_to<B>(&self, mut request: Request<B>) -> Request<B> {
        let nth = self.0.requests.fetch_add(1, Ordering::Relaxed) + 1;
        request.extensions_mut().insert(ConnectionInfo { connection: self.clone(), nth });
        request
    }

    /// Tells the connection's task to close it. Data already handed to the connection is still sent, later data is not.
    pub fn cut(&self) {
        self.0.cut.notify_one();
    }

    pub async fn until_cut(&self) {
        self.0.cut.notified().await;
    }
}
