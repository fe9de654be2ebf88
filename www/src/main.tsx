import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./display/portal.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { watchPages } from "./journal/page";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
watchPages();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// Wouter listens to changes of the hash only. Browsers report none when the search changes too, as on the way back from a
// filtered list.
addEventListener("popstate", () => dispatchEvent(new HashChangeEvent("hashchange")));
