// The portals that `npm test -- portal` starts, each with the address of its own sandbox compiled in.
interface Site {
  portalUrl: string;
  sandboxUrl: string;
}

export const sites: Site[] = JSON.parse(process.env.PORTAL_SITES ?? "[]");

/** The one of this worker. */
export const site = sites[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
if (!site) throw new Error("There is no portal: run `npm test -- portal`.");
