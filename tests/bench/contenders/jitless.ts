// Imported before any schema is created, so that zod generates no code, as with a Content Security Policy without 'unsafe-eval'.
import * as z from "zod";

z.config({ jitless: true });
