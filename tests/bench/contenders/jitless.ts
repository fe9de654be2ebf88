// Imported before any schema is made: zod generates no code then, as under a Content Security Policy without 'unsafe-eval'.
import * as z from "zod";

z.config({ jitless: true });
