import { useEffect } from "react";
import { useLocation, useSearchParams } from "wouter";
import { tenantPath } from "../tenant/tenantPath";

/** The path of a tenant's page with the top-up form opened. */
export const topUpPath = (id: string) => `${tenantPath(id)}?topUp`;

/**
 * Opens the form if the URL asks for it, and removes this from the URL.
 *
 * @param blocked whether an unsettled payment blocks the form; undefined if this is not known yet
 */
export function useTopUpLink(blocked: boolean | undefined, open: () => void) {
  const [searchParams] = useSearchParams();
  const [location, navigate] = useLocation();
  const isAsked = searchParams.has("topUp") && blocked !== undefined;
  useEffect(() => {
    if (!isAsked) return;
    const others = new URLSearchParams(searchParams);
    others.delete("topUp");
    navigate(`${location}?${others}`, { replace: true });
    if (!blocked) open();
  }, [isAsked]);
}
