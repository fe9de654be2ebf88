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
