import { start } from "./jobs/page.js";

start(document.querySelector("output"));
