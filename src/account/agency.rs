//! `GET /api/partner/agency_tenant/info`

use crate::model::Agency;
use crate::transport::{ApiRequest, Method};

pub fn request() -> ApiRequest {
    ApiRequest::read(Method::Get, "/api/partner/agency_tenant/info").returns(Agency::check)
}
