// The portals that `npm test -- portal` starts; each is built with the address of its own sandbox.
interface Site {
  portalUrl: string;
  sandboxUrl: string;
}

export const sites: Site[] = JSON.parse(process.env.PORTAL_SITES ?? "[]");

/** The portal and sandbox of this worker. */
export const site = sites[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
if (!site) throw new Error("PORTAL_SITES is not set: run `npm test -- portal`.");
