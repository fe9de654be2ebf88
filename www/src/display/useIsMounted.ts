import { useEffect, useRef } from "react";

/** Returns a function that says whether the component is mounted, for callbacks that may run after unmounting. */
export function useIsMounted(): () => boolean {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return () => mounted.current;
}
