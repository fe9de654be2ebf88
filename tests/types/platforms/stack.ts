// A program with the library `esnext.disposable`.
import type { PartnerClient } from "omicall-partner";

declare const omi: PartnerClient;
export const stack = new DisposableStack();
export const client: PartnerClient = stack.use(omi);
// @ts-expect-error it is not asynchronous
export const other: AsyncDisposable = omi;
