// What listeners hear.
import type { ActivationProgress, ClientEvent } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<ActivationProgress>().toEqualTypeOf<{ elapsedMs: number; status?: string }>();

type Of<Type extends ClientEvent["type"]> = Extract<ClientEvent, { type: Type }>;
expectTypeOf<ClientEvent["type"]>().toEqualTypeOf<
  "request" | "response" | "retry" | "singleSendUnavailable" | "token"
>();
expectTypeOf<Of<"request">>().toEqualTypeOf<{ type: "request"; endpoint: string; attempt: number }>();
expectTypeOf<Of<"response">>().toEqualTypeOf<{
  type: "response";
  endpoint: string;
  attempt: number;
  httpStatus: number;
  elapsedMs: number;
}>();
expectTypeOf<Of<"retry">>().toEqualTypeOf<{
  type: "retry";
  endpoint: string;
  attempt: number;
  code: string;
  delayMs: number;
}>();
expectTypeOf<Of<"singleSendUnavailable">>().toEqualTypeOf<{
  type: "singleSendUnavailable";
  endpoint: string;
  reason: "browser" | "http";
}>();
expectTypeOf<Of<"token">>().toEqualTypeOf<{ type: "token"; reason: "first" | "refused" }>();

declare const progress: ActivationProgress;

// @ts-expect-error 18048: the server may not have said
progress.status.length;

/** Every event, by its type: a new one would not be `never` at the end. */
export function tell(event: ClientEvent): string | number {
  // @ts-expect-error 2339: not every event has an endpoint
  event.endpoint;
  switch (event.type) {
    case "request":
      // @ts-expect-error 2339: only a response has a status
      event.httpStatus;
      return event.attempt;
    case "response":
      return event.httpStatus + event.elapsedMs;
    case "retry":
      return event.delayMs;
    case "singleSendUnavailable":
      return event.reason satisfies "browser" | "http";
    case "token":
      // @ts-expect-error 2367: no such reason
      return event.reason === "expired" ? "" : event.reason;
    default:
      expectTypeOf(event).toBeNever();
      return event;
  }
}
