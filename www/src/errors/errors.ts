import type { FormErrors, UseFormReturnType } from "@mantine/form";
import { isPartnerError, LoadError, PartnerError, ValidationError } from "omicall-partner";
import type { Texts } from "../language/texts";
import { lookUp } from "../display/lookUp";
import { OfflineError } from "./OfflineError";
import { NotSignedInAgain } from "../session/accessToken";
import { MeanwhileError, StorageError, UnsettledError } from "../journal/errors";
import { TokenError } from "../session/connection";

/** The message for the user: that of the SDK, or the reason why there was no token or no request. */
export function errorMessage(error: Error, t: Texts): string {
  if (error instanceof OfflineError) return t.offline.notSent;
  if (error.cause instanceof NotSignedInAgain) return t.signIn.notEntered;
  if (error instanceof UnsettledError) return t.journal.unsettled;
  if (error instanceof MeanwhileError) return t.journal.meanwhile;
  if (error instanceof StorageError) return t.journal.storage;
  return error.cause instanceof TokenError ? error.cause.message : error.message;
}

/** What the user can do, where the message does not say it. */
export function nextStep(error: Error, t: Texts): string | undefined {
  if (!isPartnerError(error)) return undefined;
  switch (error.name) {
    case "ProtocolError":
    case "LoadError":
    case "PartnerError":
      return t.errors.reportToAdministrator;
    case "ApiError":
    case "ServerError":
      return t.errors.reportToProvider;
    default:
      return undefined;
  }
}

/** The browser cannot run the SDK, so another try would fail too. */
export const canRetry = (error: Error) => !(error instanceof LoadError && error.code === "wasm_unsupported");

/** Technical details for support. */
export function errorDetails(error: Error): string {
  if (!(error instanceof PartnerError)) return "";
  const { code, endpoint, httpStatus, instanceId } = error;
  return [code, endpoint, httpStatus && `HTTP ${httpStatus}`, instanceId].filter(Boolean).join(" · ");
}

type FieldMessages = Record<string, string>;

/**
 * Converts an error to messages for form fields: the validation issues of the SDK, or a server error whose code belongs
 * to a field. Returns undefined if the error is not only about these fields.
 *
 * @param fields the names of the form's fields
 * @param fieldOfCode the field that a server's error code belongs to
 */
export function fieldErrors(
  error: Error,
  fields: readonly string[],
  fieldOfCode: Readonly<Record<string, string>> = {},
): FieldMessages | undefined {
  if (error instanceof ValidationError) {
    if (!error.issues.every((issue) => fields.includes(issue.field))) return undefined;
    return Object.fromEntries(error.issues.map(({ field, message }) => [field, message]));
  }
  const field = error instanceof PartnerError ? lookUp(fieldOfCode, error.code) : undefined;
  return field === undefined ? undefined : { [field]: error.message };
}

/**
 * Shows the messages at their fields, or removes all messages, and focuses the first invalid field.
 *
 * @param fields the names of the form's fields, in display order
 */
export function showFieldErrors<Values>(
  form: UseFormReturnType<Values>,
  fields: readonly string[],
  messages: FormErrors = {},
) {
  form.setErrors(messages);
  const first = fields.find((field) => field in messages);
  if (first !== undefined) form.getInputNode(first)?.focus();
}
