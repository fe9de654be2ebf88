import { useEffect, useRef } from "react";

/** For what takes the place of the part that had the focus: it moves along, and screen readers say what is new. */
export function useFocusOnMount<Target extends HTMLElement>() {
  const ref = useRef<Target>(null);
  useEffect(() => {
    ref.current?.focus();
  }, []);
  return { ref, tabIndex: -1 };
}
