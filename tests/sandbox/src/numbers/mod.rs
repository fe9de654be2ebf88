//! The endpoints of the public numbers.

pub mod buy;
pub mod list;
