//! The sandbox against the contract of the partner API, from the outside.

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
mod process;
mod support;
mod tls;
mod wire;
