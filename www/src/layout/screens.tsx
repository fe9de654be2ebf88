// Each screen is a script of its own, which is loaded when the screen is opened, or before when the browser is idle.
import { type ComponentType, lazy, useEffect } from "react";

const loaders: (() => Promise<unknown>)[] = [];
/** Of the components whose scripts are not loaded. */
const resets = new Set<() => void>();

/** A component whose script is loaded when it is shown. */
function loaded<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const component = () =>
    lazy(async () => {
      resets.add(reset);
      const Component = await load();
      resets.delete(reset);
      return { default: Component };
    });
  const reset = () => {
    Current = component();
  };
  let Current: ComponentType<Props> = component();
  loaders.push(load);
  return (props: Props) => <Current {...props} />;
}

/** Lets the scripts that could not be loaded be loaded again when their component is shown. */
export function resetFailedScripts() {
  for (const reset of resets) reset();
  resets.clear();
}

export const Overview = loaded(() => import("../overview/Overview").then((module) => module.Overview));
export const TenantList = loaded(() => import("../tenants/TenantList").then((module) => module.TenantList));
export const TenantDetail = loaded(() => import("../tenant/TenantDetail").then((module) => module.TenantDetail));
export const Batches = loaded(() => import("../batch/Batches").then((module) => module.Batches));
export const History = loaded(() => import("../history/History").then((module) => module.History));
export const CreateTenant = loaded(() => import("../create/CreateTenant").then((module) => module.CreateTenant));
export const Palette = loaded(() => import("../palette/Palette").then((module) => module.Palette));

/** Loads the scripts of all screens, one by one when the browser is idle, so that they open at once, and offline too. */
export function usePrefetchedScreens() {
  useEffect(() => void prefetch(), []);
}

async function prefetch() {
  for (const load of loaders) {
    await idle();
    await load().catch(() => {});
  }
}

/** Safari has no `requestIdleCallback`. */
const idle = () =>
  new Promise<unknown>((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 200);
  });
