//! The endpoints of the public numbers.

pub mod list;
