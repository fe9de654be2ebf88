// A server component, rendered during the build: it imports the package without calling it.
import { PartnerError } from "omicall-partner";
import Job from "./job";

export default function Page() {
  return (
    <main>
      <p>{PartnerError.prototype.name}</p>
      <Job />
    </main>
  );
}
