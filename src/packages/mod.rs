//! The service package endpoints: one file per operation.

pub mod extend;
pub mod list;
pub mod quote;
pub mod templates;
pub mod upgrade;
