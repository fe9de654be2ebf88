import { start } from "./shared/page.js";

start(document.querySelector("output"));
