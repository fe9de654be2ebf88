//! A log of the received API requests, for tests.

use std::{collections::VecDeque, sync::Mutex};

use axum::{
    extract::{OriginalUri, Request},
    http::{Uri, Version},
};
use serde::Serialize;
use tsify::Tsify;

use crate::{app::lock, connection::ConnectionInfo};

/// The oldest entries are removed when there are more.
const LIMIT: usize = 100_000;

/// A request that the sandbox received.
#[derive(Clone, Serialize, Tsify)]
#[tsify(rename = "ReceivedRequest", missing_as_null)]
pub struct LogEntry {
    /// Method and path, without the base path: `POST /api/partner/tenant/add`.
    endpoint: String,
    /// Path and query, with the base path.
    url: String,
    /// The number of the connection. `null` without sockets: in the same process, and in the program for Node.js.
    connection: Option<u64>,
    /// The position of the request on its connection, from 1. `null` without sockets.
    nth: Option<u64>,
    /// `HTTP/1.1`, or `HTTP/2` with the native server.
    protocol: &'static str,
    /// The kind of the fault that was injected.
    #[tsify(type = "FaultKind[\"kind\"] | null")]
    fault: Option<String>,
    /// Epoch milliseconds.
    at: i64,
}

impl LogEntry {
    pub fn new(request: &Request, endpoint: String, fault: Option<String>, at: i64) -> Self {
        let info = request.extensions().get::<ConnectionInfo>();
        Self {
            endpoint,
            url: url(request),
            connection: info.map(|info| info.connection.number()),
            nth: info.map(|info| info.nth),
            protocol: match request.version() {
                Version::HTTP_2 => "HTTP/2",
                Version::HTTP_10 => "HTTP/1.0",
                _ => "HTTP/1.1",
            },
            fault,
            at,
        }
    }
}

/// Path and query as they were received, with the base path.
pub fn url(request: &Request) -> String {
    let original = request.extensions().get::<OriginalUri>();
    let uri: &Uri = original.map_or(request.uri(), |OriginalUri(uri)| uri);
    uri.path_and_query().map_or_else(String::new, ToString::to_string)
}

#[derive(Default)]
pub struct RequestLog(Mutex<VecDeque<LogEntry>>);

impl RequestLog {
    pub fn add(&self, entry: LogEntry) {
        let mut entries = lock(&self.0);
        if entries.len() == LIMIT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// In order of arrival.
    pub fn all(&self) -> Vec<LogEntry> {
        lock(&self.0).iter().cloned().collect()
    }

    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}
