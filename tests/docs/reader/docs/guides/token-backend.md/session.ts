// The reader writes this module. Here, a user with this cookie is signed in.
import type { NextFunction, Request, Response } from "express";

export function requireUser(request: Request, response: Response, next: NextFunction): void {
  if (request.headers.cookie === "session=test") next();
  else response.sendStatus(401);
}
