// The package as users get it: installed from its tarball, and built by bundlers without special configuration.
import { join } from "node:path";
import {
  type Core,
  expect,
  expectMainJob,
  expectMainJobDone,
  isWasm,
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
  /** The served folders, relative to the project; absent if the project has its own server. */
  readonly folders?: readonly string[];
  readonly page?: string;
  /** The source of the core in a worker, where the project supports workers. */
  readonly worker?: Core;
  /** Whether the bundler shortens class names. */
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
  { name: "Vue", project: "vue", folders: dist, core: "file", minified: true },
  { name: "SvelteKit", project: "sveltekit", core: "file", minified: true },
  { name: "Vite, installed by pnpm", project: "pnpm", folders: dist, core: "file", minified: true },
  { name: "Angular", project: "angular", folders: ["dist/with-angular/browser"], core: "copy", minified: true },
];

async function urlOf(build: Build, serve: (site: Site) => Promise<string>): Promise<string> {
  const { dir, server } = project(build.project);
  if (build.folders)
    return (await serve({ folders: build.folders.map((path) => join(dir, path)) })) + (build.page ?? "");
  if (!server?.url) throw new Error(server?.error ?? `${build.project} has no server.`);
  return server.url;
}

test("Next.js renders a page that imports the package, and runs the main job on the server too", async () => {
  const url = project("next").server?.url ?? "";
  expect(await (await fetch(url)).text()).toContain("<p>PartnerError</p>");
  const response = await fetch(`${url}/on-server?sandbox=${SANDBOX}`);
  expectMainJobDone(await response.json());
});

test("SvelteKit runs the main job in a load function on the server, and the page renders the result", async ({
  page,
}) => {
  const { outcome, responses, problems } = await visit(page, `${project("sveltekit").server?.url}on-server`);
  expectMainJobDone(outcome);
  expect([responses.filter(isWasm), problems]).toEqual([[], []]);
});

test("Vue keeps a client in a reactive object", async ({ page, serve }) => {
  const url = await serve({ folders: [join(project("vue").dir, "dist")] });
  await expectMainJob(page, url, "file", { do: "reactive" });
});

for (const name of new Set(builds.map((build) => build.project))) {
  test(`${name} builds with the package, without warnings`, () => {
    const { install, build } = project(name);
    expect(install).toMatchObject({ code: 0 });
    expect(build).toEqual({ code: 0, output: expect.not.stringMatching(/warn|⚠|deprecat|\berror(?!\.svelte)/i) });
  });
}

for (const build of builds) {
  test.describe(build.name, () => {
    test("runs the main job", async ({ page, serve }) => {
      await expectMainJob(page, await urlOf(build, serve), build.core);
    });

    test("keeps the names and classes of errors", async ({ page, serve }) => {
      const { outcome, problems } = await visit(page, await urlOf(build, serve), { do: "errors" });
      const documented = [
        "PartnerError",
        "ValidationError",
        "ApiError",
        "AuthenticationError",
        "AbortError",
        "NetworkError",
        "OutcomeUnknownError",
      ];
      const expectedError = (name: string, code: string, ...superclasses: string[]) => ({
        name,
        code,
        text: name,
        isA: documented.filter((each) => ["PartnerError", name, ...superclasses].includes(each)),
      });
      expect(outcome["errors"]).toEqual({
        invalid: expectedError("ValidationError", "validation"),
        rejected: expectedError("ApiError", "access_denied"),
        unauthorized: expectedError("AuthenticationError", "unauthorized", "ApiError"),
        aborted: expectedError("AbortError", "aborted"),
        lost: expectedError("OutcomeUnknownError", "outcome_unknown"),
      });
      if (build.minified) {
        for (const [i, name] of (outcome["names"] as string[]).entries()) expect(name).not.toBe(documented[i]);
      }
      // Chromium itself reports the sandbox's 401 response.
      expect(problems.filter((text) => !text.includes("status of 401"))).toEqual([]);
    });

    const core = build.worker;
    if (core) {
      test("runs the main job in a worker", async ({ page, serve }) => {
        await expectMainJob(page, await urlOf(build, serve), core, { do: "worker" });
        expect(page.workers()).toHaveLength(1);
      });
    }
  });
}
