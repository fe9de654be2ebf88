import { useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { useLanguage } from "../language/language";

/** The location for wouter's router. Unlike its own addresses, those of links contain the search, or remove the present one. */
export const useHashRoute = Object.assign(() => useHashLocation(), {
  hrefs: (path: string) => {
    const [pathname, search] = path.split("?");
    return search === undefined ? `#${pathname}` : `?${search}#${pathname}`;
  },
});

/** The screens that the navigation leads to, and the second key of their shortcuts, after “g”. */
export function useScreens() {
  const { t } = useLanguage();
  const [location] = useLocation();
  const screens = [
    { path: "/", label: t.overview.title, key: "o" },
    { path: "/tenants", label: t.list.title, key: "t" },
    { path: "/batches", label: t.batch.title, key: "b" },
    { path: "/history", label: t.history.title, key: "h" },
  ];
  return screens.map(({ path, ...screen }) => ({
    ...screen,
    path,
    // Without the filters and the page of the screen before.
    href: `${path}?`,
    current: path === `/${location.split("/")[1]}`,
  }));
}
