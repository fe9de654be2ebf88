//! Contract tests: checks the sandbox against the documented partner API, through its public interface.

mod account;
mod add;
mod admin;
mod auth;
mod balance;
mod connections;
mod cors;
mod faults;
mod info;
mod list;
mod mount;
mod offers;
mod process;
mod purchases;
mod support;
mod tls;
mod wire;
