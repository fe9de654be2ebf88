import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./portal.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { restoreWrites } from "./writes";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await restoreWrites();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
