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

function working(answer) {
  if (!answer.total) return [element('p', { role: 'status' }, texts.busy), element('progress', { 'aria-label': texts.busy })];
  const words = fill(texts.progress, answer);
  return [element('p', {}, words), element('progress', { max: answer.total, value: answer.done, 'aria-label': words })];
}

async function follow(job) {
  if (job.stopping.signal.aborted) return;
  let answer;
  try {
    const response = await fetch(`/job/${job.id}`, { credentials: 'same-origin', signal: job.stopping.signal });
    if (!response.ok) throw new Error('gone');
    answer = await response.json();
  } catch (_gone) {
    job.place.remove();
    return;
  }
  if (!job.place.isConnected) return;
  if (answer.state === 'working') {
    job.body.replaceChildren(...working(answer));
    setTimeout(() => follow(job), 300);
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
  const answer = await answerOf(response);
  if (!response.ok) {
    alarm(fill(texts.wrong, { what: (answer.findings || []).join(' ') }));
    goTo((answer.places || []).find(byId));
    return;
  }
  alarm('');
  const button = element('button', { type: 'button', class: 'quiet small', 'aria-label': `${texts.stop}: ${title}` }, texts.stop);
  const body = element('div', {});
  const earlier = element('p', { class: 'meta', hidden: '' }, texts.earlier);
  const place = element('section', { class: 'job', 'aria-label': title }, element('h3', {}, title), button, earlier, body);
  const job = { id: answer.job, title, address, place, body, button, earlier, stopping: new AbortController() };
  jobs.push(job);
  button.addEventListener('click', () => {
    job.stopping.abort();
    send('/stop', { job: job.id });
    place.remove();
    begun.focus();
  });
  byId(isProduct ? 'products' : 'jobs').prepend(place);
  follow(job);
}

function leave() {
  for (const job of jobs) {
    if (job.place.isConnected && !job.ended) send('/stop', { job: job.id }, true);
  }
}

function startLong() {
  // A page that is left or loaded again cannot show what it began: it would work on unseen, in the place of another.
  window.addEventListener('pagehide', leave);
  for (const button of document.querySelectorAll('[data-begin]')) {
    const title = button.closest('details') ? button.closest('details').querySelector('summary').textContent : button.textContent;
    button.addEventListener('click', () => begin(button, title, Boolean(button.closest('#save'))));
  }
}
