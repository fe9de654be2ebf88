import { AuthenticationError } from "omicall-partner";
import { fieldErrors } from "../errors/errors";

/** The messages for the fields `baseUrl` and `token`; undefined for an error that is not about them. */
export function signInErrors(error: Error): Record<string, string> | undefined {
  if (error instanceof AuthenticationError) return { token: error.message };
  return fieldErrors(error, ["baseUrl", "token"]);
}
