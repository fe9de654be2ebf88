import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "wouter";

/** After a navigation, moves the focus to the heading of the new screen, so that a screen reader says what is shown. */
export function useScreenFocus(main: RefObject<HTMLElement | null>) {
  const [location] = useLocation();
  const isFirst = useRef(true);
  const isBack = useRef(false);

  useEffect(() => {
    const onPopState = () => {
      isBack.current = true;
    };
    window.addEventListener("popstate", onPopState);
    return () => window.removeEventListener("popstate", onPopState);
  }, []);

  useEffect(() => {
    const content = main.current;
    if (isFirst.current || !content) {
      isFirst.current = false;
      return;
    }
    // After “back”, the browser restores the position.
    if (!isBack.current) window.scrollTo(0, 0);
    isBack.current = false;

    const before = document.activeElement;
    /** Returns whether it is done: also when the user, or a dialog that is opened with the screen, has the focus by now. */
    const focusHeading = () => {
      if (![before, document.body].includes(document.activeElement)) return true;
      const heading = content.querySelector("h1");
      if (!heading) return false;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      // While a screen is loaded, the previous one is hidden, so it cannot have the focus.
      return document.activeElement === heading;
    };
    if (focusHeading()) return;
    // The screen, or its data, is not loaded yet.
    const observer = new MutationObserver(() => focusHeading() && observer.disconnect());
    observer.observe(content, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [location, main]);
}
