/** What the server answered when it did not do what was asked: `status`, `body` (JSON or {}), `text` (key of a text). */
export class Refused extends Error {
  constructor(status, body, text) {
    super(body.message ?? text);
    Object.assign(this, { status, body, text });
  }
}

const TEXT_OF_STATUS = { 401: 'signedOut', 403: 'forbidden', 409: 'conflict', 413: 'tooLarge', 422: 'refused' };

async function request(url, options) {
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    throw new Refused(0, {}, 'unreachable');
  }
  if (answer.redirected) throw new Refused(401, {}, 'signedOut');
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, body, TEXT_OF_STATUS[answer.status] ?? 'serverError');
}

/** The server side of the modeler page. Every method raises `Refused`. */
export class Remote {
  constructor(config) {
    this.config = config;
  }

  async xml() {
    return (await request(this.config.xmlUrl)).text();
  }

  /** POST `body` as JSON to the configured address `name` and return the JSON answer. */
  async post(name, body) {
    const answer = await request(this.config[name], {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': this.config.csrf },
      body: JSON.stringify(body),
    });
    return answer.json();
  }
}
