//! The API requests that came, one by one, for tests to look at afterwards.

use std::{collections::VecDeque, sync::Mutex};

use axum::{
    extract::{OriginalUri, Request},
    http::{Uri, Version},
};
use serde::Serialize;

use crate::{app::lock, connection::Arrival};

/// The oldest go when there are more.
const LIMIT: usize = 100_000;

#[derive(Clone, Serialize)]
pub struct Entry {
    endpoint: String,
    url: String,
    connection: Option<u64>,
    nth: Option<u64>,
    protocol: &'static str,
    fault: Option<String>,
    at: i64,
}

impl Entry {
    pub fn new(request: &Request, endpoint: String, fault: Option<String>, at: i64) -> Self {
        let arrival = request.extensions().get::<Arrival>();
        Self {
            endpoint,
            url: url(request),
            connection: arrival.map(|arrival| arrival.connection.number()),
            nth: arrival.map(|arrival| arrival.nth),
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

/// Path and query as they came, with the base path.
pub fn url(request: &Request) -> String {
    let original = request.extensions().get::<OriginalUri>();
    let uri: &Uri = original.map_or(request.uri(), |OriginalUri(uri)| uri);
    uri.path_and_query().map_or_else(String::new, ToString::to_string)
}

#[derive(Default)]
pub struct Requests(Mutex<VecDeque<Entry>>);

impl Requests {
    pub fn add(&self, entry: Entry) {
        let mut entries = lock(&self.0);
        if entries.len() == LIMIT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// In order of arrival.
    pub fn all(&self) -> Vec<Entry> {
        lock(&self.0).iter().cloned().collect()
    }

    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}
