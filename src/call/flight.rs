//! Identical calls that are made while the first one is under way: one piece of work, one outcome for all.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::deadline::{Deadline, Interrupt, not_aborted};
use super::send::{Connection, Trip};
use super::task::{Work, promise, settled};
use crate::error::{Failed, Fault, Kind};
use crate::js::{self, Limit};

/// A call under way and those who wait for it. It is cancelled when the last of them leaves.
pub struct Flight {
    key: String,
    /// Cancels it.
    limit: Limit,
    waiting: Cell<u32>,
    /// The write, once it is about to be made.
    trip: RefCell<Option<Rc<Trip>>>,
    /// What it came to, while more about it is still looked up.
    settled: RefCell<Option<JsValue>>,
    landed: Cell<bool>,
}

impl Flight {
    fn new(key: String) -> Self {
        let limit = Limit::new(None, &JsValue::UNDEFINED, &JsValue::UNDEFINED);
        let (trip, settled) = Default::default();
        Self { key, limit, waiting: Cell::new(0), trip, settled, landed: Cell::new(false) }
    }

    /// Aborts when nobody waits any more.
    pub fn signal(&self) -> JsValue {
        self.limit.signal()
    }

    /// The write begins: from now on leaving may mean that its outcome is unknown.
    pub fn depart(&self, trip: Rc<Trip>) {
        self.trip.replace(Some(trip));
    }

    /// The write was confirmed: from now on leaving costs only what is still looked up.
    pub fn settle(&self, value: JsValue) {
        self.settled.replace(Some(value));
    }

    /// Whether somebody waits for it, so that others may join them.
    fn is_open(&self) -> bool {
        self.waiting.get() > 0 && !self.landed.get()
    }

    fn leave(&self, reason: &JsValue) {
        self.waiting.set(self.waiting.get().saturating_sub(1));
        if self.waiting.get() == 0 {
            self.limit.cancel(reason);
        }
    }
}

/// The calls of a client that others may join, and what they come to.
#[derive(Default)]
pub struct Flights(RefCell<Vec<(Rc<Flight>, Promise)>>);

/// Joins the work under way that has this key, or else starts it.
pub async fn join(
    connection: &Rc<Connection>,
    key: String,
    endpoint: &'static str,
    signal: JsValue,
    start: impl FnOnce(Rc<Flight>) -> Work,
) -> Result<JsValue, Failed> {
    let fault = |kind| Fault::at(endpoint.into(), kind);
    not_aborted(&signal).map_err(fault)?;
    let flights = &connection.flights.0;
    let open = flights.borrow().iter().find(|(flight, _)| flight.key == key && flight.is_open()).cloned();
    let (flight, landing) = match open {
        Some(found) => found,
        None => {
            let flight = Rc::new(Flight::new(key));
            let landing = take_off(connection.clone(), flight.clone(), start(flight.clone()));
            flights.borrow_mut().push((flight.clone(), landing.clone()));
            (flight, landing)
        }
    };
    flight.waiting.set(flight.waiting.get() + 1);
    let leave = {
        let (flight, signal) = (flight.clone(), signal.clone());
        // At once, so that an abort while the request goes out still stops it.
        Closure::<dyn FnMut()>::new(move || flight.leave(&js::field(&signal, "reason")))
    };
    let deadline = Deadline::watched(None, &signal, leave.as_ref()).map_err(fault)?;
    let told = |failure| fault(Kind::Told(failure));
    match deadline.race(&landing).await {
        Ok(value) => Ok(value),
        Err(Interrupt::Rejected(failure)) => Err(told(failure)),
        Err(Interrupt::Stopped(stop)) if flight.is_open() => {
            let (settled, trip) = (flight.settled.borrow(), flight.trip.borrow());
            let kind = deadline.failure(stop);
            match (settled.as_ref(), trip.as_ref()) {
                (Some(value), _) => Ok(value.clone()),
                (None, Some(trip)) => Err(trip.left(kind)),
                (None, None) => Err(fault(kind)),
            }
        }
        // Nobody waits any more: this one hears what the cancelled call came to.
        Err(Interrupt::Stopped(_)) => settled(landing).await.map_err(told),
    }
}

fn take_off(connection: Rc<Connection>, flight: Rc<Flight>, work: Work) -> Promise {
    let language = connection.settings.language;
    let flying = async move {
        let outcome = work.await;
        flight.landed.set(true);
        connection.flights.0.borrow_mut().retain(|(other, _)| !Rc::ptr_eq(other, &flight));
        outcome
    };
    promise(Box::pin(flying), language)
}
