//! The border to JavaScript: promises, bindings that web-sys lacks, and looks at values that may throw.

pub mod bindings;
pub mod guarded;
pub mod promise;
pub mod schema;
pub mod serialize;
