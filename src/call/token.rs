//! The bearer token: asked for once, shared by every call that waits, renewed after a refusal.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

use super::deadline::{Deadline, Interrupt, Stop};
use crate::error::{Kind, TimeLimit};
use crate::input;

pub enum TokenSource {
    Fixed(Rc<str>),
    Provider(Function),
}

/// The token of a client, and the question for a newer one while it is open.
#[derive(Default)]
pub struct TokenKeeper {
    current: RefCell<Option<Rc<str>>>,
    question: RefCell<Option<Question>>,
    questions: Cell<u32>,
}

#[derive(Clone)]
struct Question {
    number: u32,
    answer: Promise,
}

impl TokenKeeper {
    /// The token to send. After a refusal, `refused` is the token that the server did not take; what comes back may still
    /// be the same one. `asking` hears when the provider is asked.
    pub async fn token(
        &self,
        source: &TokenSource,
        refused: Option<&Rc<str>>,
        deadline: &Deadline,
        asking: impl FnOnce(),
    ) -> Result<Rc<str>, Kind> {
        let provider = match source {
            TokenSource::Fixed(token) => return Ok(token.clone()),
            TokenSource::Provider(provider) => provider,
        };
        let current = self.current.borrow().clone();
        match current {
            // Another call may have brought a newer one since ours was refused.
            Some(token) if refused != Some(&token) => return Ok(token),
            // Nobody else need be refused with it.
            _ => self.current.replace(None),
        };
        // The provider and the listener are the caller's code: no borrow is held while they run.
        let open = self.question.borrow().clone();
        let question = match open {
            Some(question) => question,
            None => {
                asking();
                self.ask(provider)?
            }
        };
        match deadline.race(question.answer).await {
            Ok(value) => {
                let token = value.as_string().filter(|token| input::is_token(token)).map(Rc::from);
                self.settle(question.number, token.clone());
                token.ok_or(Self::unavailable(JsValue::UNDEFINED))
            }
            Err(Interrupt::Rejected(cause)) => {
                self.settle(question.number, None);
                Err(Self::unavailable(cause))
            }
            Err(Interrupt::Stopped(stop)) => {
                if stop == Stop::Elapsed {
                    // It hangs: the next call asks anew.
                    self.settle(question.number, None);
                }
                Err(match deadline.failure(stop) {
                    Kind::Timeout { .. } => Kind::Timeout { limit: TimeLimit::Token },
                    kind => kind,
                })
            }
        }
    }

    fn ask(&self, provider: &Function) -> Result<Question, Kind> {
        let answer = provider.call0(&JsValue::UNDEFINED).map_err(Self::unavailable)?;
        let number = self.questions.get().wrapping_add(1);
        self.questions.set(number);
        let question = Question { number, answer: Promise::resolve(&answer) };
        self.question.replace(Some(question.clone()));
        Ok(question)
    }

    /// Closes a question, unless a newer one has taken its place.
    fn settle(&self, number: u32, token: Option<Rc<str>>) {
        let is_open = self.question.borrow().as_ref().is_some_and(|open| open.number == number);
        if is_open {
            self.question.replace(None);
            self.current.replace(token);
        }
    }

    fn unavailable(cause: JsValue) -> Kind {
        Kind::Authentication { code: "token_unavailable".into(), cause }
    }
}
