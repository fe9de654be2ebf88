/** Saves a file in the browser's folder for downloads. */
export function download(content: Blob, fileName: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  // The browser has the content by then; without this, it would be kept until the page is closed.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
