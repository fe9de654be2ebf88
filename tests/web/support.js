// JavaScript for the tests, in one file: wasm-bindgen-test's server may let one of many parallel requests wait for minutes.

let serial = 0;
export const unique = () => `${Date.now().toString(36)}-${serial++}`;
export const evaluate = (code) => new Function(`return (${code});`)();
export const get = async (url, init) => (await fetch(url, init)).json();
export const flatten = ({ name, failure, ...rest }) => {
  if (typeof failure?.code !== "string") throw new TypeError("not a rejection of the core");
  const cause = name === "OutcomeUnknownError" ? flatten(failure.cause) : failure.cause;
  return { name, ...failure, ...rest, cause };
};

export const throwError = (message) => {
  throw new Error(message);
};
export const throwValue = (value) => {
  throw value;
};

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const digits = (number, count = 2) => String(number).padStart(count, "0");
export const imfFixdate = (ms) => {
  const date = new Date(ms);
  const day = `${days[date.getUTCDay()]}, ${digits(date.getUTCDate())} ${months[date.getUTCMonth()]}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => digits(part)).join(":");
  return `${day} ${digits(date.getUTCFullYear(), 4)} ${time} GMT`;
};
