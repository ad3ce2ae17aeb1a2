// A carrier that delivers what it was handed: it says on the ledger that the goods came, and where.
import { randomBytes } from "node:crypto";

const { CLEARMARKET_URL: gateway = "http://127.0.0.1:8080", CLEARMARKET_TOKEN: token = "" } = process.env;

async function api(method, path, body, key = randomBytes(16).toString("hex")) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key };
  const response = await fetch(`${gateway}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.code} ${answer.detail}`);
  return answer;
}

const onTheWay = await api("GET", "/consignments?state=shipped");
for (const { id, version, items } of onTheWay.items) {
  const event = {
    "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", type: "ObjectEvent", action: "OBSERVE",
    eventTime: new Date().toISOString(), eventTimeZoneOffset: "+00:00", epcList: items.flatMap(({ epcs }) => epcs),
    bizStep: "receiving", disposition: "in_progress", readPoint: { id: "https://id.gs1.org/414/9521234000013" },
  };
  const captured = await api("POST", "/provenance/captures", event);
  await api("POST", `/consignments/${id}/deliver`, { version, event: captured.events[0] }, `deliver-${id}`);
  console.log(`delivered ${id}`);
}
