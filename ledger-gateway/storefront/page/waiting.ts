import { Problem } from "../src/client.js";

const SECONDS = 60;

/** What comes within so many seconds; asked for again, first soon and then less often. */
export async function until<T>(ask: () => Promise<T | undefined | false>, seconds = SECONDS): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (let pause = 250; ; pause = Math.min(5_000, pause * 1.5)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`no answer within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Undefined for what is not there. */
export async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (e) {
    if (e instanceof Problem && e.status === 404) return undefined;
    throw e;
  }
}
