// Provokes errors, and tells how they look to a program that a bundler and a minifier have been through.
import * as sdk from "omicall-partner";
import { newTenant, tokenOf, topUpOf } from "./steps.js";

const { PartnerError, ValidationError, ApiError, AuthenticationError, AbortError, NetworkError, OutcomeUnknownError } =
  sdk;
/** By the names that they have in the documentation. */
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
async function failureOf(call) {
  const error = await call.then(
    () => new Error("It did not fail."),
    (reason) => reason,
  );
  const isA = Object.entries(classes)
    .filter(([, Class]) => error instanceof Class)
    .map(([name]) => name);
  return { name: error.name, text: String(error).split(":")[0], code: error.code, isA };
}

/** @param {string} sandbox its address */
export async function errorsJob(sandbox) {
  const token = await tokenOf(sandbox);
  const omi = await sdk.connect({ baseUrl: sandbox, token });
  const stranger = await sdk.connect({ baseUrl: sandbox, token: "not-a-token" });
  /** @type {typeof fetch} */
  const losing = async (...args) => {
    await fetch(...args);
    throw new TypeError("The answer was lost.");
  };
  const unlucky = await sdk.connect({ baseUrl: sandbox, token, fetch: losing });
  const failures = {
    validation: await failureOf(omi.tenants.get("")),
    refused: await failureOf(omi.tenants.topUp(topUpOf("nobody@package.example"))),
    stranger: await failureOf(stranger.tenants.list()),
    aborted: await failureOf(omi.tenants.list({}, { signal: AbortSignal.abort() })),
    lost: await failureOf(unlucky.tenants.create(newTenant())),
  };
  return { failures, names: Object.values(classes).map((Class) => Class.name) };
}
