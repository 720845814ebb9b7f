// Long answers: begun, followed and stopped. Each says of which state it is.

const jobs = [];

function markEarlier() {
  for (const job of jobs) job.earlier.hidden = job.address === address;
}

function filled(job, answer) {
  if (answer.state === 'refused') {
    return [element('p', { class: 'finding' }, answer.findings.join(' '))];
  }
  if (answer.file) {
    return [element('p', {}, element('a', { href: answer.file.address, download: answer.file.name }, answer.file.name))];
  }
  const pictures = answer.pictures.map((one) =>
    element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': one.title },
      element('img', { class: 'picture', src: one.address, alt: `${one.title}. ${one.words}` })));
  const printed = answer.printed.trim();
  if (!printed.includes('\n')) return [...pictures, element('p', {}, printed)];
  return [...pictures, element('pre', { class: 'scroll printed', tabindex: 0, role: 'region', 'aria-label': job.title }, answer.printed)];
}

// How far it is, or how long it has been at work where that cannot be told.
function working(job, answer) {
  if (answer.state === 'waiting') return [element('p', {}, texts.waits)];
  job.since = job.since || Date.now();
  const seconds = `${Math.round((Date.now() - job.since) / 1000)} s`;
  const words = answer.total ? fill(texts.progress, answer) : texts.busy;
  const far = answer.total ? { max: answer.total, value: answer.done } : {};
  return [
    element('p', {}, `${words} `, element('span', { 'aria-hidden': 'true' }, seconds)),
    element('progress', { ...far, 'aria-label': words }),
  ];
}

async function follow(job) {
  if (job.stopping.signal.aborted) return;
  let answer;
  try {
    const response = await fetch(`/job/${job.id}`, { credentials: 'same-origin', signal: job.stopping.signal });
    if (response.ok) answer = await response.json();
    else if (response.status !== 503) answer = { state: 'refused', findings: [texts.gone] };
  } catch (_stopped) {
    // It is asked again until it answers.
  }
  if (job.stopping.signal.aborted || !job.place.isConnected) return;
  if (!answer || ['working', 'waiting'].includes(answer.state)) {
    if (answer) job.body.replaceChildren(...working(job, answer));
    setTimeout(() => follow(job), answer ? 300 : 1000);
    return;
  }
  job.ended = true;
  job.body.replaceChildren(...filled(job, answer));
  job.button.textContent = texts.remove_answer;
  job.button.setAttribute('aria-label', `${texts.remove_answer}: ${job.title}`);
  byId('heard').textContent = `${job.title}: ${texts.ready}`;
}

async function begin(begun, title, isProduct) {
  const { begin: kind } = begun.dataset;
  const vary = kind === 'sweep' ? byId('vary').value.split('\n').map((line) => line.trim()).filter(Boolean) : [];
  let response;
  try {
    response = await send('/begin', { address, kind, vary });
  } catch (_stopped) {
    alarm(texts.stopped);
    return;
  }
  if (response.status === 401) {
    alarm(texts.again);
    return;
  }
  const answer = await answerOf(response);
  if (!response.ok) {
    alarm(fill(texts.wrong, { what: (answer.findings || []).join(' ') }));
    const place = (answer.places || []).find((name) => byId(name)) || (kind === 'sweep' && 'vary');
    if (place) goTo(place);
    return;
  }
  alarm('');
  followed({ id: answer.job, title, address, isProduct }, begun);
  byId('heard').textContent = `${title}: ${texts.busy}`;
}

// A long answer has its place on the page; `begun` is what it was asked with.
function followed({ id, title, address: asked, isProduct }, begun) {
  const button = element('button', { type: 'button', class: 'quiet small', 'aria-label': `${texts.stop}: ${title}` }, texts.stop);
  const body = element('div', {});
  const earlier = element('p', { class: 'meta', hidden: '' }, texts.earlier);
  const place = element('section', { class: 'job', 'aria-label': title }, element('h3', {}, title), button, earlier, body);
  const job = { id, title, address: asked, isProduct, place, body, button, earlier, stopping: new AbortController() };
  jobs.push(job);
  button.addEventListener('click', () => {
    job.stopping.abort();
    send('/stop', { job: job.id }).catch(() => {});
    place.remove();
    (begun || byId(isProduct ? 'save' : 'long').querySelector('[data-begin]')).focus();
  });
  byId(isProduct ? 'products' : 'jobs').prepend(place);
  follow(job);
}

function startLong() {
  for (const button of document.querySelectorAll('[data-begin]')) {
    const title = button.closest('details') ? button.closest('details').querySelector('summary').textContent : button.textContent;
    button.addEventListener('click', () => begin(button, title, Boolean(button.closest('#save'))));
  }
}
