/**
 * Props of an element that replaces the contents of a dialog: it is shown from its start, below the dialog's header, and
 * receives the focus, so that screen readers announce it.
 */
export const showOnMount = {
  ref: (element: HTMLElement | null) => {
    element?.focus({ preventScroll: true });
    element?.scrollIntoView();
  },
  tabIndex: -1,
  style: { scrollMarginTop: "4.5rem" },
};
