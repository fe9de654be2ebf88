//! The public number endpoints: one file per operation.

pub mod buy;
pub mod list;
pub mod quote;
