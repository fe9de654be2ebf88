//! One call's way out and back. Knows requests, tokens, retries and envelopes; knows no tenant.

pub mod check;
pub mod deadline;
pub mod envelope;
pub mod flight;
pub mod request;
pub mod retry;
pub mod send;
pub mod task;
pub mod token;
pub mod turn;

pub use request::{Access, Call, Method};
pub use send::{Connection, Trip};
