//! The client that JavaScript holds: the settings, and the calls it hands out. No logic of its own.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::call::task::{self, Work};
use crate::call::{Call, Connection};
use crate::error::Failed;
use crate::error::{Kind, Rule, Ticket};
use crate::input::Issues;
use crate::settings::{CallOptions, Settings};
use crate::tenants::create::{self, CreateTenantParams};
use crate::tenants::list::ListTenantsParams;
use crate::tenants::top_up::{TopUp, TopUpParams};
use crate::tenants::wait::Wait;
use crate::tenants::{get, reconcile};
use crate::{call, tenants::list};

/// The core of a client. Every promise it gives rejects with a plain object, which the facade turns into an error.
#[wasm_bindgen(js_name = Core)]
pub struct Client(Rc<Connection>);

#[wasm_bindgen(js_class = Core)]
impl Client {
    /// Checks the options of `connect`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue) -> Result<Client, JsValue> {
        match Settings::read(&options) {
            Ok(settings) => Ok(Client(Rc::new(Connection::new(settings)))),
            Err((kind, language)) => Err(Failed::from(kind).into_js(language)),
        }
    }

    /// `POST /api/partner/tenant/add`
    #[wasm_bindgen(unchecked_return_type = "Promise<CreatedTenant>")]
    pub fn create(
        &self,
        params: Ts<CreateTenantParams>,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.call(|issues| create::call(&params.js_value(), issues), &options)
    }

    /// `POST /api/partner/tenant/list`: a function that gets the next page, and `undefined` after the last one.
    #[wasm_bindgen(unchecked_return_type = "() => Promise<TenantPage | undefined>")]
    pub fn list(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ListTenantsParams | undefined")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> JsValue {
        let connection = self.0.clone();
        let mut issues = Issues::default();
        let params = ListTenantsParams::read(&params, &mut issues);
        let options = CallOptions::read(&options, &mut issues);
        let walk = params.map(|params| Rc::new((RefCell::new(list::Walk::from(params.page)), params, options)));
        let next = Closure::<dyn FnMut() -> Promise>::new(move || {
            let (walk, client) = (walk.clone(), Client(connection.clone()));
            let work = walk.map(|walk| -> Work {
                let connection = client.0.clone();
                Box::pin(async move {
                    let (place, params, options) = &*walk;
                    list::next(&connection, place, params, options).await
                })
            });
            client.begin(Issues(issues.0.clone()), work)
        });
        next.into_js_value()
    }

    /// `GET /api/partner/tenant/info`
    #[wasm_bindgen(unchecked_return_type = "Promise<Tenant>")]
    pub fn get(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        self.call(|issues| get::call(&id, issues), &options)
    }

    /// `POST /api/partner/tenant/update_balance`
    #[wasm_bindgen(js_name = topUp, unchecked_return_type = "Promise<TopUpReceipt>")]
    pub fn top_up(
        &self,
        params: Ts<TopUpParams>,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        let mut issues = Issues::default();
        let top_up = TopUp::read(&params.js_value(), &options, &mut issues);
        let connection = self.0.clone();
        self.begin(issues, top_up.map(|top_up| -> Work { Box::pin(top_up.run(connection)) }))
    }

    /// `GET /api/partner/tenant/info`, until the tenant is active.
    #[wasm_bindgen(js_name = waitUntilActive, unchecked_return_type = "Promise<Tenant>")]
    pub fn wait_until_active(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: JsValue,
    ) -> Promise {
        let mut issues = Issues::default();
        let wait = Wait::read(&id, &options, &mut issues);
        let connection = self.0.clone();
        self.begin(issues, wait.map(|wait| -> Work { Box::pin(async move { wait.run(&connection).await }) }))
    }

    /// Any endpoint.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn request(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] method: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] path: JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] init: JsValue,
    ) -> Promise {
        let mut issues = Issues::default();
        let request = call::request::free(&method, &path, &init, &mut issues);
        let work = request.map(|(call, options)| self.work(call, options));
        self.begin(issues, work)
    }

    /// Asks the server what became of a write; `ticket` is the one of its failure.
    #[wasm_bindgen(unchecked_return_type = "Promise<Reconciliation>")]
    pub fn reconcile(&self, #[wasm_bindgen(unchecked_param_type = "unknown")] ticket: JsValue) -> Promise {
        let (connection, ticket) = (self.0.clone(), Ticket::from_js(&ticket));
        // The write was made before the client was closed, and so its question may be asked after.
        self.promise(Box::pin(async move { reconcile::run(&connection, ticket).await }))
    }

    /// Later calls are refused; those in flight settle.
    pub fn close(&self) {
        self.0.closed.set(true);
    }
}

impl Client {
    fn call(&self, prepare: impl FnOnce(&mut Issues) -> Option<Call>, options: &JsValue) -> Promise {
        let mut issues = Issues::default();
        let call = prepare(&mut issues);
        let options = CallOptions::read(options, &mut issues);
        self.begin(issues, call.map(|call| self.work(call, options)))
    }

    fn work(&self, call: Call, options: CallOptions) -> Work {
        let connection = self.0.clone();
        Box::pin(async move { connection.run(call, &options).await.map(|reply| reply.payload) })
    }

    /// Starts the work, unless an argument has a fault or the client is closed.
    fn begin(&self, mut issues: Issues, work: Option<Work>) -> Promise {
        if self.0.closed.get() {
            issues.0.clear();
            issues.add("client", "client_closed", Rule::Closed);
        }
        match work {
            Some(work) if issues.0.is_empty() => self.promise(work),
            _ => Promise::reject(&Failed::from(Kind::Validation(issues.0)).into_js(self.0.settings.language)),
        }
    }

    fn promise(&self, work: Work) -> Promise {
        task::promise(work, self.0.settings.language)
    }
}
