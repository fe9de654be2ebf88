//! `GET /api/partner/service_package/list`

use crate::model::PackageOffer;
use crate::transport::{ApiRequest, Method};

pub fn request() -> ApiRequest {
    ApiRequest::read(Method::Get, "/api/partner/service_package/list").returns(PackageOffer::check_list)
}
