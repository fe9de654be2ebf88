// Causes errors, and reports their names and classes after bundling and minifying.
import * as sdk from "omicall-partner";
import { newTenant, tokenOf, topUpOf } from "./steps.js";

const { PartnerError, ValidationError, ApiError, AuthenticationError, AbortError, NetworkError, OutcomeUnknownError } =
  sdk;
/** The classes by their documented names. */
const classes = {
  PartnerError,
  ValidationError,
  ApiError,
  AuthenticationError,
  AbortError,
  NetworkError,
  OutcomeUnknownError,
};

/** @param {PromiseLike<unknown>} call */
async function describeError(call) {
  const error = await call.then(
    () => new Error("The call did not reject."),
    (reason) => reason,
  );
  const isA = Object.entries(classes)
    .filter(([, Class]) => error instanceof Class)
    .map(([name]) => name);
  return { name: error.name, text: String(error).split(":")[0], code: error.code, isA };
}

/** @param {string} sandbox the URL of the sandbox */
export async function errorsJob(sandbox) {
  const token = await tokenOf(sandbox);
  const omi = await sdk.connect({ baseUrl: sandbox, token });
  const unauthorized = await sdk.connect({ baseUrl: sandbox, token: "not-a-token" });
  /** @type {typeof fetch} */
  const lossyFetch = async (...args) => {
    await fetch(...args);
    throw new TypeError("The response was lost.");
  };
  const lossy = await sdk.connect({ baseUrl: sandbox, token, fetch: lossyFetch });
  const errors = {
    invalid: await describeError(omi.tenants.get("")),
    rejected: await describeError(omi.tenants.topUp(topUpOf("nobody@package.example"))),
    unauthorized: await describeError(unauthorized.tenants.list()),
    aborted: await describeError(omi.tenants.list({}, { signal: AbortSignal.abort() })),
    lost: await describeError(lossy.tenants.create(newTenant())),
  };
  return { errors, names: Object.values(classes).map((Class) => Class.name) };
}
