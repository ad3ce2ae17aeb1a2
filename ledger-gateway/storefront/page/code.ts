const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/** Draws a QR code of these rows of 1 and 0 into the picture. */
export function drawCode(picture: HTMLElement, rows: readonly string[]): void {
  const side = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) => [...row].flatMap((module, x) => (module === "1" ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])));
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", String(side));
  paper.setAttribute("height", String(side));
  paper.setAttribute("fill", "#fff");
  const modules = document.createElementNS(SVG, "path");
  modules.setAttribute("d", dark.join(""));
  modules.setAttribute("fill", "#000");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.replaceChildren(paper, modules);
}
