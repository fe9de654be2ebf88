"use client";
import { useEffect, useRef } from "react";
import { runInWorker, start } from "../jobs/page.js";

const worker = () => new Worker(new URL("../jobs/worker.js", import.meta.url), { type: "module" });

export default function Job() {
  const output = useRef(null);
  useEffect(() => {
    start(output.current, { worker: (sandbox) => runInWorker(worker(), sandbox) });
  }, []);
  return <output ref={output} />;
}
