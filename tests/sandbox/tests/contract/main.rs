//! The sandbox against the contract of the partner API, from the outside.

mod add;
mod admin;
mod auth;
mod balance;
mod cors;
mod info;
mod list;
mod mount;
mod process;
mod support;
