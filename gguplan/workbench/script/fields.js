// A field in which somebody typed says what the server knows, or stands out until it does.

function leverOf(word, path, value) {
  if (word === 'set') return byId(`lever-${path}`);
  return word === 'toggle' ? byId(`lever-${path}-${value}`) : null;
}

// Where something stands, unfolded and in use: a field, the word that says the kind of a table, or a table.
function goTo(id) {
  const places = [id, `${id}.key`, ...['table', 'section'].map((kind) => id.replace(/^lever/, kind))];
  const target = places.map((place) => byId(place)).find(Boolean);
  unfold(target);
  if (target) (target.tagName === 'DETAILS' ? target.querySelector('summary') : target).focus();
}

function markUntaken(field) {
  const lever = field && field.closest('.lever, .programme');
  if (lever) lever.classList.add('untaken');
}

// Why what stands in a field was refused; null where it was not.
const refusalOf = (field) => field.closest('.lever') && field.closest('.lever').querySelector(':scope > .refused');

function markRefused(field, what) {
  field.setAttribute('aria-invalid', 'true');
  field.closest('.lever').append(element('p', { class: 'finding refused' }, what));
}

function forgetRefusals(within) {
  for (const one of within.querySelectorAll('.refused')) {
    const field = one.parentElement.querySelector('[aria-invalid]');
    if (field) field.removeAttribute('aria-invalid');
    one.remove();
  }
}

// Back to what the server says, where it had nothing new to say of it. What was refused at another lever stays so.
function settle(field, sent) {
  for (const one of document.querySelectorAll('.untaken')) one.classList.remove('untaken');
  if (!field) return;
  if (field.closest('.lever')) forgetRefusals(field.closest('.lever'));
  // What somebody typed meanwhile stays.
  if (field.type === 'checkbox' || field.value === sent) restore(field);
}

// What was refused below a path that is taken back.
function settleBelow(path) {
  for (const one of document.querySelectorAll('.levers .refused')) {
    const field = one.parentElement.querySelector('[data-path][aria-invalid]');
    if (field && isBelow(field, path)) settle(field, field.value);
  }
}

function restore(field) {
  if (field.type === 'checkbox') field.checked = field.defaultChecked;
  else if (field.tagName === 'SELECT') {
    for (const option of field.options) option.selected = option.defaultSelected;
  } else if (!field.dataset.add) field.value = field.defaultValue;
}

// What was typed and cannot be read stays, with why; what was chosen goes back.
function refuse(field, what) {
  settle(null, '');
  if (!field) return;
  if (field.tagName === 'SELECT' || field.type === 'checkbox') {
    restore(field);
    return;
  }
  forgetRefusals(field.closest('.lever'));
  markRefused(field, what);
}

// Of a form each mistake stands at its own field.
function refuseFields(form, places, findings) {
  settle(null, '');
  if (form) forgetRefusals(form);
  const fields = places.map((place) => byId(place));
  fields.forEach((field, number) => field && markRefused(field, findings[number]));
  const first = fields.find(Boolean);
  if (first) first.focus();
}
