//! `GET /api/partner/tenant/info`

use crate::model::Tenant;
use crate::transport::{ApiRequest, Method};

/// `id` must be one that cannot leave its place in a URL.
pub fn request(id: &str) -> ApiRequest {
    ApiRequest::read(Method::Get, "/api/partner/tenant/info").query("id", id).returns(Tenant::check)
}
