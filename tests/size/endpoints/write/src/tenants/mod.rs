//@ before pub mod find;
pub mod extend;
