// The verifier page: shows what proof.js finds, in the reader's language. words is put in front by the gateway.
const languages = Object.keys(words);
const policyText = document.getElementById("policy").textContent;
const result = document.getElementById("result");
const choice = document.getElementById("language");
let said = words.en;
let last = null;

const element = (name, text, own) => {
  const made = document.createElement(name);
  made.textContent = text;
  if (own) made.setAttribute("translate", "no");
  return made;
};
const section = (kind, title, ...content) => {
  const made = document.createElement("section");
  made.className = kind;
  made.append(element("h2", title), ...content);
  result.replaceChildren(made);
};
const facts = (verified) => {
  const list = document.createElement("dl");
  const add = (term, value) => list.append(element("dt", term), element("dd", value, true));
  const local = (value) => value.toLocaleString(choice.value, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  add(said.record, [verified.leaf.namespace, ...verified.leaf.key.split("\0").filter(Boolean)].join(" "));
  add(said.written, verified.leaf.block.toLocaleString(choice.value));
  add(said.signer, verified.leaf.creator);
  add(said.log, verified.checkpoint.origin);
  add(said.leaves, verified.checkpoint.size.toLocaleString(choice.value));
  for (const witness of verified.witnesses) add(said.witnessed, `${witness.label} ${local(new Date(witness.time))} +00:00`);
  for (const field of verified.disclosures) add(said.disclosed, `${field.path}: ${field.value}`);
  return list;
};
const paint = () => {
  for (const labelled of document.querySelectorAll("[data-text]")) labelled.textContent = said[labelled.dataset.text];
  document.title = said.title;
  if (last?.verified) {
    const record = element("pre", JSON.stringify(last.verified.record, null, 2) ?? "", true);
    section("authentic", said.authentic, facts(last.verified), record, element("p", said.meaning), element("p", said.unseen));
  } else if (last?.check) {
    section("refused", said.refused, element("p", said[last.check]), element("p", last.message, true));
  } else if (last) {
    section("unknown", said.cannot, element("p", last.message, true));
  }
};
const speak = (language) => {
  said = words[language];
  choice.value = language;
  document.documentElement.lang = said.tag;
  document.documentElement.dir = said.direction;
  paint();
};

for (const language of languages) {
  const option = element("option", words[language].name, true);
  option.value = language;
  option.lang = words[language].tag;
  choice.append(option);
}
choice.addEventListener("change", () => speak(choice.value));
document.getElementById("file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  try {
    last = { verified: await verify(new Uint8Array(await file.arrayBuffer()), policyText) };
  } catch (problem) {
    last = problem instanceof InvalidProof ? problem : { message: String(problem) };
  }
  paint();
});
globalThis.clearmarket = { verify };
speak(navigator.languages.map((tag) => tag.split("-")[0]).find((code) => languages.includes(code)) ?? "en");
