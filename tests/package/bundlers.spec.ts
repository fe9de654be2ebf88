// The package as its users get it: installed from its tarball, and built by bundlers that know nothing of it.
import { join } from "node:path";
import {
  type Core,
  expect,
  expectMainJob,
  expectMainJobDone,
  project,
  SANDBOX,
  type Site,
  test,
  visit,
} from "./support";

interface Build {
  readonly name: string;
  readonly project: string;
  readonly core: Core;
  /** What is served, seen from the project; without it the project has a server of its own. */
  readonly folders?: readonly string[];
  readonly page?: string;
  /** The same of a worker, where the page can have one. */
  readonly worker?: Core;
  /** Whether names are shortened. */
  readonly minified?: boolean;
}

const dist = ["dist"];
const builds: readonly Build[] = [
  { name: "Vite 8", project: "vite", folders: dist, core: "file", worker: "file, not copy", minified: true },
  { name: "Vite 8's development server", project: "vite", core: "file", worker: "file" },
  { name: "Vite 5", project: "vite-5", folders: dist, core: "file", minified: true },
  { name: "Vite 5's development server", project: "vite-5", core: "copy" },
  { name: "webpack", project: "webpack", folders: ["dist", "public"], core: "file", worker: "file", minified: true },
  { name: "Rollup", project: "rollup", folders: ["dist", "public"], core: "copy" },
  { name: "esbuild", project: "esbuild", folders: ["dist", "public"], page: "page.html", core: "copy" },
  {
    name: "esbuild, as modules",
    project: "esbuild",
    folders: ["dist", "public"],
    page: "modules.html",
    core: "copy",
    minified: true,
  },
  { name: "Parcel", project: "parcel", folders: dist, core: "file", worker: "file", minified: true },
  { name: "Next.js", project: "next", core: "file", worker: "file", minified: true },
  { name: "Angular", project: "angular", folders: ["dist/with-angular/browser"], core: "copy", minified: true },
];

async function addressOf(build: Build, serve: (site: Site) => Promise<string>): Promise<string> {
  const { dir, server } = project(build.project);
  if (build.folders)
    return (await serve({ folders: build.folders.map((path) => join(dir, path)) })) + (build.page ?? "");
  if (!server?.url) throw new Error(server?.error ?? `${build.project} has no server.`);
  return server.url;
}

test("Next.js renders a page that imports the package, and does the main job on the server too", async () => {
  const url = project("next").server?.url ?? "";
  expect(await (await fetch(url)).text()).toContain("<p>PartnerError</p>");
  const answer = await fetch(`${url}/on-server?sandbox=${SANDBOX}`);
  expectMainJobDone(await answer.json());
});

for (const name of new Set(builds.map((build) => build.project))) {
  test(`${name} builds with the package, and warns of nothing`, () => {
    const { install, build } = project(name);
    expect(install).toMatchObject({ code: 0 });
    expect(build).toEqual({ code: 0, output: expect.not.stringMatching(/warn|⚠|deprecat|\berror/i) });
  });
}

for (const build of builds) {
  test.describe(build.name, () => {
    test("does the main job", async ({ page, serve }) => {
      await expectMainJob(page, await addressOf(build, serve), build.core);
    });

    test("leaves errors what they are", async ({ page, serve }) => {
      const { outcome, complaints } = await visit(page, await addressOf(build, serve), { do: "errors" });
      const documented = [
        "PartnerError",
        "ValidationError",
        "ApiError",
        "AuthenticationError",
        "AbortError",
        "NetworkError",
        "OutcomeUnknownError",
      ];
      const failure = (name: string, code: string, ...more: string[]) => ({
        name,
        code,
        text: name,
        isA: documented.filter((each) => ["PartnerError", name, ...more].includes(each)),
      });
      expect(outcome["failures"]).toEqual({
        validation: failure("ValidationError", "validation"),
        refused: failure("ApiError", "access_denied"),
        stranger: failure("AuthenticationError", "unauthorized", "ApiError"),
        aborted: failure("AbortError", "aborted"),
        lost: failure("OutcomeUnknownError", "outcome_unknown"),
      });
      if (build.minified) {
        for (const [i, name] of (outcome["names"] as string[]).entries()) expect(name).not.toBe(documented[i]);
      }
      // Chromium itself tells of the sandbox's refusal.
      expect(complaints.filter((text) => !text.includes("status of 401"))).toEqual([]);
    });

    const core = build.worker;
    if (core) {
      test("does the main job in a worker", async ({ page, serve }) => {
        await expectMainJob(page, await addressOf(build, serve), core, { do: "worker" });
        expect(page.workers()).toHaveLength(1);
      });
    }
  });
}
