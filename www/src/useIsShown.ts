import { useCallback, useEffect, useRef } from "react";

/** Whether the component is still there: for what may end after it has gone. */
export function useIsShown(): () => boolean {
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return useCallback(() => shown.current, []);
}
