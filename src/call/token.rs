//! The bearer token: asked for once, shared by every call that waits, renewed after a refusal.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

use super::deadline::{Deadline, Interrupt, Stop};
use crate::error::{Kind, TimeLimit};
use crate::input;
use crate::js;

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
    /// The token that is there already: a fixed one, or another than `refused`, which the server did not take. Else whom to
    /// ask for one.
    pub fn known<'a>(&self, source: &'a TokenSource, refused: Option<&Rc<str>>) -> Result<Rc<str>, &'a Function> {
        match source {
            TokenSource::Fixed(token) => Ok(token.clone()),
            // Another call may have brought a newer one since ours was refused.
            TokenSource::Provider(provider) => {
                self.current.borrow().clone().filter(|token| refused != Some(token)).ok_or(provider)
            }
        }
    }

    /// Gets a token, where none is known; after a refusal it may still be the same one. `asking` hears when the provider is
    /// asked.
    pub async fn token(
        &self,
        provider: &Function,
        deadline: &Deadline,
        asking: impl FnOnce(),
    ) -> Result<Rc<str>, Kind> {
        // Nobody else need be refused with it.
        self.current.replace(None);
        // The provider and the listener are the caller's code: no borrow is held while they run.
        let open = self.question.borrow().clone();
        let question = match open {
            Some(question) => question,
            None => {
                asking();
                self.ask(provider)
            }
        };
        let (token, failure) = match deadline.race(&question.answer).await {
            Ok(value) => {
                let token = value.as_string().filter(|token| input::is_token(token)).map(Rc::from);
                (token, unavailable(JsValue::UNDEFINED))
            }
            Err(Interrupt::Rejected(cause)) => (None, unavailable(cause)),
            // It hangs: the next call asks anew.
            Err(Interrupt::Stopped(Stop::Elapsed)) => (None, Kind::Timeout { limit: TimeLimit::Token }),
            Err(Interrupt::Stopped(stop)) => return Err(deadline.failure(stop)),
        };
        // Closes the question, unless a newer one has taken its place.
        let is_open = self.question.borrow().as_ref().is_some_and(|open| open.number == question.number);
        if is_open {
            self.question.replace(None);
            self.current.replace(token.clone());
        }
        token.ok_or(failure)
    }

    fn ask(&self, provider: &Function) -> Question {
        let answer = js::ask(provider);
        let number = self.questions.get().wrapping_add(1);
        self.questions.set(number);
        let question = Question { number, answer };
        self.question.replace(Some(question.clone()));
        question
    }
}

fn unavailable(cause: JsValue) -> Kind {
    Kind::Authentication { code: "token_unavailable".into(), cause }
}
