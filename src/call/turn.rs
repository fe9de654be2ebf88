//! One after the other: work under one name waits for its turn, on this page and, where the browser has Web Locks, in every
//! tab of its origin.

use std::cell::RefCell;
use std::rc::Rc;

use super::deadline::{Deadline, Interrupt, Stop};
use super::send::Connection;
use crate::error::{Kind, TimeLimit};
use crate::js::{Gate, Lock};
use crate::settings::CallOptions;

thread_local! {
    /// Who works or waits on this page, in order of arrival.
    static LINE: RefCell<Vec<Rc<Place>>> = const { RefCell::new(Vec::new()) };
}

struct Place {
    name: String,
    /// Opens when the place is given up.
    end: Gate,
}

/// A place in the line, given up when it is dropped.
struct Turnstile(Rc<Place>);

impl Turnstile {
    fn take(name: String) -> Self {
        let place = Rc::new(Place { name, end: Gate::new() });
        LINE.with_borrow_mut(|line| line.push(place.clone()));
        Self(place)
    }

    /// Whose turn it is, if it is another one's.
    fn ahead(&self) -> Option<Rc<Place>> {
        let first = LINE.with_borrow(|line| line.iter().find(|place| place.name == self.0.name).cloned());
        first.filter(|first| !Rc::ptr_eq(first, &self.0))
    }
}

impl Drop for Turnstile {
    fn drop(&mut self) {
        LINE.with_borrow_mut(|line| line.retain(|place| !Rc::ptr_eq(place, &self.0)));
        self.0.end.open();
    }
}

/// A Web Lock, given back when it is dropped.
struct Held(Lock);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.release();
    }
}

/// The turn; it ends when this is dropped: first for other tabs, then for this page.
pub struct Turn {
    _lock: Held,
    _turnstile: Turnstile,
}

/// Waits for the turn of this name. Others on this page are waited for until the caller aborts, as each of them ends; other
/// tabs no longer than one attempt may take.
pub async fn take(name: String, connection: &Connection, options: &CallOptions) -> Result<Turn, Kind> {
    let patience = Deadline::start(None, &options.signal)?;
    let turnstile = Turnstile::take(name);
    while let Some(ahead) = turnstile.ahead() {
        if let Err(Interrupt::Stopped(stop)) = patience.race(&ahead.end.opened()).await {
            return Err(patience.failure(stop));
        }
    }
    let deadline = connection.deadline(options)?;
    let lock = Held(Lock::new(&turnstile.0.name, &deadline.signal()));
    match deadline.race(&lock.0.granted()).await {
        Err(Interrupt::Stopped(Stop::Elapsed)) => Err(Kind::Timeout { limit: TimeLimit::Turn }),
        Err(Interrupt::Stopped(stop)) => Err(deadline.failure(stop)),
        _ => Ok(Turn { _lock: lock, _turnstile: turnstile }),
    }
}
