// A client ends with its block, also where the project does not name the library for that.
import { connect } from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<PartnerClient>().toExtend<Disposable>();
expectTypeOf<PartnerClient>().not.toExtend<AsyncDisposable>();
expectTypeOf<PartnerClient[typeof Symbol.dispose]>().toEqualTypeOf<() => void>();

export async function once(): Promise<void> {
  using omi = await connect({ baseUrl: "", token: "" });
  await omi.tenants.list();
}

declare const omi: PartnerClient;
export const stack = new DisposableStack();
expectTypeOf(stack.use(omi)).toEqualTypeOf<PartnerClient>();
