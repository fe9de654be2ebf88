// A client can be declared with `using`, even in projects without the library "esnext.disposable".
import { connect } from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<PartnerClient>().toExtend<Disposable>();
expectTypeOf<PartnerClient[typeof Symbol.dispose]>().toEqualTypeOf<() => void>();

export async function once(): Promise<void> {
  using omi = await connect({ baseUrl: "", token: "" });
  await omi.tenants.list();
}
