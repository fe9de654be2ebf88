const paths = {
  arrowDown: "M12 5v14m-6-6 6 6 6-6",
  arrowUp: "M12 19V5m-6 6 6-6 6 6",
  back: "M19 12H5m6-6-6 6 6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  columns: "M4 5h16v14H4zM9.3 5v14M14.7 5v14",
  circle: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  download: "M12 4v11m-5-5 5 5 5-5M4 20h16",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  eyeOff:
    "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.9 3.6M6.4 7.4A15.6 15.6 0 0 0 2.5 12s3.5 6.5 9.5 6.5c1.7 0 3.2-.5 4.5-1.2M10 10a2.8 2.8 0 0 0 4 4",
  filter: "M4 6h16M7 12h10M10 18h4",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7.5 14h9",
  language:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.5 2.6 3.6 5.6 3.6 9s-1.1 6.4-3.6 9c-2.5-2.6-3.6-5.6-3.6-9S9.5 5.6 12 3z",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  next: "M5 12h14m-6-6 6 6-6 6",
  phone:
    "M7 3.5h3l1.6 4.2-2.1 1.6a10.2 10.2 0 0 0 5 5l1.6-2.1 4.2 1.6v3a1.9 1.9 0 0 1-2 1.9A14.2 14.2 0 0 1 5 5.4a1.9 1.9 0 0 1 2-1.9z",
  plus: "M12 5v14M5 12h14",
  refresh: "M20 11a8 8 0 0 0-14.5-3.5L4 9m0-5v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15m0 5v-5h-5",
  screen: "M3 5h18v11H3zM9 20h6M12 16v4",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM20 20l-4.8-4.8",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4",
  signOut: "M14 4H5v16h9M10 12h11m-4-4 4 4-4 4",
  stop: "M7 7h10v10H7z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  tenant: "M4 20h16M6 20V5h8v15M14 10h4v10M9 8.5h2M9 12h2M9 15.5h2",
  template: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h4",
  trash: "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5",
  upload: "M12 16V4.5M7 9l5-5 5 5M4 16v4h16v-4",
  wallet: "M4 7.5A2.5 2.5 0 0 1 6.5 5H18v3M4 7.5V17a2.5 2.5 0 0 0 2.5 2.5H20V8H6.5M16 14h.01",
  warning: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01",
};

export type IconName = keyof typeof paths;

/** A decorative icon; the element around it has the accessible name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
