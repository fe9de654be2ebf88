//! The client that JavaScript holds: the connection, and one method per call. No logic of its own.

use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

use crate::account::{agency, me};
use crate::config::{CallOptions, ClientConfig};
use crate::error::{Error, ErrorKind, Result, Text};
use crate::numbers::buy::BuyNumberParams;
use crate::numbers::list::ListNumbersParams;
use crate::numbers::quote::NumberQuoteParams;
use crate::packages::extend::ExtendPackageParams;
use crate::packages::quote::PackageQuoteParams;
use crate::packages::upgrade::UpgradePackageParams;
use crate::packages::{self, templates};
use crate::platform::serialize::to_js;
use crate::purchase::{Purchase, read_purchase};
use crate::quote::Quoted;
use crate::schemas;
use crate::tenants::create::CreateTenantParams;
use crate::tenants::list::ListTenantsParams;
use crate::tenants::payment::Payment;
use crate::tenants::{get, reconcile, top_up, wait::Wait};
use crate::transport::connection::Call;
use crate::transport::pagination::{List, ListOptions, Walk};
use crate::transport::{ApiRequest, Connection, Endpoint, request};
use crate::validation::params::{Params, field};
use crate::validation::types::read_id;
use crate::validation::{FieldReader, Issues, REQUEST_INVALID};

/// The core of a client. Its promises reject with a `Rejection`, from which the facade makes an error.
#[wasm_bindgen(js_name = Core)]
pub struct Client(Rc<Connection>);

#[wasm_bindgen(js_class = Core)]
impl Client {
    /// Checks the options of `connect`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ClientOptions")] options: JsValue,
    ) -> std::result::Result<Client, JsValue> {
        match ClientConfig::read(&options) {
            Ok(config) => Ok(Client(Rc::new(Connection::new(config)))),
            Err((issues, language)) => Err(Box::<Error>::from(ErrorKind::Validation(issues)).into_js(language)),
        }
    }

    /// `POST /api/partner/tenant/add`
    #[wasm_bindgen(unchecked_return_type = "Promise<CreatedTenant>")]
    pub fn create(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CreateTenantParams")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.execute::<CreateTenantParams>(&params, &options)
    }

    /// `POST /api/partner/tenant/list`: see [`Client::walk`].
    #[wasm_bindgen(
        unchecked_return_type = "[next: (prefetches: boolean) => Promise<TenantPage | undefined>, stop: () => void]"
    )]
    pub fn list(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ListTenantsParams | undefined")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ListOptions | undefined")] options: JsValue,
    ) -> Array {
        self.walk::<ListTenantsParams>(&params, &options)
    }

    /// `GET /api/partner/tenant/info`
    #[wasm_bindgen(unchecked_return_type = "Promise<Tenant>")]
    pub fn get(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
    ) -> Promise {
        let mut issues = self.issues();
        let id = read_id(&mut FieldReader::of_argument(field!(id), &id, &mut issues));
        let options = CallOptions::read_optional(&options, field!(options), &mut issues);
        let call = id.zip(options).map(|(id, options)| self.call(Ok(get::request(&id)), options));
        self.start(issues, call)
    }

    /// `POST /api/partner/tenant/update_balance`
    #[wasm_bindgen(js_name = topUp, unchecked_return_type = "Promise<TopUpReceipt>")]
    pub fn top_up(
        &self,
        #[wasm_bindgen(unchecked_param_type = "TopUpParams")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "TopUpOptions | undefined")] options: JsValue,
    ) -> Promise {
        let mut issues = self.issues();
        let payment = top_up::read(&params, &options, &mut issues);
        self.pay(issues, payment)
    }

    /// `GET /api/partner/tenant/info`, until the tenant is active.
    #[wasm_bindgen(js_name = waitUntilActive, unchecked_return_type = "Promise<Tenant>")]
    pub fn wait_until_active(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_param_type = "WaitOptions | undefined")] options: JsValue,
    ) -> Promise {
        let mut issues = self.issues();
        let wait = Wait::read(&id, &options, &mut issues);
        let connection = self.0.clone();
        self.start(issues, wait.map(|wait| -> Call { Box::pin(async move { wait.run(&connection).await }) }))
    }

    /// `GET /api/partner/me`
    #[wasm_bindgen(unchecked_return_type = "Promise<Partner>")]
    pub fn me(&self, #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue) -> Promise {
        self.read(me::request(), &options)
    }

    /// `GET /api/partner/agency_tenant/info`
    #[wasm_bindgen(unchecked_return_type = "Promise<Agency>")]
    pub fn agency(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.read(agency::request(), &options)
    }

    /// `GET /api/partner/service_package/list`
    #[wasm_bindgen(js_name = packages, unchecked_return_type = "Promise<PackageOffer[]>")]
    pub fn packages(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.read(packages::list::request(), &options)
    }

    /// `GET /api/partner/service_package_v2/template/list`
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn templates(
        &self,
        #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.read(templates::request(), &options)
    }

    /// `POST /api/partner/service_package/upgrade`
    #[wasm_bindgen(js_name = upgradePackage, unchecked_return_type = "Promise<PurchaseReceipt>")]
    pub fn upgrade_package(
        &self,
        #[wasm_bindgen(unchecked_param_type = "UpgradePackageParams")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "PurchaseOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.purchase::<UpgradePackageParams>(&params, &options)
    }

    /// `POST /api/partner/service_package/extend`
    #[wasm_bindgen(js_name = extendPackage, unchecked_return_type = "Promise<PurchaseReceipt>")]
    pub fn extend_package(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ExtendPackageParams")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "PurchaseOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.purchase::<ExtendPackageParams>(&params, &options)
    }

    /// What a package will cost; sends nothing.
    #[wasm_bindgen(js_name = quotePackage, unchecked_return_type = "Quote")]
    pub fn quote_package(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PackageQuoteParams")] params: JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        self.quote::<PackageQuoteParams>(&params)
    }

    /// What a number will cost; sends nothing.
    #[wasm_bindgen(js_name = quoteNumber, unchecked_return_type = "Quote")]
    pub fn quote_number(
        &self,
        #[wasm_bindgen(unchecked_param_type = "NumberQuoteParams")] params: JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        self.quote::<NumberQuoteParams>(&params)
    }

    /// `GET /api/partner/public_number/list`: see [`Client::walk`].
    #[wasm_bindgen(
        unchecked_return_type = "[next: (prefetches: boolean) => Promise<NumberPage | undefined>, stop: () => void]"
    )]
    pub fn numbers(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ListNumbersParams | undefined")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ListOptions | undefined")] options: JsValue,
    ) -> Array {
        self.walk::<ListNumbersParams>(&params, &options)
    }

    /// `POST /api/partner/public_number/buy`
    #[wasm_bindgen(js_name = buyNumber, unchecked_return_type = "Promise<PurchaseReceipt>")]
    pub fn buy_number(
        &self,
        #[wasm_bindgen(unchecked_param_type = "BuyNumberParams")] params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "PurchaseOptions | undefined")] options: JsValue,
    ) -> Promise {
        self.purchase::<BuyNumberParams>(&params, &options)
    }

    /// Validates the parameters of a call; sends nothing. Works after `close()` too.
    #[wasm_bindgen(unchecked_return_type = "{ value: unknown; issues: ValidationIssue[] }")]
    pub fn validate(&self, name: &str, params: &JsValue) -> std::result::Result<JsValue, JsValue> {
        to_js(&schemas::validate(name, params, self.issues()))
    }

    /// Any endpoint.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn request(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"GET\" | \"POST\"")] method: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] path: JsValue,
        #[wasm_bindgen(unchecked_param_type = "RequestOptions | undefined")] init: JsValue,
    ) -> Promise {
        let mut issues = self.issues();
        let reconcile = reconcile::inconclusive(&self.0);
        let custom = request::custom(&method, &path, &init, reconcile, &mut issues);
        self.start(issues, custom.map(|(request, options)| self.call(Ok(request), options)))
    }

    /// Later calls are refused; running calls settle.
    pub fn close(&self) {
        self.0.is_closed.set(true);
    }
}

impl Client {
    fn issues(&self) -> Issues {
        Issues::new(self.0.config.language)
    }

    fn call(&self, request: Result<ApiRequest>, options: CallOptions) -> Call {
        let connection = self.0.clone();
        Box::pin(async move { Ok(connection.execute(request?, &options).await?.payload) })
    }

    /// Reads the parameters of an endpoint and executes its request.
    fn execute<E: Endpoint>(&self, params: &JsValue, options: &JsValue) -> Promise {
        let mut issues = self.issues();
        let params = E::read_required(params, field!(params), E::MISSING, &mut issues);
        let options = CallOptions::read_optional(options, field!(options), &mut issues);
        let call = params.zip(options).map(|(params, options)| self.call(params.request(&self.0), options));
        self.start(issues, call)
    }

    /// Executes a request that has no parameters.
    fn read(&self, request: ApiRequest, options: &JsValue) -> Promise {
        let mut issues = self.issues();
        let options = CallOptions::read_optional(options, field!(options), &mut issues);
        self.start(issues, options.map(|options| self.call(Ok(request), options)))
    }

    /// Reads the parameters of a list: a function that gets the next page, and `undefined` after the last one, and a function that
    /// ends the walk. Pages are requested ahead only where `next` is called with `true`.
    fn walk<L: List + Params + 'static>(&self, params: &JsValue, options: &JsValue) -> Array {
        let mut issues = self.issues();
        let params = L::read_optional(params, field!(params), &mut issues);
        let options = ListOptions::read_optional(options, field!(options), &mut issues);
        let walk = params.zip(options).map(|(params, options)| Rc::new(Walk::new(Box::new(params), options)));
        self.steps(issues, walk)
    }

    fn steps(&self, issues: Issues, walk: Option<Rc<Walk>>) -> Array {
        let (client, stopped) = (Client(self.0.clone()), walk.clone());
        let next = Closure::<dyn Fn(bool) -> Promise>::new(move |prefetches| {
            let connection = client.0.clone();
            let next = |walk: Rc<Walk>| async move {
                let page = walk.next(&connection).await?;
                if prefetches {
                    walk.request_ahead(&connection);
                }
                Ok(page)
            };
            client.start(issues.clone(), walk.clone().map(|walk| -> Call { Box::pin(next(walk)) }))
        });
        let stop = Closure::<dyn Fn()>::new(move || {
            if let Some(walk) = &stopped {
                walk.stop();
            }
        });
        Array::of2(&next.into_js_value(), &stop.into_js_value())
    }

    /// Reads the parameters of a purchase and makes it.
    fn purchase<P: Purchase>(&self, params: &JsValue, options: &JsValue) -> Promise {
        let mut issues = self.issues();
        let payment = read_purchase::<P>(params, options, &mut issues);
        self.pay(issues, payment)
    }

    fn pay(&self, issues: Issues, payment: Option<Payment>) -> Promise {
        self.start(issues, payment.map(|payment| -> Call { Box::pin(payment.run(self.0.clone())) }))
    }

    fn quote<Q: Quoted>(&self, params: &JsValue) -> std::result::Result<JsValue, JsValue> {
        let mut issues = self.issues();
        let params = Q::read_required(params, field!(params), REQUEST_INVALID, &mut issues);
        match params.map(|params| params.quote(&mut issues)) {
            Some(quote) if issues.list.is_empty() => to_js(&quote),
            _ => Err(Box::<Error>::from(ErrorKind::Validation(issues.list)).into_js(issues.language)),
        }
    }

    /// Starts a call, unless an argument has an issue or the client is closed.
    fn start(&self, mut issues: Issues, call: Option<Call>) -> Promise {
        if self.0.is_closed.get() {
            issues.list.clear();
            let text = &Text {
                en: "The connection is closed: connect again.",
                vi: "Kết nối đã đóng: hãy kết nối lại.",
            };
            issues.add_message("client", "client_closed", issues.language.pick(text).to_owned());
        }
        match call {
            Some(call) if issues.list.is_empty() => self.0.promise(call),
            _ => Promise::reject(&Box::<Error>::from(ErrorKind::Validation(issues.list)).into_js(issues.language)),
        }
    }
}
