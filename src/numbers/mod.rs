//! The public number endpoints: one file per operation.

pub mod list;
pub mod quote;
