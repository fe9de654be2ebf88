// A server component: rendered when the project is built, it imports the package without calling it.
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
