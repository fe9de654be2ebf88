import type { UseFormReturnType } from "@mantine/form";
import { PartnerError, ValidationError } from "omicall-partner";
import { TokenError } from "./settings/connection";

/** What a person is told: the SDK's own sentence, or why there was no token. */
export function sentence(error: Error): string {
  return error.cause instanceof TokenError ? error.cause.message : error.message;
}

/** What support asks for. */
export function reference(error: Error): string {
  if (!(error instanceof PartnerError)) return "";
  const { code, endpoint, httpStatus, instanceId } = error;
  return [code, endpoint, httpStatus && `HTTP ${httpStatus}`, instanceId].filter(Boolean).join(" · ");
}

type FieldMessages = Record<string, string>;

/**
 * An error as messages at the form's fields, or undefined if not all of it is about them: the faults that the SDK found,
 * or a refusal whose code belongs to a field.
 *
 * @param fields the form's fields, in its order
 * @param fieldOfCode the field that a server's refusal is about
 */
export function fieldErrors(
  error: Error,
  fields: readonly string[],
  fieldOfCode: Readonly<Record<string, string>> = {},
): FieldMessages | undefined {
  if (error instanceof ValidationError) {
    if (!error.issues.every((issue) => fields.includes(issue.field))) return undefined;
    const order = error.issues.toSorted((a, b) => fields.indexOf(a.field) - fields.indexOf(b.field));
    return Object.fromEntries(order.map(({ field, message }) => [field, message]));
  }
  const field = error instanceof PartnerError ? fieldOfCode[error.code] : undefined;
  return field === undefined ? undefined : { [field]: error.message };
}

/** Shows messages at their fields, or removes them, and goes to the first field that has one. */
export function showFieldErrors<Values>(form: UseFormReturnType<Values>, messages: FieldMessages | undefined) {
  form.setErrors(messages ?? {});
  const [first] = Object.keys(messages ?? {});
  if (first !== undefined) form.getInputNode(first)?.focus();
}
