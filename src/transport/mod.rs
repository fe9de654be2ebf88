//! The way of one call to the server and back. Knows requests, tokens, retries and envelopes; knows no tenant.

pub mod connection;
pub mod envelope;
pub mod mutex;
pub mod pagination;
pub mod pipeline;
pub mod request;
pub mod response;
pub mod retry;
pub mod single_flight;
pub mod timeout;
pub mod token;

pub use connection::Connection;
pub use pipeline::RequestContext;
pub use request::{ApiRequest, Endpoint, Method};
