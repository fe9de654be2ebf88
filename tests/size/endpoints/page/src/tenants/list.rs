//@ instead fn digits(number: f64) -> String {
pub fn digits(number: f64) -> String {
