//! The service package endpoints: one file per operation.

pub mod list;
pub mod quote;
pub mod templates;
