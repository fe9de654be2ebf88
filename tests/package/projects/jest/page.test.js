/** @jest-environment jest-fixed-jsdom */
test("there is a page", () => {
  expect(document.body).toBeInstanceOf(HTMLElement);
});

require("./omi.test.js"); // of the guide
