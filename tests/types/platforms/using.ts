// A program with `using`.
import { connect } from "omicall-partner";

export async function run(): Promise<void> {
  using omi = await connect({ baseUrl: "https://api.example.com", token: "token" });
  await omi.tenants.list();
}
