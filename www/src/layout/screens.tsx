// Each screen is a script of its own, which is loaded when the screen is opened, or before when the browser is idle.
import { type ComponentType, lazy, useEffect } from "react";

const loaders: (() => Promise<unknown>)[] = [];

/** A component that is loaded when it is shown. After a failure, it is loaded again when it is shown again. */
function loaded<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const component = () =>
    lazy(() =>
      load().then(
        (Component) => ({ default: Component }),
        (error) => {
          Current = component();
          throw error;
        },
      ),
    );
  let Current: ComponentType<Props> = component();
  loaders.push(load);
  return (props: Props) => <Current {...props} />;
}

export const Overview = loaded(() => import("../overview/Overview").then((module) => module.Overview));
export const TenantList = loaded(() => import("../tenants/TenantList").then((module) => module.TenantList));
export const TenantDetail = loaded(() => import("../tenant/TenantDetail").then((module) => module.TenantDetail));
export const Batches = loaded(() => import("../batch/Batches").then((module) => module.Batches));
export const History = loaded(() => import("../history/History").then((module) => module.History));
export const CreateTenant = loaded(() => import("../create/CreateTenant").then((module) => module.CreateTenant));
export const Palette = loaded(() => import("../palette/Palette").then((module) => module.Palette));

/** Loads the scripts of all screens when the browser is idle, so that they open at once, and offline too. */
export function usePrefetchedScreens() {
  useEffect(() => {
    const prefetch = () => loaders.forEach((load) => void load().catch(() => {}));
    // Safari has no `requestIdleCallback`.
    if (!("requestIdleCallback" in window)) return void setTimeout(prefetch, 2_000);
    const id = requestIdleCallback(prefetch);
    return () => cancelIdleCallback(id);
  }, []);
}
