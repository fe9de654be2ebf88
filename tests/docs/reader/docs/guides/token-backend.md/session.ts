// What the guide leaves to the reader: here whoever has this cookie is signed in.
import type { NextFunction, Request, Response } from "express";

export function requireUser(request: Request, response: Response, next: NextFunction): void {
  if (request.headers.cookie === "session=test") next();
  else response.sendStatus(401);
}
