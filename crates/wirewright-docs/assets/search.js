"use strict";
// The search, without a server: the index is a script of the site, which is loaded when somebody begins to search.
(() => {
  const root = document.documentElement.dataset.root;
  const box = document.querySelector("[role=search]");
  const input = document.getElementById("search");
  const found = document.getElementById("found");
  const status = found.querySelector("[role=status]");
  const list = found.querySelector("ol");
  const MOST = 20;

  let loading = null;
  const load = () => {
    loading ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${root}search-index.js`;
      script.onload = () => resolve(globalThis.searchIndex);
      script.onerror = () => resolve([]);
      document.head.append(script);
    });
    return loading;
  };

  // How well an entry fits, from 1 on; 0: not at all. Each word has to be somewhere in it.
  const rank = ([name, kind, , doc, more], words) => {
    const own = name.toLowerCase();
    const all = `${own} ${kind} ${doc} ${more}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return 0;
    const [first] = words;
    const last = own.slice(own.lastIndexOf("/") + 1);
    if (own === first || last === first) return 5;
    if (own.startsWith(first) || last.startsWith(first)) return 4;
    if (words.every((word) => own.includes(word))) return 3;
    return `${kind} ${more}`.toLowerCase().includes(first) ? 2 : 1;
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };

  const show = async () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      found.hidden = true;
      return;
    }
    const index = await load();
    const hits = index
      .map((entry, place) => ({ entry, place, rank: rank(entry, words) }))
      .filter((hit) => hit.rank > 0)
      .sort((one, other) => other.rank - one.rank || one.place - other.place);
    list.replaceChildren(
      ...hits.slice(0, MOST).map(({ entry: [name, kind, href, doc] }) => {
        const link = document.createElement("a");
        link.href = root + href;
        link.append(element("code", "", name), " ", element("span", "kind", kind), element("span", "doc", doc));
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
    const more = hits.length > MOST ? `, the first ${MOST} of them here` : "";
    status.textContent = hits.length === 0 ? "Nothing is called so." : `${hits.length} found${more}`;
    found.hidden = false;
  };

  const close = () => {
    found.hidden = true;
  };

  const step = (by) => {
    const links = [...list.querySelectorAll("a")];
    const next = links.indexOf(document.activeElement) + by;
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "Enter" && document.activeElement === input) list.querySelector("a")?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input, textarea, select");
    if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) close();
  });
  box.hidden = false;
})();
