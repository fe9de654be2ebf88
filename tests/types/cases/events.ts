// The events and progress reports that listeners receive.
import type { ActivationProgress, ClientEvent } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<ActivationProgress>().toEqualTypeOf<{ elapsedMs: number; status?: string }>();

type EventOf<Type extends ClientEvent["type"]> = Extract<ClientEvent, { type: Type }>;
expectTypeOf<ClientEvent["type"]>().toEqualTypeOf<
  "request" | "response" | "retry" | "singleSendUnavailable" | "token"
>();
expectTypeOf<EventOf<"request">>().toEqualTypeOf<{ type: "request"; endpoint: string; attempt: number }>();
expectTypeOf<EventOf<"response">>().toEqualTypeOf<{
  type: "response";
  endpoint: string;
  attempt: number;
  httpStatus: number;
  elapsedMs: number;
}>();
expectTypeOf<EventOf<"retry">>().toEqualTypeOf<{
  type: "retry";
  endpoint: string;
  attempt: number;
  code: string;
  delayMs: number;
}>();
expectTypeOf<EventOf<"singleSendUnavailable">>().toEqualTypeOf<{
  type: "singleSendUnavailable";
  endpoint: string;
  reason: "browser" | "http";
}>();
expectTypeOf<EventOf<"token">>().toEqualTypeOf<{ type: "token"; reason: "first" | "refused" | "expiring" }>();

declare const progress: ActivationProgress;

// @ts-expect-error 18048: the response may have no status
progress.status.length;

/** Handles every event by its type: with a new type, `event` would not be `never` at the end. */
export function describeEvent(event: ClientEvent): string | number {
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
