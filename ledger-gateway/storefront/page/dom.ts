/** The page's element of this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** Shows or hides. */
export function show(id: string, visible = true): void {
  byId(id).hidden = !visible;
}

/** A list's items, replaced by these texts; what is not the page's own words is not to be translated. */
export function list(id: string, items: readonly string[], own = true): void {
  byId(id).replaceChildren(
    ...items.map((item) => {
      const element = document.createElement("li");
      element.textContent = item;
      if (!own) element.translate = false;
      return element;
    }),
  );
}

/** Says what is wrong and what can be done; nothing hides it again. */
export function trouble(message: string | null): void {
  const element = byId("trouble");
  element.textContent = message;
  element.hidden = message === null;
  if (message !== null) element.scrollIntoView({ block: "nearest" });
}

/** Gives the reader a file. */
export function save(name: string, content: string | Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/x-pem-file" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
