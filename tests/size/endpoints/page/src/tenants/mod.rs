//@ before pub mod reconcile;
pub mod numbers;
