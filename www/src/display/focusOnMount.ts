/**
 * Props of an element that replaces the element with the focus: it receives the focus when it is mounted, so that
 * screen readers announce it.
 */
export const focusOnMount = {
  ref: (element: HTMLElement | null) => element?.focus(),
  tabIndex: -1,
};
