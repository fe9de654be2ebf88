//! One after the other: work under one name waits for its turn, on this page and, where the browser has Web Locks, in every
//! tab of its origin.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::Waker;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::deadline::{Deadline, Interrupt, Stop, pending};
use super::send::Connection;
use crate::error::{Fields, Kind, TimeLimit};
use crate::settings::CallOptions;

thread_local! {
    /// Who works or waits on this page, in order of arrival.
    static LINE: RefCell<Vec<Rc<Place>>> = const { RefCell::new(Vec::new()) };
}

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, structural, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        on_granted: &Closure<dyn FnMut() -> Promise>,
    ) -> Result<Promise, JsValue>;
}

struct Place {
    name: String,
    waker: RefCell<Option<Waker>>,
}

impl Place {
    fn take(name: String) -> Rc<Self> {
        let place = Rc::new(Self { name, waker: RefCell::default() });
        LINE.with_borrow_mut(|line| line.push(place.clone()));
        place
    }

    fn first(name: &str) -> Option<Rc<Self>> {
        LINE.with_borrow(|line| line.iter().find(|place| place.name == name).cloned())
    }

    fn is_first(self: &Rc<Self>, waker: &Waker) -> bool {
        let first = Self::first(&self.name).is_none_or(|first| Rc::ptr_eq(&first, self));
        if !first {
            self.waker.replace(Some(waker.clone()));
        }
        first
    }
}

/// A place in the line, given up when it is dropped.
struct Turnstile(Rc<Place>);

impl Drop for Turnstile {
    fn drop(&mut self) {
        LINE.with_borrow_mut(|line| line.retain(|place| !Rc::ptr_eq(place, &self.0)));
        if let Some(waker) = Place::first(&self.0.name).and_then(|next| next.waker.take()) {
            waker.wake();
        }
    }
}

/// A Web Lock, given back when it is dropped.
struct Lock {
    release: Box<dyn Fn()>,
    _on_granted: Closure<dyn FnMut() -> Promise>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        (self.release)();
    }
}

/// The turn; it ends when this is dropped: first for other tabs, then for this page.
pub struct Turn {
    _lock: Option<Lock>,
    _turnstile: Turnstile,
}

/// Waits for the turn of this name. Others on this page are waited for until the caller aborts, as each of them ends; other
/// tabs no longer than one attempt may take.
pub async fn take(name: String, connection: &Connection, options: &CallOptions) -> Result<Turn, Kind> {
    let patience = Deadline::start(None, options.signal.as_ref())?;
    let place = Place::take(name);
    let turnstile = Turnstile(place.clone());
    patience.until(|waker| place.is_first(waker)).await.map_err(|stop| patience.failure(stop))?;
    let lock = match lock_manager() {
        Some(locks) => lock(&locks, &place.name, &connection.deadline(options)?).await?,
        None => None,
    };
    Ok(Turn { _lock: lock, _turnstile: turnstile })
}

/// Absent in old browsers and in pages that are not secure.
fn lock_manager() -> Option<LockManager> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// Nothing where the browser refuses locks to this page: then its own line has to do.
async fn lock(locks: &LockManager, name: &str, deadline: &Deadline) -> Result<Option<Lock>, Kind> {
    let (held, release) = pending();
    let (granted, grant) = pending();
    let on_granted = Closure::new(move || {
        grant();
        held.clone()
    });
    let options = Fields(Object::new());
    options.value("signal", &deadline.signal());
    let Ok(request) = locks.request(name, &options.0, &on_granted) else {
        return Ok(None);
    };
    let lock = Lock { release: Box::new(release), _on_granted: on_granted };
    match deadline.race(Promise::race(&Array::of2(&granted, &request))).await {
        Ok(_) => Ok(Some(lock)),
        Err(Interrupt::Rejected(_)) => Ok(None),
        Err(Interrupt::Stopped(Stop::Elapsed)) => Err(Kind::Timeout { limit: TimeLimit::Turn }),
        Err(Interrupt::Stopped(stop)) => Err(deadline.failure(stop)),
    }
}
