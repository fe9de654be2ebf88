import { afterNextRender, Component, ElementRef, viewChild } from "@angular/core";
import { start } from "../../jobs/page.js";

@Component({
  selector: "app-root",
  template: `<output #output></output>`,
})
export class App {
  private readonly output = viewChild.required<ElementRef<Element>>("output");

  constructor() {
    afterNextRender(() => start(this.output().nativeElement));
  }
}
