//! Contract tests: checks the sandbox against the documented partner API, through its public interface.
//!
//! The environment variable `SANDBOX_DOOR` says which one, see [`door::Door`].

mod account;
mod add;
mod admin;
mod auth;
mod balance;
mod clock;
mod cors;
mod door;
mod faults;
mod http;
mod info;
mod list;
mod mount;
mod native;
mod offers;
mod process;
mod purchases;
mod seed;
mod snapshot;
mod support;
