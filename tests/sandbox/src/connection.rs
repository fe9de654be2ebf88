//! The connections on which requests come: numbered, and there for a fault to cut.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::http::Request;
use tokio::sync::Notify;

/// A handle on one connection, the same for all who hold it.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    number: u64,
    requests: AtomicU64,
    cut: Notify,
}

/// How a request came, in its extensions. Missing where there is no network, as in tests of the router.
#[derive(Clone)]
pub struct Arrival {
    pub connection: Connection,
    /// 1 for the first request on its connection.
    pub nth: u64,
}

impl Connection {
    pub fn new(number: u64) -> Self {
        Self(Arc::new(Inner { number, requests: AtomicU64::new(0), cut: Notify::new() }))
    }

    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// Notes how the request came, in itself.
    pub fn receive<B>(&self, mut request: Request<B>) -> Request<B> {
        let nth = self.0.requests.fetch_add(1, Ordering::Relaxed) + 1;
        request.extensions_mut().insert(Arrival { connection: self.clone(), nth });
        request
    }

    /// Has whoever serves the connection close it: what was handed over before still goes out, and nothing after it.
    pub fn cut(&self) {
        self.0.cut.notify_one();
    }

    pub async fn until_cut(&self) {
        self.0.cut.notified().await;
    }
}
